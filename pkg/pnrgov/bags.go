package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// mostTags bounds the tags one TBD may stand for.
const mostTags = 50

// tbd reads the bags of the person in hand on the reported flight; those listed under another are of that one.
func (d *decoder) tbd() {
	t, s := d.person(), d.seg
	if t == nil || d.at != inCheckIn || !d.reported {
		return
	}
	e := 2
	if s.Get(2, 1) == "" && s.Get(1, 1) != "" { // an empty element left out
		e = 1
	}
	n := travel.Whole(s.Get(e, 1))
	if n < 0 {
		if s.Elements() > 0 {
			d.find("bad_number", travel.Warning, s.Pos(e, 1), "TBD does not hold the number of bags; send it in its second element")
		}
		return
	}
	weight, unit := s.Get(e, 2), s.Get(e, 3)
	if weight == "" && e == 2 && n > 0 { // in an element of its own
		weight, unit = s.Get(3, 1), s.Get(3, 2)
	}
	bags := &travel.Bags{Count: n, Pool: s.Get(4, 1) != "", Weight: kilograms(weight, unit)}
	for e := 5; e <= s.Elements() && len(bags.Tags) < mostTags; e++ {
		for r := range s.Repetitions(e) {
			tag, count := strings.TrimSpace(s.At(e, r, 2)), travel.Whole(s.At(e, r, 3))
			if s.Elements()-4 >= n { // a tag for every bag: the number after it counts something else
				count = 1
			}
			if tag != "" {
				bags.Tags = append(bags.Tags, travel.ConsecutiveTags(tag, min(max(count, 1), n, mostTags))...)
			}
		}
	}
	t.Bags = bags
}

// kilograms reads a weight in its unit, to the nearest kilogram; 0 when it is none. Pounds are unit 701, L, LB or LBS.
func kilograms(weight, unit string) int {
	pounds := false
	switch strings.ToUpper(strings.TrimSpace(unit)) {
	case "701", "L", "LB", "LBS", "LBR":
		pounds = true
	}
	kg, _ := travel.Kilograms(weight, pounds)
	return kg
}
