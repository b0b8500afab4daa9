package pnrgov

import (
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/sensitive"
)

// ssr reads a special service (standards.md D.3): of the booking, a name or a flight, or of whom it refers to.
func (d *decoder) ssr() {
	s := d.seg
	code := sensitive.TrimCode(s.Get(1, 1))
	was := d.b.Who
	if i := d.b.ByRef(s.Get(2, 3)); i >= 0 {
		d.b.Who = i
	}
	d.service(code)
	d.b.Who = was
}

func (d *decoder) service(code string) {
	if code == "SEAT" {
		d.seats()
		return
	}
	text, c := d.serviceText()
	d.b.Service(code, text, d.seg.Pos(1, c))
}

// serviceText is the free text of SSR and its component: the ninth, or the last where senders leave some out.
func (d *decoder) serviceText() (string, int) {
	s := d.seg
	n := s.Components(1)
	if n >= 9 {
		return s.Get(1, 9), 9
	}
	if n > 4 && strings.IndexByte(s.Get(1, n), '/') >= 0 {
		return s.Get(1, n), n
	}
	return "", 9
}

// seats reads seats asked for on the reported flight: "15A::1+15B::2". What check-in gives comes later and counts.
func (d *decoder) seats() {
	s := d.seg
	if report, ok := d.b.Message.ReportLeg(); !ok || s.Get(1, 7) != "" && s.Get(1, 7) != string(report.Origin) || d.at == inLeg && !d.b.Reported {
		return
	}
	for e := 2; e <= s.Elements(); e++ {
		if i, at := d.b.ByRef(s.Get(e, 3)), booking.Seat(s.Get(e, 1)); i >= 0 && at != "" {
			d.b.Message.Travellers[i].Seat = at
		}
	}
}
