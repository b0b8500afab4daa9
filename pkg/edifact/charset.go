package edifact

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"fairway/pkg/travel"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
)

// A charset reads the bytes of elements as the syntax identifier of UNB declares them (ISO 9735-1, annex A). ASCII is
// the same in all of them, and no delimiter can be part of another character in any of them.
type charset struct {
	table  *charmap.Charmap // single-byte set; nil when there is none
	korean bool             // KS X 1001 in EUC form
	utf8   bool
	latin  bool // a set whose C1 controls senders fill with letters of Windows or DOS
}

// charsetOf is the character set of a syntax identifier. What declares none, or none that is known (IATA, SIRE), is
// read by evidence, as UNOA and UNOB are, which allow ASCII only.
func charsetOf(id string) charset {
	switch id {
	case "UNOC":
		return charset{table: charmap.ISO8859_1, latin: true}
	case "UNOD":
		return charset{table: charmap.ISO8859_2}
	case "UNOE":
		return charset{table: charmap.ISO8859_5}
	case "UNOF":
		return charset{table: charmap.ISO8859_7}
	case "UNOG":
		return charset{table: charmap.ISO8859_3}
	case "UNOH":
		return charset{table: charmap.ISO8859_4}
	case "UNOI":
		return charset{table: charmap.ISO8859_6}
	case "UNOJ":
		return charset{table: charmap.ISO8859_8}
	case "UNOK":
		return charset{table: charmap.ISO8859_9, latin: true}
	case "UNOW", "UNOY":
		return charset{utf8: true}
	case "KECA":
		return charset{korean: true}
	}
	return charset{}
}

// reading is what a component's bytes came to.
type reading int

const (
	asDeclared  reading = iota
	asUTF8              // though something else is declared
	asGuessed           // by evidence, since nothing is declared
	notDeclared         // the declared set has no such bytes
)

// Each is said once for an interchange, but for notDeclared: that is said of each component.
var readings = [...]travel.Finding{
	asUTF8: {Code: "utf8_undeclared", Severity: travel.Note, Text: "the text from here on is UTF-8, which the syntax identifier of UNB does not declare; send UNOY"},
	asGuessed: {Code: "undeclared_characters", Severity: travel.Warning, Text: "the text from here on has bytes beyond ASCII that the syntax identifier of UNB does not declare; " +
		"they were read by their likelihood, send UNOC for ISO 8859-1 or UNOY for UTF-8"},
	notDeclared: {Code: "bad_characters", Severity: travel.Fault, Text: "the text has bytes that are no characters of the set that UNB declares; send it in that set, or UNOY for UTF-8"},
}

// read appends the text of b, which holds bytes beyond ASCII, to dst as UTF-8.
//
// Each component is judged alone, so that one odd remark does not turn the names of a manifest around. What its set
// declares counts if every byte is a letter of that set and the interchange shows no UTF-8. Else bytes that are valid
// UTF-8 are UTF-8: by chance they are only where a letter of the declared set is followed by a sign that no name holds.
// Else the declared set counts, with U+FFFD for what it does not define; where none is declared, the table that is
// likelier in the whole interchange.
func (c charset) read(dst, b []byte, e evidence) ([]byte, reading) {
	var hangul []byte
	if c.korean {
		ok := false
		if hangul, ok = fromKorean(b); ok {
			return append(dst, hangul...), asDeclared
		}
	}
	if utf8.Valid(b) && (c.utf8 || e.utf8 || !allLetters(b, c.likelyTable(e))) {
		how := asUTF8
		if c.utf8 {
			how = asDeclared
		}
		return append(dst, b...), how
	}
	table, how := c.table, asDeclared
	switch {
	case c.korean:
		return append(dst, hangul...), notDeclared
	case table == nil:
		table, how = e.table, asGuessed
	case c.latin && hasC1(b):
		table, how = e.table, notDeclared
	}
	if table == charmap.Windows1252 && lacks1252(b) {
		table = charmap.CodePage850
	}
	for _, x := range b {
		r := rune(x)
		if x >= utf8.RuneSelf {
			if r = table.DecodeByte(x); r == utf8.RuneError || unicode.IsControl(r) {
				r, how = utf8.RuneError, notDeclared
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, how
}

// likelyTable is the table that valid UTF-8 is held against: what is declared; where nothing is, the likelier one if
// the interchange has other bytes that are no UTF-8, as ÍÑ in 850 is by chance the UTF-8 of a Hebrew point.
func (c charset) likelyTable(e evidence) *charmap.Charmap {
	if c.table == nil && e.mixed {
		return e.table
	}
	return c.table
}

// lacks1252 reports whether b has bytes that are no character in Windows-1252.
func lacks1252(b []byte) bool {
	for _, x := range b {
		switch x {
		case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
			return true
		}
	}
	return false
}

// hasC1 reports whether b has bytes that are control characters in every set of ISO 8859.
func hasC1[T string | []byte](b T) bool {
	for i := range len(b) {
		if x := b[i]; x >= 0x80 && x < 0xA0 {
			return true
		}
	}
	return false
}

// allLetters reports whether every byte beyond ASCII is a letter in a table. The ordinal signs and the micro sign of the
// Latin sets count as none: nobody's name has them.
func allLetters(b []byte, table *charmap.Charmap) bool {
	if table == nil {
		return false
	}
	for _, x := range b {
		if x < utf8.RuneSelf {
			continue
		}
		if r := table.DecodeByte(x); !unicode.In(r, unicode.Letter, unicode.Mark) || r == 'ª' || r == 'µ' || r == 'º' {
			return false
		}
	}
	return true
}

// fromKorean reads EUC-KR, with U+FFFD for what is no character; then ok is false.
func fromKorean(b []byte) (text []byte, ok bool) {
	text, err := korean.EUCKR.NewDecoder().Bytes(b)
	return text, err == nil && !bytes.ContainsRune(text, utf8.RuneError)
}
