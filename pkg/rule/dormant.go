package rule

import "fairway/pkg/rule/fact"

// Dormant is a rule that can never fire, since it needs facts that nobody fills yet.
type Dormant struct {
	Rule  string
	Facts []string
}

// Dormant lists the rules in use that can never fire, by id.
func (s *Set) Dormant() (all []Dormant) {
	unfilled := fact.Unfilled()
	for _, c := range s.rules {
		d := Dormant{Rule: c.ID}
		for _, name := range unfilled {
			if i, ok := s.schema.index[name]; ok && c.need.has(i) && name != "links" {
				d.Facts = append(d.Facts, name)
			}
		}
		if len(d.Facts) == 0 && c.need.has(s.schema.index["links"]) {
			d.Facts = []string{"links"}
		}
		if len(d.Facts) > 0 {
			all = append(all, d)
		}
	}
	return all
}
