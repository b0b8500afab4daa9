package rule

import (
	"unicode"

	"go.yaml.in/yaml/v3"
)

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
	switch {
	case v.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0: // the text begins below its | or >
		for line := at.Line; i < len(text) && at.Line == line; {
			next()
		}
	case v.style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && i < len(text):
		next()
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
