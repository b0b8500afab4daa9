package rule

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/rule/fact"
	"fairway/pkg/rule/fact/facttest"
	"fairway/rules"
)

// TestRunawayConditionsAreRefused holds expressions that took from 100 ms to for ever in the bare library.
func TestRunawayConditionsAreRefused(t *testing.T) {
	for _, when := range []string{
		`let r = 1..400; any(r, any(r, any(r, # > 1000)))`,
		`let r = 1..300; any(r, any(r, any(r, any(r, # > 1000))))`,
		`let s = repeat("a",200000); any(1..2000, s matches "a*b")`,
		`any(1..99999, any(1..9, # > 100))`,
		`any(list.matches, any(list.matches, any(list.matches, true)))`,
		`any(list.matches, count(.reasons, # == "x") > 0)`,
		`len(repeat("a", 1000000)) > 1`,
		`any(map(list.matches, .list), # == "x")`,
		`max(booking.ports) == "x"`, // fails at run time
		`list.lists[0] matches booking.final`,
		`len(1..1000000) > 0`,
		`sort(list.lists) == list.lists`,
		`reduce(list.lists, #acc + #) == ""`,
		`now() > now()`,
		`{"a": 1}.a == 1`,
		`$env["traveller"] == nil`,
		`any($env, true)`,
		`leg.number + leg.number + leg.number == "1"`,
		`2 ** 1000000 > booking.tickets`,
		`leg.border; leg.border`,
		`(` + strings.Repeat("(", 100_000) + `leg.border` + strings.Repeat(")", 100_001),
		strings.Repeat("not ", 600) + "leg.border",
		strings.Repeat("leg.border or ", 130) + "leg.border",
	} {
		indented := "|\n  " + when
		if s, err := Parse(map[string][]byte{"document/x.yaml": ruleYAML(indented)}); err == nil || s != nil {
			t.Errorf("accepted: %.80s", when)
		}
	}
}

// TestRuntimeFailureIsAValue reaches past the checks, since no condition that fails at run time passes them.
func TestRuntimeFailureIsAValue(t *testing.T) {
	s := one(t, "booking.party > 3")
	s.rules[0].need = mask{} // as if known() had been asked
	v := s.NewEvaluator().Evaluate(&fact.Set{Booking: &fact.Booking{}})
	if len(v.Results) != 1 || v.Results[0].Value != Errored || v.Results[0].Err == "" || v.Counts.Errored != 1 {
		t.Errorf("got %+v", v)
	}
}

// TestEvaluatorsShareASet is for the race detector, and checks that a used evaluator says what a new one does.
func TestEvaluatorsShareASet(t *testing.T) {
	s, err := load(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	facts := []*fact.Set{fact.Gather(facttest.Traveller()), {}, fact.Gather(&fact.Input{Listed: true})}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			e := s.NewEvaluator()
			for i := range 60 {
				f := facts[i%len(facts)]
				if diff := cmp.Diff(s.NewEvaluator().Evaluate(f), e.Evaluate(f)); diff != "" {
					t.Error(diff)
					return
				}
			}
		})
	}
	group.Wait()
}

// TestSchemaFits guards the mask, and that tags are there and unique.
func TestSchemaFits(t *testing.T) {
	s := newSchema()
	if len(s.paths) > maxPaths || len(s.index) != len(s.paths) {
		t.Fatalf("%d facts of %d names: at most %d", len(s.paths), len(s.index), maxPaths)
	}
	for _, f := range fields() {
		if f.About == "" || strings.HasSuffix(f.Path, ".") {
			t.Errorf("%s says nothing about itself", f.Path)
		}
	}
	if got, want := reflect.TypeFor[fact.Set]().NumField(), len(environment())-1; got != want {
		t.Errorf("%d groups, %d in the environment", got, want)
	}
	env := one(t, "leg.border").NewEvaluator()
	env.bind(&fact.Set{})
	for name := range environment() {
		if _, ok := env.env[name]; !ok {
			t.Errorf("bind leaves out %s", name)
		}
	}
}

func TestFewAllocations(t *testing.T) {
	e := repeated(t, 50).NewEvaluator()
	f := fact.Gather(facttest.Traveller())
	if n := testing.AllocsPerRun(100, func() { e.Evaluate(f) }); n > 90 {
		t.Errorf("%.0f allocations for 50 rules", n)
	}
}
