package watchlist

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"fairway/pkg/travel"
)

func (c *csvReader) field(column int) string {
	if i := c.place[column]; i >= 0 {
		return strings.TrimSpace(c.fields[i])
	}
	return ""
}

// entry reads the fields of a row; ok is false when there was a problem.
func (c *csvReader) entry() (e travel.ListEntry, ok bool) {
	before := len(c.problems)
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
		c.problem(colID, "empty, longer than 128 bytes, or with a space or bar", "give each entry a short id")
	}
	if e.List == "" {
		c.problem(colList, "empty", "name the list that the entry belongs to")
	}
	switch e.Action {
	case travel.ActNoBoard, travel.ActRefer, travel.ActAlert, travel.ActClear, travel.ActProtect:
	default:
		c.problem(colAction, "not an action", "write no_board, refer, alert, clear or protect")
	}
	if e.Birth != "" && !e.Birth.Date().Valid() {
		c.problem(colBirth, "not a date", "write YYYY-MM-DD, YYYY-MM or YYYY")
	}
	if e.ValidUntil != "" && !e.ValidUntil.Full() {
		c.problem(colValidUntil, "not a full date", "write YYYY-MM-DD")
	}
	e.Documents = c.document()
	if len(e.Documents) == 0 && e.Surname == "" && e.Given == "" && len(e.OtherNames) == 0 {
		c.problem(-1, "neither a name nor a document", "give one of them")
	}
	return e, len(c.problems) == before
}

// state reads an ISO 3166 alpha-3 code; Germany may be D, as in a machine-readable zone.
func (c *csvReader) state(column int) travel.State {
	s := strings.ToUpper(c.field(column))
	switch {
	case s == "":
	case s == "D" || s == "D<<":
		s = "DEU"
	case len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		c.problem(column, "not a three-letter State code", "write the code of ISO 3166 alpha-3 or ICAO 9303")
	}
	return travel.State(s)
}

func (c *csvReader) document() []travel.Document {
	d := travel.Document{
		Type: strings.ToUpper(c.field(colDocType)), Number: travel.Number(c.field(colDocNumber)), Issuer: c.state(colDocIssuer),
	}
	switch {
	case d.Number == "" && d.Type == "" && d.Issuer == "":
		return nil
	case d.Number == "":
		c.problem(colDocNumber, "empty, though a type or issuer is given", "give the number")
		return nil
	case travel.CleanNumber(d.Number) == "":
		c.problem(colDocNumber, "without a letter or digit", "give the number")
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
		{colList, e.List, later.List}, {colCategory, e.Category, later.Category}, {colAction, string(e.Action), string(later.Action)},
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

// WriteCSV writes entries as [ReadCSV] reads them, one row for each document. Line breaks become spaces.
// What the columns cannot hold is lost: dates and places of documents, and ";" in other names.
func WriteCSV(w io.Writer, entries []travel.ListEntry) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns[:]); err != nil {
		return fmt.Errorf("writing the watchlist: %w", err)
	}
	oneLine := strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
	for i := range entries {
		for _, row := range csvRows(&entries[i]) {
			for k := range row {
				row[k] = oneLine.Replace(row[k])
			}
			if err := out.Write(row); err != nil {
				return fmt.Errorf("writing the watchlist: %w", err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing the watchlist: %w", err)
	}
	return nil
}

func csvRows(e *travel.ListEntry) [][]string {
	others := make([]string, len(e.OtherNames))
	for i, n := range e.OtherNames {
		others[i] = strings.ReplaceAll(string(n), ";", " ")
	}
	docs := e.Documents
	if len(docs) == 0 {
		docs = make([]travel.Document, 1)
	}
	rows := make([][]string, len(docs))
	for i, d := range docs {
		rows[i] = []string{
			e.ID, e.List, e.Category, string(e.Action), string(e.Surname), string(e.Given), strings.Join(others, ";"),
			string(e.Birth), string(e.Nationality), d.Type, string(d.Issuer), string(d.Number), string(e.ValidUntil), e.Caveat,
		}
	}
	return rows
}
