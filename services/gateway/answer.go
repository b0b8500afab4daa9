package gateway

import (
	"slices"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
	"fairway/services/gateway/window"
)

// The states of an answer.
const (
	statusComplete = "complete"         // every traveller has an advisory
	statusPartial  = "partial"          // the deadline passed: some are unscreened, their advisories follow in the feed
	statusPending  = "pending"          // not decided yet
	statusRejected = "rejected"         // nothing of the message was taken in
	statusInPart   = "rejected_in_part" // a message of the interchange was refused, or a part of one not read; everybody else has an advisory
)

// Answer is what a carrier gets for a message, as JSON.
type Answer struct {
	Message    string            `json:"message_id"`
	Status     string            `json:"status"`
	Repeat     bool              `json:"repeat,omitempty"` // the message was received before; decided anew only when its answer had grown old
	Travellers []TravellerAnswer `json:"travellers"`
	Errors     []travel.Finding  `json:"errors"`

	notice  *event.Advisory
	given   []*event.Advisory // by index, from 1; nil where nothing is known
	profile func(*event.Advisory) string
	missing int // advisories without which it cannot be decided: no fewer make looking again worth while
}

// TravellerAnswer is the advisory on one traveller. It names them by the carrier's own references.
type TravellerAnswer struct {
	Index      int            `json:"index"`
	Name       string         `json:"name_ref"`     // unique passenger reference, else the booking locator
	Document   string         `json:"document_ref"` // type, issuer and the last characters of the number
	Advisory   travel.Outcome `json:"advisory"`
	Code       string         `json:"code"` // in the carrier's code profile
	Version    int            `json:"version"`
	Unscreened bool           `json:"unscreened"`
	Test       bool           `json:"test,omitempty"` // an exercise or a test: no leave to board anything
}

// gather makes the answer of what is known of a message, received since then. Of a message that was decided anew, what
// was said the last time counts, as soon as all of it is there.
func (c *carrier) gather(id string, known []*window.Advisory, since int64) (*Answer, error) {
	all, newest, again := make([]event.Advisory, len(known)), since, false
	for i, adv := range known {
		if err := adv.Decode(&all[i]); err != nil {
			return nil, err
		}
		again = again || all[i].Message.At != all[0].Message.At
		newest = max(newest, all[i].Message.At)
	}
	if again {
		if a := c.assemble(id, all, newest); a.decided() {
			return a, nil
		}
	}
	return c.assemble(id, all, since), nil
}

// assemble makes the answer of the advisories on a message received since then. The highest version of each traveller counts.
func (c *carrier) assemble(id string, all []event.Advisory, since int64) *Answer {
	a := &Answer{Message: id, Status: statusPending, profile: c.code}
	of, noted := 0, false
	for _, adv := range all {
		if adv.Message.At < since {
			continue
		}
		of, noted = max(of, adv.Message.Of), noted || adv.Message.Noted
		if adv.Kind == event.KindMessage {
			a.note(&adv)
			continue
		}
		a.put(&adv)
	}
	a.settle(of, noted)
	return a
}

// note takes in a notice about the whole message. A later one, about a series that stayed incomplete, adds to the first.
func (a *Answer) note(adv *event.Advisory) {
	if a.notice != nil {
		for _, f := range a.notice.Findings {
			if !slices.Contains(adv.Findings, f) {
				adv.Findings = append(adv.Findings, f)
			}
		}
		if len(adv.Refused) == 0 && len(a.notice.Refused) > 0 { // what was refused stays so
			adv.Outcome, adv.Refused = a.notice.Outcome, a.notice.Refused
		}
		if a.notice.Lost {
			adv.Lost = true
		}
	}
	a.notice = adv
}

func (a *Answer) put(adv *event.Advisory) {
	for len(a.given) <= adv.Index {
		a.given = append(a.given, nil)
	}
	if old := a.given[adv.Index]; old == nil || adv.Version >= old.Version {
		a.given[adv.Index] = adv
	}
}

// settle works out status, travellers and errors from the advisories there are.
func (a *Answer) settle(of int, noted bool) {
	a.Travellers, a.Errors = []TravellerAnswer{}, []travel.Finding{}
	if a.notice != nil {
		a.Errors = append(a.Errors, a.notice.Findings...)
	}
	known := 0
	for _, adv := range a.given {
		if adv == nil {
			continue
		}
		if !adv.Unscreened {
			known++
		}
		a.Travellers = append(a.Travellers, TravellerAnswer{adv.Index, adv.Name(), adv.Document, adv.Outcome,
			a.profile(adv), adv.Version, adv.Unscreened, adv.Message.Exercise})
		a.Errors = append(a.Errors, adv.Findings...)
	}
	a.missing = max(1, of-known)
	switch {
	case a.notice != nil && a.notice.Outcome == travel.Failed:
		a.Status = statusRejected
	case known >= of && (a.notice != nil || !noted) && (of > 0 || a.notice != nil):
		a.Status = statusComplete
		if a.lacking() {
			a.Status = statusInPart
		}
	case known < len(a.Travellers) && len(a.Travellers) >= of:
		a.Status = statusPartial
	}
}

func (a *Answer) decided() bool { return a.Status == statusComplete || a.refused() }

// refused reports whether any message of the interchange was.
func (a *Answer) refused() bool { return a.Status == statusRejected || a.Status == statusInPart }

// lacking reports whether a part of the interchange was refused or not read, whatever became of the rest by now.
func (a *Answer) lacking() bool {
	return a.notice != nil && (len(a.notice.Refused) > 0 || a.notice.Lost)
}

// known are the advisories on travellers, by their place in the message.
func (a *Answer) known() []*event.Advisory {
	known := make([]*event.Advisory, 0, len(a.given))
	for _, adv := range a.given {
		if adv != nil {
			known = append(known, adv)
		}
	}
	return known
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

// code is the advisory's code in the carrier's profile.
func (c *carrier) code(adv *event.Advisory) string {
	return c.profile.Code(adv.Outcome, adv.Unscreened)
}

// unscreened fills a with the carrier's default for every traveller of the message that has no advisory yet, and
// returns what it gave. It reads the message itself, because at a deadline nobody else may be there to do it.
func (c *carrier) unscreened(a *Answer, r event.Received, messages []travel.Message, g journey.Gate) []*event.Advisory {
	notice, presented := journey.Present(r, messages, g)
	if a.notice == nil {
		a.notice = notice
	}
	var gave []*event.Advisory
	for i := range presented {
		p := &presented[i]
		if p.Traveller.Index < len(a.given) && a.given[p.Traveller.Index] != nil {
			continue
		}
		adv := &event.Advisory{V: 1, Kind: event.KindTraveller, Message: p.Message, Leg: p.Leg, Index: p.Traveller.Index,
			Person: p.Person, Ref: p.Traveller.Ref, Locator: p.Traveller.Locator,
			Document: p.Traveller.MaskedDocument(), Outcome: c.Default, Unscreened: true}
		a.put(adv)
		gave = append(gave, adv)
	}
	a.settle(len(presented), notice != nil)
	if len(gave) > 0 {
		a.Status = statusPartial
	}
	return gave
}
