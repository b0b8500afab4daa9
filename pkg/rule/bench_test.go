package rule

import (
	"fmt"
	"testing"

	"fairway/pkg/rule/fact"
	"fairway/pkg/rule/fact/facttest"
	"fairway/rules"
)

// repeated is n rules: those shipped, over and over.
func repeated(tb testing.TB, n int) *Set {
	s, err := load(rules.FS())
	if err != nil {
		tb.Fatal(err)
	}
	inUse := s.rules
	s.rules = nil
	for i := range n {
		s.rules = append(s.rules, inUse[i%len(inUse)])
	}
	return s
}

func BenchmarkEvaluate(b *testing.B) {
	apiOnly := facttest.Traveller()
	apiOnly.Booking, apiOnly.Links = nil, nil
	for _, n := range []int{50, 100, 1000} {
		e := repeated(b, n).NewEvaluator()
		for name, in := range map[string]*fact.Input{"both": facttest.Traveller(), "api": apiOnly} {
			f := fact.Gather(in)
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					e.Evaluate(f)
				}
			})
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := load(rules.FS()); err != nil {
			b.Fatal(err)
		}
	}
}
