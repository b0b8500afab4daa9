package gateway

import (
	"encoding/hex"
	"errors"
	"net/http"
	"strings"

	"fairway/pkg/cusres"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
	"fairway/pkg/web"
)

// statusAcknowledged is the state of a carrier's acknowledgement.
const statusAcknowledged = "acknowledged"

// acknowledged takes in a carrier's CUSRES 312, which says that a changed answer arrived, or with 118 that the carrier
// knows no such person. The second must not pass unseen: nobody will stop that traveller.
func (s *Service) acknowledged(w http.ResponseWriter, c *carrier, body []byte) {
	replies, err := cusres.Decode(body)
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		web.Reply(w, http.StatusUnprocessableEntity, Answer{Status: statusRejected, Travellers: []TravellerAnswer{}, Errors: bad.Findings})
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
	web.Reply(w, status, a)
}

// changeOf reports whether reference names an advisory of the carrier that is in memory.
func (s *Service) changeOf(c *carrier, reference string) bool {
	name, _, _ := strings.Cut(reference, "-")
	raw, err := letters.DecodeString(name)
	if err != nil || len(raw) == 0 {
		return false
	}
	return len(s.window.Message(hex.EncodeToString(raw), c.Code)) > 0
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
