package rule

import (
	"errors"
	"slices"

	exprfile "github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// Value is what one rule says about one traveller.
type Value string

// The five values.
const (
	Hit          Value = "hit"
	NoHit        Value = "no_hit"
	Suppressed   Value = "suppressed"    // would have hit; another rule's hit, such as a redress, stands against it
	NotEvaluable Value = "not_evaluable" // a fact it reads is absent
	Errored      Value = "error"         // it failed at run time
)

// Result is one rule that hit, was suppressed, or failed. The others are only counted, or listed in
// [Evaluation.NotEvaluable].
type Result struct {
	Rule    string            // family/name
	Value   Value             // Hit, Suppressed or Errored
	Points  int               // as the rule says; those of hits count
	Force   travel.Outcome    // "" when it forces none
	Protect bool              // refers to protection officers
	Shadow  bool              // experimental: recorded only, so Points, Force and Protect are zero
	By      string            // the rule that suppressed it, or "clearance"
	Explain string            // for the officer; holds personal data
	Seen    map[string]string // facts read, as text, by name; holds personal data
	Err     string            // why it failed; holds none
}

// Counts says how many rules came out as what. They add up to Rules.
type Counts struct {
	Rules, Hit, NoHit, Suppressed, NotEvaluable, Errored int
	OutOfScope                                           int // another carrier, route or date than the rule is for
}

// Evaluation is what all rules of one release say about one traveller.
type Evaluation struct {
	Release      string
	Results      []Result // by rule id
	NotEvaluable []string // rule ids, in order
	Counts       Counts
}

// Evaluator evaluates one Set. It reuses its machine and its memory: one per goroutine, many per Set.
type Evaluator struct {
	set     *Set
	machine vm.VM
	env     map[string]any
	present mask
	nothing fact.Set // empty groups that stand in for absent ones behind known()
}

// NewEvaluator returns an evaluator of s for one goroutine. It is cheap.
func (s *Set) NewEvaluator() *Evaluator {
	e := &Evaluator{set: s, env: map[string]any{}}
	e.machine.MemoryBudget = maxMemory
	e.nothing = fact.Set{
		Message: &fact.Message{}, Traveller: &fact.Traveller{}, Document: &fact.Document{}, Leg: &fact.Leg{}, List: &fact.List{},
		Authorisation: &fact.Authorisation{}, History: &fact.History{}, Booking: &fact.Booking{}, Links: &fact.Links{}, Quality: &fact.Quality{},
	}
	e.env[known] = func(name string) bool {
		i, ok := s.schema.index[name]
		return ok && e.present.has(i)
	}
	return e
}

// Evaluate runs all rules in use on f, which it reads only while it runs. It neither fails nor panics: a rule that does
// is a result.
func (e *Evaluator) Evaluate(f *fact.Set) Evaluation {
	if cleared := withoutMistaken(f); cleared != nil {
		return e.evaluateCleared(f, cleared)
	}
	return e.evaluate(f)
}

func (e *Evaluator) evaluate(f *fact.Set) Evaluation {
	s := e.set
	e.bind(f)
	e.present = s.schema.present(f, &s.want)
	v := Evaluation{Release: s.release, Counts: Counts{Rules: len(s.rules)}}
	suppresses := false
	for _, c := range s.rules {
		value, err := e.run(c, f)
		switch value {
		case "":
			v.Counts.OutOfScope++
		case NoHit:
			v.Counts.NoHit++
		case NotEvaluable:
			v.Counts.NotEvaluable++
			if v.NotEvaluable == nil {
				v.NotEvaluable = make([]string, 0, 16)
			}
			v.NotEvaluable = append(v.NotEvaluable, c.ID)
		case Errored:
			v.Counts.Errored++
			v.Results = append(v.Results, Result{Rule: c.ID, Value: Errored, Err: reason(err)})
		case Hit:
			v.Counts.Hit++
			v.Results = append(v.Results, e.hit(c, f))
			suppresses = suppresses || len(c.suppress) > 0 && c.Status != Experimental
		}
	}
	if suppresses {
		s.suppress(&v)
	}
	return v
}

// run returns "" when c is not for this carrier, route or date.
func (e *Evaluator) run(c *compiled, f *fact.Set) (Value, error) {
	if c.scoped {
		switch applies, known := c.applies(f.Leg); {
		case !known:
			return NotEvaluable, nil
		case !applies:
			return "", nil
		}
	}
	if !c.need.within(&e.present) {
		return NotEvaluable, nil
	}
	out, err := e.machine.Run(c.program, e.env)
	if err != nil {
		return Errored, err
	}
	if hit, ok := out.(bool); !ok || !hit {
		return NoHit, nil
	}
	return Hit, nil
}

func (e *Evaluator) hit(c *compiled, f *fact.Set) Result {
	r := Result{Rule: c.ID, Value: Hit, Explain: e.set.schema.render(c.explain, f), Seen: e.set.schema.seen(c.reads, f)}
	if c.Status == Experimental {
		r.Shadow = true
		return r
	}
	r.Points, r.Force, r.Protect = c.Points, c.Force, c.Protect
	return r
}

// suppress turns the hits that other hits stand against into suppressed ones.
func (s *Set) suppress(v *Evaluation) {
	for _, c := range s.rules {
		if len(c.suppress) == 0 || c.Status == Experimental {
			continue
		}
		if i := slices.IndexFunc(v.Results, func(r Result) bool { return r.Rule == c.ID }); i < 0 || v.Results[i].Value == Errored {
			continue
		}
		for i := range v.Results {
			r := &v.Results[i]
			if r.Value == Hit && slices.Contains(c.suppress, r.Rule) {
				r.Value, r.By = Suppressed, c.ID
				v.Counts.Hit--
				v.Counts.Suppressed++
			}
		}
	}
}

// applies reports whether c is for leg; known is false when the leg does not say.
func (c *compiled) applies(leg *fact.Leg) (applies, known bool) {
	if leg == nil {
		return false, false
	}
	known = true
	if c.From != "" || c.Until != "" {
		known = leg.Departure != ""
		day := travel.Date(leg.Departure)
		if known && (day < c.From || c.Until != "" && day > c.Until) {
			return false, true
		}
	}
	for _, limit := range [...]struct {
		to    []string
		value string
	}{{c.Carriers, leg.Carrier}, {c.Origins, leg.Origin}, {c.Destinations, leg.Destination}, {c.Modes, leg.Mode}} {
		switch {
		case len(limit.to) == 0:
		case limit.value == "":
			known = false
		case !slices.Contains(limit.to, limit.value):
			return false, true
		}
	}
	return known, known
}

// bind points the environment at the groups of f. Pointers, so that nothing is copied per traveller.
func (e *Evaluator) bind(f *fact.Set) {
	none := &e.nothing
	e.env["message"] = or(f.Message, none.Message)
	e.env["traveller"] = or(f.Traveller, none.Traveller)
	e.env["document"] = or(f.Document, none.Document)
	e.env["leg"] = or(f.Leg, none.Leg)
	e.env["list"] = or(f.List, none.List)
	e.env["authorisation"] = or(f.Authorisation, none.Authorisation)
	e.env["history"] = or(f.History, none.History)
	e.env["booking"] = or(f.Booking, none.Booking)
	e.env["links"] = or(f.Links, none.Links)
	e.env["quality"] = or(f.Quality, none.Quality)
}

func or[T any](p, other *T) *T {
	if p != nil {
		return p
	}
	return other
}

// reason is expr's message without the source around it.
func reason(err error) string {
	var e *exprfile.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}
