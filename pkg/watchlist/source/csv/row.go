package csv

import (
	"fmt"
	"slices"
	"strings"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

func (c *reader) field(column int) string {
	if i := c.place[column]; i >= 0 {
		return strings.TrimSpace(c.fields[i])
	}
	return ""
}

// entry reads the fields of a row; ok is false when it is refused.
func (c *reader) entry() (e travel.ListEntry, ok bool) {
	before := c.refused()
	e = travel.ListEntry{
		ID: c.field(colID), List: c.field(colList), Category: strings.ToLower(c.field(colCategory)),
		Action:  travel.Action(strings.ToLower(c.field(colAction))),
		Surname: travel.Name(c.field(colSurname)), Given: travel.Name(c.field(colGiven)),
		Birth:       travel.BirthDate(c.field(colBirth)),
		Nationality: c.state(colNationality), ValidUntil: travel.Date(c.field(colValidUntil)), Caveat: c.field(colCaveat),
	}
	for n := range strings.SplitSeq(c.field(colOtherNames), ";") {
		if n = strings.TrimSpace(n); n != "" {
			e.OtherNames = append(e.OtherNames, travel.Name(n))
		}
	}
	if e.ID == "" || len(e.ID) > 128 || strings.ContainsAny(e.ID, " \t|") {
		c.refuse(colID, "bad_id", "empty, longer than 128 bytes, or with a space or bar", "give each entry a short id")
	}
	switch {
	case e.List == "":
		c.refuse(colList, "no_list", "empty", "name the list that the entry belongs to")
	case strings.Contains(e.List, "/"): // an entry is named list/id: of a/b/c it must be plain which is which
		c.refuse(colList, "bad_list", "with a slash", "name the list without one; an id may have slashes")
	}
	switch e.Action {
	case travel.ActNoBoard, travel.ActRefer, travel.ActAlert, travel.ActClear, travel.ActProtect:
	default:
		c.refuse(colAction, "bad_action", "not an action", "write no_board, refer, alert, clear or protect")
	}
	c.dates(&e)
	e.Documents = c.document()
	if len(e.Documents) == 0 && e.Surname == "" && e.Given == "" && len(e.OtherNames) == 0 {
		c.refuse(-1, codeUnfindable, "neither a name nor a document", "give one of them")
	}
	return e, c.refused() == before
}

// dates checks the birth date and the end of an entry.
func (c *reader) dates(e *travel.ListEntry) {
	year, _, _ := e.Birth.Date().Parts()
	switch b := e.Birth.Date(); {
	case b == "":
	case year == 0:
		c.refuse(colBirth, "bad_birth", "not a date", "write YYYY-MM-DD, YYYY-MM or YYYY")
	case c.on.Full() && b > c.on[:len(b)]:
		c.refuse(colBirth, "birth_in_future", "after the day the list was read", "correct the year")
	case year < watchlist.MinYear || year > watchlist.MaxYear:
		c.refuse(colBirth, "birth_out_of_range", fmt.Sprintf("not from %d to %d", watchlist.MinYear, watchlist.MaxYear), "correct the year, or leave it empty")
	}
	switch until := e.ValidUntil; {
	case until == "":
	case !until.Full():
		c.refuse(colValidUntil, "bad_valid_until", "not a full date", "write YYYY-MM-DD")
	case c.on.Full() && until < c.on:
		c.warn(colValidUntil, "valid_until_past", "the entry is over already and matches nobody", "remove the row, or give a later date")
	}
}

// state reads an ISO 3166 alpha-3 code; Germany may be D, as in a machine-readable zone.
func (c *reader) state(column int) travel.State {
	s := strings.ToUpper(c.field(column))
	switch {
	case s == "":
	case s == "D" || s == "D<<":
		s = "DEU"
	case len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		c.refuse(column, "bad_state", "not a three-letter State code", "write the code of ISO 3166 alpha-3 or ICAO 9303")
	}
	return travel.State(s)
}

func (c *reader) document() []travel.Document {
	d := travel.Document{
		Type: strings.ToUpper(c.field(colDocType)), Number: travel.Number(c.field(colDocNumber)), Issuer: c.state(colDocIssuer),
	}
	switch {
	case d.Number == "" && d.Type == "" && d.Issuer == "":
		return nil
	case d.Number == "":
		c.refuse(colDocNumber, "no_number", "empty, though a type or issuer is given", "give the number")
		return nil
	case travel.CleanNumber(d.Number) == "":
		c.refuse(colDocNumber, "no_number", "without a letter or digit", "give the number")
		return nil
	}
	if d.Type == "" {
		d.Type = "P"
	}
	return []travel.Document{d}
}

// mergeRow adds the documents and other names of a later row to e. It returns the column that differs, or -1. A field
// that is empty in the later row does not differ.
func mergeRow(e, later *travel.ListEntry) int {
	for _, f := range [...]struct {
		column     int
		have, next string
	}{
		{colCategory, e.Category, later.Category}, {colAction, string(e.Action), string(later.Action)},
		{colSurname, string(e.Surname), string(later.Surname)}, {colGiven, string(e.Given), string(later.Given)},
		{colBirth, string(e.Birth), string(later.Birth)}, {colNationality, string(e.Nationality), string(later.Nationality)},
		{colValidUntil, string(e.ValidUntil), string(later.ValidUntil)}, {colCaveat, e.Caveat, later.Caveat},
	} {
		if f.next != "" && f.next != f.have {
			return f.column
		}
	}
	for _, d := range later.Documents {
		if !slices.Contains(e.Documents, d) {
			e.Documents = append(e.Documents, d)
		}
	}
	for _, n := range later.OtherNames {
		if !slices.Contains(e.OtherNames, n) {
			e.OtherNames = append(e.OtherNames, n)
		}
	}
	return -1
}
