package event

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

var update = flag.Bool("update", false, "write the golden files of the newest version anew")

func leg() travel.Leg {
	return travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR",
		Departure: "2026-10-05T19:15", Arrival: "2026-10-05T23:45", Border: true}
}

func message() Message {
	return Message{ID: "00112233445566778899aabbccddeeff", Carrier: "ZX", Kind: travel.API, Function: travel.Query,
		Reference: "ZXQ0000004411", Sender: "ZXIAPI", Recipient: "XXGOV", Of: 1, At: 1791200000000}
}

func traveller() travel.Traveller {
	return travel.Traveller{Index: 1, Kind: travel.Passenger, Surname: "OKONKWO", Given: "CHIDI", Birth: "1996-04-17",
		Nationality: "NGA", Ref: "ZX410000205", Locator: "P2L9XZ",
		Documents: []travel.Document{{Type: "P", Number: "B50012354", Issuer: "NGA", Expiry: "2028-12-31"}}}
}

func presented() Presented {
	p := Presented{V: 1, ID: TravellerID(message().ID, 1), Message: message(), Leg: leg(), Traveller: traveller(),
		Findings: []travel.Finding{{Code: "check_digit_glued", Severity: travel.Note, Segment: 21, Tag: "DOC", Offset: 512, Traveller: 1, Text: "…"}}}
	p.Person = p.Traveller.Key()
	return p
}

// newest holds one event of each kind as today's code writes it.
func newest() map[string]Event {
	p := presented()
	match := travel.Match{Entry: "L1", List: "lookout", Action: travel.ActRefer, By: "name", Strength: travel.Probable, Similarity: .91, Chance: -1.5, Birth: "exact"}
	return map[string]Event{
		"presented": &p,
		"enriched": &Enriched{Presented: presented(), Matches: []travel.Match{match}, HasHistory: true, ListRevision: 7,
			Authorisation: &Authorisation{Status: "valid", ValidUntil: "2027-01-01"}, History: []EarlierLeg{{"ZX-411-LHR-2026-09-01", "2026-09-01"}}},
		"scored": &Scored{V: 1, ID: p.ID, Decision: "d1", Message: message(), Leg: leg(), Traveller: traveller(), Person: p.Person,
			Outcome: travel.Refer, Score: 45, Reason: "points", Matches: []travel.Match{match}, Rules: 50, Release: "r1", ListRevision: 7,
			Results: []RuleResult{{Rule: "list/probable", Value: "hit", Points: 45, Explain: "…", Seen: map[string]string{"list.refer": "probable"}}}},
		"advisory": &Advisory{V: 1, Kind: KindTraveller, Message: message(), Leg: leg(), Index: 1, Person: p.Person,
			Ref: "ZX410000205", Locator: "P2L9XZ", Document: "P:NGA:…354", Outcome: travel.Refer, Version: 1, Decision: "d1", Release: "r1", Lists: 7},
		"watchlist": &WatchlistChanged{V: 1, Revision: 7, Entry: travel.ListEntry{ID: "L1", List: "lookout", Action: travel.ActRefer, Surname: "OKONKWO"},
			Submitted: "a", Approved: "b", At: 1791200000000},
		"case": &CaseEvent{V: 1, ID: "c1", Kind: CaseApplied, Leg: leg().ID(), Message: message().ID, Index: 1, Entry: "interdiction/S-001", Always: true,
			At: 1791200000000, Keys: []string{"3516aaf22b643131c7e6cfb4"}, Undoes: []string{"c0"}, Outcome: travel.NoBoard, Version: 2, Officer: "one", Reason: "seen"},
		"proposal": &Proposal{V: 1, ID: "p1", State: ProposalMade, Officer: "one", At: 1791200000000, Part: 1, Of: 2, Until: 1791286400000,
			Entries:  []travel.ListEntry{{ID: "L1", List: "lookout", Action: travel.ActRefer, Surname: "OKONKWO"}},
			Remove:   []travel.ListEntry{{ID: "L2", List: "lookout"}},
			Findings: []RowFinding{{Line: 7, Column: "birth_date", Code: "bad_birth", What: "not a date", Todo: "write YYYY-MM-DD"}}},
		"acknowledged": &Acknowledged{V: 1, Message: message().ID, Index: 1, Version: 2, Carrier: "ZX", Leg: leg().ID(), At: 1791200000000, By: ByHTTP},
		"rules":        &RulesReleased{V: 1, Release: "r1", Files: map[string]string{"list/probable.yaml": "title: x"}, Author: "a", Approved: "b", At: 1791200000000},
	}
}

func blank(e Event) Event {
	switch e.(type) {
	case *Presented:
		return &Presented{}
	case *Enriched:
		return &Enriched{}
	case *Scored:
		return &Scored{}
	case *Advisory:
		return &Advisory{}
	case *WatchlistChanged:
		return &WatchlistChanged{}
	case *CaseEvent:
		return &CaseEvent{}
	case *Proposal:
		return &Proposal{}
	case *Acknowledged:
		return &Acknowledged{}
	}
	return &RulesReleased{}
}

// TestEveryVersionDecodes guards the stream: a record written by any version since the first must still be read.
func TestEveryVersionDecodes(t *testing.T) {
	for name, want := range newest() {
		golden := filepath.Join("testdata", name+".v1.json")
		if *update {
			b, err := Encode(want)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		got := blank(want)
		if err := Decode(b, got); err != nil {
			t.Errorf("%s: %v", golden, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", golden, diff)
		}
	}
}

func TestDecodeIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"x":`, 100_000)
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"deep object":  {deep, ErrTooDeep},
		"deep array":   {`{"v":1,"unknown":` + strings.Repeat("[", 2_000_000), ErrTooDeep},
		"large":        {`{"v":1,"id":"` + strings.Repeat("x", MaxBytes) + `"}`, ErrTooLarge},
		"no version":   {`{"id":"x"}`, ErrVersion},
		"in a string":  {`{"v":1,"id":"` + strings.Repeat("[", 1000) + `"}`, nil},
		"escaped":      {`{"v":1,"id":"\"[[[[\\"}`, nil},
		"newer writer": {`{"v":2,"id":"x","later":{"a":[1,2]}}`, nil},
	} {
		if err := Decode([]byte(c.in), &Presented{}); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestErrorsQuoteNothing(t *testing.T) {
	for _, in := range []string{`{"v":1,"traveller":{"surname":7}}`, `{"v":1,"traveller":{"surname":"OKONKWO}}`, `OKONKWO`, `{"v":"OKONKWO"}`} {
		err := Decode([]byte(in), &Presented{})
		if err == nil || strings.Contains(err.Error(), "OKONKWO") {
			t.Errorf("%s: got %v", in, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, e := range newest() {
		b, _ := Encode(e)
		f.Add(b)
	}
	f.Add([]byte(`{"v":1,"x":[[[[[[`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var p Presented
		if Decode(b, &p) != nil {
			return
		}
		again, err := Encode(&p)
		if err != nil {
			t.Fatal(err)
		}
		var q Presented
		if err := Decode(again, &q); err != nil {
			t.Fatalf("what was written does not read: %v", err)
		}
		third, _ := Encode(&q)
		if string(again) != string(third) {
			t.Fatal("encoding is not stable")
		}
	})
}

func TestIDsAreDerived(t *testing.T) {
	first, second := MessageID("ZX", []byte("a")), MessageID("ZX", []byte("a"))
	if first != second || first == MessageID("Z", []byte("Xa")) {
		t.Error("message ids do not follow carrier and content")
	}
	forged := []Header{{HeaderCarrier, []byte("ZX")}, {HeaderMessage, []byte("somebody else's")}}
	if got := ReadReceived(forged, []byte("a"), 5); got.ID != MessageID("ZX", []byte("a")) || got.At != 5 || got.Transport != "kafka" {
		t.Errorf("believed the header: %+v", got)
	}
}
