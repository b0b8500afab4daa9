package rule

import (
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"

	"fairway/pkg/rule/fact"

	"github.com/expr-lang/expr/ast"
)

// What lint makes of a rule that counts against ordinary travellers.
const (
	nearlyAll = 0.50 // of the population: a clause that holds for every other person is hardly one
	tooMany   = 0.50 // of the population hit by a rule: it tells nobody apart
	leastSeen = 50   // travellers a share is worked out from
	sampled   = 5    // one in so many is asked again for every value of a protected fact: there are hundreds of them
)

// states are candidates for a fact that names a State, besides those the condition itself names and those in the
// population: enough that a condition which names one by a pattern is met.
var states = strings.Fields("AUT BEL BRA CAN CHN COL CUB DEU DZA EGY ESP FRA GBR GRC HKG IDN IND IRN IRQ ISR ITA JPN KEN KOR LBN MAR MEX MMR NGA NLD NOR PAK PHL POL PRK PRT QAT ROU RUS SAU SOM SDN SWE SYR THA TUN TUR UKR USA VNM YEM ZAF")

// people holds every rule that counts against somebody against a population of ordinary travellers: whether it rests on
// who they are. It does not look at how the condition is written: it sets what the condition reads of sex, State or
// nationality to what would make it hit most, and least. When the most is nearly everybody and the least hardly
// anybody, every other clause is true of nearly everybody, and the rule is about who somebody is.
func (l *linter) people(s *Set, c *compiled, population []*fact.Set) {
	if c.Points <= 0 && c.Force == "" || len(population) == 0 {
		return
	}
	only, _ := s.Only(c.ID)
	p := &poll{schema: s.schema, evaluator: only.NewEvaluator(), rule: c}
	p.gather(population)
	share, ok := p.share()
	if !ok {
		return
	}
	var read []string
	for _, name := range protected {
		if slices.Contains(c.Reads, name) {
			read = append(read, name)
		}
	}
	if slices.Contains(c.Reads, "document.issuer") { // however it is compared: by pattern or start as well
		read = append(read, "document.issuer")
	}
	if len(read) > 0 && !l.onlyProtected(c) {
		few := sample(population)
		p.gather(few)
		most := p.extreme(read, func(a, b float64) bool { return a > b })
		p.gather(few)
		least := p.extreme(read, func(a, b float64) bool { return a < b })
		if most >= nearlyAll && least <= most/4 {
			l.fail(c, c.when.Mark, fmt.Sprintf("rests on %s: given that, every other clause is true of nearly everybody (it hits %.0f %% of ordinary travellers with the value it asks for, %.0f %% with another): add what they did or carry, or give 0 points",
				strings.Join(read, ", "), 100*most, 100*least))
			return
		}
	}
	if share >= tooMany && c.Family != "route" { // an operation may mean everybody on its flights
		l.fail(c, c.when.Mark, fmt.Sprintf("hits %.0f %% of ordinary travellers: it tells nobody apart, so narrow it or give 0 points", 100*share))
	}
}

// sample is one in a few of a population, all of a small one.
func sample(population []*fact.Set) (few []*fact.Set) {
	if len(population) < 2*leastSeen*sampled {
		return population
	}
	for i := 0; i < len(population); i += sampled {
		few = append(few, population[i])
	}
	return few
}

// poll asks one rule about copies of a population whose facts it may change.
type poll struct {
	schema     *schema
	evaluator  *Evaluator
	rule       *compiled
	travellers []*fact.Set
}

// gather copies what a poll changes of each traveller, and puts everybody where the rule is in force.
func (p *poll) gather(population []*fact.Set) {
	p.travellers = p.travellers[:0]
	for _, f := range population {
		g := *f
		g.Traveller, g.Document, g.Leg = copied(f.Traveller), copied(f.Document), copied(f.Leg)
		if p.rule.scoped && g.Leg != nil {
			first := func(field *string, may []string) {
				if len(may) > 0 && !slices.Contains(may, *field) {
					*field = may[0]
				}
			}
			first(&g.Leg.Carrier, p.rule.Carriers)
			first(&g.Leg.Origin, p.rule.Origins)
			first(&g.Leg.Destination, p.rule.Destinations)
			first(&g.Leg.Mode, p.rule.Modes)
			if p.rule.From != "" {
				g.Leg.Departure = string(p.rule.From)
			} else if p.rule.Until != "" {
				g.Leg.Departure = string(p.rule.Until)
			}
		}
		p.travellers = append(p.travellers, &g)
	}
}

func copied[T any](v *T) *T {
	if v == nil {
		return nil
	}
	c := *v
	return &c
}

// share is how many the rule hits of those it can be evaluated for; ok is false when these are too few to tell.
func (p *poll) share() (share float64, ok bool) {
	hits, of := 0, 0
	for _, f := range p.travellers {
		k := p.evaluator.Evaluate(f).Counts
		hits += k.Hit
		of += k.Hit + k.NoHit
	}
	if of < leastSeen {
		return 0, false
	}
	return float64(hits) / float64(of), true
}

// extreme is the best share that any values of the facts read give, found one fact after the other, twice: the second
// round sees what the first one chose.
func (p *poll) extreme(read []string, better func(a, b float64) bool) float64 {
	best, _ := p.share()
	for range 2 {
		for _, name := range read {
			chosen := ""
			for _, v := range p.candidates(name) {
				p.set(name, v)
				if share, ok := p.share(); ok && (chosen == "" || better(share, best)) {
					best, chosen = share, v
				}
			}
			p.set(name, chosen)
		}
	}
	return best
}

// set gives everybody the value v of a fact.
func (p *poll) set(name, v string) {
	at := p.schema.paths[p.schema.index[name]]
	for _, f := range p.travellers {
		if group := reflect.ValueOf(f).Elem().Field(at.group); !group.IsNil() {
			group.Elem().Field(at.field).SetString(v)
		}
	}
}

// candidates are the values worth trying: the vocabulary of a closed fact, else States.
func (p *poll) candidates(name string) []string {
	at := p.schema.paths[p.schema.index[name]]
	if len(at.values) > 0 {
		return at.values
	}
	all := slices.Clone(states)
	n := p.rule.program.Node()
	ast.Walk(&n, visit(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.StringNode:
			if isState(n.Value) {
				all = append(all, n.Value)
			}
		case *ast.ConstantNode:
			if set, ok := n.Value.(map[string]struct{}); ok {
				for s := range set {
					if isState(s) {
						all = append(all, s)
					}
				}
			}
		}
	}))
	sort.Strings(all)
	return slices.Compact(all)
}
