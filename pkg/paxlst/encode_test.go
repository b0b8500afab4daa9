package paxlst

import (
	"regexp"
	"strings"
	"testing"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

func plainMessage(t *testing.T) travel.Message {
	t.Helper()
	m, err := Decode([]byte(base))
	if err != nil {
		t.Fatal(err)
	}
	return m[0]
}

func TestEncodeAlwaysWritesAControlReference(t *testing.T) {
	control := func(m travel.Message) string {
		r := edifact.NewReader(Encode(nil, &m, EncodeOptions{}), edifact.DefaultLimits())
		r.Next()
		for r.NextSegment() {
			continue
		}
		r.Next()
		if said := r.Findings(); len(said) > 0 {
			t.Errorf("%v", said)
		}
		return r.Message().Interchange.Control
	}
	m := plainMessage(t)
	if got := control(m); got != "17" {
		t.Errorf("17 became %q", got)
	}
	m.Control = ""
	first := control(m)
	if !regexp.MustCompile(`^[A-Z0-9]{1,14}$`).MatchString(first) {
		t.Errorf("made %q", first)
	}
	if again := control(m); again != first {
		t.Errorf("made %q and then %q of the same message", first, again)
	}
	m.Reference = "TN18"
	if other := control(m); other == first {
		t.Errorf("made %q of two messages", other)
	}
}

func TestEncodeNamesTheLegThatIsReportedOn(t *testing.T) {
	m := plainMessage(t)
	m.Legs[0].Border = false
	before := travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "409", Origin: "SIN", Destination: "DXB", Departure: "2026-10-05T14:30", Arrival: "2026-10-05T17:40"}
	for name, c := range map[string]struct {
		legs   []travel.Leg
		report int
	}{
		"one leg":           {m.Legs, 0},
		"the second of two": {[]travel.Leg{before, m.Legs[0]}, 1},
		"one leg, twice":    {[]travel.Leg{before, before, m.Legs[0]}, 2},
	} {
		m.Legs, m.Report = c.legs, c.report
		body := string(Encode(nil, &m, EncodeOptions{}))
		if strings.Count(body, "LOC+125+DXB'") != 1 || strings.Count(body, "LOC+87+LHR'") != 1 || strings.Count(body, "LOC+92+SIN'") > 1 {
			t.Errorf("%s: %s", name, body)
		}
		again, err := Decode([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if leg, _ := again[0].ReportLeg(); leg.ID() != "ZX-410-DXB-2026-10-05" {
			t.Errorf("%s: reports on %s", name, leg.ID())
		}
	}
}

// TestATestIsATest: UNB 0035 is the eleventh element, whatever is left out before it.
func TestATestIsATest(t *testing.T) {
	for header, want := range map[string]bool{
		"+17++APIS'": false, "+17++APIS++++1'": true, "+17++++++1'": true, "+17++APIS++++0'": false, "+17++APIS+A+1++1'": true, "+17++APIS+++1'": false,
	} {
		m, err := Decode([]byte(strings.Replace(base, "+17++APIS'", header, 1)))
		if err != nil || m[0].Test != want {
			t.Errorf("%s: %v, %v", header, m[0].Test, err)
		}
		if again, err := Decode(Encode(nil, &m[0], EncodeOptions{})); err != nil || again[0].Test != want {
			t.Errorf("%s, written: %v", header, err)
		}
	}
}
