package rule_test

import (
	"strings"
	"testing"

	"fairway/pkg/rule"
	"fairway/pkg/ruletest"
)

// TestNobodyIsJudgedForWhoTheyAre lints rules that join a protected attribute to clauses that are true of nearly
// everybody, in ways no reading of the text would find, and rules that do ask for something.
func TestNobodyIsJudgedForWhoTheyAre(t *testing.T) {
	people := ruletest.Population()
	for name, c := range map[string]struct {
		when  string
		extra string
		want  string // what is said; "" for nothing
	}{
		"alone":                       {`traveller.nationality == "GBR"`, "", "alone"},
		"joined to a passport":        {`traveller.nationality == "GBR" and document.type == "P"`, "", "rests on traveller.nationality"},
		"joined to a true comparison": {`traveller.nationality in ["IRN", "SYR"] and traveller.documents >= 1`, "", "rests on traveller.nationality"},
		"by pattern":                  {`traveller.nationality matches "^SY" and document.number_length >= 5`, "", "rests on traveller.nationality"},
		"by its opposite":             {`traveller.nationality != "GBR" and traveller.passports == 1`, "", "rests on traveller.nationality"},
		"by a negation":               {`not (traveller.nationality == "GBR" or document.type == "V")`, "", "rests on traveller.nationality"},
		"by two attributes":           {`traveller.nationality == "NGA" and traveller.sex == "F" and traveller.passports > 0`, "", "rests on traveller.sex, traveller.nationality"},
		"by issuer":                   {`document.issuer == "SYR" and traveller.passports > 0`, "", "rests on document.issuer"},
		"by a start of the issuer":    {`document.issuer startsWith "GB"`, "", "rests on document.issuer"},
		"by a pattern of the issuer":  {`document.issuer matches "^G.R$"`, "", "rests on document.issuer"},
		"joined to most ages":         {`traveller.nationality == "GBR" and traveller.age < 55`, "", "rests on traveller.nationality"},
		"by residence":                {`traveller.residence == "SOM" and traveller.age < 90`, "", "rests on traveller.residence"},
		"with a booking":              {`traveller.nationality == "SYR" and booking.party >= 1`, "", "rests on traveller.nationality"},
		"on a route":                  {`traveller.nationality == "SYR" and traveller.passports == 1`, "scope: {origins: [LOS]}\neffective: {from: 2026-10-01, until: 2026-10-31}", "rests on traveller.nationality"},
		"joined to what they did":     {`traveller.nationality == "GBR" and booking.cash`, "", ""},
		"joined to what they carry":   {`traveller.nationality == "GBR" and document.days_to_expiry < 60`, "", ""},
		"an issuer that is no State":  {`document.issuer == "UTO" and document.type == "P"`, "", ""},
		"nearly everybody":            {`traveller.passports == 1 and document.number_length > 3`, "", "hits 100 % of ordinary travellers"},
		"nobody in particular":        {`booking.cash and booking.one_way`, "", ""},
	} {
		text := "title: t\nwhy: w\nowner: o\nstatus: stable\npoints: 5\nexplain: e\nfalsepositives: f\nwhen: '" + strings.ReplaceAll(c.when, "'", "''") + "'\n" + c.extra + "\n"
		said := rule.Lint(map[string][]byte{"document/x.yaml": []byte(text), "document/x_test.yaml": []byte("cases: []\n")}, people)
		var got string
		for _, p := range said {
			if strings.Contains(p.Msg, "rests on") || strings.Contains(p.Msg, "ordinary travellers") {
				got = p.Msg
			} else if !strings.Contains(p.Msg, "case") {
				t.Errorf("%s: %s", name, p)
			}
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: said %q, want %q", name, got, c.want)
		}
	}
}
