package rule

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Finding is one thing wrong with a rule file or its test, and where.
type Finding struct {
	File   string
	Line   int // 1-based; 0 when the finding is the file itself
	Column int // 1-based, in characters
	Msg    string
	Caret  string // the source line and a caret under the column, or ""
}

// String is "file:line:column: what, and what to do", followed by the source line with a caret where there is one.
func (p Finding) String() string {
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

// Findings is everything wrong with a set of files. As an error it prints one finding after another.
type Findings []Finding

// Error implements error.
func (p Findings) Error() string {
	var b strings.Builder
	for i := range p {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p[i].String())
	}
	return b.String()
}

// Err returns p as an error, nil when there is no finding.
func (p Findings) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p Findings) sorted() Findings {
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

// Source is the text of a file, from which findings are made.
type Source struct {
	File string
	Text string
}

// Finding makes a finding at a position of s.
func (s *Source) Finding(at Mark, msg string) Finding {
	return Finding{File: s.File, Line: at.Line, Column: at.Column, Msg: msg, Caret: s.caret(at)}
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

// didYouMean returns "; did you mean x?" when one of names is close to name, else the choice when it is short.
func didYouMean(name string, names []string) string {
	best, at := "", 3
	for _, n := range names {
		if d := distance(name, n); d < at && d < len(n) {
			best, at = n, d
		}
	}
	switch {
	case best != "":
		return "; did you mean " + best + "?"
	case len(names) > 0 && len(names) <= 24:
		return "; one of " + strings.Join(names, ", ")
	}
	return ""
}

// distance is the Levenshtein distance of two short names.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	var rows [2][65]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := range len(a) {
		prev, row := &rows[i%2], &rows[(i+1)%2]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(prev[j]+cost, prev[j+1]+1, row[j]+1)
		}
	}
	return rows[len(a)%2][len(b)]
}
