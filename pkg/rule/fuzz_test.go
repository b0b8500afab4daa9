package rule

import (
	"testing"

	"fairway/pkg/rule/fact"
	"fairway/pkg/rule/fact/facttest"
	"fairway/rules"
)

func seed(f *testing.F) map[string][]byte {
	files, err := Files(rules.FS())
	if err != nil {
		f.Fatal(err)
	}
	return files
}

// FuzzRule: a file gives a set or findings, never both; whatever compiles runs on anything and every rule is accounted for.
func FuzzRule(f *testing.F) {
	for name, text := range seed(f) {
		if isRule(name) {
			f.Add(text)
		}
	}
	full := fact.Gather(facttest.Traveller())
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse(map[string][]byte{"list/fuzzed.yaml": text})
		if (s == nil) == (err == nil) {
			t.Fatalf("set %v and error %v", s, err)
		}
		if err != nil {
			findings, ok := err.(Findings)
			if !ok || len(findings) == 0 {
				t.Fatalf("error %T without findings", err)
			}
			for _, p := range findings {
				if p.Msg == "" || p.File == "" || p.Line < 0 || p.Line > 0 && p.Column < 1 {
					t.Errorf("finding without place or text: %+v", p)
				}
			}
			return
		}
		e := s.NewEvaluator()
		for _, facts := range []*fact.Set{{}, full, {List: &fact.List{Matches: []fact.Match{{}}}, Booking: &fact.Booking{}}} {
			v := e.Evaluate(facts)
			c := v.Counts
			if c.Hit+c.NoHit+c.Suppressed+c.NotEvaluable+c.Errored+c.OutOfScope != c.Rules {
				t.Errorf("a rule is not accounted for: %+v", c)
			}
			if c.Errored > 0 {
				t.Errorf("fails at run time: %+v", v.Results)
			}
		}
	})
}

// FuzzCondition is FuzzRule for conditions alone, which the fuzzer then need not wrap in YAML.
func FuzzCondition(f *testing.F) {
	for _, when := range []string{
		`document.days_to_expiry < 0`, `known("booking.party") and booking.party > 3`, `any(list.matches, .strength == "strong")`,
		`leg.carrier in ["ZX", "QX"] ? leg.border : not leg.border`, `count(booking.ports, # == "DXB") * 2 > abs(history.legs)`,
		`leg.number matches "^4[0-9]+$"`, `1..400 == 3`, `let a = 1; a > 2`,
	} {
		f.Add(when)
	}
	schema := newSchema()
	full, bare := fact.Gather(facttest.Traveller()), &fact.Set{Booking: &fact.Booking{}, Document: &fact.Document{}, Leg: &fact.Leg{}, History: &fact.History{}}
	f.Fuzz(func(t *testing.T, when string) {
		r := &reader{src: &Source{File: "document/x.yaml", Text: "when: " + when}}
		c := compile(r, schema, &file{When: Scalar{Value: when, Mark: Mark{1, 7}}}, Rule{ID: "document/x", When: when})
		if len(r.findings) > 0 || c.program == nil {
			return
		}
		s := &Set{schema: schema, rules: []*compiled{c}, all: []*compiled{c}, want: c.want}
		for _, g := range schema.groups {
			s.want.add(g)
		}
		e := s.NewEvaluator()
		for _, facts := range []*fact.Set{{}, full, bare} {
			if v := e.Evaluate(facts); v.Counts.Errored > 0 {
				t.Errorf("%q fails at run time: %s", when, v.Results[0].Err)
			}
		}
	})
}
