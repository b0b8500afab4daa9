package edifact

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	f.Add([]byte(message))
	f.Add([]byte("UNA:*.? #UNB*UNOA:4*A*B*1:1*1#UNH*1*X:Y#ABC*1?*2:3#UNT*3*1#UNZ*1*1#"))
	f.Add([]byte(strings.ToLower(message)))
	f.Add([]byte(strings.ReplaceAll("UNA:+.? '"+message, "'", "\r\n")))
	f.Add([]byte(strings.ReplaceAll(message, "'", "\u2019")))
	for _, id := range []string{"UNOC", "UNOE", "KECA", "UNOX", "UNOY"} {
		f.Add([]byte(strings.Replace(strings.Replace(message, "UNOA", id, 1), "two", "\xc3\x98\xb1\xe8\x8e\x1b-A", 1)))
	}
	f.Add([]byte("UNB+IATA:1+A+B+1:1+1'UNH+1+PNRGOV:15:1:IA'TXD++1*2*3'"))
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, err := Parse(body, DefaultLimits())
		if (err == nil) != (len(doc.Messages) > 0) {
			t.Fatalf("%d messages and error %v", len(doc.Messages), err)
		}
		inside := func(offset int) {
			if offset < 0 || offset > len(body) {
				t.Fatalf("byte %d lies outside %d", offset, len(body))
			}
		}
		for _, i := range doc.Findings {
			inside(i.Offset)
		}
		text := 0
		for i := range doc.Messages {
			for j := range doc.Messages[i].Segments {
				s := &doc.Messages[i].Segments[j]
				for e := 1; e <= s.Elements(); e++ {
					for r := range s.Repetitions(e) {
						text += len(s.At(e, r, 1))
						if !utf8.ValidString(s.At(e, r, 1)) {
							t.Fatalf("%q is not UTF-8", s.At(e, r, 1))
						}
					}
					inside(s.Pos(e, 1).Offset)
				}
			}
		}
		if text > 3*len(body) { // a byte of a single-byte set is up to three of UTF-8
			t.Fatalf("%d bytes of text in a body of %d", text, len(body))
		}
		sameAsReader(t, body, &doc, err)
		if kind := Sniff(body); err == nil && kind == "" && len(body) < peekAhead && doc.Messages[0].Type != "" {
			t.Fatalf("sniffed nothing of a %s", doc.Messages[0].Type)
		}
	})
}

// sameAsReader checks that reading one segment at a time gives what reading all at once gives.
func sameAsReader(t *testing.T, body []byte, doc *Document, err error) {
	r := NewReader(body, DefaultLimits())
	n := 0
	for ; r.Next(); n++ {
		if n >= len(doc.Messages) {
			t.Fatalf("the reader reads more than %d messages", n)
		}
		m := &doc.Messages[n]
		k := 0
		for ; r.NextSegment(); k++ {
			a, b := r.Segment(), &m.Segments[k]
			if a.Tag != b.Tag || a.Offset != b.Offset || a.Number != b.Number || a.Elements() != b.Elements() || a.Get(1, 1) != b.Get(1, 1) {
				t.Fatalf("message %d segment %d: %s at %d, and %s at %d", n, k, a.Tag, a.Offset, b.Tag, b.Offset)
			}
		}
		if got := r.Message(); k != len(m.Segments) || got.Type != m.Type || got.Complete != m.Complete {
			t.Fatalf("message %d: %d segments of %d", n, k, len(m.Segments))
		}
	}
	if n != len(doc.Messages) || (r.Err() == nil) != (err == nil) {
		t.Fatalf("%d messages of %d, error %v and %v", n, len(doc.Messages), r.Err(), err)
	}
}

// apostrophes are terminators between letters: O'BRIEN, or two segments.
var apostrophes = regexp.MustCompile(`[A-Za-z]'[A-Za-z]`)

// FuzzLex compares the reader with the reference lexer of standards.md A.8, on what is plainly an interchange.
func FuzzLex(f *testing.F) {
	f.Add("BGM+745'NAD+FL+++LINDQVIST:ASTA'")
	f.Add("FTX+AAI+++O?'BRIEN:two??:a?+b'")
	f.Add("NA\r\nD+FL++\n+A'  DTM+329:870312'")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\x1e\x1f\x1b") || !plainText([]byte(text)) { // the oracle's own separators, and character sets
			return
		}
		if apostrophes.MatchString(strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(text)) {
			return // an apostrophe that may be a name's: the oracle knows none
		}
		body := "UNA:+.? 'UNB+UNOA:4+A+B+261005:0615+17'UNH+1+PAXLST'" + text
		r := NewReader([]byte(body), DefaultLimits())
		want := naive(body[9:])
		if !r.Next() {
			t.Fatal("no message")
		}
		for _, w := range want[2:] {
			if !r.NextSegment() {
				return // a service segment, or junk at the end
			}
			s := r.Segment()
			got := []string{strings.ToUpper(s.Tag)}
			for e := 1; e <= s.Elements(); e++ {
				var comps []string
				for c := 1; c <= s.Components(e); c++ {
					comps = append(comps, s.Get(e, c))
				}
				got = append(got, strings.Join(comps, "\x1f"))
			}
			tag, _, _ := strings.Cut(w, "\x1e")
			w = strings.ToUpper(tag) + strings.TrimPrefix(w, tag) // tags in small letters are read
			if g := strings.Join(got, "\x1e"); g != w {
				t.Fatalf("got %q, want %q", g, w)
			}
		}
	})
}

// naive cuts segments the slow, obvious way. It stops where the reader may differ: at what is no plain segment.
func naive(body string) []string {
	var out []string
	var cur bytes.Buffer
	began := false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case isWrap(c):
		case !began && blank(c):
		case c == '?':
			began = true
			for i++; i < len(body) && isWrap(body[i]); i++ {
			}
			if i < len(body) {
				cur.WriteByte(body[i])
			}
		case c == '\'':
			seg := cur.String()
			tag, _, _ := strings.Cut(seg, "\x1e")
			if !validTag(tag) || strings.HasPrefix(tag, "UN") && len(out) > 1 {
				return out
			}
			out = append(out, seg)
			cur.Reset()
			began = false
		case c == '+':
			began = true
			cur.WriteByte('\x1e')
		case c == ':':
			began = true
			cur.WriteByte('\x1f')
		default:
			began = true
			cur.WriteByte(c)
		}
	}
	return out
}
