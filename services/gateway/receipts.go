package gateway

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"fairway/pkg/event"
	"fairway/pkg/web"
)

// The bounds of one request that acknowledges.
const (
	mostReceipts = 1000
	mostAckBody  = 256 << 10
)

// Why an advisory is not acknowledged.
const (
	codeNotFound       = "not_found"       // there is none of the carrier's in memory; there may be one of another's
	codeUnknownVersion = "unknown_version" // there is one of this traveller, and the carrier was told no such version
	codeNoTraveller    = "no_traveller"    // a notice is about a whole message, and is not acknowledged
)

// Receipts are the advisories that a carrier acknowledges.
type Receipts struct {
	Advisories []Receipt `json:"advisories"`
}

// Receipt names one version of an advisory as answers and the feed do.
type Receipt struct {
	Message string `json:"message_id"`
	Index   int    `json:"index"`
	Version *int   `json:"version"` // nil is none, and not the default given at the deadline
}

// ReceiptsAnswer is what a carrier gets for what it acknowledges.
type ReceiptsAnswer struct {
	Acknowledged int            `json:"acknowledged"`
	Errors       []ReceiptError `json:"errors"`
}

// ReceiptError is one advisory that was not acknowledged, as the request named it, and why not.
type ReceiptError struct {
	Message string `json:"message_id"` // empty where the request had nothing of the form of an id
	Index   int    `json:"index"`
	Version *int   `json:"version,omitempty"`
	Code    string `json:"code"`
	Text    string `json:"text"`
}

// postReceipts acknowledges advisories of the calling carrier. All that are known are on record before it answers.
func (s *Service) postReceipts(w http.ResponseWriter, r *http.Request, c *carrier) {
	if !s.enter(w) {
		return
	}
	defer func() { <-s.slots }()
	var in Receipts
	if !s.readReceipts(w, r, c, &in) {
		return
	}
	taken := s.receipts(c, r, event.ByHTTP)
	answer := ReceiptsAnswer{Errors: []ReceiptError{}}
	for _, of := range in.Advisories {
		version := -1
		if of.Version != nil {
			version = *of.Version
		}
		code := taken.add(of.Message, of.Index, version)
		if code == "" {
			answer.Acknowledged++
			continue
		}
		s.metrics.acknowledged(c.Code, resultOf(code), 1)
		if raw, err := hex.DecodeString(of.Message); err != nil || len(raw) != 16 { // whatever it is, it is not repeated
			of.Message = ""
		}
		answer.Errors = append(answer.Errors, ReceiptError{of.Message, of.Index, of.Version, code, remedyOf(code)})
	}
	if !taken.stored(r.Context(), w) {
		return
	}
	status := http.StatusOK
	if answer.Acknowledged == 0 {
		status = http.StatusUnprocessableEntity
	}
	web.Reply(w, status, answer)
}

// readReceipts reads a request that acknowledges, and refuses one that is no such thing or has too much in it.
func (s *Service) readReceipts(w http.ResponseWriter, r *http.Request, c *carrier, into *Receipts) bool {
	err := web.Read(w, r, mostAckBody, into, "/v1/openapi.json")
	switch n := len(into.Advisories); {
	case errors.Is(err, web.ErrTooLarge):
		fail(w, http.StatusRequestEntityTooLarge, "too_large", err.Error()+"; acknowledge fewer advisories in each request")
	case err != nil:
		fail(w, http.StatusBadRequest, "bad_json", err.Error())
	case n == 0:
		fail(w, http.StatusBadRequest, "empty", "nothing is acknowledged; name at least one advisory")
	case n > mostReceipts:
		tooManyReceipts(w)
	default:
		return true
	}
	s.metrics.acknowledged(c.Code, resultRefused, 1)
	return false
}

func tooManyReceipts(w http.ResponseWriter) {
	fail(w, http.StatusRequestEntityTooLarge, "too_many", "more than 1000 advisories; acknowledge fewer in each request")
}

// receipts gathers what one request of a carrier acknowledges.
type receipts struct {
	s         *Service
	c         *carrier
	by, trace string
	at        int64
	told      map[string]map[int]*event.Advisory // traveller's id → version → advisory; each is read once
	records   []event.Record
}

func (s *Service) receipts(c *carrier, r *http.Request, by string) *receipts {
	return &receipts{s: s, c: c, by: by, trace: r.Header.Get("traceparent"), at: s.deps.Now().UnixMilli(), told: map[string]map[int]*event.Advisory{}}
}

// add takes in the receipt of one version of an advisory, or says why it cannot.
func (r *receipts) add(message string, index, version int) (code string) {
	adv, code := r.find(message, index, version)
	if code != "" {
		return code
	}
	receipt := event.Acknowledge(adv, r.at, r.by)
	rec, err := receipt.Record(r.trace)
	if err != nil {
		r.s.deps.Log.Error("write receipt", "message", message, "carrier", r.c.Code, "error", err)
		return codeNotFound
	}
	r.records = append(r.records, rec)
	return ""
}

// find returns an advisory that the carrier was told, or why there is none.
func (r *receipts) find(message string, index, version int) (adv *event.Advisory, code string) {
	if index < 1 {
		return nil, codeNoTraveller
	}
	id := event.TravellerID(message, index)
	versions, read := r.told[id]
	if !read {
		versions = r.s.versions(message, r.c.Code, index)
		r.told[id] = versions
	}
	switch adv = versions[version]; {
	case adv != nil:
		return adv, ""
	case len(versions) > 0:
		return nil, codeUnknownVersion
	}
	return nil, codeNotFound
}

// versions are the advisories in memory on one traveller of a message of carrier.
func (s *Service) versions(message, carrier string, index int) map[int]*event.Advisory {
	all := map[int]*event.Advisory{}
	for _, known := range s.window.Traveller(message, carrier, index) {
		adv := new(event.Advisory)
		if err := known.Decode(adv); err != nil { // nobody was ever told it
			s.deps.Log.Error("read advisory", "message", known.Message, "error", err)
			continue
		}
		all[adv.Version] = adv
	}
	return all
}

// stored puts the receipts on record and counts them. When it cannot, it says so to the carrier and returns false.
func (r *receipts) stored(ctx context.Context, w http.ResponseWriter) bool {
	if len(r.records) == 0 {
		return true
	}
	err := r.s.store(ctx, r.c, r.records...)
	if err == nil {
		r.s.metrics.acknowledged(r.c.Code, resultAcknowledged, len(r.records))
		return true
	}
	r.s.metrics.acknowledged(r.c.Code, resultNotStored, len(r.records))
	r.s.deps.Log.Warn("acknowledgements not taken in", "carrier", r.c.Code, "count", len(r.records), "error", err)
	w.Header().Set("Retry-After", "5")
	fail(w, http.StatusServiceUnavailable, "not_stored", "the acknowledgements could not be stored; send them again in a few seconds")
	return false
}

// resultOf is what an advisory that was not acknowledged counts as.
func resultOf(code string) string {
	if code == codeNoTraveller {
		return resultRefused
	}
	return resultUnknown
}

func remedyOf(code string) string {
	switch code {
	case codeNoTraveller:
		return "a notice about a whole message is not acknowledged; travellers count from 1"
	case codeUnknownVersion:
		return "you were not told this version; acknowledge one that an answer or the feed told you"
	}
	return "no such advisory of yours is in memory; take message_id and index from an answer or the feed"
}

// changeOf reads the reference of a changed answer, see [changeReference]. Of what is none it returns index 0.
func changeOf(reference string) (message string, index, version int) {
	parts := strings.Split(reference, "-")
	if len(parts) != 3 {
		return "", 0, 0
	}
	raw, bad := letters.DecodeString(parts[0])
	i, noIndex := strconv.ParseUint(parts[1], 10, 31)
	v, noVersion := strconv.ParseUint(parts[2], 10, 31)
	if errors.Join(bad, noIndex, noVersion) != nil || len(raw) == 0 {
		return "", 0, 0
	}
	return hex.EncodeToString(raw), int(i), int(v)
}
