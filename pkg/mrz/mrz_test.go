package mrz

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// vectors are the specimens of standards.md E.2: nobody's documents.
var vectors = map[string]string{
	"TD3":      "P<SWELINDQVIST<<ASTA<MARGARETA<<<<<<<<<<<<<<\nX9012345<7SWE8703123F3108158198703121234<<58",
	"Germany":  "P<D<<MUELLER<SCHMIDT<<JUERGEN<<<<<<<<<<<<<<<\nC01X0006H1D<<6412319M2807041<<<<<<<<<<<<<<<8",
	"TD1 long": "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
	"TD2 long": "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8",
	"MRV-A":    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4UTO4009078F96121096ZE184226B<<<<<<",
}

func TestCheckDigit(t *testing.T) {
	for s, want := range map[string]byte{"520727": '3', "AB2134<<<": '5', "L898902C3": '6', "740812": '2', "120415": '9', "ZE184226B<<<<<": '1'} {
		if got, ok := CheckDigit(s); !ok || got != want {
			t.Errorf("%s: %c", s, got)
		}
	}
	if _, ok := CheckDigit("a"); ok {
		t.Error("a small letter has a value")
	}
}

// line is what a test holds a zone against.
func line(z *Zone) string {
	s := fmt.Sprintf("%s %s %s %s/%s %s %s %s %s %s", z.Format, z.Type, z.Issuer, string(z.Surname), string(z.Given), string(z.Number), z.Nationality,
		string(z.Birth), z.Sex, z.Expiry)
	for _, o := range []travel.Text{z.Optional, z.Optional2} {
		if o != "" {
			s += " " + string(o)
		}
	}
	if z.Cut {
		s += " cut"
	}
	return s
}

func codes(z *Zone) string {
	var all []string
	for _, f := range z.Findings {
		all = append(all, fmt.Sprintf("%s@%d:%d", f.Code, f.Element, f.Component))
	}
	return strings.Join(all, " ")
}

func TestVectorsRoundTrip(t *testing.T) {
	want := map[string]string{
		"TD3":      "TD3 P SWE LINDQVIST/ASTA MARGARETA X9012345 SWE 1987-03-12 F 2031-08-15 198703121234",
		"Germany":  "TD3 P DEU MUELLER SCHMIDT/JUERGEN C01X0006H DEU 1964-12-31 M 2028-07-04",
		"TD1 long": "TD1 I UTO STEVENSON/PETER JOHN D23145890734 UTO 1934-07-12 M 2095-07-12",
		"TD2 long": "TD2 I UTO STEVENSON/PETER JOHN D23145890734 UTO 1934-07-12 M 2095-07-12",
		"MRV-A":    "MRV-A V UTO ERIKSSON/ANNA MARIA L8988901C UTO 1940-09-07 F 2096-12-10 6ZE184226B",
	}
	for name, text := range vectors {
		z, err := Decode(text, "2026-10-05")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want[name], line(&z)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, f := range z.Findings {
			if f.Code != "specimen_state" {
				t.Errorf("%s: %s", name, f)
			}
		}
		lines, err := Encode(&z)
		if diff := cmp.Diff(text, strings.Join(lines, "\n")); diff != "" || err != nil {
			t.Errorf("%s does not round-trip: %v\n%s", name, err, diff)
		}
		joined, err := Decode(strings.ReplaceAll(text, "\n", ""), "2026-10-05")
		if err != nil || line(&joined) != line(&z) {
			t.Errorf("%s: run together it reads otherwise: %v", name, err)
		}
	}
}

// TestIrregularities is the table of what arrives, what is understood and what is reported, with line and column.
func TestIrregularities(t *testing.T) {
	const was = "TD3 P SWE LINDQVIST/ASTA MARGARETA X9012345 SWE 1987-03-12 F 2031-08-15 198703121234"
	for _, c := range []struct{ name, from, old, new, want, codes string }{
		{"as printed", "TD3", "", "", was, ""},
		{"carriage returns", "TD3", "\n", "\r\n", was, ""},
		{"spaces around", "TD3", "\n", "  \n  ", was, ""},
		{"small letters", "TD3", "LINDQVIST", "lindqvist", was, ""},
		{"spaces for fillers", "TD3", "ASTA<MARGARETA", "ASTA MARGARETA", was, ""},
		{"guillemets for two fillers", "TD3", "LINDQVIST<<", "LINDQVIST«", was, ""},
		{"digit of the number wrong", "TD3", "X9012345<7", "X9012345<8", was, "check_digit@2:10 check_digit@2:44"},
		{"digit of the birth date wrong", "TD3", "8703123F", "8703124F", was, "check_digit@2:20 check_digit@2:44"},
		{"digit of the expiry wrong", "TD3", "3108158", "3108159", was, "check_digit@2:28 check_digit@2:44"},
		{"digit of the optional data wrong", "TD3", "<<58", "<<68", was, "check_digit@2:43 check_digit@2:44"},
		{"composite digit wrong", "TD3", "<<58", "<<59", was, "check_digit@2:44"},
		{"a letter misread in the number", "TD3", "X9012345", "X9O12345", strings.Replace(was, "X90", "X9O", 1), "check_digit@2:10 check_digit@2:44"},
		{"no optional data, filler for its digit", "Germany", "", "", "TD3 P DEU MUELLER SCHMIDT/JUERGEN C01X0006H DEU 1964-12-31 M 2028-07-04", ""},
		{"no optional data, 0 for its digit", "Germany", "<<<8", "<<08", "TD3 P DEU MUELLER SCHMIDT/JUERGEN C01X0006H DEU 1964-12-31 M 2028-07-04", ""},
		{"single name", "TD3", "LINDQVIST<<ASTA<MARGARETA", "SUKARNO<<<<<<<<<<<<<<<<<<", strings.Replace(was, "LINDQVIST/ASTA MARGARETA", "SUKARNO/", 1), ""},
		{"no surname, as in India", "TD3", "LINDQVIST<<ASTA<MARGARETA", "<<ASTA<MARGARETA<<<<<<<<<", strings.Replace(was, "LINDQVIST/ASTA MARGARETA", "ASTA MARGARETA/", 1), ""},
		{"name field full", "TD3", "<<<<<<<<<<<<<<\n", "<ALEXANDRINELO\n", strings.Replace(was, "MARGARETA ", "MARGARETA ALEXANDRINELO ", 1) + " cut", ""},
		{"no name", "TD3", "LINDQVIST<<ASTA<MARGARETA", strings.Repeat("<", 25), strings.Replace(was, "LINDQVIST/ASTA MARGARETA", "/", 1), "no_name@1:6"},
		{"a digit in a name", "TD3", "LINDQVIST", "L1NDQVIST", strings.Replace(was, "LIND", "L1ND", 1), "digit_in_name@1:6"},
		{"no such State", "TD3", "P<SWE", "P<QQQ", strings.Replace(was, "P SWE", "P QQQ", 1), "unknown_state@1:3"},
		{"stateless", "TD3", "7SWE", "7XXA", strings.Replace(was, "5 SWE", "5 XXA", 1), ""},
		{"British overseas", "TD3", "7SWE", "7GBD", strings.Replace(was, "5 SWE", "5 GBD", 1), ""},
		{"a State of two letters", "TD3", "7SWE", "7SE<", was, "state_mapped@2:11"},
		{"specimen", "TD3", "7SWE", "7UTO", strings.Replace(was, "5 SWE", "5 UTO", 1), "specimen_state@2:11"},
		{"sex not said", "TD3", "3F3", "3<3", strings.Replace(was, " F ", " X ", 1), ""},
		{"sex of another letter", "TD3", "3F3", "3Q3", strings.Replace(was, " F ", "  ", 1), "unknown_sex@2:21"},
		{"no such day", "TD3", "8703123", "8702300", strings.Replace(was, "1987-03-12", "", 1), "bad_date@2:14 check_digit@2:44"},
		{"letters in a date", "TD3", "8703123", "87O3123", strings.Replace(was, "1987-03-12", "", 1), "check_digit@2:20 bad_date@2:14 check_digit@2:44"},
		{"long number, digit over the filler too", "TD1 long", "7349", "7340", "", "*"},
	} {
		text := strings.Replace(vectors[c.from], c.old, c.new, 1)
		z, err := Decode(text, "2026-10-05")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if c.want != "" && c.want != line(&z) {
			t.Errorf("%s: got %s, want %s", c.name, line(&z), c.want)
		}
		if got := codes(&z); got != c.codes && c.codes != "*" {
			t.Errorf("%s: reported %q, want %q", c.name, got, c.codes)
		}
	}
}

func TestMonthOrDayNotKnown(t *testing.T) {
	for birth, want := range map[string]travel.BirthDate{"8703<<": "1987-03", "87<<<<": "1987", "<<<<<<": ""} {
		digit, _ := CheckDigit(birth)
		text := strings.Replace(vectors["TD3"], "8703123", birth+string(digit), 1)
		z, err := Decode(text, "2026-10-05")
		if err != nil || z.Birth != want {
			t.Errorf("%s: %v, %v", birth, z.Birth == want, err)
		}
	}
}

// TestLongNumbers holds both conventions of E.2: the digit over the number, or over the number with its filler.
func TestLongNumbers(t *testing.T) {
	for _, digit := range []string{"0", "2"} {
		text := "I<BEL591234567<804" + digit + strings.Repeat("<", 11) + "\n8703123F3108158BEL<<<<<<<<<<<0\n" + "LINDQVIST<<ASTA" + strings.Repeat("<", 15)
		z, err := Decode(text, "2026-10-05")
		if err != nil || z.Number != "591234567804" {
			t.Errorf("%s: %v", digit, err)
		}
		for _, f := range z.Findings {
			if f.Element == 1 {
				t.Errorf("digit %s: %s", digit, f)
			}
		}
	}
}

func TestNotAZone(t *testing.T) {
	for name, c := range map[string]struct {
		text, code string
		offset     int
	}{
		"nothing":            {"", "bad_length", 0},
		"a line too short":   {vectors["TD3"][1:], "bad_length", 88},
		"another alphabet":   {"P<RUSИВАНОВ", "bad_character", 5},
		"a book":             {strings.Repeat("A", 5000), "too_large", 512},
		"one line of a card": {vectors["TD1 long"][:30], "bad_length", 30},
	} {
		_, err := Decode(c.text, "2026-10-05")
		var bad *travel.DecodeError
		if !errors.As(err, &bad) || bad.Findings[0].Code != c.code || bad.Findings[0].Offset != c.offset {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTransliterate(t *testing.T) {
	for in, want := range map[string]string{
		"Müller-Schmidt": "MUELLER<SCHMIDT", "D'Arcy": "DARCY", "Ångström": "AANGSTROEM", "Strauß": "STRAUSS", "Ægir Øst": "AEGIR<OEST", "Þór": "THOR",
		"Łukasz Żółć": "LUKASZ<ZOLC", "Muñoz": "MUNOZ", "Çelik Şahin": "CELIK<SAHIN", "İnönü ışık": "INOENUE<ISIK", "Nguyễn Thị": "NGUYEN<THI",
		"Щербаков": "SHCHERBAKOV", "Юлия": "IULIIA", "Цой": "TSOI", "Наталья": "NATALIA", "Євген Їжак": "IEVGEN<IZHAK", "Љубомир": "LJUBOMIR",
		"Παπαδόπουλος": "PAPADOPOULOS", "Ĳsbrand": "IJSBRAND", "O’Neil, Jr.": "ONEIL<<JR",
	} {
		if got := Transliterate(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// TestNamesAreCut holds that a name too long keeps a letter of a given name, and that its field ends in a letter.
func TestNamesAreCut(t *testing.T) {
	for _, c := range []struct{ surname, given, want string }{
		{"NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG", "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"},
		{"BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO", "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WA<<D"},
		{"PAPANDROPOULOUS", "JONATHON ALEXANDER JOSEPH", "PAPANDROPOULOUS<<JONATHON<ALEXANDER<JOS"},
	} {
		if got := nameField(c.surname, c.given, 39); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, z := range map[string]Zone{"no format": {}, "a number too long": {Format: TD3, Number: "X90123456789"}, "characters no zone has": {Format: TD3, Number: "X90/1"}} {
		if lines, err := Encode(&z); err == nil || lines != nil {
			t.Errorf("%s: %v", name, lines)
		}
	}
}

func TestNothingPersonalIsPrinted(t *testing.T) {
	z, err := Decode(strings.Replace(vectors["TD3"], "3108158", "3108159", 1), "2026-10-05")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		text := fmt.Sprintf(verb, z)
		for _, secret := range []string{"LINDQVIST", "ASTA", "X9012345", "1987", "198703121234"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %s", verb, secret)
			}
		}
	}
}

// FuzzDecode holds: never a zone and an error both, places inside the text, and what is written reads as it was.
func FuzzDecode(f *testing.F) {
	for _, text := range vectors {
		f.Add(text)
	}
	f.Add(strings.Repeat("<", 90))
	f.Fuzz(func(t *testing.T, text string) {
		z, err := Decode(text, "2026-10-05")
		var bad *travel.DecodeError
		findings := z.Findings
		if err != nil {
			if !errors.As(err, &bad) || z.Format != "" {
				t.Fatalf("%v with a zone", err)
			}
			findings = bad.Findings
		}
		for _, f := range findings {
			if f.Offset < 0 || f.Offset > len(text) || f.Element > 3 || f.Component > 44 {
				t.Fatalf("%s outside the text", f)
			}
		}
		if err != nil {
			return
		}
		lines, err := Encode(&z)
		if err != nil {
			return // a long number with optional data that has no room again
		}
		again, err := Decode(strings.Join(lines, "\n"), "2026-10-05")
		if err != nil {
			t.Fatalf("what was written: %v", err)
		}
		for _, f := range again.Findings {
			if f.Code == "check_digit" {
				t.Fatalf("what was written has %s", f)
			}
		}
		if z.Number != again.Number || z.Birth != again.Birth || z.Expiry != again.Expiry || z.Nationality != again.Nationality {
			t.Fatalf("%s became %s", line(&z), line(&again))
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(vectors["TD3"])))
	for b.Loop() {
		if _, err := Decode(vectors["TD3"], "2026-10-05"); err != nil {
			b.Fatal(err)
		}
	}
}
