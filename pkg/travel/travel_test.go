package travel

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func person() Traveller {
	return Traveller{Index: 1, Kind: Passenger, Surname: "LINDQVIST", Given: "ASTA", Middle: "MARGARETA", Birth: "1987-03-12",
		BirthPlace: "UPPSALA", Ticket: "9991234567890", Frequent: "998877665", Redress: "R1234567", Known: "K1234567",
		Authority: "A7654321", Address: "12 PINE STREET", Contacts: []Text{"phone:6565550101"},
		Documents: []Document{{Type: "P", Number: "X9012345", Issuer: "SWE"}}}
}

// secrets are the values of person that must never be printed.
var secrets = []string{"LINDQVIST", "ASTA", "MARGARETA", "1987", "UPPSALA", "9991234567890", "998877665", "R1234567",
	"K1234567", "A7654321", "PINE", "6565550101", "X9012345", "BRIGHTPATH", "1111", "LATE"}

func TestNothingPersonalIsPrinted(t *testing.T) {
	p := person()
	booking := Booking{Locator: "K7QX2M", Payments: []Payment{{Form: "CC", Card: "XXXX1111", Payer: "BRIGHTPATH"}},
		Tickets: []Ticket{{Number: "9991234567890"}}, Remarks: []Text{"LATE"}, Contacts: []Text{"phone:6565550101"}}
	entry := ListEntry{ID: "E1", List: "lookout", Surname: "LINDQVIST", Given: "ASTA", OtherNames: []Name{"ASTA L"},
		Birth: "1987-03-12", Documents: p.Documents}
	message := Message{Travellers: []Traveller{p}, Bookings: []Booking{booking}}
	values := []any{p, &p, p.Surname, p.Birth, p.Documents, p.Documents[0], p.Contacts, booking, entry, message, []Traveller{p},
		map[string]any{"traveller": p}, struct{ T Traveller }{p}}
	timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{} // its digits may be anybody's
		}
		return a
	}}
	for _, v := range values {
		var text strings.Builder
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&text, verb+"\n", v)
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, timeless)).Info("m", "v", v)
		for _, secret := range secrets {
			if strings.Contains(text.String(), secret) {
				t.Errorf("printing %T shows %s", v, secret)
			}
			if strings.Contains(log.String(), secret) {
				t.Errorf("logging %T shows %s", v, secret)
			}
		}
	}
	for _, v := range []any{p, booking, entry, message, p.Documents[0], p.Surname, p.Birth} {
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, timeless)).Info("m", "v", v)
		for _, secret := range secrets {
			if strings.Contains(log.String(), secret) {
				t.Errorf("logging %T as JSON shows %s: %s", v, secret, log.String())
			}
		}
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		year, month, day int
		want             Date
		ok               bool
	}{
		{1987, 3, 12, "1987-03-12", true},
		{1987, 3, 0, "1987-03", true},
		{1987, 0, 0, "1987", true},
		{2000, 2, 29, "2000-02-29", true},
		{1900, 2, 29, "", false},
		{1987, 13, 1, "", false},
		{1987, 0, 5, "", false},
		{1987, 4, 31, "", false},
		{0, 1, 1, "", false},
	} {
		got, ok := NewDate(c.year, c.month, c.day)
		if got != c.want || ok != c.ok {
			t.Errorf("NewDate(%d, %d, %d) = %s, %v; want %s, %v", c.year, c.month, c.day, got, ok, c.want, c.ok)
		}
		if y, m, d := got.Parts(); ok && (y != c.year || m != c.month || d != c.day) {
			t.Errorf("%s.Parts() = %d, %d, %d", got, y, m, d)
		}
	}
	for _, bad := range []Date{"", "87-03-12", "1987-3-12", "1987-03-1x", "1987/03/12", "1987-02-30", "1987-00"} {
		if bad.Valid() {
			t.Errorf("%q is valid", string(bad))
		}
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		birth, on Date
		want      int
		ok        bool
	}{
		{"1987-03-12", "2026-03-11", 38, true},
		{"1987-03-12", "2026-03-12", 39, true},
		{"2008-02-29", "2026-02-28", 17, true},
		{"2008-02-29", "2026-03-01", 18, true},
		{"2008", "2026-06-01", 17, true}, // may still be 17: never older than certain
		{"2008-06", "2026-06-30", 18, true},
		{"2030-01-01", "2026-06-30", -4, false},
		{"", "2026-06-30", 0, false},
		{"1987-03-12", "2026-06", 0, false},
	} {
		got, ok := c.birth.Age(c.on)
		if ok != c.ok || (ok && got != c.want) {
			t.Errorf("%s.Age(%s) = %d, %v; want %d, %v", c.birth, c.on, got, ok, c.want, c.ok)
		}
	}
}

func TestLegID(t *testing.T) {
	leg := Leg{Carrier: "ZX", Number: FlightNumber("0410"), Origin: "DXB", Departure: "2026-10-05T23:59"}
	if got, want := leg.ID(), LegID("ZX-410-DXB-2026-10-05"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got := map[string]string{}
	for _, n := range []string{"0410", "410", "000", "00A", "0715", "123a", " 7 ", ""} {
		got[n] = FlightNumber(n)
	}
	want := map[string]string{"0410": "410", "410": "410", "000": "0", "00A": "0A", "0715": "715", "123a": "123A", " 7 ": "7", "": ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPorts(t *testing.T) {
	for _, p := range []Port{"DXB", "GBDVR", "GB2AB", "FRCQF"} {
		if !p.Valid() {
			t.Errorf("%s is no port", p)
		}
	}
	for _, p := range []Port{"", "DX", "1200", "dxb", "DX1", "GB1AB", "2BDVR", "GBDVRX", "DØB"} {
		if p.Valid() {
			t.Errorf("%s is a port", p)
		}
	}
}

func TestKilograms(t *testing.T) {
	for _, c := range []struct {
		in     string
		pounds bool
		want   int
		ok     bool
	}{{"31", false, 31, true}, {" 12.5 ", false, 13, true}, {"12,4", false, 12, true}, {".5", false, 1, true}, {"50", true, 23, true}, {"0", false, 0, true},
		{"", false, 0, false}, {"two", false, 0, false}, {"1e9", false, 0, false}, {"1.2.3", false, 0, false}, {"-4", false, 0, false}, {"9999999999", false, 0, false}} {
		if got, ok := Kilograms(c.in, c.pounds); got != c.want || ok != c.ok {
			t.Errorf("%q: %d %v, want %d %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestAfter(t *testing.T) {
	for _, c := range []struct {
		a, b Date
		want bool
	}{{"2026-10-06", "2026-10-05", true}, {"2026-10-05", "2026-10-05", false}, {"2026-11", "2026-10-05", true}, {"2026", "2026-10-05", false}, {"", "2026", false}, {"2027", "", false}} {
		if c.a.After(c.b) != c.want {
			t.Errorf("%s after %s: %v", c.a, c.b, !c.want)
		}
	}
}

func TestKeys(t *testing.T) {
	p := person()
	changed := p
	changed.Given, changed.Surname = "ANNA", "LUND"
	p.Ref, changed.Ref = "ZX1", "ZX1"
	if p.Key() != changed.Key() {
		t.Error("a correction of the name under the same carrier reference makes another person")
	}
	if p.PersonKey() != changed.PersonKey() {
		t.Error("the same document makes two people")
	}
	visa := p
	visa.Documents = append([]Document{{Type: "V", Number: "V5550001", Issuer: "GBR"}}, p.Documents...)
	if visa.PersonKey() != p.PersonKey() {
		t.Error("a visa shown first makes another person")
	}
	if strings.Contains(p.Key()+p.PersonKey(), "X9012345") || len(p.Key()) != 24 {
		t.Errorf("key %s shows or is not a digest", p.Key())
	}
	if got := CleanNumber(" x-90.12 345 "); got != "X9012345" {
		t.Errorf("CleanNumber gave %s", got)
	}
}

func TestMaskedDocument(t *testing.T) {
	for number, want := range map[Number]string{"X9012345": "P:SWE:…345", "123": "P:SWE:…", "": "P:SWE:…"} {
		p := Traveller{Documents: []Document{{Type: "P", Issuer: "SWE", Number: number}}}
		if got := p.MaskedDocument(); got != want {
			t.Errorf("%d characters: got %s, want %s", len(number), got, want)
		}
	}
}

func TestNewLocalTime(t *testing.T) {
	for parts, want := range map[[5]int]LocalTime{
		{2026, 10, 5, 9, 7}: "2026-10-05T09:07", {2028, 2, 29, 23, 59}: "2028-02-29T23:59", {1, 1, 1, 0, 0}: "0001-01-01T00:00",
		{2026, 2, 29, 0, 0}: "", {2026, 0, 5, 0, 0}: "", {2026, 10, 0, 0, 0}: "", {2026, 10, 5, 24, 0}: "", {2026, 10, 5, 0, 60}: "",
		{2026, 10, 5, -1, 0}: "", {2026, 10, 5, 0, -1}: "", {-1, 10, 5, 0, 0}: "", {10000, 1, 1, 0, 0}: "",
	} {
		got, ok := NewLocalTime(parts[0], parts[1], parts[2], parts[3], parts[4])
		if got != want || ok != (want != "") {
			t.Errorf("%v: %q, %v", parts, got, ok)
		}
		if at, known := got.Time(); known != ok || ok && LocalTimeOf(at) != got {
			t.Errorf("%v: %q does not read as itself", parts, got)
		}
	}
}

func TestSplitFlight(t *testing.T) {
	for in, want := range map[[2]string][2]string{
		{"ZX0410", ""}: {"ZX", "410"}, {"A9 2707", ""}: {"A9", "2707"}, {"9W123", ""}: {"9W", "123"}, {"zxl-410a", ""}: {"ZXL", "410A"},
		{"410", ""}: {"", "410"}, {"0410", "ZX"}: {"ZX", "410"}, {"ZX410", "ZX"}: {"ZX", "410"}, {"ZX", "ZX"}: {"ZX", ""}, {"ABCD12", ""}: {"ABCD", "12"},
		{"ZX", ""}: {"", "ZX"}, {"", ""}: {"", ""},
	} {
		if carrier, number := SplitFlight(in[0], in[1]); carrier != want[0] || number != want[1] {
			t.Errorf("%q: %q and %q", in, carrier, number)
		}
	}
}
