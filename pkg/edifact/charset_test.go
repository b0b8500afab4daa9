package edifact

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fairway/pkg/travel"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
)

// said lists what is found about the envelopes of a body, and the texts of its NAD segments.
func said(t *testing.T, body string) (names, codes []string) {
	t.Helper()
	doc, err := Parse([]byte(body), DefaultLimits())
	if err != nil {
		return nil, []string{err.(*travel.DecodeError).Findings[0].Code}
	}
	for _, m := range doc.Messages {
		for i := range m.Segments {
			if s := &m.Segments[i]; s.Tag == "NAD" {
				names = append(names, s.Get(4, 1)+"/"+s.Get(4, 2))
			}
		}
	}
	for _, i := range doc.Findings {
		codes = append(codes, i.Code)
		if i.Offset < 0 || i.Offset > len(body) {
			t.Errorf("%s lies outside the body", i.Code)
		}
		if strings.Contains(i.Code, "characters") && body[i.Offset] < utf8.RuneSelf && utf8.ValidString(body[i.Offset:i.Offset+10]) && i.Tag != "NAD" {
			t.Errorf("%s is said of %+v", i.Code, i)
		}
	}
	return names, codes
}

func in(syntax string, names ...string) string {
	var b strings.Builder
	b.WriteString("UNB+" + syntax + "+ZX+XX+261005:0615+17'UNH+1+PAXLST:D:05B:UN:IATA'")
	for _, n := range names {
		b.WriteString("NAD+FL+++" + n + "'")
	}
	return b.String() + "UNT+" + string(rune('2'+len(names))) + "+1'UNZ+1+17'"
}

func encode(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	b, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return b
}

// TestNamesReadTheSameInEverySet is the promise about character sets: a name that a set can write is the same text as
// in UTF-8, without a finding.
func TestNamesReadTheSameInEverySet(t *testing.T) {
	for _, c := range []struct {
		id    string
		set   encoding.Encoding
		names []string
	}{
		{"UNOC:3", charmap.ISO8859_1, []string{"SØNDERGÅRD:ÆGIR", "MÜLLER:JÖRG", "PEÑA:JOSÉ", "Þórsdóttir:Élise", "STRAẞE"[:4] + "ße:Ola"}},
		{"UNOD:3", charmap.ISO8859_2, []string{"ŁUKASIŃSKA:ŻANETA", "ŽIŽKOV:ŠTĚPÁN", "BĂŞESCU:ŢIŢA", "ŐRSÉG:ŰRÖM"}},
		{"UNOE:3", charmap.ISO8859_5, []string{"ИВАНОВА:ТАТА", "Щукин:Пётр", "СА:ТА"}},
		{"UNOF:3", charmap.ISO8859_7, []string{"ΠΑΠΠΆΣ:ΝΊΚΟΣ", "Ωραία:Έλλη"}},
		{"UNOG:3", charmap.ISO8859_3, []string{"ĦAĠĠAR:ĊENSU", "ĜIRO:ŬIL"}},
		{"UNOH:3", charmap.ISO8859_4, []string{"ŠĶĒLE:ĢIRTS", "Åse:Øyvind"}},
		{"UNOI:3", charmap.ISO8859_6, []string{"الخوري:سامي"}},
		{"UNOJ:3", charmap.ISO8859_8, []string{"לוין:דוד"}},
		{"UNOK:3", charmap.ISO8859_9, []string{"ŞAHİN:IŞIL", "GÜĞÜ:Çağrı"}},
		{"KECA:1", korean.EUCKR, []string{"김철수:민", "홍:길동", "최:조"}},
		{"UNOA:4", encoding.Nop, []string{"LINDQVIST:ASTA", "lindqvist:asta"}},
		{"IATA:1", encoding.Nop, []string{"LINDQVIST:ASTA"}},
		{"UNOY:4", encoding.Nop, []string{"SØNDERGÅRD:ÆGIR", "ИВАНОВА:김"}},
		{"UNOW:4", encoding.Nop, []string{"SØNDERGÅRD:ÆGIR"}},
	} {
		want, codes := said(t, in("UNOY:4", c.names...))
		if len(codes) > 0 {
			t.Errorf("%s in UNOY: %v", c.id, codes)
		}
		for i, n := range c.names {
			if want[i] != strings.Replace(n, ":", "/", 1) && strings.Contains(n, ":") {
				t.Errorf("UNOY gives %q of %q", want[i], n)
			}
		}
		got, codes := said(t, in(c.id, strings.Split(encode(t, c.set, strings.Join(c.names, "|")), "|")...))
		if diff := cmp.Diff(want, got); diff != "" || len(codes) > 0 {
			t.Errorf("%s reports %v (-UNOY +got):\n%s", c.id, codes, diff)
		}
	}
}

// TestUndeclaredCharacters reads what no syntax identifier announces, and says so.
func TestUndeclaredCharacters(t *testing.T) {
	for name, c := range map[string]struct{ body, want, codes string }{
		"UTF-8 under UNOA":                {in("UNOA:4", "SØNDERGÅRD:ÆGIR"), "SØNDERGÅRD/ÆGIR", "utf8_undeclared"},
		"UTF-8 under UNOC":                {in("UNOC:3", "SØNDERGÅRD:JOSé"), "SØNDERGÅRD/JOSé", "utf8_undeclared"},
		"UTF-8 Cyrillic under UNOE":       {in("UNOE:3", "ИВАНОВА:ОЛЬГА"), "ИВАНОВА/ОЛЬГА", "utf8_undeclared"},
		"UTF-8 Hangul under KECA":         {in("KECA:1", "김철수:민"), "김철수/민", "utf8_undeclared"},
		"UTF-8 under UNOD":                {in("UNOD:3", "ŁUKASIŃSKA:ŻANETA"), "ŁUKASIŃSKA/ŻANETA", "utf8_undeclared"},
		"Latin-1 under UNOA":              {in("UNOA:4", encode(t, charmap.ISO8859_1, "SØNDERGÅRD:JOSé")), "SØNDERGÅRD/JOSé", "undeclared_characters"},
		"Latin-1 under UNOY":              {in("UNOY:4", encode(t, charmap.ISO8859_1, "MÜLLER:JÖRG")), "MÜLLER/JÖRG", "undeclared_characters"},
		"Latin-1 under UNOB":              {in("UNOB:4", encode(t, charmap.ISO8859_1, "Müller:Jörg")), "Müller/Jörg", "undeclared_characters"},
		"Latin-1 under IATA":              {in("IATA:1", encode(t, charmap.ISO8859_1, "PEÑA:ANA")), "PEÑA/ANA", "undeclared_characters"},
		"Windows-1252 under UNOA":         {in("UNOA:4", encode(t, charmap.Windows1252, "ŽIKOVIÃ:ŠIMUN")), "ŽIKOVIÃ/ŠIMUN", "undeclared_characters"},
		"an apostrophe of 1252":           {in("UNOA:4", encode(t, charmap.Windows1252, "O’BRIEN:ANN")), "O’BRIEN/ANN", "undeclared_characters"},
		"CP850 under UNOA":                {in("UNOA:4", encode(t, charmap.CodePage850, "MÜLLER:JÖRG")), "MÜLLER/JÖRG", "undeclared_characters"},
		"CP850 under UNOA, Ä alone":       {in("UNOA:4", encode(t, charmap.CodePage850, "JÄRVINEN:AINO")), "JÄRVINEN/AINO", "undeclared_characters"},
		"CP850 under UNOB, small letters": {in("UNOB:4", encode(t, charmap.CodePage850, "Müller:Jörg")), "Müller/Jörg", "undeclared_characters"},
		"CP850, Nordic":                   {in("UNOA:4", encode(t, charmap.CodePage850, "ÅKESEN:ÆGIR"), encode(t, charmap.CodePage850, "ØSTBØ:BJØRN")), "ÅKESEN/ÆGIR ØSTBØ/BJØRN", "undeclared_characters"},
		"CP850, Spanish":                  {in("UNOA:4", encode(t, charmap.CodePage850, "Peña:Álvaro")), "Peña/Álvaro", "undeclared_characters"},
		"CP850, by chance UTF-8":          {in("UNOA:4", encode(t, charmap.CodePage850, "PEÑARRUBIO:ÍÑIGO")), "PEÑARRUBIO/ÍÑIGO", "undeclared_characters"},
		"CP850, Icelandic":                {in("UNOA:4", encode(t, charmap.CodePage850, "ÞORGEIRSDAL:ÆVAR")), "ÞORGEIRSDAL/ÆVAR", "undeclared_characters"},
		"a remark in Latin-1 among UTF-8": {in("UNOA:4", "SØNDERGÅRD:ÆGIR", encode(t, charmap.ISO8859_1, "PEÑA:ANA")), "SØNDERGÅRD/ÆGIR PEÑA/ANA", "utf8_undeclared undeclared_characters"},
		"wrapped inside a character":      {strings.Replace(in("UNOY:4", "SØNDER:ANN"), "Ø", "\xc3\r\n\x98", 1), "SØNDER/ANN", ""},
		"released characters beside it":   {in("UNOC:3", encode(t, charmap.ISO8859_1, "O?'BRIÉN:ANN")), "O'BRIÉN/ANN", ""},
		"a byte that 1252 does not have":  {in("UNOA:4", "PE\xd1A:JOS\xc9", "\x8fSE:ANN"), "PEÑA/JOSÉ ÅSE/ANN", "undeclared_characters"},
		"no envelope":                     {"UNH+1+PAXLST'NAD+FL+++PE\xd1A:ANA'UNT+3+1'", "PEÑA/ANA", "no_unb undeclared_characters"},
		"bytes that 8859-6 does not have": {in("UNOI:3", "\xa1\xc7:A"), "\uFFFDا/A", "bad_characters"},
		"C1 controls under UNOD":          {in("UNOD:3", "\x8eIKA:A", "B:C\x9a"), "\uFFFDIKA/A B/C\uFFFD", "bad_characters bad_characters"},
		"Windows-1252 under UNOC":         {in("UNOC:3", "\x8eIKA:\x8aIMUN\xd1"), "ŽIKA/ŠIMUNÑ", "bad_characters bad_characters"},
		"half a Hangul":                   {in("KECA:1", "\xb1:A"), "\uFFFD/A", "bad_characters"},
	} {
		names, codes := said(t, c.body)
		if got := strings.Join(names, " "); got != c.want || strings.Join(codes, " ") != c.codes {
			t.Errorf("%s: got %q, reported %v, want %q, %s", name, got, codes, c.want, c.codes)
		}
	}
}

func TestISO2022IsRefusedByName(t *testing.T) {
	good := in("UNOC:3", "LINDQVIST:ASTA")
	for name, body := range map[string]string{
		"UNOX":                  in("UNOX:3", "LINDQVIST:ASTA"),
		"Japanese in ISO 2022":  in("UNOA:3", "\x1b$B;3ED\x1b(B:A"),
		"Korean in ISO 2022":    in("KECA:1", "\x1b$)C\x0e1h\x0f:A"),
		"Cyrillic shifted in":   in("UNOB:3", "\x1b-LPQ:A"),
		"with delimiters of it": in("UNOX:3", "\x1b$B'+:\x1b(B:A"),
	} {
		if names, codes := said(t, body); len(names) > 0 || len(codes) != 1 || codes[0] != "iso2022" {
			t.Errorf("%s: %d persons, %v", name, len(names), codes)
		}
		if names, codes := said(t, body+good); len(names) != 1 || codes[0] != "iso2022" {
			t.Errorf("%s, then a good interchange: %d persons, %v", name, len(names), codes)
		}
		if names, codes := said(t, good+body); len(names) != 1 || codes[0] != "iso2022" {
			t.Errorf("a good interchange, then %s: %d persons, %v", name, len(names), codes)
		}
	}
	if names, codes := said(t, in("UNOA:3", "LINDQVIST:ASTA")+"\x1b[0m"); len(names) != 1 || len(codes) > 0 {
		t.Errorf("a terminal's escape after the interchange: %d persons, %v", len(names), codes)
	}
}

// TestEveryTextIsUTF8 puts every byte under every syntax identifier.
func TestEveryTextIsUTF8(t *testing.T) {
	for _, id := range []string{"UNOA", "UNOB", "UNOC", "UNOD", "UNOE", "UNOF", "UNOG", "UNOH", "UNOI", "UNOJ", "UNOK", "UNOW", "UNOY", "KECA", "IATA", "SIRE"} {
		for x := 0x80; x < 0x100; x++ {
			for _, text := range []string{string([]byte{byte(x)}), string([]byte{'A', byte(x), 'B'}), string([]byte{byte(x), 0xA1, byte(x)})} {
				names, codes := said(t, in(id+":4", text+":B"))
				if len(names) != 1 || !utf8.ValidString(names[0]) {
					t.Fatalf("%s, byte %x: %q", id, x, names)
				}
				if strings.Contains(names[0], "\uFFFD") && len(codes) == 0 {
					t.Fatalf("%s, byte %x: not read, and nobody is told", id, x)
				}
			}
		}
	}
}
