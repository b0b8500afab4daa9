package xml

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// stories are the documents of testdata by their names.
func stories(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.xml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no stories in testdata", err)
	}
	found := map[string][]byte{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		found[strings.TrimSuffix(filepath.Base(f), ".xml")] = b
	}
	return found
}

// outcome is what a golden file holds.
type outcome struct {
	Messages []travel.Message `json:"messages,omitempty"`
	Refused  []travel.Finding `json:"refused,omitempty"`
}

func TestStories(t *testing.T) {
	for name, body := range stories(t) {
		t.Run(name, func(t *testing.T) {
			var got outcome
			var err error
			got.Messages, err = Decode(body)
			var refused *travel.DecodeError
			if errors.As(err, &refused) {
				got.Refused = refused.Findings
			} else if err != nil {
				t.Fatal(err)
			}
			for i := range got.Messages {
				bookingtest.Holds(t, &got.Messages[i], len(body))
			}
			text, err := json.MarshalIndent(got, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(golden, append(text, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(text)+"\n"); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// one decodes a story that is one message.
func one(t *testing.T, body string) *travel.Message {
	t.Helper()
	messages, err := Decode([]byte(body))
	if err != nil || len(messages) != 1 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	return &messages[0]
}

// TestPositions holds that every finding points at the element it names.
func TestPositions(t *testing.T) {
	for name, body := range stories(t) {
		messages, _ := Decode(body)
		for _, m := range messages {
			for _, f := range m.Findings {
				if f.Segment != 0 || f.Element != 0 || f.Component != 0 {
					t.Errorf("%s: %s counts segments", name, f)
				}
				if f.Tag == "" {
					continue
				}
				at := strings.TrimPrefix(strings.TrimPrefix(string(body[f.Offset:]), "<"), "p:")
				if body[f.Offset] != '<' || !strings.HasPrefix(strings.TrimPrefix(at, "n:"), f.Tag) {
					t.Errorf("%s: %s is not where %s stands: %.30q", name, f.Code, f.Tag, body[f.Offset:])
				}
			}
		}
	}
}

// TestSaysNothingPersonal holds that no finding quotes what a person is known by.
func TestSaysNothingPersonal(t *testing.T) {
	secrets := []string{"LINDQVIST", "ASTA", "BRIEN", "TERENCE", "X9012345", "LN000777", "29/02/64", "PINE", "1111", "MUSLIM", "K7QX2M", "15AUG26"}
	for name, body := range stories(t) {
		messages, err := Decode(body)
		text := fmt.Sprint(err)
		for _, m := range messages {
			for _, f := range m.Findings {
				text += f.String()
			}
		}
		for _, s := range secrets {
			if strings.Contains(text, s) {
				t.Errorf("%s: a finding shows %s", name, s)
			}
		}
	}
}

func TestFilter(t *testing.T) {
	body := stories(t)["sensitive"]
	messages, err := Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(messages)
	for _, banned := range []string{"KSML", "MUSLIM", "WHEELCHAIR", "UNION", "REV", "CLG", "MEDA", "CANNOT", "GUIDE", "BAPTIST", "WCHR", "MOML"} {
		if strings.Contains(string(text), banned) {
			t.Errorf("%s got through", banned)
		}
	}
	for _, kept := range []string{"UMNR", "MEETS RAIL SERVICE", "SEAT CHANGED"} {
		if !strings.Contains(string(text), kept) {
			t.Errorf("%s was removed", kept)
		}
	}
	// Of the booking: KSML, OTHS, OSI, the remark over a line's end, both histories. Of the person: title, fare, MEDA,
	// PETC's text, the payer, WCHR.
	if m := messages[0]; m.Removed != 6 || m.Travellers[0].Removed != 6 {
		t.Errorf("removed %d and %d", m.Removed, m.Travellers[0].Removed)
	}
}

func TestPeek(t *testing.T) {
	for name, body := range stories(t) {
		if !Peek(body) {
			t.Errorf("%s does not look like PNRGOV", name)
		}
	}
	for body, want := range map[string]bool{
		"": false, "<": false, "UNA:+.?*'": false, `{"kind":"pnr"}`: false, "<html>PNRGOV</html>": false,
		"\ufeff<?xml version='1.0'?><!-- PNRGOV? --><a:IATA_PNRGOV_NotifRQ xmlns:a='x'/>": true,
		"<PNRGOV:Envelope>": false, "<!-- PNRGOV": false, " \n<PNRGOV/>": true,
		"<!--" + strings.Repeat(" ", peekBytes) + "--><PNRGOV/>": false,
	} {
		if got := Peek([]byte(body)); got != want {
			t.Errorf("%.60q: %v", body, got)
		}
	}
}

func TestBounds(t *testing.T) {
	const head = `<PNRGOV><FlightLeg CarrierCode="ZX" FlightNumber="410" DepartureDateTime="2026-10-05T14:30:00"><DepartureAirport LocationCode="SIN"/></FlightLeg><PNRs>`
	const pnr = `<PNR><BookingRefID ID="K7QX2M"/><Passenger><Surname>LINDQVIST</Surname></Passenger></PNR>`
	for name, c := range map[string]struct {
		body, code         string
		bookings, travelle int
	}{
		"deep":        {head + pnr + strings.Repeat("<PNR>", 100), "xml_depth", 1, 1},
		"deep odd":    {head + pnr + strings.Repeat("<a>", 100), "xml_depth", 1, 1},
		"large":       {head + "<PNR>" + strings.Repeat("<SSR/>", maxNodes) + "</PNR>" + pnr + "</PNRs></PNRGOV>", "booking_too_large", 1, 1},
		"crowd":       {head + strings.Repeat("<PNR>"+strings.Repeat("<Passenger><Surname>A</Surname></Passenger>", 9_000)+"</PNR>", 13) + "</PNRs></PNRGOV>", "too_many_travellers", 2, travel.MostPeople},
		"entity":      {head + pnr + "<PNR><BookingRefID ID='&lol;'/></PNR></PNRs></PNRGOV>", "xml_broken", 1, 1},
		"charset":     {`<?xml version="1.0" encoding="EBCDIC"?>` + head, "xml_charset", 0, 0},
		"no document": {"", "no_pnrgov", 0, 0},
		"an answer":   {"<IATA_PNRGOV_NotifRS/>", "no_pnrgov", 0, 0},
		"empty":       {"<IATA_PNRGOV_NotifRQ/>", "no_leg", 0, 0},
		"no flight":   {"<PNRGOV>" + pnr + "</PNRGOV>", "no_leg", 1, 1},
		"after end":   {head + pnr + "</PNRs></PNRGOV><", "xml_broken", 1, 1},
	} {
		messages, err := Decode([]byte(c.body))
		var findings []travel.Finding
		bookings, travellers := 0, 0
		var refused *travel.DecodeError
		if errors.As(err, &refused) {
			findings = refused.Findings
		}
		for _, m := range messages {
			findings = append(findings, m.Findings...)
			bookings, travellers = bookings+len(m.Bookings), travellers+len(m.Travellers)
		}
		found := false
		for _, f := range findings {
			found = found || f.Code == c.code
		}
		if !found || bookings != c.bookings || travellers != c.travelle {
			t.Errorf("%s: %d bookings, %d travellers, %v; want %s", name, bookings, travellers, err, c.code)
		}
	}
}

// TestFunctions holds what the head of a message says of it.
func TestFunctions(t *testing.T) {
	const rest = `><PNR><BookingRefID ID="K7QX2M"/></PNR></PNRGOV>`
	m := one(t, `<PNRGOV MessageFunction="141" Target="Test" TransactionIdentifier="T1" SequenceNmbr="2" TransactionStatusCode="End"`+rest)
	if m.Function != travel.Update || !m.Test || m.Part != (travel.Part{Series: "T1", Number: 2, Last: true}) {
		t.Errorf("%s, test %v, part %+v", m.Function, m.Test, m.Part)
	}
	if m = one(t, `<PNRGOV SequenceNmbr="1" TransactionIdentifier="T1" TransactionStatusCode="End"`+rest); m.Part.Number != 0 || m.Function != travel.Query {
		t.Errorf("a whole message is part %+v, %s", m.Part, m.Function)
	}
	if messages, err := Decode([]byte(`<Envelope><Body><PNRGOV` + rest + `<PNRGOV` + rest + `</Body></Envelope>`)); err != nil || len(messages) != 2 {
		t.Errorf("%d messages in an envelope, %v", len(messages), err)
	}
}

func TestISOTime(t *testing.T) {
	for s, want := range map[string]string{
		"2026-10-05": "2026-10-05T00:00 ", "2026-10-05T14:30": "2026-10-05T14:30 ", "2026-10-05T14:30:59.123Z": "2026-10-05T14:30 Z",
		"2026-10-05 14:30:00": "2026-10-05T14:30 ", "2026-10-05T14:30:00+08:00": "2026-10-05T14:30 +08:00", "2026-10-05Z": "2026-10-05T00:00 Z",
		"": "", "2026-13-05": "", "2026-10-05T24:30": "", "2026-10-05T14:60": "", "2026-10-05T1430": "", "05OCT26": "", "2026-10-05T14:30:00+0800": "",
		"2026-10-05T14:30:": "", "2026-10-05T14:30x": "", "2026-02-30T10:00": "",
	} {
		at, zone, ok := isoTime(s)
		if got := strings.TrimPrefix(string(at)+" "+zone, " "); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", s, got, ok)
		}
	}
	if got := inUTC("2026-10-03T00:58", "+02:00"); got != "2026-10-02T22:58" {
		t.Errorf("east of UTC: %s", got)
	}
	if got := inUTC("2026-10-02T22:58", "-02:30"); got != "2026-10-03T01:28" {
		t.Errorf("west of UTC: %s", got)
	}
}
