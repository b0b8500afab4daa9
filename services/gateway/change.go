package gateway

import (
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
)

// statusAcknowledged is the state of a carrier's acknowledgement.
const statusAcknowledged = "acknowledged"

// edifactFeed writes a page of the feed as CUSRES interchanges. The cursor goes into a header, because EDIFACT has no place
// for it.
func (s *Service) edifactFeed(w http.ResponseWriter, c *carrier, told []telling, next cursor, gap bool) {
	at := travel.LocalTime(s.deps.Now().UTC().Format("2006-01-02T15:04"))
	var out []byte
	for n := range told {
		out = s.appendTelling(out, c, &told[n], at, n)
	}
	w.Header().Set("Content-Type", typeEDIFACT)
	w.Header().Set("Fairway-Cursor", next.String())
	if gap {
		w.Header().Set("Fairway-Gap", "true")
	}
	if len(out) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	_, _ = w.Write(out)
}

// appendTelling appends what t says: 962 for an answer, 132 under a reference of its own for what changes an answer, both
// for an answer that says something else than another message was answered. A booking asks for no leave to board, and its
// push was acknowledged: it is told of only where it changes what the carrier was told of that person. n is its place in
// the page.
func (s *Service) appendTelling(out []byte, c *carrier, t *telling, at travel.LocalTime, n int) []byte {
	adv := &t.adv
	booking := adv.Message.Kind == travel.PNR
	switch {
	case booking && !adv.Unsolicited:
		return out
	case booking: // to where queries come from, not bookings
		adv.Message.Sender, adv.Message.Recipient = "", ""
	case len(adv.Refused) > 0:
		return s.refusals(out, c, adv, at, n)
	}
	r := s.reply(c, adv, at, adv.Message.ID, n)
	if adv.Kind == event.KindMessage {
		r.Rejected = c.accepted(adv.Findings)
		if f, bad := worst(adv.Findings); bad && adv.Outcome == travel.Failed {
			r.Rejected = cusres.Reject(f)
		}
		return cusres.Encode(out, &r, c.profile)
	}
	answer := person(adv)
	if adv.Ref == "" { // alone in its message, a locator does not tell one of a party
		answer.Position, answer.Document = adv.Index, adv.Document
	}
	r.Answers = []cusres.Answer{answer}
	if both := t.answers && !booking; !t.changes || both {
		out = cusres.Encode(out, &r, c.profile)
		r.Control = control(adv.Message.ID, n+feedMost)
	}
	if t.changes {
		r.Code, r.Reference = cusres.Changed, changeReference(adv)
		out = cusres.Encode(out, &r, c.profile)
	}
	return out
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

// acknowledged takes in a carrier's CUSRES 312, which says that a changed answer arrived, or with 118 that the carrier
// knows no such person. The second must not pass unseen: nobody will stop that traveller.
func (s *Service) acknowledged(w http.ResponseWriter, c *carrier, body []byte) {
	replies, err := cusres.Decode(body)
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		writeJSON(w, http.StatusUnprocessableEntity, Answer{Status: statusRejected, Travellers: []TravellerAnswer{}, Errors: bad.Findings})
		return
	}
	a := Answer{Status: statusAcknowledged, Travellers: []TravellerAnswer{}, Errors: []travel.Finding{}}
	for i := range replies {
		r := &replies[i]
		a.Errors = append(a.Errors, journey.ForCarrier(r.Findings)...)
		known := s.changeOf(c, r.Reference)
		switch {
		case r.Code != cusres.Acknowledged:
			a.Errors = append(a.Errors, travel.Finding{Code: "unknown_function", Severity: travel.Fault, Segment: r.CodeAt.Segment, Tag: r.CodeAt.Tag,
				Element: r.CodeAt.Element, Component: r.CodeAt.Component, Offset: r.CodeAt.Offset, Text: "send CUSRES only to acknowledge a changed answer: BGM 312"})
			s.metrics.acknowledged(c.Code, "refused")
		case r.Rejected != nil && r.Rejected.Code != cusres.Accepted:
			s.metrics.acknowledged(c.Code, "not_found")
			s.deps.Log.Error("carrier cannot find the traveller of a changed advisory", "carrier", c.Code, "change", printable(r.Reference), "known", known)
		case !known:
			a.Errors = append(a.Errors, travel.Finding{Code: "not_found", Severity: travel.Warning, Text: "no changed answer of yours under this reference is in memory; echo RFF+TN of the 132"})
			s.metrics.acknowledged(c.Code, "unknown")
		default:
			s.metrics.acknowledged(c.Code, "acknowledged")
		}
	}
	status := http.StatusOK
	if _, bad := worst(a.Errors); bad {
		status, a.Status = http.StatusUnprocessableEntity, statusRejected
	}
	writeJSON(w, status, a)
}

// changeOf reports whether reference names an advisory of the carrier that is in memory.
func (s *Service) changeOf(c *carrier, reference string) bool {
	name, _, _ := strings.Cut(reference, "-")
	raw, err := letters.DecodeString(name)
	if err != nil || len(raw) == 0 {
		return false
	}
	id := hex.EncodeToString(raw)
	items, _ := s.book.message(id)
	s.book.forget(id)
	return len(items) > 0 && items[0].carrier == c.Code
}

// printable keeps of a reference that a carrier sent what a reference of ours can hold, and so is safe in a log.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s[:min(len(s), 35)])
}
