package pnrgov

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking"
	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

var update = flag.Bool("update", false, "write the golden files anew")

const shared = "../../../shared"

// examples are the messages of the standards digest, by their name there.
func examples(t *testing.T) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, "reference", "standards.md"))
	if err != nil {
		t.Skip("the standards digest is not beside this checkout")
	}
	found := map[string][]byte{}
	for _, m := range regexp.MustCompile(`(?s)\*\*(N\d)\. [^\n]*\n\n`+"```\n(.*?)```").FindAllSubmatch(text, -1) {
		found[string(m[1])] = m[2]
	}
	return found
}

// corpus are the field messages, by file name.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(shared, "corpus", "pnrgov", "*"))
	if len(files) == 0 {
		t.Skip("the corpus is not beside this checkout")
	}
	found := map[string][]byte{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.Base(f)] = b
	}
	return found
}

func decodeOne(t *testing.T, body []byte) *travel.Message {
	t.Helper()
	messages, err := Decode(body)
	if err != nil || len(messages) != 1 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	return &messages[0]
}

func TestExamplesOfTheDigest(t *testing.T) {
	found := examples(t)
	want := map[string][]string{
		"N1": {"0: LINDQVIST/ASTA/MARGARETA 1987-03-12 F SWE P X9012345 2031-08-15 A 9991234567890 ZX998877665",
			"0: LINDQVIST/OTTO/ 2025-06-02 M SWE P X9012346 2030-06-02 IN of 1",
			"1: O'BRIEN/TERENCE/ 1964-02-29 M NZL P LN000777 2029-01-01 A 9991234567995"},
		"N2": {"0: OKONKWO/CHIDI/    A 9991234567701"},
		"N3": {"0: LINDQVIST/ASTA/    A checked_in 23A ZX998877665", "0: LINDQVIST/OTTO/    IN checked_in of 1", "1: OKONKWO/CHIDI/    A no_show",
			"2: MBEKI/THANDO/ 1990-04-04 F ZAF P A01234567 2028-11-30 A go_show 41K 9991234568000"},
	}
	for name, persons := range want {
		m := decodeOne(t, found[name])
		if diff := cmp.Diff(persons, bookingtest.Lines(m)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, f := range m.Findings {
			if f.Severity != travel.Note {
				t.Errorf("%s: %s", name, f)
			}
		}
		if leg, _ := PeekAt(found[name]); leg != m.Legs[0].ID() || leg != "ZX-410-SIN-2026-10-05" {
			t.Errorf("%s: peeked %s", name, leg)
		}
	}
}

// TestBookingOfN1 holds one booking of the digest against what a reader of it sees.
func TestBookingOfN1(t *testing.T) {
	m := decodeOne(t, examples(t)["N1"])
	want := travel.Booking{Locator: "K7QX2M", Carrier: "ZX", Locators: []string{"1A/5RTY7U"}, Created: "2026-08-15T09:11",
		Changed: "2026-10-03T08:05", Party: 2, Split: []string{"L9PT4D"},
		Legs: []travel.BookedLeg{
			{Leg: m.Legs[0], Class: "Y", Status: "HK"},
			{Leg: travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "411", Origin: "LHR", Destination: "SIN", Departure: "2026-10-19T11:05",
				Arrival: "2026-10-20T07:25"}, Class: "Y", Status: "HK", Codeshare: []string{"QZ-8411"}}},
		Agency:   &travel.Agency{System: "1A", Office: "SIN1A0980", IATA: "91234567", Place: "SIN", Kind: "T", Country: "SG", Currency: "SGD", Agent: "A7788GS"},
		Tickets:  []travel.Ticket{{Number: "9991234567890", Kind: "T", Issued: "2026-08-15T09:15", Carrier: "ZX", Total: "498.20 SGD"}},
		Payments: []travel.Payment{{Form: "CC", Amount: "498.20", Vendor: "VI", Card: "XXXXXXXXXXXX1111", Expiry: "0929", Payer: "LINDQVIST ASTA"}},
		Contacts: []travel.Text{"email:ASTA_L@MAIL.EXAMPLE", "phone:6591234567", "phone:6591234567", "address:12 PINE STREET, SINGAPORE, SG, 238801"},
		Remarks: []travel.Text{"PAX HAS CONNECTING RAIL BOOKING",
			"0/15AUG26 0911Z/SIN1A0980/CREATED 3 NAMES/16AUG26 1120Z/SPLIT 1 NAME TO L9PT4D"}}
	want.Contacts = append(want.Contacts[:2], want.Contacts[3])
	if diff := cmp.Diff(want, m.Bookings[0]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if m.Removed != 1 { // the meal
		t.Errorf("%d removed", m.Removed)
	}
}

func TestHistoryAndCancellationOfN2(t *testing.T) {
	m := decodeOne(t, examples(t)["N2"])
	if m.Function != travel.Update || m.Code != "141" || !m.Bookings[1].Cancel || m.Bookings[0].Cancel {
		t.Errorf("function %s, code %s, cancelled %v %v", m.Function, m.Code, m.Bookings[0].Cancel, m.Bookings[1].Cancel)
	}
	want := []travel.Change{{At: "2026-10-04T12:07", Office: "SINZXWEB", Action: "cancelled", What: "TIF"},
		{At: "2026-10-04T12:07", Office: "SINZXWEB", Action: "added", What: "TIF"}}
	if diff := cmp.Diff(want, m.Bookings[0].Changes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if p := m.Bookings[0].Payments; len(p) != 1 || string(p[0].Payer) != "BRIGHTPATH LOGISTICS PTE" {
		t.Errorf("%d payments", len(p))
	}
}

func TestBagsOfN3(t *testing.T) {
	m := decodeOne(t, examples(t)["N3"])
	want := []*travel.Bags{{Count: 2, Weight: 38, Tags: []string{"0001451200", "0001451201"}, Pool: true}, nil, nil, {}}
	for i := range m.Travellers {
		if diff := cmp.Diff(want[i], m.Travellers[i].Bags); diff != "" {
			t.Errorf("traveller %d (-want +got):\n%s", i+1, diff)
		}
	}
}

// counts is what was read off a field message by hand: nothing personal, so that no field data is in the repository.
type counts struct {
	Legs, Bookings, Travellers, Infants, Documents, Visas, Births, Flights, Codeshares, Tickets, Payments, Seats, Bags, CheckedIn, Changes, Splits, Removed int
	Warnings                                                                                                                                                []string
}

func TestCorpus(t *testing.T) {
	got := map[string]counts{}
	for name, body := range corpus(t) {
		messages, err := Decode(body)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got[name] = count(messages)
	}
	golden(t, "corpus.json", got)
}

func count(messages []travel.Message) counts {
	var c counts
	for i := range messages {
		m := &messages[i]
		c.Legs += len(m.Legs)
		c.Removed += m.Removed
		for k := range m.Travellers {
			p := &m.Travellers[k]
			c.Travellers++
			c.Removed += p.Removed
			c.Infants += one(p.FareType == "IN")
			c.Births += one(p.Birth != "")
			c.Seats += one(p.Seat != "")
			c.CheckedIn += one(booking.Here(p))
			for _, d := range p.Documents {
				c.Documents++
				c.Visas += one(d.Type == "V")
			}
			if p.Bags != nil {
				c.Bags += p.Bags.Count
			}
		}
		for k := range m.Bookings {
			b := &m.Bookings[k]
			c.Bookings++
			c.Flights += len(b.Legs)
			c.Tickets += len(b.Tickets)
			c.Payments += len(b.Payments)
			c.Changes += len(b.Changes)
			c.Splits += len(b.Split)
			for _, l := range b.Legs {
				c.Codeshares += len(l.Codeshare)
			}
		}
		for _, f := range m.Findings {
			if f.Severity != travel.Note {
				c.Warnings = append(c.Warnings, f.Code)
			}
		}
	}
	sort.Strings(c.Warnings)
	return c
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func golden(t *testing.T, name string, got any) {
	t.Helper()
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(text)+"\n", "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// plainly leaves out what Encode does not promise to keep.
func plainly(m *travel.Message) *travel.Message {
	c := *m
	c.Places, c.LegPlaces = nil, nil
	c.Findings, c.Removed, c.Control, c.Declared = nil, 0, "", 0
	if c.Code == "22" { // written also where it was missing
		c.Code = ""
	}
	c.Travellers = append([]travel.Traveller(nil), m.Travellers...)
	for i := range c.Travellers {
		p := &c.Travellers[i]
		p.Removed = 0
		if !booking.Here(p) {
			p.Bags = nil
		}
	}
	return &c
}

func TestRoundTrip(t *testing.T) {
	bodies := corpus(t)
	for name, body := range examples(t) {
		if name != "N4" {
			bodies[name] = body
		}
	}
	for name, body := range bodies {
		m := decodeOne(t, body)
		at := travel.LocalTime("")
		for i := range m.Travellers {
			if m.Travellers[i].CheckIn == "no_show" {
				at = m.Legs[0].Departure
			}
		}
		if at == "" {
			at = "2009-01-01T00:00" // before any departure: nobody is missed yet
		}
		again := decodeOne(t, Encode(nil, m, EncodeOptions{At: at}))
		for _, f := range again.Findings {
			if f.Severity != travel.Note && f.Code != "name_differs" && f.Code != "bad_leg" {
				t.Errorf("%s: what was written has %s", name, f)
			}
		}
		if diff := cmp.Diff(plainly(m), plainly(again)); diff != "" {
			t.Errorf("%s does not round-trip (-first +again):\n%s", name, diff)
		}
	}
}
