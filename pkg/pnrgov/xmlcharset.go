package pnrgov

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// windows1252 is what the bytes 0x80 to 0x9F are there; U+FFFD where they are nothing.
const windows1252 = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"

// xmlTable is a single-byte character set: what the bytes from 0x80 on are.
type xmlTable [128]rune

// newXMLTable is ISO 8859-1, with the letters of Windows in place of its control characters, and what differs from it:
// each byte's place from 0x80 on, and its letter.
func newXMLTable(differs map[byte]rune) *xmlTable {
	var t xmlTable
	i := 0
	for _, r := range windows1252 {
		t[i] = r
		i++
	}
	for ; i < len(t); i++ {
		t[i] = rune(0x80 + i)
	}
	for b, r := range differs {
		t[b-0x80] = r
	}
	return &t
}

// xmlTableOf is the table of a declared encoding; known is false when it is none that is read. UTF-8 and ASCII need none.
func xmlTableOf(name string) (table *xmlTable, known bool) {
	switch strings.ToLower(name) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return nil, true
	case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252":
		return newXMLTable(nil), true
	case "iso-8859-15", "iso8859-15", "latin9", "latin-9":
		return newXMLTable(map[byte]rune{0xA4: '€', 0xA6: 'Š', 0xA8: 'š', 0xB4: 'Ž', 0xB8: 'ž', 0xBC: 'Œ', 0xBD: 'œ', 0xBE: 'Ÿ'}), true
	case "iso-8859-9", "iso8859-9", "latin5", "latin-5", "windows-1254", "cp1254":
		return newXMLTable(map[byte]rune{0xD0: 'Ğ', 0xDD: 'İ', 0xDE: 'Ş', 0xF0: 'ğ', 0xFD: 'ı', 0xFE: 'ş', 0x8E: utf8.RuneError, 0x9E: utf8.RuneError}), true
	}
	return nil, false
}

// declaredXML is the encoding that the XML declaration names, "" for none.
func declaredXML(body []byte) string {
	b := bytes.TrimPrefix(body[:min(len(body), 256)], []byte("\ufeff"))
	if !bytes.HasPrefix(b, []byte("<?xml")) {
		return ""
	}
	if end := bytes.Index(b, []byte("?>")); end >= 0 {
		b = b[:end]
	}
	_, b, _ = bytes.Cut(b, []byte("encoding"))
	b = bytes.TrimLeft(b, " \t\r\n=")
	if len(b) < 2 || b[0] != '"' && b[0] != '\'' {
		return ""
	}
	name, _, _ := bytes.Cut(b[1:], b[:1])
	return string(name)
}

// xmlRecoder gives a document as UTF-8. Without a table it is UTF-8 already, but for bytes that are none, which are read
// as Windows-1252: one such letter must not cost everybody after it.
type xmlRecoder struct {
	body  []byte
	table *xmlTable
	at    int
}

// xmlFallback is for what is no UTF-8 where nothing else is declared.
var xmlFallback = newXMLTable(nil)

// letter is the character at offset i of the body, and how many bytes it has there.
func (r *xmlRecoder) letter(i int) (c rune, size int) {
	b := r.body[i]
	switch {
	case b < utf8.RuneSelf:
		return rune(b), 1
	case r.table != nil:
		return r.table[b-0x80], 1
	}
	if c, size = utf8.DecodeRune(r.body[i:]); size == 1 {
		c = xmlFallback[b-0x80]
	}
	return c, size
}

// Read implements io.Reader.
func (r *xmlRecoder) Read(p []byte) (int, error) {
	if len(p) < utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	if r.at >= len(r.body) {
		return 0, io.EOF
	}
	n := 0
	for r.at < len(r.body) && n+utf8.UTFMax <= len(p) {
		c, size := r.letter(r.at)
		n += utf8.EncodeRune(p[n:], c)
		r.at += size
	}
	return n, nil
}

// firstOdd is where in the body the first byte stands that is not as declared; ok is false when all are.
func (r *xmlRecoder) firstOdd() (at int, ok bool) {
	if r.table != nil {
		return 0, false
	}
	for at < len(r.body) {
		c, size := utf8.DecodeRune(r.body[at:])
		if c == utf8.RuneError && size == 1 {
			return at, true
		}
		at += size
	}
	return 0, false
}
