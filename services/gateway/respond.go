package gateway

import (
	"fmt"
	"strings"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/pnrgov"
	"fairway/pkg/travel"
)

// edifact renders an answer in the form that belongs to what it answers: ACKRES for bookings, CUSRES for everything
// else, one for each message of the interchange, in the carrier's profile.
func (s *Service) edifact(c *carrier, a *Answer) []byte {
	at := travel.LocalTime(s.deps.Now().UTC().Format("2006-01-02T15:04"))
	if head := a.head(); head != nil && head.Message.Kind == travel.PNR {
		r := s.reply(head, at, a.Message, 0)
		return pnrgov.Acknowledge(nil, pnrgov.Ack{Sender: r.Sender, Recipient: r.Recipient, Control: r.Control, Reference: r.Reference,
			Profile: head.Message.Profile, At: at, Findings: a.Errors})
	}
	var out []byte
	if a.Status == statusRejected || len(a.Travellers) == 0 {
		r := s.reply(a.notice, at, a.Message, 0)
		r.Rejected = &cusres.Rejection{Code: cusres.Accepted}
		if f, bad := worst(a.Errors); bad && a.Status == statusRejected {
			r.Rejected = cusres.Reject(f)
		}
		return cusres.Encode(out, &r, c.profile)
	}
	for i := 0; i < len(a.given); {
		first := a.given[i]
		if first == nil {
			i++
			continue
		}
		r := s.reply(first, at, a.Message, len(out))
		for ; i < len(a.given); i++ {
			adv := a.given[i]
			if adv == nil {
				continue
			}
			if adv.Message.Reference != first.Message.Reference || adv.Leg.ID() != first.Leg.ID() {
				break
			}
			r.Answers = append(r.Answers, cusres.Answer{Locator: adv.Locator, Ref: adv.Ref, Outcome: adv.Outcome,
				Unscreened: adv.Unscreened, Text: cusres.Correct(adv.Findings)})
		}
		if i == len(a.given) && a.notice != nil {
			r.Notice = cusres.Correct(a.notice.Findings)
		}
		out = cusres.Encode(out, &r, c.profile)
	}
	return out
}

// head is an advisory that says which message the answer is to, or nil.
func (a *Answer) head() *event.Advisory {
	if a.notice != nil {
		return a.notice
	}
	for _, adv := range a.given {
		if adv != nil {
			return adv
		}
	}
	return nil
}

// reply starts a CUSRES with what it repeats of the query. Its control reference is derived, so that a repeated answer
// is the same to the letter but for its time.
func (s *Service) reply(adv *event.Advisory, at travel.LocalTime, message string, n int) cusres.Reply {
	r := cusres.Reply{Code: cusres.Answered, Sender: s.cfg.Address, At: at, Control: strings.ToUpper(message[:min(len(message), 10)]) + fmt.Sprintf("%04d", n%10000)}
	if adv == nil {
		return r
	}
	r.Reference, r.Recipient, r.Leg = adv.Message.Reference, adv.Message.Sender, adv.Leg
	if adv.Message.Recipient != "" {
		r.Sender = adv.Message.Recipient
	}
	return r
}

// worst is the fault that a message-level error is about.
func worst(findings []travel.Finding) (travel.Finding, bool) {
	for _, f := range findings {
		if f.Severity == travel.Fault {
			return f, true
		}
	}
	return travel.Finding{}, false
}
