package paxlst

import (
	"math"
	"strconv"
	"strings"

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
	v, ok := measure(raw)
	kind := d.seg.Get(1, 1)
	if !ok || kind == "CT" && v != math.Trunc(v) {
		d.find("bad_number", travel.Note, d.seg.Pos(3, c), "MEA does not hold a number of bags, or their weight; send it after the unit: MEA+CT++:2, MEA+WT++KGM:31")
		return
	}
	switch kind {
	case "CT":
		bags(t).Count = int(v)
	case "WT":
		if unit == "LBR" {
			v *= 0.45359237
		}
		bags(t).Weight = int(math.Round(v))
	}
}

// measure reads a number of at most nine characters, with or without decimals, which some write after a comma.
func measure(s string) (float64, bool) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if s == "" || len(s) > 9 || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}
