package message

import (
	"fmt"
	"strings"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/travel"
	"fairway/services/ctl/cli"
)

// line is one traveller on one leg, as the -json form prints them: the fixed outside contract of DESIGN.md.
type line struct {
	Kind      travel.MessageKind `json:"kind"`
	Leg       travel.LegID       `json:"leg"`
	Surname   string             `json:"surname"`
	Given     string             `json:"given"`
	Birth     string             `json:"birth_date"`
	Documents []document         `json:"documents"`
	Locator   string             `json:"locator"`
	Findings  []travel.Finding   `json:"findings"`
}

type document struct {
	Type   string       `json:"type"`
	Number string       `json:"number"`
	Issuer travel.State `json:"issuer"`
	Expiry travel.Date  `json:"expiry,omitempty"`
}

// printer prints the messages of one file.
type printer struct {
	s      cli.Streams
	file   string
	body   []byte
	reveal bool
}

// json prints one object for each traveller on each leg they are on.
func (p *printer) json(m *travel.Message) error {
	legs := m.Legs
	if len(legs) == 0 {
		legs = []travel.Leg{{}}
	}
	for i := range m.Travellers {
		t := &m.Travellers[i]
		for _, leg := range aboard(legs, t) {
			l := line{Kind: m.Kind, Surname: p.text(string(t.Surname)), Given: p.text(string(t.FullGiven())),
				Birth: p.text(string(t.Birth)), Locator: t.Locator, Documents: []document{}, Findings: about(m, t.Index)}
			if leg.Carrier != "" || leg.Number != "" {
				l.Leg = leg.ID()
			}
			for _, d := range t.Documents {
				l.Documents = append(l.Documents, document{d.Type, p.text(string(d.Number)), d.Issuer, d.Expiry})
			}
			b, err := json.Append(nil, l, 0)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.s.Out, "%s\n", b)
		}
	}
	return nil
}

// aboard returns the legs from where t embarks to where t disembarks; all of them when that cannot be told.
func aboard(legs []travel.Leg, t *travel.Traveller) []travel.Leg {
	from, to := 0, len(legs)
	for i := range legs {
		if t.Embark != "" && legs[i].Origin == t.Embark && from == 0 {
			from = i
		}
		if t.Debark != "" && legs[i].Destination == t.Debark {
			to = i + 1
		}
	}
	if from >= to {
		return legs
	}
	return legs[from:to]
}

func about(m *travel.Message, index int) []travel.Finding {
	list := []travel.Finding{}
	for _, f := range m.Findings {
		if f.Traveller == index {
			list = append(list, f)
		}
	}
	return list
}

// text is s, masked to its first letter and its length unless everything may be shown.
func (p *printer) text(s string) string {
	if p.reveal || s == "" {
		return s
	}
	first := []rune(s)[0]
	return string(first) + strings.Repeat("*", len([]rune(s))-1)
}

// human prints a message as an officer would want to read it.
func (p *printer) human(m *travel.Message) {
	fmt.Fprintf(p.s.Out, "%s: %s %s (%s), reference %s, from %s to %s, %s\n", p.file, m.Kind, m.Function, m.Code, m.Reference, m.Sender, m.Recipient, m.Profile)
	for i, l := range m.Legs {
		mark := "  leg   "
		if i == m.Report {
			mark = "  leg > "
		}
		fmt.Fprintf(p.s.Out, "%s%s  %s %s to %s %s\n", mark, l.ID(), l.Origin, l.Departure, l.Destination, l.Arrival)
	}
	for i := range m.Travellers {
		t := &m.Travellers[i]
		fmt.Fprintf(p.s.Out, "  %3d %-12s %s / %s  born %s  %s %s  ref %s locator %s\n", t.Index, t.Kind, p.text(string(t.Surname)),
			p.text(string(t.FullGiven())), p.text(string(t.Birth)), t.Sex, t.Nationality, t.Ref, t.Locator)
		for _, d := range t.Documents {
			fmt.Fprintf(p.s.Out, "      document %s %s %s, expires %s\n", d.Type, d.Issuer, p.text(string(d.Number)), d.Expiry)
		}
	}
	if m.Declared > 0 {
		fmt.Fprintf(p.s.Out, "  %d travellers, %d declared\n", len(m.Travellers), m.Declared)
	}
}

// findings prints what is wrong, each with the line it is on and a caret under the place.
func (p *printer) findings(list []travel.Finding) {
	for _, f := range list {
		fmt.Fprintf(p.s.Err, "%s: %s\n", p.file, f)
		if f.Tag == "" || f.Offset < 0 || f.Offset >= len(p.body) {
			continue
		}
		text, column := p.excerpt(f.Offset)
		fmt.Fprintf(p.s.Err, "    %s\n    %s^\n", text, strings.Repeat(" ", column))
	}
}

const around = 36 // characters shown on either side of a fault

// excerpt is the text around a place in the body, masked like everything else: only the structure shows.
func (p *printer) excerpt(offset int) (text string, column int) {
	from, to := max(0, offset-around), min(len(p.body), offset+around)
	b := []byte(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r < ' ' || r > '~':
			return ' '
		case !p.reveal && (r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'):
			return 'x'
		case !p.reveal && r >= '0' && r <= '9':
			return '0'
		}
		return r
	}, string(p.body[from:to])))
	return string(b), offset - from
}
