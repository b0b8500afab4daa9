package paxlst

import (
	"fairway/pkg/travel"
)

// mea reads the count and the weight of bags. The value is the second component of C174, after its unit; senders write
// it in the first as well.
func (d *decoder) mea(t *travel.Traveller) {
	unit, raw, c := d.seg.Get(3, 1), d.seg.Get(3, 2), 2
	if raw == "" {
		unit, raw, c = "", unit, 1
	}
	if raw == "" {
		return
	}
	switch d.seg.Get(1, 1) {
	case "CT":
		if n := travel.Whole(raw); n >= 0 {
			bags(t).Count = n
			return
		}
	case "WT":
		if kg, ok := travel.Kilograms(raw, unit == "LBR"); ok {
			bags(t).Weight = kg
			return
		}
	default:
		return
	}
	d.find("bad_number", travel.Note, d.seg.Pos(3, c), "MEA does not hold a number of bags, or their weight; send it after the unit: MEA+CT++:2, MEA+WT++KGM:31")
}
