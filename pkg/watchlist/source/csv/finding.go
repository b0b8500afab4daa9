package csv

import (
	"fmt"
)

const (
	codeTooMany    = "too_many"
	codeUnfindable = "unfindable"
)

// maxFindings is how many rows refused of one file are listed, and how many warnings.
const maxFindings = 1000

// Finding is what is wrong with one row: why it was not used, or, for a warning, what to look at though it was. It
// never holds the row's content.
type Finding struct {
	Line    int    `json:"line"`              // 1-based
	Column  string `json:"column,omitempty"`  // name of the column, "" for the whole row
	Code    string `json:"code"`              // one of the words in README.md
	Warning bool   `json:"warning,omitempty"` // the row was used
	What    string `json:"what"`
	Todo    string `json:"todo"`            // what to do about it
	Count   int    `json:"count,omitempty"` // too_many: how many rows beyond those listed, from Line on
}

// String returns "line 7, birth_date: not a date; write YYYY-MM-DD, YYYY-MM or YYYY"; warnings say so.
func (p Finding) String() string {
	where := fmt.Sprintf("line %d", p.Line)
	if p.Column != "" {
		where += ", " + p.Column
	}
	if p.Warning {
		where += " (warning)"
	}
	return where + ": " + p.What + "; " + p.Todo
}

// Refused is how many rows were not used, those that are not listed one by one included.
func Refused(findings []Finding) int {
	n, last := 0, 0
	for i := range findings {
		switch p := &findings[i]; {
		case p.Warning:
		case p.Code == codeTooMany:
			n += p.Count
		case p.Line != last: // findings are in the order of lines
			n, last = n+1, p.Line
		}
	}
	return n
}

// refuse notes that the row at hand is not used.
func (c *reader) refuse(column int, code, what, todo string) {
	c.note(c.line, column, false, code, what, todo)
}

// warn notes something about the row at hand, which is used.
func (c *reader) warn(column int, code, what, todo string) {
	c.note(c.line, column, true, code, what, todo)
}

func (c *reader) note(line, column int, warning bool, code, what, todo string) {
	p := Finding{Line: line, Code: code, Warning: warning, What: what, Todo: todo}
	if column >= 0 {
		p.Column = columns[column]
	}
	kind := 0
	if warning {
		kind = 1
	}
	c.listed[kind]++
	switch another := line != c.noted[kind]; {
	case c.listed[kind] <= maxFindings:
		c.findings = append(c.findings, p)
	case another:
		c.more[kind].Count++
		if c.more[kind].Count == 1 {
			c.more[kind].Line = line
		}
	}
	c.noted[kind] = line
}

// unlisted tells of the rows that were not listed one by one.
func (c *reader) unlisted() {
	for kind, p := range c.more {
		if p.Count == 0 {
			continue
		}
		p.Code, p.Warning = codeTooMany, kind == 1
		p.What, p.Todo = fmt.Sprintf("%d more rows", p.Count), "correct those listed; these are not"
		c.findings = append(c.findings, p)
	}
}

// refused is how many findings refuse a row, listed or not.
func (c *reader) refused() int { return c.listed[0] }
