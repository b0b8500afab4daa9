package xml

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// tableOf is the single-byte character set of a declared encoding; known is false when it is none that is read.
// UTF-8 and ASCII need none. Labels mean what they mean on the web (WHATWG Encoding, 4.2): "latin1" is Windows-1252.
func tableOf(label string) (table *charmap.Charmap, known bool) {
	switch strings.ToLower(label) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return nil, true
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, false
	}
	table, known = e.(*charmap.Charmap)
	return table, known
}

// declared is the encoding that the XML declaration names, "" for none: after a byte order mark it is UTF-8, whatever is
// declared.
func declared(body []byte) string {
	b := body[:min(len(body), 256)]
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

// recoder gives a document as UTF-8. Without a table it is UTF-8 already, but for bytes that are none, which are read
// as Windows-1252: one such letter must not cost everybody after it.
type recoder struct {
	body  []byte
	table *charmap.Charmap
	at    int
}

// letter is the character at offset i of the body, and how many bytes it has there.
func (r *recoder) letter(i int) (c rune, size int) {
	b := r.body[i]
	switch {
	case b < utf8.RuneSelf:
		return rune(b), 1
	case r.table != nil:
		return r.table.DecodeByte(b), 1
	}
	if c, size = utf8.DecodeRune(r.body[i:]); size == 1 {
		c = charmap.Windows1252.DecodeByte(b)
	}
	return c, size
}

// Read implements io.Reader.
func (r *recoder) Read(p []byte) (int, error) {
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
func (r *recoder) firstOdd() (at int, ok bool) {
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
