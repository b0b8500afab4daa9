package watchlist

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fairway/pkg/travel"
)

// Bounds of a CSV file.
const (
	MaxRowBytes = 16 << 10
	MaxRows     = 10_000_000
	maxProblems = 1000 // more are counted, not listed
)

// columns are those of a list file, in the order that WriteCSV uses.
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

// RowProblem says why a row was not used. It never holds the row's content.
type RowProblem struct {
	Line   int    // 1-based
	Column string // name of the column, "" for the whole row
	What   string
	Todo   string // what to do about it
}

// String returns "line 7, birth_date: not a date; write YYYY-MM-DD, YYYY-MM or YYYY".
func (p RowProblem) String() string {
	where := fmt.Sprintf("line %d", p.Line)
	if p.Column != "" {
		where += ", " + p.Column
	}
	return where + ": " + p.What + "; " + p.Todo
}

// ReadCSV reads list entries. The first row names the columns, in any order; id, list and action must be there, and an
// unknown column is an error. Rows are lines: a quoted field may hold commas and doubled quotes, but no line break.
// A byte order mark and CR LF are accepted; other names are parted by ";".
//
// A row that cannot be used is a problem, and the others are used. Several rows of one id make one entry with all
// their documents and other names when everything else is equal or empty; a row that differs is a problem and the
// first stands. Entries come in the order of their first rows. The error is for what stops the reading.
func ReadCSV(r io.Reader) (entries []travel.ListEntry, problems []RowProblem, err error) {
	c := csvReader{in: bufio.NewReaderSize(r, MaxRowBytes), seen: make(map[string]seenRow)}
	if err := c.header(); err != nil {
		return nil, nil, fmt.Errorf("reading the watchlist header: %w", err)
	}
	for c.line < MaxRows {
		row, err := c.next()
		if errors.Is(err, io.EOF) {
			return c.entries, c.problems, nil
		}
		if err != nil {
			return c.entries, c.problems, fmt.Errorf("reading the watchlist at line %d: %w", c.line, err)
		}
		if row != nil {
			c.row(row)
		}
	}
	return c.entries, c.problems, fmt.Errorf("reading the watchlist: more than %d lines; split the file", MaxRows)
}

type csvReader struct {
	in       *bufio.Reader
	line     int
	fields   []string
	place    [colCount]int // column → field, -1 when absent
	width    int
	entries  []travel.ListEntry
	problems []RowProblem
	seen     map[string]seenRow
}

type seenRow struct{ entry, line int }

func (c *csvReader) problem(column int, what, todo string) {
	p := RowProblem{Line: c.line, What: what, Todo: todo}
	if column >= 0 {
		p.Column = columns[column]
	}
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, p)
	} else if len(c.problems) == maxProblems {
		p.What, p.Todo, p.Column = "too many problems", "correct those above; later ones are not listed", ""
		c.problems = append(c.problems, p)
	}
}

// next returns the next line without its end, nil for one that is blank or too long.
func (c *csvReader) next() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	c.line++
	if errors.Is(err, bufio.ErrBufferFull) {
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = c.in.ReadSlice('\n')
		}
		c.problem(-1, "the row is too long", fmt.Sprintf("keep rows under %d bytes", MaxRowBytes))
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return nil, err
	}
	if len(line) == 0 && err != nil {
		return nil, err
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	line = bytes.TrimRight(line, "\r\n")
	for i, c := range line { // a stray carriage return or tab in a field is a space
		if c < ' ' {
			line[i] = ' '
		}
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, nil
	}
	return line, nil
}

func (c *csvReader) header() error {
	line, err := c.next()
	if err != nil {
		return err
	}
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	if !c.split(line) {
		return errors.New("line 1: a quote is not closed; close it")
	}
	for i := range c.place {
		c.place[i] = -1
	}
	c.width = len(c.fields)
	for i, f := range c.fields {
		k := slices.Index(columns[:], strings.ToLower(strings.TrimSpace(f)))
		switch {
		case k < 0:
			return fmt.Errorf("line 1, column %d: unknown column; use %s", i+1, strings.Join(columns[:], ","))
		case c.place[k] >= 0:
			return fmt.Errorf("line 1, column %d: %s is there twice; remove one", i+1, columns[k])
		}
		c.place[k] = i
	}
	for _, k := range [...]int{colID, colList, colAction} {
		if c.place[k] < 0 {
			return fmt.Errorf("line 1: column %s is missing; add it", columns[k])
		}
	}
	return nil
}

// split cuts a line at its commas into c.fields; false when a quote is not closed or not alone.
func (c *csvReader) split(line []byte) bool {
	c.fields = c.fields[:0]
	for {
		if len(line) == 0 || line[0] != '"' {
			i := bytes.IndexByte(line, ',')
			if i < 0 {
				c.fields = append(c.fields, string(line))
				return true
			}
			c.fields = append(c.fields, string(line[:i]))
			line = line[i+1:]
			continue
		}
		var field []byte
		for line = line[1:]; ; {
			i := bytes.IndexByte(line, '"')
			if i < 0 {
				return false
			}
			field = append(field, line[:i]...)
			line = line[i+1:]
			if len(line) == 0 || line[0] != '"' {
				break
			}
			field = append(field, '"')
			line = line[1:]
		}
		c.fields = append(c.fields, string(field))
		if len(line) == 0 {
			return true
		}
		if line[0] != ',' {
			return false
		}
		line = line[1:]
	}
}

// row turns one line into an entry, or a problem.
func (c *csvReader) row(line []byte) {
	switch {
	case !utf8.Valid(line):
		c.problem(-1, "not UTF-8", "save the file as UTF-8")
		return
	case !c.split(line):
		c.problem(-1, "a quote is not closed, or has text after it", "double the quotes inside a field and keep it on one line")
		return
	case len(c.fields) != c.width:
		c.problem(-1, fmt.Sprintf("%d fields where the header has %d", len(c.fields), c.width), "quote fields that hold commas")
		return
	}
	e, ok := c.entry()
	if !ok {
		return
	}
	if first, dup := c.seen[e.ID]; dup {
		if column := mergeRow(&c.entries[first.entry], &e); column >= 0 {
			c.problem(column, fmt.Sprintf("differs from line %d, which has the same id", first.line), "give it an id of its own, or make them equal")
		}
		return
	}
	c.seen[e.ID] = seenRow{entry: len(c.entries), line: c.line}
	c.entries = append(c.entries, e)
}
