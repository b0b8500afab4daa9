package watchlist

import (
	"fmt"
)

// maxProblems is how many problems of one file are listed, and how many warnings.
const maxProblems = 1000

// RowProblem is a finding on one row: why it was not used, or, for a warning, what to look at though it was. It never
// holds the row's content.
type RowProblem struct {
	Line    int    // 1-based
	Column  string // name of the column, "" for the whole row
	Code    string // one of the words in README.md
	Warning bool   // the row was used
	What    string
	Todo    string // what to do about it
}

// String returns "line 7, birth_date: not a date; write YYYY-MM-DD, YYYY-MM or YYYY"; warnings say so.
func (p RowProblem) String() string {
	where := fmt.Sprintf("line %d", p.Line)
	if p.Column != "" {
		where += ", " + p.Column
	}
	if p.Warning {
		where += " (warning)"
	}
	return where + ": " + p.What + "; " + p.Todo
}

// Refused is how many of problems are of rows that were not used.
func Refused(problems []RowProblem) int {
	n := 0
	for i := range problems {
		if !problems[i].Warning {
			n++
		}
	}
	return n
}

// problem notes that the row at hand is not used.
func (c *csvReader) problem(column int, code, what, todo string) {
	c.note(c.line, column, false, code, what, todo)
}

// warn notes something about the row at hand, which is used.
func (c *csvReader) warn(column int, code, what, todo string) {
	c.note(c.line, column, true, code, what, todo)
}

func (c *csvReader) note(line, column int, warning bool, code, what, todo string) {
	p := RowProblem{Line: line, Code: code, Warning: warning, What: what, Todo: todo}
	if column >= 0 {
		p.Column = columns[column]
	}
	kind := 0
	if warning {
		kind = 1
	}
	c.listed[kind]++
	switch {
	case c.listed[kind] <= maxProblems:
		c.problems = append(c.problems, p)
	case c.listed[kind] == maxProblems+1:
		p.Code, p.What, p.Todo, p.Column = "too_many", "too many of them", "correct those above; later ones are not listed", ""
		c.problems = append(c.problems, p)
	}
}

// refused is how many problems there were, listed or not.
func (c *csvReader) refused() int { return c.listed[0] }
