package journey

import (
	"strconv"
	"strings"
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// TestACarrierSpeaksForItself holds whose legs a carrier may send for. What counts is the leg that is decided on.
func TestACarrierSpeaksForItself(t *testing.T) {
	carriers := Carriers{{Code: "ZX"}, {Code: "YY", Designators: []string{"YY", "YZ"}}, {Code: "BUREAU", Designators: []string{AnyDesignator}}}
	onward := func(carrier string) travel.Leg {
		l := leg()
		l.Carrier, l.Number, l.Origin, l.Destination, l.Departure, l.Border = carrier, "9", "LHR", "JFK", "2026-10-06T09:00", false
		return l
	}
	same := func(*travel.Message) {}
	for name, c := range map[string]struct {
		from, operator string
		change         func(*travel.Message)
		want           string // where the refusal points; "" when the message is taken in
	}{
		"its own":                 {"ZX", "ZX", same, ""},
		"another's":               {"ZX", "YY", same, "TDT 5"},
		"one of two":              {"YY", "YZ", same, ""},
		"none of two":             {"YY", "ZX", same, "TDT 5"},
		"its own code, not named": {"YY", "YX", same, "TDT 5"},
		"any, said so":            {"BUREAU", "ZX", same, ""},
		"not configured":          {"QQ", "QQ", same, "TDT 5"},
		"nobody":                  {"", "ZX", same, "TDT 5"},
		"a connection of another": {"ZX", "ZX", func(m *travel.Message) { m.Legs = append(m.Legs, onward("YY")) }, ""},
		"on the way to its own": {"YY", "ZX", func(m *travel.Message) {
			m.Legs, m.Report = append(m.Legs, onward("YY")), 1
			m.Legs[0].Border = false
		}, ""},
		"its own, embarked on another's": {"YY", "YY", func(m *travel.Message) {
			m.Legs[0].Border = false
			m.Legs, m.Travellers[0].Embark = append(m.Legs, onward("ZX")), "LHR"
		}, "TDT 11"},
		"a change":                           {"YY", "ZX", func(m *travel.Message) { m.Function = travel.Update }, "TDT 5"},
		"a close-out of another's flight":    {"YY", "ZX", func(m *travel.Message) { m.Function = travel.CloseOut }, "TDT 5"},
		"a cancellation of another's flight": {"YY", "ZX", func(m *travel.Message) { m.Function = travel.LegCancel }, "TDT 5"},
		"a close-out of its own":             {"YY", "YY", func(m *travel.Message) { m.Function = travel.CloseOut }, ""},
		"bookings without names": {"YY", "ZX", func(m *travel.Message) {
			m.Kind, m.Travellers, m.Bookings = travel.PNR, nil, []travel.Booking{{Party: 9}}
		}, "TDT 5"},
		"a fault beside, elsewhere": {"YY", "ZX", func(m *travel.Message) {
			m.Findings = []travel.Finding{{Code: "bad_date", Severity: travel.Fault, Segment: 7, Tag: "DTM"}}
		}, "TDT 5"},
	} {
		m := travel.Message{Kind: travel.API, Function: travel.Query, Legs: []travel.Leg{leg()}, Travellers: []travel.Traveller{traveller()},
			LegPlaces: []travel.Place{{Segment: 5, Tag: "TDT"}, {Segment: 11, Tag: "TDT"}}}
		m.Legs[0].Carrier = c.operator
		c.change(&m)
		notice, presented := Present(event.Received{ID: "m", Carrier: c.from}, []travel.Message{m}, Gate{Carriers: carriers})
		got := ""
		if notice != nil && len(notice.Refused) > 0 {
			f := notice.Refused[0].Finding
			got = f.Tag + " " + strconv.Itoa(f.Segment)
			if f.Code != NotYourLeg || f.Severity != travel.Fault || !strings.Contains(f.Text, "designator") || notice.Outcome != travel.Failed || len(presented) > 0 {
				t.Errorf("%s: %+v, %d presented", name, f, len(presented))
			}
		}
		if got != c.want {
			t.Errorf("%s: refused at %q, want %q", name, got, c.want)
		}
	}
}

func TestCarriersAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		cs   Carriers
		want string // "" when they are taken
	}{
		"its own code":          {Carriers{{Code: "ZX"}}, ""},
		"two designators":       {Carriers{{Code: "zx-group", Designators: []string{"ZX", "ZY"}}}, ""},
		"a bureau":              {Carriers{{Code: "bureau", Designators: []string{"*"}}}, ""},
		"none":                  {nil, "name at least one"},
		"twice":                 {Carriers{{Code: "ZX"}, {Code: "ZX"}}, "there twice"},
		"no code":               {Carriers{{Designators: []string{"ZX"}}}, "code:"},
		"the name of nobody":    {Carriers{{Code: UnknownCarrier, Designators: []string{"ZX"}}}, "code:"},
		"a code that is none":   {Carriers{{Code: "bureau"}}, "designators:"},
		"small letters":         {Carriers{{Code: "ZX", Designators: []string{"zx"}}}, "designators:"},
		"any, and one besides":  {Carriers{{Code: "ZX", Designators: []string{"ZX", "*"}}}, "designators:"},
		"any first":             {Carriers{{Code: "ZX", Designators: []string{"*", "ZX"}}}, "designators:"},
		"an empty designator":   {Carriers{{Code: "ZX", Designators: []string{""}}}, "designators:"},
		"longer than a minute":  {Carriers{{Code: "ZX", Deadline: 1e12}}, "deadline:"},
		"a default of no sense": {Carriers{{Code: "ZX", Default: travel.Insufficient}}, "default:"},
	} {
		err := c.cs.Validate()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if cs := (Carriers{{Code: "ZX"}}); cs.Label("ZX") != "ZX" || cs.Label("a name\nof somebody") != UnknownCarrier || cs.Label("") != UnknownCarrier {
		t.Error("free text is a label")
	}
}
