package curator

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strings"

	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
	"fairway/pkg/web"
)

// clearances is the list that clearances are entries of.
const clearances = "redress"

// ClearanceRequest asks to clear a person who is mistaken for a listed one. It names them by what they carry.
type ClearanceRequest struct {
	Surname     travel.Name       `json:"surname"`
	Given       travel.Name       `json:"given"`
	Birth       travel.BirthDate  `json:"birth_date"`
	Nationality travel.State      `json:"nationality"`
	Documents   []travel.Document `json:"documents,omitempty"` // type, issuer, number; type REDRESS for a redress number
	ValidUntil  travel.Date       `json:"valid_until,omitempty"`
	Reason      string            `json:"reason"`
}

// entry makes the list entry of a clearance, or says why it would clear nobody, or somebody else.
func (c *ClearanceRequest) entry(officer string, today travel.Date) (travel.ListEntry, error) {
	if strings.TrimSpace(c.Reason) == "" || len(c.Reason) > event.LongestReason {
		return travel.ListEntry{}, errors.New("give the reason, in 500 bytes at most")
	}
	if c.Surname == "" || !c.Birth.Date().Full() {
		return travel.ListEntry{}, errors.New("give surname and the whole birth date: a clearance is of one person")
	}
	if c.Birth.Date() > today {
		return travel.ListEntry{}, errors.New("the birth date is in the future; correct it")
	}
	nationality, known, _ := travel.ParseState(string(c.Nationality))
	if !known {
		return travel.ListEntry{}, errors.New("give the nationality as three letters")
	}
	for i := range c.Documents {
		issuer, known, _ := travel.ParseState(string(c.Documents[i].Issuer))
		if c.Documents[i].Issuer = issuer; !known && c.Documents[i].Type != watchlist.TypeRedress {
			return travel.ListEntry{}, errors.New("give the issuer of each document as three letters")
		}
	}
	if c.ValidUntil != "" && !c.ValidUntil.Full() {
		return travel.ListEntry{}, errors.New("give valid_until as YYYY-MM-DD, or leave it out")
	}
	if c.ValidUntil != "" && c.ValidUntil < today {
		return travel.ListEntry{}, errors.New("valid_until is past: it would clear nobody; give a later day, or leave it out")
	}
	e := travel.ListEntry{List: clearances, Category: "redress", Action: travel.ActClear, Surname: c.Surname, Given: c.Given, Birth: c.Birth,
		Nationality: nationality, Documents: c.Documents, ValidUntil: c.ValidUntil, Caveat: c.Reason}
	keys := watchlist.ClearanceKeys(&e)
	if byName := slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, "N|") }); byName || len(keys) == 0 {
		// By name alone it would clear the listed person as well, who has the same.
		return travel.ListEntry{}, errors.New("give a document with its issuer, or a redress number: a name and a birth date are the listed person's too")
	}
	sum := sha256.Sum256([]byte(officer + "|" + strings.Join(keys, "|")))
	e.ID = "C-" + strings.ToUpper(hex.EncodeToString(sum[:6]))
	return e, nil
}

// postClearance puts a clearance before a second officer. It takes effect when they approve it as any submission.
func (s *Service) postClearance(w http.ResponseWriter, r *http.Request, officer string) {
	var c ClearanceRequest
	if err := readBody(w, r, &c); err != nil {
		web.Fail(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	e, err := c.entry(officer, s.today())
	if err != nil {
		web.Fail(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	id, err := s.proposals.Propose(r.Context(), officer, approval.Content{Entries: []travel.ListEntry{e}})
	if err != nil {
		web.Fail(w, refusal(err), err.Error())
		return
	}
	s.deps.Log.Info("clearance waits for approval", "submission", id, "officer", officer)
	reply(w, http.StatusCreated, Receipt{Submission: id, Entries: 1})
}
