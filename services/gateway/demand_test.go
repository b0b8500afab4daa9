package gateway

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/web"
)

// query is a PAXLST of travellers with these references, in an interchange with what comes after its control reference.
func query(after string, messages ...[]string) string {
	b := "UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0620+21" + after + "'"
	for i, references := range messages {
		b += "UNH+M+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:TN" + string('1'+rune(i)) + "'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'"
		for _, reference := range references {
			b += "NAD+FL+++LUND:ODA'DTM+329:870312'NAT+2+SWE'" + reference + "DOC+P:110:111+X9012346'LOC+91+SWE'"
		}
		b += "UNT+99+M'"
	}
	return b + "UNZ+1+21'"
}

const abo, avf = "RFF+ABO:ZX2'", "RFF+AVF:K7QX2M'"

// TestReferenceDemanded holds who is refused for a traveller that no answer could name, and where it points.
func TestReferenceDemanded(t *testing.T) {
	for name, c := range map[string]struct {
		profile, body string
		want          travel.Finding // place only; nothing when the message is taken in
		head          string         // reference of the message, and the test mark
	}{
		"passenger reference":   {"cn", query("", []string{abo}), travel.Finding{}, ""},
		"locator":               {"cn", query("", []string{avf}), travel.Finding{}, ""},
		"neither":               {"cn", query("", []string{""}), travel.Finding{Traveller: 1, Segment: 9, Tag: "NAD"}, "TN1"},
		"the second of three":   {"cn", query("", []string{abo, "", avf}), travel.Finding{Traveller: 2, Segment: 15, Tag: "NAD"}, "TN1"},
		"of the second message": {"cn", query("", []string{abo, abo}, []string{abo, ""}), travel.Finding{Traveller: 4, Segment: 35, Tag: "NAD"}, "TN2"},
		"a test":                {"cn", query("++++++1", []string{""}), travel.Finding{Traveller: 1, Segment: 9, Tag: "NAD"}, "TN1 test"},
		"demanded of none":      {"generic", query("", []string{""}), travel.Finding{}, ""},
		"in JSON":               {"cn", `{"travellers":[{"surname":"LUND"}]}`, travel.Finding{}, ""},
		"not to be read":        {"cn", "junk", travel.Finding{}, ""},
	} {
		s := offline(t, new(bytes.Buffer))
		zx := s.carriers[0]
		zx.profile, _ = cusres.ByName(c.profile)
		a := zx.demand(event.Received{ID: messageID, Carrier: "ZX", Body: []byte(c.body)})
		if a == nil {
			if c.head != "" {
				t.Errorf("%s: taken in", name)
			}
			continue
		}
		got := a.Errors[0]
		if got.Code != "reference_demanded" || got.Severity != travel.Fault || a.Status != statusRejected || !strings.HasPrefix(c.body[got.Offset:], "NAD") {
			t.Errorf("%s: %+v", name, a)
		}
		if diff := cmp.Diff(c.want, travel.Finding{Traveller: got.Traveller, Segment: got.Segment, Tag: got.Tag}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if head := a.notice.Message.Reference + map[bool]string{true: " test"}[a.notice.Message.Exercise]; head != c.head {
			t.Errorf("%s: about %q, want %q", name, head, c.head)
		}
	}
}

// TestReferenceDemandedProducesNothing posts such a message: an offline gateway has no producer, so one that is taken in ends the test.
func TestReferenceDemandedProducesNothing(t *testing.T) {
	for accept, want := range map[string]string{
		web.TypeJSON: `"status":"rejected","travellers":[],"errors":[{"code":"reference_demanded"`,
		"":           "UNB+UNOA:4+XXGOV:ZZ+ZXAPI:ZZ",
	} {
		for _, wait := range []string{"", "?wait=0"} {
			s := offline(t, new(bytes.Buffer))
			s.carriers[0].profile, _ = cusres.ByName("cn")
			body := query("", []string{""})
			w := ask(s, "POST", "/v1/messages"+wait, "key-ZX", accept, body)
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%q%s: %d %s", accept, wait, w.Code, w.Body)
			}
			if accept == "" {
				said := "UNB+XXGOV:ZZ+ZXAPI:ZZ'RFF+TN:TN1'ERP+1'ERC+1'FTX+AAP+++REFERENCE MISSING - SEGMENT 9 NAD BYTE"
				if got := strings.Join(told(w.Body.String()), "'"); !strings.HasPrefix(got, said) {
					t.Errorf("said %s", got)
				}
			}
			id := event.MessageID("ZX", []byte(body))
			if known, _ := s.window.Pending(id, "ZX"); known || ask(s, "GET", "/v1/messages/"+id, "key-ZX", "", "").Code != http.StatusNotFound {
				t.Errorf("%q%s: it waits for an answer", accept, wait)
			}
		}
	}
}

// TestUnknownFunctionPointsAtItsCode holds the place that a carrier is told of a CUSRES which acknowledges nothing.
func TestUnknownFunctionPointsAtItsCode(t *testing.T) {
	const body = "UNA:+.? '\r\nUNB+UNOA:4+ZXIAPI:ZZ+XXGOV:ZZ+261005:1540+4720'UNH+1+CUSRES:D:05B:UN:IATA'\r\nBGM+962'RFF+TN:X'ERP+1'ERC+0'UNT+6+1'UNZ+1+4720'"
	w := ask(offline(t, new(bytes.Buffer)), "POST", "/v1/messages", "key-ZX", "", body)
	at := `{"code":"unknown_function","severity":"error","segment":3,"tag":"BGM","element":1,"component":1,"offset":` + strconv.Itoa(strings.Index(body, "962")) + ","
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), at) || !strings.Contains(w.Body.String(), `"status":"rejected"`) {
		t.Errorf("%d %s, want %s", w.Code, w.Body, at)
	}
}
