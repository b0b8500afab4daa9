package gateway

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/segmentio/encoding/json"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
)

// flight is the leg of every answer here.
var flight = travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15"}

// head is what advisories repeat of their message.
func head(reference string, of int, noted bool) event.Message {
	return event.Message{ID: messageID, Carrier: "ZX", Kind: travel.API, Reference: reference, Sender: "ZXIAPI", Recipient: "XXGOV", Of: of, Noted: noted}
}

func boards(m event.Message, index int, ref, locator string) event.Advisory {
	return event.Advisory{Message: m, Leg: flight, Index: index, Ref: ref, Locator: locator, Document: "P:SWE:…34" + string('0'+rune(index)), Outcome: travel.Board, Version: 1}
}

// refused is a notice about an interchange of which the messages with these references were refused.
func refused(m event.Message, outcome travel.Outcome, references ...string) event.Advisory {
	a := event.Advisory{Kind: event.KindMessage, Message: m, Leg: flight, Outcome: outcome}
	for _, reference := range references {
		f := travel.Finding{Code: journey.OutOfWindow, Severity: travel.Fault, Segment: 7, Tag: "DTM", Offset: 112, Text: "too long ago"}
		a.Findings = append(a.Findings, f)
		a.Refused = append(a.Refused, event.Refusal{Reference: reference, Leg: flight, Finding: f})
	}
	return a
}

// told keeps of CUSRES what is about a message or a traveller, and the parties and the test mark of its envelope.
func told(text string) []string {
	kept := []string{}
	for _, s := range strings.Split(text, "'") {
		e := strings.Split(s, "+")
		switch {
		case e[0] == "UNB":
			kept = append(kept, strings.Join(append([]string{"UNB", e[2], e[3]}, e[min(len(e), 8):]...), "+"))
		case e[0] == "ERP", e[0] == "ERC", e[0] == "FTX", e[0] == "RFF" && !strings.HasPrefix(s, "RFF+AF"):
			kept = append(kept, s)
		}
	}
	return kept
}

// controlled holds that no two interchanges of a text have the same control reference.
func controlled(t *testing.T, name, text string) {
	t.Helper()
	controls := map[string]bool{}
	for _, part := range strings.SplitAfter(text, "UNZ+1+")[1:] {
		control, _, _ := strings.Cut(part, "'")
		if controls[control] {
			t.Errorf("%s: two interchanges are %s", name, control)
		}
		controls[control] = true
	}
}

func lines(want string) []string { return strings.Split(strings.TrimSuffix(want, "'"), "'") }

const (
	toZX = "UNB+XXGOV:ZZ+ZXIAPI:ZZ'"
	okay = "ERC+0Z'FTX+AAP+++OK TO BOARD'"
	past = "ERP+1'ERC+109'FTX+AAP+++DEPARTURE TOO EARLY OR TOO LATE - SEGMENT 7 DTM BYTE 112 TOO LONG AGO'"
)

// TestAnswersInEDIFACT holds how each kind of answer is told: whom it is about, which message, and that it is a test.
func TestAnswersInEDIFACT(t *testing.T) {
	one, two, noted := head("TN1", 1, false), head("TN1", 2, false), head("TN1", 1, true)
	exercise, nobody, us := one, one, one
	exercise.Exercise, nobody.Sender, us.Recipient = true, "", "APIS"
	warned := event.Advisory{Kind: event.KindMessage, Message: noted, Findings: []travel.Finding{
		{Code: "truncated", Severity: travel.Warning, Segment: 16, Offset: 300, Text: "it ends before UNT"}}}
	both := refused(noted, "", "TN2")
	both.Findings = append(both.Findings, warned.Findings...)
	both.Refused[0].Others = []travel.Finding{{Code: "count_persons", Severity: travel.Warning, Text: "told there"}}
	both.Findings = append(both.Findings, both.Refused[0].Others...)
	second := boards(head("TN2", 2, false), 2, "", "K7QX2M")
	onward := boards(two, 2, "ZX1", "")
	onward.Leg.Number = "411"
	lost := event.Advisory{Kind: event.KindMessage, Message: noted, Lost: true, Findings: []travel.Finding{{Code: "truncated", Severity: travel.Fault, Segment: 16, Offset: 300, Text: "it ends before UNT"}}}
	for name, c := range map[string]struct {
		profile string
		given   []event.Advisory
		want    string
	}{
		"references tell": {"generic", []event.Advisory{boards(two, 1, "ZX1", "K7QX2M"), boards(two, 2, "ZX2", "K7QX2M")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+AVF:K7QX2M'RFF+ABO:ZX1'" + okay + "ERP+2'RFF+AVF:K7QX2M'RFF+ABO:ZX2'" + okay},
		"two of one booking": {"generic", []event.Advisory{boards(two, 1, "", "K7QX2M"), boards(two, 2, "", "K7QX2M")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+AVF:K7QX2M'RFF+LI:1'ERC+0Z'FTX+AAP+++TRAVELLER 1 P SWE 341 - OK TO BOARD'" +
				"ERP+2'RFF+AVF:K7QX2M'RFF+LI:2'ERC+0Z'FTX+AAP+++TRAVELLER 2 P SWE 342 - OK TO BOARD'"},
		"two of one booking, no texts": {"uk", []event.Advisory{boards(two, 1, "", "K7QX2M"), boards(two, 2, "", "K7QX2M")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+AVF:K7QX2M'RFF+LI:1'ERC+0Z'ERP+2'RFF+AVF:K7QX2M'RFF+LI:2'ERC+0Z'"},
		"two bookings": {"uk", []event.Advisory{boards(two, 1, "", "K7QX2M"), boards(two, 2, "", "K7QX3N")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+AVF:K7QX2M'ERC+0Z'ERP+2'RFF+AVF:K7QX3N'ERC+0Z'"},
		"one booking in two messages": {"uk", []event.Advisory{boards(two, 1, "", "K7QX2M"), second},
			toZX + "RFF+TN:TN1'ERP+2'RFF+AVF:K7QX2M'ERC+0Z'" + toZX + "RFF+TN:TN2'ERP+2'RFF+AVF:K7QX2M'ERC+0Z'"},
		"a reference given twice, and one not": {"uk", []event.Advisory{boards(two, 1, "ZX1", ""), boards(two, 2, "ZX1", ""), boards(two, 3, "ZX3", "")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'RFF+LI:1'ERC+0Z'ERP+2'RFF+ABO:ZX1'RFF+LI:2'ERC+0Z'ERP+2'RFF+ABO:ZX3'ERC+0Z'"},
		"no reference at all": {"uk", []event.Advisory{boards(one, 1, "", "")}, toZX + "RFF+TN:TN1'ERP+2'RFF+LI:1'ERC+0Z'"},
		"refused":             {"generic", []event.Advisory{refused(noted, travel.Failed, "TN1")}, toZX + "RFF+TN:TN1'" + past},
		"both refused": {"generic", []event.Advisory{refused(noted, travel.Failed, "TN1", "TN2")},
			toZX + "RFF+TN:TN1'" + past + toZX + "RFF+TN:TN2'" + past},
		"refused in part": {"generic", []event.Advisory{boards(noted, 1, "ZX1", ""), refused(noted, "", "TN2")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay + toZX + "RFF+TN:TN2'" + past},
		"refused, and a word beside": {"generic", []event.Advisory{boards(noted, 1, "ZX1", ""), both},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay + "ERP+1'ERC+0'FTX+AAP+++SEGMENT 16 BYTE 300 IT ENDS BEFORE UNT'" + toZX + "RFF+TN:TN2'" + past},
		"refused, one code":   {"cn", []event.Advisory{refused(noted, travel.Failed, "TN1")}, toZX + "RFF+TN:TN1'" + strings.Replace(past, "109", "1", 1)},
		"an exercise":         {"generic", []event.Advisory{boards(exercise, 1, "ZX1", "")}, "UNB+XXGOV:ZZ+ZXIAPI:ZZ++++1'RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay},
		"an exercise refused": {"generic", []event.Advisory{refused(exercise, travel.Failed, "TN1")}, "UNB+XXGOV:ZZ+ZXIAPI:ZZ++++1'RFF+TN:TN1'" + past},
		"no sender":           {"uk", []event.Advisory{boards(nobody, 1, "ZX1", "")}, "UNB+XXGOV:ZZ+ZX:ZZ'RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'ERC+0Z'"},
		"as we were addressed": {"us", []event.Advisory{boards(us, 1, "ZX1", "")},
			"UNB+APIS+ZXIAPI'RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'ERC+0Z'"},
		"a word about the message": {"generic", []event.Advisory{boards(noted, 1, "ZX1", ""), warned},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay + "ERP+1'ERC+0'FTX+AAP+++SEGMENT 16 BYTE 300 IT ENDS BEFORE UNT'"},
		"a word, no texts":         {"uk", []event.Advisory{boards(noted, 1, "ZX1", ""), warned}, toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'ERC+0Z'"},
		"a close-out":              {"generic", []event.Advisory{{Kind: event.KindMessage, Message: noted}}, toZX + "RFF+TN:TN1'ERP+1'ERC+0'"},
		"a close-out, with a word": {"generic", []event.Advisory{warned}, toZX + "RFF+TN:TN1'ERP+1'ERC+0'FTX+AAP+++SEGMENT 16 BYTE 300 IT ENDS BEFORE UNT'"},
		"a close-out, no texts":    {"uk", []event.Advisory{warned}, toZX + "RFF+TN:TN1'ERP+1'ERC+0'"},
		"a word, and two messages": {"generic", []event.Advisory{boards(noted, 1, "ZX1", ""), boards(head("TN2", 2, true), 2, "ZX2", ""), warned},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay + toZX + "RFF+TN:TN2'ERP+2'RFF+ABO:ZX2'" + okay + "ERP+1'ERC+0'FTX+AAP+++SEGMENT 16 BYTE 300 IT ENDS BEFORE UNT'"},
		"one reference, two legs": {"uk", []event.Advisory{boards(two, 1, "ZX1", ""), onward},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'ERC+0Z'" + toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'ERC+0Z'"},
		"a part lost, and nobody on the rest": {"generic", []event.Advisory{lost},
			toZX + "RFF+TN:TN1'ERP+1'ERC+0'FTX+AAP+++SEGMENT 16 BYTE 300 IT ENDS BEFORE UNT'"},
		"nothing known": {"generic", nil, "UNB+XXGOV:ZZ+ZX:ZZ'ERP+1'ERC+0'"},
	} {
		s := offline(t, new(bytes.Buffer), c.given...)
		zx := s.carriers[0]
		zx.profile, _ = cusres.ByName(c.profile)
		a, err := zx.gather(messageID, s.window.Message(messageID, "ZX"), 0)
		if err != nil {
			t.Fatal(err)
		}
		out := s.edifact(zx, a)
		if diff := cmp.Diff(lines(c.want), told(string(out))); diff != "" || len(out) == 0 {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		controlled(t, name, string(out))
	}
}

// TestFeedSaysRefusals holds that a carrier that only reads its feed learns of every message of an interchange.
func TestFeedSaysRefusals(t *testing.T) {
	noted, exercise, nobody := head("TN1", 1, true), head("TN3", 1, false), head("TN1", 0, true)
	exercise.Exercise, nobody.Sender = true, ""
	lost := event.Advisory{Kind: event.KindMessage, Message: noted, Lost: true, Findings: []travel.Finding{{Code: "truncated", Severity: travel.Fault, Segment: 16, Offset: 300, Text: "it ends before UNT"}}}
	for name, c := range map[string]struct {
		given       []event.Advisory
		want, notes string // in EDIFACT; statuses and test marks in JSON
	}{
		"in part": {[]event.Advisory{boards(noted, 1, "ZX1", ""), refused(noted, "", "TN2", "TN4")},
			toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay + toZX + "RFF+TN:TN2'" + past + toZX + "RFF+TN:TN4'" + past, "- rejected_in_part"},
		"whole":    {[]event.Advisory{refused(noted, travel.Failed, "TN1")}, toZX + "RFF+TN:TN1'" + past, "rejected"},
		"taken in": {[]event.Advisory{{Kind: event.KindMessage, Message: noted}}, toZX + "RFF+TN:TN1'ERP+1'ERC+0'", "complete"},
		"a part lost": {[]event.Advisory{boards(noted, 1, "ZX1", ""), lost}, toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay +
			toZX + "RFF+TN:TN1'ERP+1'ERC+0'FTX+AAP+++SEGMENT 16 BYTE 300 IT ENDS BEFORE UNT'", "- rejected_in_part"},
		"not read": {[]event.Advisory{{Kind: event.KindMessage, Message: nobody, Outcome: travel.Failed, Findings: []travel.Finding{{Code: "no_message", Severity: travel.Fault}}}}, "UNB+XXGOV:ZZ+ZX:ZZ'RFF+TN:TN1'ERP+1'ERC+101'FTX+AAP+++NO INTERCHANGE OR MESSAGE FOUND - BYTE 0'", "rejected"},
		"in part, and told before": {[]event.Advisory{refused(noted, "", "TN2", "TN4"), boards(noted, 1, "ZX1", "")},
			toZX + "RFF+TN:TN2'" + past + toZX + "RFF+TN:TN4'" + past + toZX + "RFF+TN:TN1'ERP+2'RFF+ABO:ZX1'" + okay, "rejected_in_part -"},
		"exercise":   {[]event.Advisory{boards(exercise, 1, "ZX1", "")}, "UNB+XXGOV:ZZ+ZXIAPI:ZZ++++1'RFF+TN:TN3'ERP+2'RFF+ABO:ZX1'" + okay, "test"},
		"no ABO":     {[]event.Advisory{boards(head("TN1", 1, false), 1, "", "K7QX2M")}, toZX + "RFF+TN:TN1'ERP+2'RFF+AVF:K7QX2M'RFF+LI:1'ERC+0Z'FTX+AAP+++TRAVELLER 1 P SWE 341 - OK TO BOARD'", "-"},
		"two in one": {[]event.Advisory{refused(nobody, travel.Failed, "TN1", "TN2")}, "UNB+XXGOV:ZZ+ZX:ZZ'RFF+TN:TN1'" + past + "UNB+XXGOV:ZZ+ZX:ZZ'RFF+TN:TN2'" + past, "rejected"},
	} {
		s := offline(t, new(bytes.Buffer), c.given...)
		w := ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", typeEDIFACT, "")
		if diff := cmp.Diff(lines(c.want), told(w.Body.String())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		controlled(t, name, w.Body.String())
		var page Page
		if err := json.Unmarshal(ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", "", "").Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		var notes []string
		for _, n := range page.Advisories {
			switch {
			case n.Traveller == nil:
				notes = append(notes, n.Status)
			case n.Traveller.Test:
				notes = append(notes, "test")
			default:
				notes = append(notes, "-")
			}
		}
		if got := strings.Join(notes, " "); got != c.notes {
			t.Errorf("%s: the feed in JSON has %q, want %q", name, got, c.notes)
		}
	}
}

// TestStatusOfAnswers posts a message whose advisories are there, and asks for it again.
func TestStatusOfAnswers(t *testing.T) {
	const body = `{"reference":"TN1"}`
	id := event.MessageID("ZX", []byte(body))
	one, noted := head("TN1", 1, false), head("TN1", 1, true)
	exercise := one
	exercise.Exercise = true
	for name, c := range map[string]struct {
		given  []event.Advisory
		status int
		want   string // status of the answer, travellers with their test mark, errors
	}{
		"complete":        {[]event.Advisory{boards(one, 1, "ZX1", "")}, http.StatusOK, "complete 1"},
		"an exercise":     {[]event.Advisory{boards(exercise, 1, "ZX1", "")}, http.StatusOK, "complete 1 test"},
		"refused in part": {[]event.Advisory{boards(noted, 1, "ZX1", ""), refused(noted, "", "TN2")}, http.StatusUnprocessableEntity, "rejected_in_part 1 departure_out_of_window"},
		"refused":         {[]event.Advisory{refused(head("TN1", 0, true), travel.Failed, "TN1")}, http.StatusUnprocessableEntity, "rejected departure_out_of_window"},
	} {
		for i := range c.given {
			c.given[i].Message.ID = id
		}
		s := offline(t, new(bytes.Buffer), c.given...)
		for _, w := range []struct {
			method, url, body string
			status            int
		}{{"POST", "/v1/messages", body, c.status}, {"GET", "/v1/messages/" + id, "", http.StatusOK}} {
			got := ask(s, w.method, w.url, "key-ZX", "", w.body)
			var a Answer
			if err := json.Unmarshal(got.Body.Bytes(), &a); err != nil || got.Code != w.status || a.Message != id || a.Repeat != (w.method == "POST") {
				t.Errorf("%s: %s %d %s, %v", name, w.method, got.Code, got.Body, err)
			}
			said := a.Status
			for _, p := range a.Travellers {
				said += " " + string('0'+rune(p.Index)) + map[bool]string{true: " test"}[p.Test]
			}
			for _, f := range a.Errors {
				said += " " + f.Code
			}
			if said != c.want {
				t.Errorf("%s: %s says %q, want %q", name, w.method, said, c.want)
			}
			if strings.Contains(got.Body.String(), `"test":false`) {
				t.Errorf("%s: %s", name, got.Body)
			}
		}
	}
}

// TestAtTheDeadline holds the gate for an answer that nobody else gives: no default leaves for a leg that cannot be.
func TestAtTheDeadline(t *testing.T) {
	now := offline(t, new(bytes.Buffer)).deps.Now()
	r := event.Received{ID: messageID, Carrier: "ZX", At: now.UnixMilli()}
	good := travel.Message{Kind: travel.API, Function: travel.Query, Reference: "TN1", Legs: []travel.Leg{flight}, Travellers: []travel.Traveller{{Ref: "ZX1"}, {Ref: "ZX2"}}}
	old, exercise, out := good, good, good
	old.Reference, old.Legs = "TN2", []travel.Leg{flight}
	old.Legs[0].Departure = "2020-10-05T19:15"
	exercise.Test, out.Function = true, travel.CloseOut
	for name, c := range map[string]struct {
		messages []travel.Message
		known    []event.Advisory
		gave     int
		want     string // status, travellers in profile generic with their test mark, references refused
	}{
		"nothing known":   {[]travel.Message{good}, nil, 2, "partial 0T 0T"},
		"one known":       {[]travel.Message{good}, []event.Advisory{{Index: 2, Outcome: travel.NoBoard, Version: 1}}, 1, "partial 0T 1Z"},
		"refused":         {[]travel.Message{old}, nil, 0, "rejected -TN2"},
		"refused in part": {[]travel.Message{old, good}, nil, 2, "partial 0T 0T -TN2"},
		"an exercise":     {[]travel.Message{exercise}, nil, 2, "partial 0T test 0T test"},
		"a close-out":     {[]travel.Message{out}, nil, 0, "complete"},
	} {
		zx := offline(t, new(bytes.Buffer)).carriers[0]
		a := &Answer{Message: messageID, profile: zx.code}
		for i := range c.known {
			a.put(&c.known[i])
		}
		gave := zx.unscreened(a, r, c.messages, journey.Gate{Departures: journey.DefaultWindow(), Carriers: journey.Carriers{{Code: "ZX"}}})
		got := a.Status
		for _, p := range a.Travellers {
			got += " " + p.Code + map[bool]string{true: " test"}[p.Test]
		}
		if a.notice != nil {
			for _, refused := range a.notice.Refused {
				got += " -" + refused.Reference
			}
		}
		if got != c.want || len(gave) != c.gave {
			t.Errorf("%s: %q with %d given, want %q with %d", name, got, len(gave), c.want, c.gave)
		}
		for _, adv := range gave {
			if strings.HasPrefix(adv.Person, event.ExercisePerson) != c.messages[0].Test || !adv.Unscreened || adv.Version != 0 {
				t.Errorf("%s: %+v", name, adv)
			}
		}
	}
}

// TestReasonsOfTheGateAreCoded holds that CUSRES has a code for each reason a message is refused for.
func TestReasonsOfTheGateAreCoded(t *testing.T) {
	for _, reason := range []string{journey.NoLeg, journey.NoDesignator, journey.NoDepartureDate, journey.NoOriginPort, journey.OutOfWindow, journey.NoTravellers,
		journey.GatePassRefused, journey.NotYourLeg, "reference_demanded"} {
		if r := cusres.Reject(travel.Finding{Code: reason}); r.Code == "100" {
			t.Errorf("%s is told as %s", reason, r.Text)
		}
	}
}

// TestAcknowledgementOfABookingIsAddressed holds that an ACKRES goes to the carrier when its push names no sender.
func TestAcknowledgementOfABookingIsAddressed(t *testing.T) {
	for sender, want := range map[string]string{"": "UNB+IATA:1+XXGOV+ZX+", "ZXRES": "UNB+IATA:1+XXGOV+ZXRES+"} {
		m := head("ZX0410/051026/1430", 0, true)
		m.Kind, m.Sender = travel.PNR, sender
		s := offline(t, new(bytes.Buffer), event.Advisory{Kind: event.KindMessage, Message: m})
		if got := ask(s, "GET", "/v1/messages/"+messageID, "key-ZX", typeEDIFACT, ""); !strings.Contains(got.Body.String(), want) {
			t.Errorf("%q: %s", sender, got.Body)
		}
	}
}
