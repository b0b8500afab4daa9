package message

import (
	"errors"
	"fmt"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/cusres"
	"fairway/pkg/travel"
)

// reply is one answer of a CUSRES, as the -json form prints it.
type reply struct {
	Kind      string         `json:"kind"` // "answer", "change" or "acknowledgement"
	Leg       travel.LegID   `json:"leg"`
	Reference string         `json:"reference"`
	Locator   string         `json:"locator"`
	Ref       string         `json:"ref"`
	Advisory  travel.Outcome `json:"advisory"`
	Code      string         `json:"code"`
	Text      string         `json:"text,omitempty"`
}

// replies prints the answers of a CUSRES.
func (p *printer) replies(asJSON bool) (understood bool, err error) {
	all, err := cusres.Decode(p.body)
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		p.findings(bad.Findings)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for i := range all {
		r := &all[i]
		p.findings(r.Findings)
		kind := map[string]string{cusres.Answered: "answer", cusres.Changed: "change", cusres.Acknowledged: "acknowledgement"}[r.Code]
		if !asJSON {
			fmt.Fprintf(p.s.Out, "%s: %s (CUSRES %s), reference %s, from %s to %s, leg %s\n", p.file, kind, r.Code, r.Reference, r.Sender, r.Recipient, r.Leg.ID())
		}
		if x := r.Rejected; x != nil {
			r.Answers = append(r.Answers, cusres.Answer{Code: x.Code, Text: x.Text, Outcome: travel.Failed})
		}
		for _, a := range r.Answers {
			if !asJSON {
				fmt.Fprintf(p.s.Out, "    %-4s %-12s ref %s locator %s  %s\n", a.Code, a.Outcome, a.Ref, a.Locator, a.Text)
				continue
			}
			b, err := json.Append(nil, reply{kind, r.Leg.ID(), r.Reference, a.Locator, a.Ref, a.Outcome, a.Code, a.Text}, 0)
			if err != nil {
				return false, err
			}
			fmt.Fprintf(p.s.Out, "%s\n", b)
		}
		if r.Notice != "" && !asJSON {
			fmt.Fprintf(p.s.Out, "    %s\n", r.Notice)
		}
	}
	return true, nil
}
