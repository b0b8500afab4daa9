package paxlst

import (
	"fmt"
	"strings"
	"testing"
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
		"266": "query unknown_function", "266+XX": "query unknown_function", "266+cl": "query unknown_function", "266+CLX": "query unknown_function",
		"266+CL\x02OB": "query unknown_function"} {
		messages, err := Decode([]byte(strings.Replace(base, "BGM+745", "BGM+"+bgm, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(string(messages[0].Function) + " " + codes(messages, nil)); got != want {
			t.Errorf("%q: %s, want %s", bgm, got, want)
		}
		again, err := Decode(Encode(nil, &messages[0], EncodeOptions{}))
		if err != nil || again[0].Function != messages[0].Function {
			t.Errorf("%q: %s was written as %s, %v", bgm, messages[0].Function, again[0].Function, err)
		}
	}
}
