package xml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"fairway/pkg/travel"
)

// The bounds of an XML document.
const (
	maxBytes   = 64 << 20
	maxDepth   = 64
	maxNodes   = 20_000   // elements of one booking
	maxElement = 64 << 10 // bytes of one element's text
	maxUnknown = 20       // names that are said to be unknown
)

// node is one element of a booking, with those of its parts that are known.
type node struct {
	key    string
	tag    string
	text   string
	attrs  []attr
	kids   []node
	offset int
}

type attr struct{ key, value string }

// place is where the element stands in the body.
func (n *node) place() travel.Place { return travel.Place{Tag: n.tag, Offset: n.offset} }

// get returns the value of an attribute, or the text of a child of that name, for the first key that has one.
func (n *node) get(keys ...string) string {
	for _, key := range keys {
		for i := range n.attrs {
			if n.attrs[i].key == key {
				return oneLine(n.attrs[i].value)
			}
		}
		if kid := n.kid(key); kid != nil && kid.text != "" {
			return oneLine(kid.text)
		}
	}
	return ""
}

// kid returns the first child of a name, or nil.
func (n *node) kid(key string) *node {
	for i := range n.kids {
		if n.kids[i].key == key {
			return &n.kids[i]
		}
	}
	return nil
}

// each calls do for every child; for what only holds others, for those.
func (n *node) each(do func(*node)) {
	for i := range n.kids {
		if n.kids[i].key == keyOpen {
			n.kids[i].each(do)
			continue
		}
		do(&n.kids[i])
	}
}

// oneLine is text as one line: what wraps or aligns it is one space.
func oneLine(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "\n\r\t") || strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// reader reads a document token by token and knows where each stands in the body.
type reader struct {
	body    []byte
	dec     *xml.Decoder
	depth   int
	at      int             // where the token in hand begins
	fault   *travel.Finding // why reading stopped before the end
	charset string          // the character set of the document, if it is one that is not read
	recoder *recoder        // nil when the decoder sees the body as it is
	wide    int64           // with a recoder: this offset in what the decoder sees …
	narrow  int             // … is this one in the body
	unknown []string
	notes   []travel.Finding
	nodes   int
}

func newReader(body []byte) *reader {
	r := &reader{body: body}
	declared := declared(body)
	table, known := tableOf(declared)
	if !known {
		r.charset = declared
	}
	if table != nil || !utf8.Valid(body) {
		r.recoder = &recoder{body: body, table: table}
		r.dec = xml.NewDecoder(r.recoder)
	} else {
		r.dec = xml.NewDecoder(bytes.NewReader(body))
	}
	if r.recoder != nil {
		if at, odd := r.recoder.firstOdd(); odd && known {
			r.notes = append(r.notes, travel.Finding{Code: "undeclared_characters", Severity: travel.Warning, Offset: at,
				Text: "the text from here on has bytes that are no UTF-8; they were read as Windows-1252, declare the encoding or send UTF-8"})
		}
	}
	r.dec.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) {
		if r.charset != "" {
			return nil, errors.New("character set")
		}
		return input, nil // it is UTF-8 by now
	}
	return r
}

// token returns the next token; nil at the end, and where the document cannot be read further (fault says why).
func (r *reader) token() xml.Token {
	if r.fault != nil {
		return nil
	}
	r.at = r.place(r.dec.InputOffset())
	tok, err := r.dec.Token()
	switch {
	case err == io.EOF && r.depth == 0:
		return nil
	case err != nil && r.charset != "":
		r.stop("xml_charset", "the document is in "+printable(r.charset)+", which is not read here; send UTF-8, or one of ISO 8859-1, 8859-9, 8859-15")
		return nil
	case err != nil:
		r.at = r.place(r.dec.InputOffset())
		text := "the document is not well-formed XML from here on; what came before was read"
		if r.at >= len(r.body) {
			text = "the document ends inside an element; what came before was read"
		}
		r.stop("xml_broken", text)
		return nil
	}
	switch tok.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			r.stop("xml_depth", "elements stand deeper in each other than PNRGOV has them; send the message alone")
			return nil
		}
	case xml.EndElement:
		r.depth--
	case xml.Directive: // what entities would be declared in
		r.stop("xml_doctype", "a document type declaration is not taken; send the message without DOCTYPE")
		return nil
	}
	return tok
}

func (r *reader) stop(code, text string) {
	r.fault = &travel.Finding{Code: code, Severity: travel.Fault, Offset: r.at, Text: text}
}

// place is where in the body the decoder's offset is: a letter may have another number of bytes there.
func (r *reader) place(offset int64) int {
	if r.recoder == nil {
		return min(int(offset), len(r.body))
	}
	for r.wide < offset && r.narrow < len(r.body) {
		c, size := r.recoder.letter(r.narrow)
		r.wide += int64(utf8.RuneLen(c))
		r.narrow += size
	}
	return r.narrow
}

// printable is a name as the document has it, without what no name of a character set holds.
func printable(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			return c
		}
		return '?'
	}, name[:min(len(name), 30)])
}

// tree reads the element that start begins, to its end. Unknown elements and attributes are left out. It reports false
// when the document breaks off inside, or when it has too many elements for one booking.
func (r *reader) tree(start *xml.StartElement) (node, bool) {
	n := node{key: fold(start.Name.Local), tag: start.Name.Local, offset: r.at, attrs: attributes(start)}
	r.nodes++
	var text []byte
	for {
		switch tok := r.token().(type) {
		case nil:
			return n, false
		case xml.EndElement:
			n.text = string(bytes.TrimSpace(text))
			return n, r.nodes <= maxNodes
		case xml.CharData:
			if len(text)+len(tok) <= maxElement {
				text = append(text, tok...)
			}
		case xml.StartElement:
			key := fold(tok.Name.Local)
			if key == "" {
				r.strange(tok.Name.Local)
			}
			if key == "" || key == keyPass || r.nodes > maxNodes {
				r.skip()
			} else if kid, ok := r.tree(&tok); ok {
				n.kids = append(n.kids, kid)
			}
			if r.fault != nil {
				return n, false
			}
		}
	}
}

// attributes are those that are known and say something.
func attributes(start *xml.StartElement) []attr {
	var list []attr
	for i := range start.Attr {
		a := &start.Attr[i]
		if a.Value == "" || a.Name.Space == "xmlns" || strings.HasPrefix(a.Name.Space, "http://www.w3.org/") {
			continue
		}
		if key := fold(a.Name.Local); key != "" && key != keyPass {
			list = append(list, attr{key, a.Value})
		}
	}
	return list
}

// skip passes over the element that has just begun.
func (r *reader) skip() {
	for end := r.depth - 1; r.depth > end; {
		if r.token() == nil {
			return
		}
	}
}

// strange notes a name that is not known, once.
func (r *reader) strange(name string) {
	if len(r.unknown) >= maxUnknown || len(name) > 64 {
		return
	}
	for _, have := range r.unknown {
		if have == name {
			return
		}
	}
	r.unknown = append(r.unknown, name)
	r.notes = append(r.notes, travel.Finding{Code: "unknown_element", Severity: travel.Note, Tag: name, Offset: r.at,
		Text: "an element that is not known here was passed over; see that its name is as in the schema"})
}
