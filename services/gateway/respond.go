package gateway

import (
	"fmt"
	"slices"
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
		r := s.reply(c, head, at, a.Message, 0)
		return pnrgov.Acknowledge(nil, pnrgov.Ack{Sender: r.Sender, Recipient: r.Recipient, Control: r.Control, Reference: r.Reference,
			Profile: head.Message.Profile, At: at, Findings: a.Errors})
	}
	var out []byte
	if len(a.Travellers) == 0 && (a.notice == nil || len(a.notice.Refused) == 0) {
		r := s.reply(c, a.notice, at, a.Message, 0)
		r.Rejected = c.accepted(a.Errors)
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
		r := s.reply(c, first, at, a.Message, len(out))
		var of []*event.Advisory
		for ; i < len(a.given); i++ {
			adv := a.given[i]
			if adv == nil {
				continue
			}
			if adv.Message.Reference != first.Message.Reference || adv.Leg.ID() != first.Leg.ID() {
				break
			}
			of = append(of, adv)
			r.Answers = append(r.Answers, person(adv))
		}
		tellApart(r.Answers, of)
		if i == len(a.given) && a.notice != nil {
			r.Notice = cusres.Advise(others(a.notice))
		}
		out = cusres.Encode(out, &r, c.profile)
	}
	if a.notice == nil {
		return out
	}
	return s.refusals(out, c, a.notice, at, len(out))
}

// refusals appends a reply for each message of the interchange that was refused. Its control references start at n, and
// keep out of the way of a page of the feed.
func (s *Service) refusals(out []byte, c *carrier, notice *event.Advisory, at travel.LocalTime, n int) []byte {
	for k, refused := range notice.Refused {
		r := s.reply(c, notice, at, notice.Message.ID, n+k*feedMost)
		r.Reference, r.Leg, r.Rejected = refused.Reference, refused.Leg, cusres.Reject(refused.Finding)
		out = cusres.Encode(out, &r, c.profile)
	}
	return out
}

// accepted says that a message was taken in, and in programmes with texts what to correct about it.
func (c *carrier) accepted(findings []travel.Finding) *cusres.Rejection {
	r := &cusres.Rejection{Code: cusres.Accepted}
	if c.profile.Text {
		r.Text = cusres.Advise(findings)
	}
	return r
}

// others are the findings of a notice that no refusal of its own tells.
func others(notice *event.Advisory) []travel.Finding {
	if len(notice.Refused) == 0 {
		return notice.Findings
	}
	var left []travel.Finding
	for _, f := range notice.Findings {
		if !slices.ContainsFunc(notice.Refused, func(r event.Refusal) bool { return r.Finding == f || slices.Contains(r.Others, f) }) {
			left = append(left, f)
		}
	}
	return left
}

// person is the answer on the traveller of an advisory.
func person(adv *event.Advisory) cusres.Answer {
	return cusres.Answer{Locator: adv.Locator, Ref: adv.Ref, Outcome: adv.Outcome, Unscreened: adv.Unscreened, Text: cusres.Correct(adv.Findings)}
}

// tellApart gives those whom the carrier's references do not tell apart their place in the message: one 0Z and one 1Z
// of the same booking are of no use without.
func tellApart(answers []cusres.Answer, of []*event.Advisory) {
	type reference struct{ ref, locator string }
	count := make(map[reference]int, len(answers))
	for i := range answers {
		count[reference{answers[i].Ref, answers[i].Locator}]++
	}
	for i := range answers {
		a := &answers[i]
		if key := (reference{a.Ref, a.Locator}); key == (reference{}) || count[key] > 1 {
			a.Position, a.Document = of[i].Index, of[i].Document
		}
	}
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
func (s *Service) reply(c *carrier, adv *event.Advisory, at travel.LocalTime, message string, n int) cusres.Reply {
	r := cusres.Reply{Code: cusres.Answered, Sender: s.cfg.Address, At: at, Control: control(message, n), Recipient: c.Code}
	if adv == nil {
		return r
	}
	r.Reference, r.Leg, r.Test = adv.Message.Reference, adv.Leg, adv.Message.Exercise
	if adv.Message.Sender != "" {
		r.Recipient = adv.Message.Sender
	}
	if adv.Message.Recipient != "" {
		r.Sender = adv.Message.Recipient
	}
	return r
}

// control is the control reference of the n-th interchange about a message.
func control(message string, n int) string {
	return strings.ToUpper(message[:min(len(message), 10)]) + fmt.Sprintf("%04d", n%10000)
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
