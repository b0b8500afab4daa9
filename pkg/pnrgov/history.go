package pnrgov

import (
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// abi starts an entry of the history: who changed something.
func (d *decoder) abi() {
	d.at, d.b.Who = inHistory, -1
	office := strings.TrimSpace(d.seg.Get(2, 1))
	if office == "" {
		office = strings.TrimSpace(d.seg.Get(2, 2))
	}
	d.change = travel.Change{Office: office}
}

// history reads what follows ABI: when (DAT), what was done (SAC), and the segment it was done to. What stood there
// before is not kept, only that it changed.
func (d *decoder) history() {
	s := d.seg
	switch s.Tag {
	case "DAT":
		if date := s.Get(1, 2); date != "" {
			d.change.At = d.when(date, s.Get(1, 3), 1, 2)
		}
		return
	case "SAC":
		switch s.Get(3, 1) {
		case "A":
			d.change.Action = "added"
		case "X":
			d.change.Action = "cancelled"
		default:
			d.change.Action = "changed"
		}
		return
	case "SSR":
		if sensitive.Service(s.Get(1, 1)) {
			d.b.Remove()
			d.change.Action = ""
			return
		}
	case "IFT":
		if sensitive.Text(s.Get(2, 1)) {
			d.b.Remove()
			d.change.Action = ""
			return
		}
	}
	if d.change.Action == "" {
		return
	}
	d.change.What = s.Tag
	d.b.Change(d.change)
	d.change.Action = ""
}

// lts reads history as free text.
func (d *decoder) lts() {
	d.b.Who = -1
	for e := 1; e <= d.seg.Elements(); e++ {
		d.b.History(strings.TrimSpace(d.seg.Get(e, 1)))
	}
}
