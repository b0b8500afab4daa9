package rule

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Problem is one thing wrong with a rule file or its test, and where.
type Problem struct {
	File   string
	Line   int // 1-based; 0 when the problem is the file itself
	Column int // 1-based, in characters
	Msg    string
	Caret  string // the source line and a caret under the column, or ""
}

// String is "file:line:column: what, and what to do", followed by the source line with a caret where there is one.
func (p Problem) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column)
	}
	s += ": " + p.Msg
	if p.Caret != "" {
		s += "\n" + p.Caret
	}
	return s
}

// Problems is everything wrong with a set of files. As an error it prints one problem after another.
type Problems []Problem

// Error implements error.
func (p Problems) Error() string {
	var b strings.Builder
	for i := range p {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p[i].String())
	}
	return b.String()
}

// Err returns p as an error, nil when there is no problem.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p Problems) sorted() Problems {
	sort.SliceStable(p, func(i, j int) bool {
		a, b := p[i], p[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	return p
}

// Source is the text of a file, from which problems are made.
type Source struct {
	File string
	Text string
}

// Problem makes a problem at a position of s.
func (s *Source) Problem(at Mark, msg string) Problem {
	return Problem{File: s.File, Line: at.Line, Column: at.Column, Msg: msg, Caret: s.caret(at)}
}

// Mark is a position in a file: 1-based line, and column in characters.
type Mark struct{ Line, Column int }

const caretIndent = "    "

// caret shows the line of at with a caret below the column; tabs are kept so that both lines agree.
func (s *Source) caret(at Mark) string {
	line, ok := s.line(at.Line)
	if !ok || at.Column < 1 {
		return ""
	}
	const widest = 160
	if utf8.RuneCountInString(line) > widest {
		return ""
	}
	var under strings.Builder
	col := 1
	for _, r := range line {
		if col == at.Column {
			break
		}
		if r == '\t' {
			under.WriteByte('\t')
		} else {
			under.WriteByte(' ')
		}
		col++
	}
	return caretIndent + line + "\n" + caretIndent + under.String() + "^"
}

func (s *Source) line(n int) (string, bool) {
	rest := s.Text
	for ; n > 1; n-- {
		_, after, found := strings.Cut(rest, "\n")
		if !found {
			return "", false
		}
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimRight(line, "\r"), n == 1
}

// locate returns where rune number from of the scalar v stands in the file. YAML folds lines and unescapes quotes, so
// value and source are walked together and fall in step again at every character that both have.
func (s *Source) locate(v Scalar, from int) Mark {
	text := []rune(s.Text)
	i, at := 0, Mark{1, 1}
	next := func() {
		if text[i] == '\n' {
			at = Mark{at.Line + 1, 1}
		} else {
			at.Column++
		}
		i++
	}
	for i < len(text) && (at.Line < v.Mark.Line || at.Line == v.Mark.Line && at.Column < v.Mark.Column) {
		next()
	}
	if v.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 { // the text begins below its | or >
		for line := at.Line; i < len(text) && at.Line == line; {
			next()
		}
	}
	for n, r := range []rune(v.Value) {
		if unicode.IsSpace(r) {
			if n == from {
				return at
			}
			if i < len(text) && text[i] == r {
				next()
			}
			continue
		}
		for i < len(text) && text[i] != r && skippable(text[i]) {
			next()
		}
		if n == from || i >= len(text) || text[i] != r { // found, or out of step: this is as near as we get
			return at
		}
		next()
	}
	return at
}

// skippable reports whether r may stand in the source of a scalar without being in its value.
func skippable(r rune) bool {
	return unicode.IsSpace(r) || r == '\\' || r == '\'' || r == '"'
}
