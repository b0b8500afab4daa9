package name

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxLen is the longest normalised name, in bytes; what is beyond it is cut. The widest wire field is 70 (NAD 3036).
const MaxLen = 200

// Form chooses between two habits of writing a foreign letter in A–Z.
type Form uint8

// The forms of transliteration.
const (
	ICAO  Form = iota // Doc 9303-3 section 6: Ü is UE, Ю is IU
	Plain             // the base letter or the popular spelling: Ü is U, Ю is YU
)

// Normalise appends s to dst as A–Z and single spaces, without a leading or trailing space, at most [MaxLen] bytes.
// Apostrophes vanish, other punctuation parts words, and a digit beside a letter becomes the letter it looks like. It does not allocate when s is ASCII and dst has room. Its output normalises to itself.
func Normalise(dst []byte, s string, form Form) []byte {
	w := writer{dst: dst, from: len(dst)}
	for i := 0; i < len(s); {
		c := s[i]
		if n := marked(s[i:]); n > 0 {
			w.composed(s[i:i+n], form)
			i += n
			continue
		}
		if c >= utf8.RuneSelf {
			i += foreign(&w, s[i:], form)
			continue
		}
		w.ascii(c, i > 0 && letter(s[i-1]) || i+1 < len(s) && letter(s[i+1]))
		i++
		if w.full() {
			break
		}
	}
	return w.finish()
}

// writer appends letters and the spaces between words.
type writer struct {
	dst   []byte
	from  int
	space bool // a space is due before the next letter
}

func (w *writer) full() bool { return len(w.dst)-w.from >= MaxLen }

func (w *writer) letter(c byte) {
	if w.space && len(w.dst) > w.from {
		if !w.full() {
			w.dst = append(w.dst, ' ')
		}
	}
	w.space = false
	if !w.full() {
		w.dst = append(w.dst, c)
	}
}

func (w *writer) finish() []byte {
	if n := len(w.dst); n > w.from && w.dst[n-1] == ' ' {
		w.dst = w.dst[:n-1]
	}
	return w.dst
}

// lookalike holds the letter that each digit is mistaken for.
const lookalike = "OIZEASGTBG"

func (w *writer) ascii(c byte, besideLetter bool) {
	switch {
	case c >= 'A' && c <= 'Z':
		w.letter(c)
	case c >= 'a' && c <= 'z':
		w.letter(c - 'a' + 'A')
	case c >= '0' && c <= '9':
		if besideLetter {
			w.letter(lookalike[c-'0'])
		} else {
			w.space = true
		}
	case c == '\'' || c == '`':
	default:
		w.space = true
	}
}

// ASCII reports whether s is, so that all its forms are one.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func letter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

// marked returns the length of a letter with combining marks at the start of s, 0 where there is none.
func marked(s string) int {
	n := 1
	if s[0] >= utf8.RuneSelf {
		_, n = utf8.DecodeRuneInString(s)
	}
	from := n
	for n+1 < len(s) && (s[n] == 0xcc || s[n] == 0xcd && s[n+1] < 0xb0) && n < from+8 { // U+0300 to U+036F
		n += 2
	}
	if n == from {
		return 0
	}
	return n
}

// composed writes a letter with its marks as the one letter that it makes, so that both ways to write it are equal.
func (w *writer) composed(s string, form Form) {
	var buf [32]byte
	for b := norm.NFC.AppendString(buf[:0], s); len(b) > 0; {
		if b[0] < utf8.RuneSelf {
			w.ascii(b[0], true)
			b = b[1:]
			continue
		}
		_, n := utf8.DecodeRune(b)
		foreign(w, string(b[:n]), form)
		b = b[n:]
	}
}

// foreign writes the run of text at the start of s that is not ASCII, and returns how many bytes it used.
func foreign(w *writer, s string, form Form) int {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size <= 1 {
		w.space = true
		return 1
	}
	if n := w.greek(r, s[size:], form); n > 0 {
		return size + n
	}
	if w.translit(r, form) {
		return size
	}
	var buf [64]byte
	// Most precomposed letters become a base letter and marks; the marks are dropped by translit.
	for b := norm.NFKD.AppendString(buf[:0], s[:size]); len(b) > 0; {
		d, n := utf8.DecodeRune(b)
		b = b[n:]
		switch {
		case d < utf8.RuneSelf:
			w.ascii(byte(d), true)
		case d == r || !w.translit(d, form):
			w.space = true
		}
	}
	return size
}
