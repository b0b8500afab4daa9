package xml

import (
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

// TestEncodings holds that names are the same in every encoding that is read, that what is not read is refused by
// name, and that findings keep their places.
func TestEncodings(t *testing.T) {
	const doc = head + `<Passenger RPH="1"><GivenName>GIV</GivenName><Surname>SUR</Surname></Passenger><OSI><Text>SUR IS BLIND</Text></OSI>` + flight + `<Odd/>` + tail
	for name, c := range map[string]struct{ declared, surname, given, wantSur, wantGiv, codes string }{
		"UTF-8, not declared":          {"", "ÅKERSTRÖM", "SÖREN", "ÅKERSTRÖM", "SÖREN", "unknown_element"},
		"a byte order mark":            {"\ufeff", "ÅKERSTRÖM", "SÖREN", "ÅKERSTRÖM", "SÖREN", "unknown_element"},
		"a mark, and another declared": {"ISO-8859-1\ufeff", "ÅKERSTRÖM", "SÖREN", "ÅKERSTRÖM", "SÖREN", "unknown_element"},
		"UTF-8":                        {"UTF-8", "ÅKERSTRÖM", "SÖREN", "ÅKERSTRÖM", "SÖREN", "unknown_element"},
		"ISO 8859-1":                   {"ISO-8859-1", "\xc5KERSTR\xd6M", "S\xd6REN", "ÅKERSTRÖM", "SÖREN", "unknown_element"},
		"ISO 8859-15":                  {"iso-8859-15", "\xa6KERSTR\xd6M", "\xbcREN", "ŠKERSTRÖM", "ŒREN", "unknown_element"},
		"ISO 8859-9":                   {"ISO-8859-9", "\xddKERSTR\xd6M", "\xdeREN", "İKERSTRÖM", "ŞREN", "unknown_element"},
		"ISO 8859-2":                   {"ISO-8859-2", "\xa3UKASI\xd1SKA", "\xafANETA", "ŁUKASIŃSKA", "ŻANETA", "unknown_element"},
		"Windows-1251":                 {"windows-1251", "\xc8\xe2\xe0\xed\xee\xe2\xe0", "\xce\xeb\xfc\xe3\xe0", "Иванова", "Ольга", "unknown_element"},
		"Windows-1252":                 {"windows-1252", "O\x92BRIEN", "\x8eREN", "O’BRIEN", "ŽREN", "unknown_element"},
		"not declared, and not UTF-8":  {"", "\xc5KERSTRÖM", "\ufffdS\xd6REN", "ÅKERSTRÖM", "\ufffdSÖREN", "undeclared_characters unknown_element"},
	} {
		body := strings.NewReplacer("SUR", c.surname, "GIV", c.given).Replace(doc)
		if c.declared != "" {
			declared, mark := strings.CutSuffix(c.declared, "\ufeff")
			body = `<?xml version="1.0" encoding="` + declared + `"?>` + body
			if mark {
				body = "\ufeff" + body
			}
		}
		m := one(t, body)
		if diff := cmp.Diff([]string{"0: " + c.wantSur + "/" + c.wantGiv + "/   "}, bookingtest.Lines(m)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if got := bookingtest.Codes(m.Findings); got != c.codes {
			t.Errorf("%s: reported %q", name, got)
		}
		for _, f := range m.Findings {
			at := strings.Index(body, "<Odd/>")
			if f.Code == "undeclared_characters" {
				at = strings.Index(body, "\xd6REN")
			}
			if f.Offset != at {
				t.Errorf("%s: %s, not at %d", name, f, at)
			}
		}
		masked := []byte(body)
		if n := Mask(masked); n != 1 || strings.Contains(string(masked), "BLIND") {
			t.Errorf("%s: masked %d: %s", name, n, masked)
		}
		same(t, name, []byte(body), masked)
	}
	_, err := Decode([]byte(`<?xml version="1.0" encoding="KOI8-R<"?>` + doc))
	if refused, ok := err.(*travel.DecodeError); !ok || refused.Findings[0].Code != "xml_charset" || !strings.Contains(refused.Findings[0].Text, "KOI8-R?") {
		t.Errorf("KOI8-R: %v", err)
	}
}

// TestRecodedInSmallReads holds that no reader is so small that a character is cut.
func TestRecodedInSmallReads(t *testing.T) {
	r := &recoder{body: []byte("\x80\x80\xd6a\x80"), table: charmap.Windows1252}
	var got []byte
	for p := make([]byte, utf8.UTFMax+1); ; {
		n, err := r.Read(p)
		if got = append(got, p[:n]...); err == io.EOF {
			break
		}
		if err != nil || n == 0 {
			t.Fatal(n, err)
		}
	}
	if string(got) != "€€Öa€" {
		t.Errorf("got %q", got)
	}
	if _, err := (&recoder{body: []byte("a")}).Read(make([]byte, utf8.UTFMax-1)); err != io.ErrShortBuffer {
		t.Errorf("a reader of three bytes: %v", err)
	}
}
