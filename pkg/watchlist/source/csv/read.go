package csv

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// Bounds of a file.
const (
	maxRowBytes = 16 << 10
	maxRows     = 10_000_000
)

// columns are those of a list file.
var columns = [...]string{
	"id", "list", "category", "action", "surname", "given", "other_names", "birth_date", "nationality",
	"document_type", "document_issuer", "document_number", "valid_until", "caveat",
}

// The places of columns.
const (
	colID = iota
	colList
	colCategory
	colAction
	colSurname
	colGiven
	colOtherNames
	colBirth
	colNationality
	colDocType
	colDocIssuer
	colDocNumber
	colValidUntil
	colCaveat
	colCount
)

// Options is what [Read] is told besides the file.
type Options struct {
	// On is the day the list is read: births after it are refused, and entries that were over before it are a
	// warning. Where it is empty, neither is looked at.
	On travel.Date
}

// Read reads list entries. The first row names the columns, in any order; id, list and action must be there, and an
// unknown column is an error. Fields are parted by commas, or by semicolons or tabs where the first row is. Rows are
// lines: a quoted field may hold separators and doubled quotes, but no line break. A byte order mark, CR LF and a
// first line "sep=;" are accepted; other names are parted by ";". Text is UTF-8; a row that is not is read as
// Windows-1252 with a warning, and refused where it cannot be that.
//
// A row that cannot be used is a finding, and the others are used. Several rows of one list and id make one entry with
// all their documents and other names when everything else is equal or empty; a row that differs is a finding and the
// first stands. An entry that no search can find is a finding of its first row. Entries come in the order of their
// first rows, findings in that of lines. The error is for what stops the reading.
func Read(r io.Reader, o Options) (entries []travel.ListEntry, findings []Finding, err error) {
	c := newReader(r, o)
	if err := c.header(); err != nil {
		return nil, nil, fmt.Errorf("reading the watchlist header: %w", err)
	}
	for c.line < maxRows {
		line, err := c.next()
		if errors.Is(err, io.EOF) {
			c.finish()
			return c.entries, c.findings, nil
		}
		if err != nil {
			c.finish()
			return c.entries, c.findings, fmt.Errorf("reading the watchlist at line %d: %w", c.line, err)
		}
		if line != nil {
			c.row(line)
		}
	}
	c.finish()
	return c.entries, c.findings, fmt.Errorf("reading the watchlist: more than %d lines; split the file", maxRows)
}

type reader struct {
	in       *bufio.Reader
	on       travel.Date
	line     int
	given    lineSource
	split    *csv.Reader   // of given
	fields   []string      // of the row at hand
	place    [colCount]int // column → field, -1 when absent
	width    int
	entries  []travel.ListEntry
	first    []int // line of each entry's first row
	seen     map[entryName]seenRow
	findings []Finding
	listed   [2]int // findings that refuse and warnings so far
	noted    [2]int // line of the last of each
	more     [2]Finding
}

// entryName is what names an entry.
type entryName struct{ list, id string }

type seenRow struct{ entry, line int }

func newReader(r io.Reader, o Options) *reader {
	c := &reader{in: bufio.NewReaderSize(r, maxRowBytes), seen: make(map[entryName]seenRow), on: o.On}
	c.split = csv.NewReader(&c.given)
	c.split.FieldsPerRecord, c.split.ReuseRecord = -1, true
	// A quote may stand in a field that does not begin with one: Quill "Oz". What does begin with one is looked at again.
	c.split.LazyQuotes = true
	return c
}

func (c *reader) header() error {
	line, err := c.firstLine()
	if err != nil {
		return err
	}
	if !c.cut(line) {
		return fmt.Errorf("line %d: a quote is not closed; close it", c.line)
	}
	for i := range c.place {
		c.place[i] = -1
	}
	c.width = len(c.fields)
	for i, f := range c.fields {
		k := slices.Index(columns[:], strings.ToLower(strings.TrimSpace(f)))
		switch {
		case k < 0:
			return fmt.Errorf("line %d, column %d: unknown column; use %s", c.line, i+1, strings.Join(columns[:], ","))
		case c.place[k] >= 0:
			return fmt.Errorf("line %d, column %d: %s is there twice; remove one", c.line, i+1, columns[k])
		}
		c.place[k] = i
	}
	for _, k := range [...]int{colID, colList, colAction} {
		if c.place[k] < 0 {
			return fmt.Errorf("line %d: column %s is missing; add it", c.line, columns[k])
		}
	}
	return nil
}

// row turns one line into an entry, or a finding.
func (c *reader) row(line []byte) {
	line, ok := c.text(line)
	switch {
	case !ok:
		return
	case !c.cut(line):
		c.refuse(-1, "bad_quotes", "a quote is not closed, or has text after it", "double the quotes inside a field and keep it on one line")
		return
	case len(c.fields) != c.width:
		c.refuse(-1, "field_count", fmt.Sprintf("%d fields where the header has %d", len(c.fields), c.width), fmt.Sprintf("quote fields that hold %q", c.split.Comma))
		return
	}
	e, ok := c.entry()
	if !ok {
		return
	}
	name := entryName{e.List, e.ID}
	if first, dup := c.seen[name]; dup {
		if column := mergeRow(&c.entries[first.entry], &e); column >= 0 {
			c.refuse(column, "conflicting_row", fmt.Sprintf("differs from line %d, which has the same list and id", first.line), "give it an id of its own, or make them equal")
		}
		return
	}
	c.seen[name] = seenRow{entry: len(c.entries), line: c.line}
	c.entries, c.first = append(c.entries, e), append(c.first, c.line)
}

// finish leaves out the entries that no search can find, warns of those that only their document finds, and puts the
// findings in the order of lines. It waits for the last row because each row of an entry may bring a document.
func (c *reader) finish() {
	kept := c.entries[:0]
	for i := range c.entries {
		if e := &c.entries[i]; c.findable(e, c.first[i]) {
			kept = append(kept, *e)
		}
	}
	clear(c.entries[len(kept):])
	if c.entries = kept; len(kept) == 0 {
		c.entries = nil
	}
	c.unlisted()
	slices.SortStableFunc(c.findings, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
}

// findable reports whether a search can find e, which began on the given line, and notes it where not.
func (c *reader) findable(e *travel.ListEntry, line int) bool {
	key := watchlist.HasKey(e)
	switch {
	case e.Action == travel.ActClear && !key:
		c.note(line, -1, false, codeUnfindable, "a clearance that nobody can be found by",
			"give a redress number, a document with its issuer, or a name in A–Z with full birth date and nationality")
		return false
	case e.Category == watchlist.CategoryAuthorisation && !key:
		c.note(line, -1, false, codeUnfindable, "an authorisation without a number that identifies", "give its own number, or the document it is for")
		return false
	case watchlist.HasWord(e):
	case !key:
		c.note(line, -1, false, codeUnfindable, "no name that can be compared and no document number that identifies",
			"add the name in A–Z to other_names, or a document")
		return false
	case !watchlist.Nameless(e.Surname, e.Given, e.OtherNames):
		c.note(line, -1, true, "name_not_comparable", "the name cannot be compared, so only the document finds the entry and it is never strong",
			"add the name in A–Z to other_names")
	}
	return true
}
