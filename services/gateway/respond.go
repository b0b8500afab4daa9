package gateway

import (
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/pnrgov"
	"fairway/pkg/travel"
	"fairway/services/gateway/window"
)

// replies writes what advisories say as CUSRES in the profile of one carrier, one reply for each message of an
// interchange: answers to what it posted and pages of its feed alike.
type replies struct {
	*carrier
	address string // ours, where the query named none
	at      travel.LocalTime
	out     []byte
}

func (s *Service) replies(c *carrier) *replies {
	return &replies{carrier: c, address: s.cfg.Address, at: travel.LocalTimeOf(s.deps.Now().UTC())}
}

// edifact renders an answer in the form that belongs to what it answers: ACKRES for bookings, CUSRES for everything else.
func (s *Service) edifact(c *carrier, a *Answer) []byte {
	r := s.replies(c)
	head := a.head()
	if head != nil && head.Message.Kind == travel.PNR {
		to := r.begin(head, a.Message, 0)
		return pnrgov.Acknowledge(nil, pnrgov.Ack{Sender: to.Sender, Recipient: to.Recipient, Control: to.Control, Reference: to.Reference,
			Profile: head.Message.Profile, At: r.at, Findings: a.Errors})
	}
	r.answer(a)
	return r.out
}

// answer writes the replies to a message: about everybody on it, then for what of it was refused.
func (r *replies) answer(a *Answer) {
	rest := a.known()
	if len(rest) == 0 && (a.notice == nil || len(a.notice.Refused) == 0) {
		r.whole(a.notice, a.Message, a.Errors, a.Status == statusRejected, 0)
		return
	}
	for len(rest) > 0 {
		of := sameReply(rest)
		rest = rest[len(of):]
		reply := r.begin(of[0], a.Message, len(r.out))
		reply.Answers = persons(of, true)
		if len(rest) == 0 && a.notice != nil {
			reply.Notice = cusres.Advise(others(a.notice))
		}
		r.write(&reply)
	}
	if a.notice != nil {
		r.refusals(a.notice, len(r.out))
	}
}

// tell writes what one advisory of the feed says: 962 for an answer, 132 under a reference of its own for what changes an
// answer, both for an answer that says something else than another message was answered. A booking asks for no leave to
// board, and its push was acknowledged: it is told of only where it changes what the carrier was told of that person. n is
// its place in the page.
func (r *replies) tell(t *window.Telling, n int) {
	adv := &t.Advisory
	booking := adv.Message.Kind == travel.PNR
	switch {
	case booking && !adv.Unsolicited:
		return
	case booking: // to where queries come from, not bookings
		adv.Message.Sender, adv.Message.Recipient = "", ""
	case len(adv.Refused) > 0:
		r.refusals(adv, n)
		return
	}
	if adv.Kind == event.KindMessage {
		r.whole(adv, adv.Message.ID, adv.Findings, adv.Outcome == travel.Failed, n)
		return
	}
	reply := r.begin(adv, adv.Message.ID, n)
	reply.Answers = persons([]*event.Advisory{adv}, false)
	if both := t.Answers && !booking; !t.Changes || both {
		r.write(&reply)
		reply.Control = control(adv.Message.ID, n+feedMost)
	}
	if t.Changes {
		reply.Code, reply.Reference = cusres.Changed, changeReference(adv)
		r.write(&reply)
	}
}

// begin starts a reply with what it repeats of the query, which an advisory on it says where there is one. Its control
// reference is derived, so that a repeated answer is the same to the letter but for its time.
func (r *replies) begin(adv *event.Advisory, message string, n int) cusres.Reply {
	reply := cusres.Reply{Code: cusres.Answered, Sender: r.address, At: r.at, Control: control(message, n), Recipient: r.Code}
	if adv == nil {
		return reply
	}
	reply.Reference, reply.Leg, reply.Test = adv.Message.Reference, adv.Leg, adv.Message.Exercise
	if adv.Message.Sender != "" {
		reply.Recipient = adv.Message.Sender
	}
	if adv.Message.Recipient != "" {
		reply.Sender = adv.Message.Recipient
	}
	return reply
}

func (r *replies) write(reply *cusres.Reply) { r.out = cusres.Encode(r.out, reply, r.profile) }

// whole writes the reply about a message as a whole: that it was refused, or that it was taken in, and in programmes with
// texts what to correct about it.
func (r *replies) whole(notice *event.Advisory, message string, findings []travel.Finding, refused bool, n int) {
	reply := r.begin(notice, message, n)
	reply.Rejected = &cusres.Rejection{Code: cusres.Accepted}
	if r.profile.Text {
		reply.Rejected.Text = cusres.Advise(findings)
	}
	if f, bad := worst(findings); bad && refused {
		reply.Rejected = cusres.Reject(f)
	}
	r.write(&reply)
}

// refusals writes a reply for each message of the interchange that was refused. Their control references start at n, and
// keep out of the way of a page of the feed.
func (r *replies) refusals(notice *event.Advisory, n int) {
	for k, refused := range notice.Refused {
		reply := r.begin(notice, notice.Message.ID, n+k*feedMost)
		reply.Reference, reply.Leg, reply.Rejected = refused.Reference, refused.Leg, cusres.Reject(refused.Finding)
		r.write(&reply)
	}
}

// sameReply is the first of these advisories that are on one message and leg.
func sameReply(all []*event.Advisory) []*event.Advisory {
	first := all[0]
	for i, adv := range all {
		if adv.Message.Reference != first.Message.Reference || adv.Leg.ID() != first.Leg.ID() {
			return all[:i]
		}
	}
	return all
}

// persons are the answers on the travellers of these advisories. Those whom the carrier's references do not tell apart get
// their place in the message: one 0Z and one 1Z of the same booking are of no use without. Where they are not the whole
// message, a locator does not tell one of a party.
func persons(of []*event.Advisory, whole bool) []cusres.Answer {
	type reference struct{ ref, locator string }
	count := make(map[reference]int, len(of))
	for _, adv := range of {
		count[reference{adv.Ref, adv.Locator}]++
	}
	answers := make([]cusres.Answer, len(of))
	for i, adv := range of {
		answers[i] = cusres.Answer{Locator: adv.Locator, Ref: adv.Ref, Outcome: adv.Outcome, Unscreened: adv.Unscreened, Text: cusres.Correct(adv.Findings)}
		if key := (reference{adv.Ref, adv.Locator}); key == (reference{}) || count[key] > 1 || !whole && adv.Ref == "" {
			answers[i].Position, answers[i].Document = adv.Index, adv.Document
		}
	}
	return answers
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

// worst is the fault that a message-level error is about.
func worst(findings []travel.Finding) (travel.Finding, bool) {
	for _, f := range findings {
		if f.Severity == travel.Fault {
			return f, true
		}
	}
	return travel.Finding{}, false
}

// control is the control reference of the n-th interchange about a message.
func control(message string, n int) string {
	return strings.ToUpper(message[:min(len(message), 10)]) + fmt.Sprintf("%04d", n%10000)
}

// letters writes the 16 bytes of a message id in 26 characters, so that a reference fits RFF's 35.
var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// changeReference names a changed answer, so that its acknowledgement can be told: message, traveller and version.
func changeReference(adv *event.Advisory) string {
	id, err := hex.DecodeString(adv.Message.ID)
	if err != nil {
		return adv.Message.Reference
	}
	return fmt.Sprintf("%s-%d-%d", letters.EncodeToString(id), adv.Index, adv.Version)
}
