package watchlist

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// Bounds of a CSV file.
const (
	MaxRowBytes = 16 << 10
	MaxRows     = 10_000_000
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

// CSVOptions is what [ReadCSVWith] is told besides the file.
type CSVOptions struct {
	// On is the day the list is read: births after it are refused, and entries that were over before it are a
	// warning. Where it is empty, neither is looked at.
	On travel.Date
}

// ReadCSV is [ReadCSVWith] without options.
func ReadCSV(r io.Reader) (entries []travel.ListEntry, problems []RowProblem, err error) {
	return ReadCSVWith(r, CSVOptions{})
}

// ReadCSVWith reads list entries. The first row names the columns, in any order; id, list and action must be there,
// and an unknown column is an error. Fields are parted by commas, or by semicolons or tabs where the first row is. Rows are
// lines: a quoted field may hold separators and doubled quotes, but no line break. A byte order mark, CR LF and a
// first line "sep=;" are accepted; other names are parted by ";". Text is UTF-8; a row that is not is read as
// Windows-1252 with a warning, and refused where it cannot be that.
//
// A row that cannot be used is a problem, and the others are used. Several rows of one list and id make one entry with all
// their documents and other names when everything else is equal or empty; a row that differs is a problem and the
// first stands. An entry that no search can find is a problem of its first row. Entries come in the order of their
// first rows, problems in that of lines. The error is for what stops the reading.
func ReadCSVWith(r io.Reader, o CSVOptions) (entries []travel.ListEntry, problems []RowProblem, err error) {
	c := csvReader{in: bufio.NewReaderSize(r, MaxRowBytes), seen: make(map[entryName]seenRow), on: o.On}
	if err := c.header(); err != nil {
		return nil, nil, fmt.Errorf("reading the watchlist header: %w", err)
	}
	for c.line < MaxRows {
		row, err := c.next()
		if errors.Is(err, io.EOF) {
			c.finish()
			return c.entries, c.problems, nil
		}
		if err != nil {
			c.finish()
			return c.entries, c.problems, fmt.Errorf("reading the watchlist at line %d: %w", c.line, err)
		}
		if row != nil {
			c.row(row)
		}
	}
	c.finish()
	return c.entries, c.problems, fmt.Errorf("reading the watchlist: more than %d lines; split the file", MaxRows)
}

type csvReader struct {
	in       *bufio.Reader
	on       travel.Date
	sep      byte
	line     int
	listed   [2]int // problems and warnings so far
	noted    [2]int // line of the last of each
	more     [2]RowProblem
	fields   []string
	place    [colCount]int // column → field, -1 when absent
	width    int
	entries  []travel.ListEntry
	first    []int // line of each entry's first row
	problems []RowProblem
	seen     map[entryName]seenRow
}

type seenRow struct{ entry, line int }

// next returns the next line without its end, nil for one that is blank or too long.
func (c *csvReader) next() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	c.line++
	if errors.Is(err, bufio.ErrBufferFull) {
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = c.in.ReadSlice('\n')
		}
		c.problem(-1, "row_too_long", "the row is too long", fmt.Sprintf("keep rows under %d bytes", MaxRowBytes))
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
	sep := c.sep
	for i, c := range line { // a stray carriage return or tab in a field is a space
		if c < ' ' && (c != '\t' || sep != '\t' && sep != 0) {
			line[i] = ' '
		}
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, nil
	}
	return line, nil
}

func (c *csvReader) header() error {
	line, err := c.firstLine()
	if err != nil {
		return err
	}
	if !c.split(line) {
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

// split cuts a line at its separators into c.fields; false when a quote is not closed or not alone.
func (c *csvReader) split(line []byte) bool {
	c.fields = c.fields[:0]
	for {
		if len(line) == 0 || line[0] != '"' {
			i := bytes.IndexByte(line, c.sep)
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
		if line[0] != c.sep {
			return false
		}
		line = line[1:]
	}
}

// row turns one line into an entry, or a problem.
func (c *csvReader) row(line []byte) {
	line, ok := c.text(line)
	switch {
	case !ok:
		return
	case !c.split(line):
		c.problem(-1, "bad_quotes", "a quote is not closed, or has text after it", "double the quotes inside a field and keep it on one line")
		return
	case len(c.fields) != c.width:
		c.problem(-1, "field_count", fmt.Sprintf("%d fields where the header has %d", len(c.fields), c.width), fmt.Sprintf("quote fields that hold %q", c.sep))
		return
	}
	e, ok := c.entry()
	if !ok {
		return
	}
	if first, dup := c.seen[nameOfEntry(&e)]; dup {
		if column := mergeRow(&c.entries[first.entry], &e); column >= 0 {
			c.problem(column, "conflicting_row", fmt.Sprintf("differs from line %d, which has the same list and id", first.line), "give it an id of its own, or make them equal")
		}
		return
	}
	c.seen[nameOfEntry(&e)] = seenRow{entry: len(c.entries), line: c.line}
	c.entries, c.first = append(c.entries, e), append(c.first, c.line)
}
