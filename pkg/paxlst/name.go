package paxlst

import (
	"strings"

	"fairway/pkg/travel"
)

// names reads the first of up to n components of element e: surname, given names.
func (d *decoder) names(t *travel.Traveller, e, n int) {
	d.fillersOnly = false
	t.Surname, t.Given, t.Middle = d.name(e, 1), d.name(e, 2), d.name(e, 3)
	for c := 4; c <= n; c++ { // further given names
		if n := d.name(e, c); n != "" {
			t.Middle = travel.Name(strings.TrimLeft(string(t.Middle+" "+n), " "))
		}
	}
	if t.Surname == "" && t.Given != "" { // no surname: a single name counts as one
		t.Surname, t.Given = t.Given, ""
	}
	if t.Surname == "" && t.Middle != "" {
		t.Surname, t.Middle = t.Middle, ""
	}
	if t.Surname != "" {
		d.fillersOnly = false
	} else if t.Kind != travel.Reference {
		d.find("no_name", travel.Fault, d.seg.Pos(e, 1), "the person has no name; send NAD with surname and given names")
	}
}

// name reads one part of a name. Fillers for an unknown name are no name.
func (d *decoder) name(e, c int) travel.Name {
	n := strings.TrimSpace(d.seg.Get(e, c))
	switch {
	case n == "":
	case travel.Filler(n):
		d.fillersOnly = true
		d.find("placeholder_name", travel.Note, d.seg.Pos(e, c), "a filler for an unknown name; taken as none")
		return ""
	case strings.IndexByte(n, 0xEF) >= 0 && strings.Contains(n, "\uFFFD"):
		d.find("unreadable_name", travel.Fault, d.seg.Pos(e, c), "the name has bytes that are no characters of the set that UNB declares; send it in that set, or UNOY for UTF-8")
	}
	return travel.Name(n)
}
