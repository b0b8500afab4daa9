package gateway

import (
	"errors"
	"net/http"
	"strings"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
	"fairway/pkg/web"
)

// statusAcknowledged is the state of a carrier's acknowledgement.
const statusAcknowledged = "acknowledged"

// acknowledged takes in a carrier's CUSRES 312, which says that a changed answer arrived, or with 118 that the carrier
// knows no such person. The second must not pass unseen: nobody will stop that traveller. It is no receipt.
func (s *Service) acknowledged(w http.ResponseWriter, r *http.Request, c *carrier, body []byte) {
	replies, err := cusres.Decode(body)
	var bad *travel.DecodeError
	switch {
	case errors.As(err, &bad):
		web.Reply(w, http.StatusUnprocessableEntity, Answer{Status: statusRejected, Travellers: []TravellerAnswer{}, Errors: bad.Findings})
		return
	case len(replies) > mostReceipts:
		s.metrics.acknowledged(c.Code, resultRefused, 1)
		tooManyReceipts(w)
		return
	}
	taken := s.receipts(c, r, event.ByCUSRES)
	a := Answer{Status: statusAcknowledged, Travellers: []TravellerAnswer{}, Errors: []travel.Finding{}}
	for i := range replies {
		a.Errors = append(a.Errors, taken.reply(&replies[i])...)
	}
	if _, bad := worst(a.Errors); bad { // nothing of it is taken in
		a.Status = statusRejected
		s.metrics.acknowledged(c.Code, resultRefused, len(taken.records))
		web.Reply(w, http.StatusUnprocessableEntity, a)
		return
	}
	if taken.stored(r.Context(), w) {
		web.Reply(w, http.StatusOK, a)
	}
}

// reply takes in one CUSRES, and returns what is to be said about it.
func (r *receipts) reply(reply *cusres.Reply) []travel.Finding {
	findings := journey.ForCarrier(reply.Findings)
	message, index, version := changeOf(reply.Reference)
	switch {
	case reply.Code != cusres.Acknowledged:
		findings = append(findings, travel.Finding{Code: "unknown_function", Severity: travel.Fault, Segment: reply.CodeAt.Segment, Tag: reply.CodeAt.Tag,
			Element: reply.CodeAt.Element, Component: reply.CodeAt.Component, Offset: reply.CodeAt.Offset, Text: "send CUSRES only to acknowledge a changed answer: BGM 312"})
		r.s.metrics.acknowledged(r.c.Code, resultRefused, 1)
		return findings
	case reply.Rejected != nil && reply.Rejected.Code != cusres.Accepted && reply.Rejected.Code != "":
		_, unknown := r.find(message, index, version)
		r.s.metrics.acknowledged(r.c.Code, resultNotFound, 1)
		r.s.deps.Log.Error("carrier cannot find the traveller of a changed advisory", "carrier", r.c.Code, "change", printable(reply.Reference), "known", unknown == "")
		return findings
	}
	switch r.add(message, index, version) {
	case "":
		return findings
	case codeUnknownVersion:
		findings = append(findings, travel.Finding{Code: "unknown_version", Severity: travel.Warning, Text: "you were not told this version; echo RFF+TN of the 132"})
	default:
		findings = append(findings, travel.Finding{Code: "not_found", Severity: travel.Warning, Text: "no changed answer of yours under this reference is in memory; echo RFF+TN of the 132"})
	}
	r.s.metrics.acknowledged(r.c.Code, resultUnknown, 1)
	return findings
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
