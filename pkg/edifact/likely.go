package edifact

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// evidence is what the bytes of an interchange show of their set.
type evidence struct {
	table *charmap.Charmap // for what is not UTF-8 and no set is declared
	utf8  bool             // characters of UTF-8 with bytes that are letters in no set of ISO 8859
	mixed bool             // bytes that are no UTF-8 as well, and more of them
}

// likelier tells in which set a text is that declares none: Windows-1252, which is ISO 8859-1 with letters in place of
// its C1 controls, or the DOS set 850 of old departure-control hosts. Every byte of the text that is not part of UTF-8
// has a vote:
//
//   - 0x80 to 0x9F are letters in 850. Seven of them are letters in 1252 as well; the case of the letters beside them
//     tells which, and so does the single letter before an apostrophe.
//   - 0xA0 to 0xA5 and 0xB5 to 0xB7 are letters in 850, and signs in 1252.
//   - 0xC0 to 0xFF are letters in 1252; in 850 half of them are drawings of boxes, and the case of the letters beside
//     them tells of the others.
//
// A draw goes to 1252, and to 850 where there was nothing to vote on.
func likelier(text string) (e evidence) {
	dos, windows, unicode, other := 0, 0, 0, 0
	for i := 0; i < len(text); i++ {
		x := text[i]
		if x < utf8.RuneSelf {
			continue
		}
		if n := unwrapped(text[i:]); n > 1 {
			if hasC1(text[i : i+n]) {
				unicode++
			}
			i += n - 1
			continue
		}
		other++
		switch {
		case x < 0xA0:
			switch vote(text, i) {
			case charmap.Windows1252:
				windows++
			case charmap.CodePage850:
				dos++
			}
		case x <= 0xA5, x >= 0xB5 && x <= 0xB7, x == 0xD7:
			dos++
		case x >= 0xC0 && x != 0xF7:
			if vote(text, i) == charmap.CodePage850 {
				dos++
			} else {
				windows++
			}
		}
	}
	e.table, e.utf8, e.mixed = charmap.CodePage850, unicode > 4*other, other > 0
	if windows >= dos && windows > 0 {
		e.table = charmap.Windows1252
	}
	return e
}

// unwrapped is the length of the character of UTF-8 that text starts with, line wraps in the middle of it included; 0 or
// 1 when it is none.
func unwrapped(text string) int {
	if _, n := utf8.DecodeRuneInString(text); n > 1 {
		return n
	}
	var b [utf8.UTFMax]byte
	k := 0
	for i := 0; i < len(text) && i < len(b)+maxWrap; i++ {
		if isWrap(text[i]) {
			continue
		}
		if b[k] = text[i]; k > 0 && text[i]&0xC0 != 0x80 {
			return 0
		}
		if k++; utf8.FullRune(b[:k]) {
			if r, n := utf8.DecodeRune(b[:k]); r == utf8.RuneError || n < 2 {
				return 0
			}
			return i + 1
		}
		if k == len(b) {
			return 0
		}
	}
	return 0
}

// vote is the set in which the byte at i, between 0x80 and 0x9F, fits what stands beside it; nil when it tells nothing.
func vote(text string, i int) *charmap.Charmap {
	x := text[i]
	if x == 0x92 { // the apostrophe of 1252, Æ in 850
		if i > 0 && isLetter(text[i-1]) && (i == 1 || !isLetter(text[i-2])) && i+1 < len(text) && isLetter(text[i+1]) {
			return charmap.Windows1252 // O’BRIEN
		}
		return charmap.CodePage850
	}
	w, d := fits(text, i, charmap.Windows1252.DecodeByte(x)), fits(text, i, charmap.CodePage850.DecodeByte(x))
	switch {
	case w && !d:
		return charmap.Windows1252
	case d && !w:
		return charmap.CodePage850
	}
	return nil
}

// fits reports whether r is a letter of the same case as a letter beside it. A capital may stand before small letters.
func fits(text string, i int, r rune) bool {
	if !unicode.IsLetter(r) {
		return false
	}
	if i > 0 && isLetter(text[i-1]) {
		return unicode.IsUpper(r) == isUpper(text[i-1]) || unicode.IsLower(r) && i+1 < len(text) && isLetter(text[i+1]) && !isUpper(text[i+1])
	}
	if i+1 < len(text) && isLetter(text[i+1]) {
		return unicode.IsUpper(r) || !isUpper(text[i+1])
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
