package paxlst

import (
	"fmt"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// TestNobodyIsLostInSilence: whatever a NAD is written like, who it names is read, or a fault says that they were not.
func TestNobodyIsLostInSilence(t *testing.T) {
	with := func(nad string) string { return strings.Replace(base, "NAD+FL+++LINDQVIST:ASTA'\n", nad, 1) }
	for name, c := range map[string]struct{ body, people, finding string }{
		"a name of three letters":     {with("NAD+FL+++O'DEA:FERGUSON'"), "passenger O'DEA/FERGUSON", "warning unreleased_apostrophe 0"},
		"a name of three, blank":      {with("NAD+FL+++O'DEA FERGUSON'"), "passenger O'DEA FERGUSON/", "warning unreleased_apostrophe 0"},
		"an unknown kind":             {with("NAD+FX+++LINDQVIST:ASTA'"), "passenger LINDQVIST/ASTA", "warning unknown_person 1"},
		"a kind in small letters":     {with("NAD+fm+++LINDQVIST:ASTA'"), "crew LINDQVIST/ASTA", "warning unknown_person 1"},
		"small before the legs":       {strings.Replace(base, "TDT+", "nad+fl+++ROE:ANN'\nTDT+", 1), "passenger ROE/ANN passenger LINDQVIST/ASTA", "warning unknown_person 1"},
		"no kind":                     {with("NAD++++LINDQVIST:ASTA'"), "passenger LINDQVIST/ASTA", "warning unknown_person 1"},
		"a tag in small letters":      {with("nad+FL+++LINDQVIST:ASTA'"), "passenger LINDQVIST/ASTA", "note lower_case 0"},
		"a letter of the tag lost":    {with("AD+FL+++LINDQVIST:ASTA'"), "", "error bad_segment 0"},
		"another letter in the tag":   {with("NAF+FL+++LINDQVIST:ASTA'"), "", "error bad_segment 0"},
		"a component for an element":  {with("NAD:FL+++LINDQVIST:ASTA'"), "", "error bad_segment 0"},
		"a second one of another tag": {with("NAD+FL+++ROE:ANN'\nNAF+FL+++LINDQVIST:ASTA'"), "passenger ROE/ANN", "error bad_segment 0"},
	} {
		messages, err := Decode([]byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var people, said []string
		for _, p := range messages[0].Travellers {
			people = append(people, string(p.Kind)+" "+string(p.Surname)+"/"+string(p.Given))
			if string(p.Surname) == "ROE" && len(p.Documents) > 0 {
				t.Errorf("%s: has the other's document", name)
			}
		}
		for _, f := range messages[0].Findings {
			said = append(said, fmt.Sprintf("%s %s %d", f.Severity, f.Code, f.Traveller))
		}
		if got := strings.Join(people, " "); got != c.people {
			t.Errorf("%s: read %q, want %q", name, got, c.people)
		}
		if !strings.Contains(strings.Join(said, "\n"), c.finding) {
			t.Errorf("%s: said %q, want %q", name, said, c.finding)
		}
	}
}

// TestFunctionsOfAFlight: under 266 nobody is answered, so it has to be one of its functions.
func TestFunctionsOfAFlight(t *testing.T) {
	for bgm, want := range map[string]string{"266+CL": "close_out", "266+CLNB": "close_out", "266+CLOB": "close_out", "266+XF": "leg_cancel", "266+CF": "leg_change",
		"266": "query unknown_function", "266+XX": "query unknown_function", "266+cl": "query unknown_function", "266+CLX": "query unknown_function"} {
		messages, err := Decode([]byte(strings.Replace(base, "BGM+745", "BGM+"+bgm, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(string(messages[0].Function) + " " + codes(messages, nil)); got != want {
			t.Errorf("%s: %s, want %s", bgm, got, want)
		}
	}
}

// TestMessagesOfAnotherType: each message that is not read is said to be, at its UNH.
func TestMessagesOfAnotherType(t *testing.T) {
	interchange := base[strings.Index(base, "UNB"):]
	message := base[strings.Index(base, "UNH"):strings.Index(base, "UNZ")]
	as := func(kind string) string { return strings.Replace(message, "PAXLST", kind, 1) }
	in := func(messages ...string) string {
		return strings.Split(base, "UNH")[0] + strings.Join(messages, "") + fmt.Sprintf("UNZ+%d+17'", len(messages))
	}
	for name, c := range map[string]struct{ body, want string }{
		"misspelt":               {in(message, as("PAXLIST")), "query, query unknown_message"},
		"before":                 {in(as("APERAK"), message), "query unknown_message, query"},
		"small letters":          {in(message, as("paxlst")), "query, query unknown_message"},
		"an acknowledgement":     {in(as("CUSRES"), message), "query unknown_message, query"},
		"no type":                {in(message, as("")), "query, query unknown_message"},
		"each":                   {in(as("CUSRES"), message, as("X"), as("Y")), "query unknown_message, query, query unknown_message, query unknown_message"},
		"another interchange":    {base + strings.Replace(interchange, "PAXLST", "CUSREP", 1), "query, query unknown_message"},
		"one read elsewhere":     {in(message, as("PNRGOV")), "query"},
		"cut off":                {in(message, as("CUSREP")[:150]), "query truncated, query unknown_message"},
		"cut off before a third": {in(as("CUSREP")[:150]) + interchange, "query unknown_message, query count_unt reference_unt truncated"},
	} {
		messages, err := Decode([]byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for i, m := range messages {
			got = append(got, strings.TrimSpace(string(m.Function)+" "+codes(messages[i:i+1], nil)))
			if m.Control != "17" || m.Sender != "ZXAPI" || m.Recipient != "XXGOV" || m.Kind != travel.API {
				t.Errorf("%s: %+v", name, m)
			}
			for _, f := range m.Findings {
				if f.Code == "unknown_message" && (f.Severity != travel.Fault || f.Tag != "UNH" || !strings.HasPrefix(c.body[f.Offset:], "UNH") || len(m.Travellers) > 0) {
					t.Errorf("%s: %+v", name, f)
				}
			}
		}
		if s := strings.Join(got, ", "); s != c.want && !strings.HasPrefix(name, "cut off") {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		} else if strings.HasPrefix(name, "cut off") && strings.Count(s, "unknown_message") != 1 {
			t.Errorf("%s: %s", name, s)
		}
	}
}
