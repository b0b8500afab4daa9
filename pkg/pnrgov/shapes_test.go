package pnrgov

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

// shapes are the shapes of fields that arrive, by name: what of base is replaced, and by what. What is understood of
// each is in testdata/shapes.json.
var shapes = map[string][2]string{
	"plain":                       {"", ""},
	"infant by service":           {docs, docs + "SSR+INFT:HK:1:ZX:::::BERG/LARS MSTR 12MAR26'\n"},
	"infant by service and name":  {docs, docs + "SSR+INFT:HK:1:ZX:::::BERG/LARS/12MAR26'\nTIF+BERG+LARS MSTR:IN:2'\n"},
	"infant by service, unread":   {docs, docs + "SSR+INFT:HK:1:ZX:::::ON LAP'\n"},
	"seats to be advised":         {docs, docs + "TIF+TBA+TBA MR:A:2'\nTIF+TBA+A:A:3'\n" + second},
	"seat named by a document":    {docs, docs + "TIF+TBA+TBA:A:2'\n" + strings.NewReplacer("X9012345", "X1", "LINDQVIST/ASTA/MARGARETA", "BERG/IDA").Replace(docs)},
	"group and a document":        {tif + docs, "TIF+BRIGHTPATH TOURS:G'\n" + docs},
	"check-in, a letter off":      {rpi, rpi + tri + "TIF+LINDQVIST+ASSTA MRS:A:1'\n" + seated},
	"check-in, nearly two":        {docs + leg + rpi, docs + "TIF+LINDQVIST+ASTI MS:A:2'\n" + leg + rpi + "DAT'\nTRI++017'\nTIF+LINDQVIST+ASTO MRS:A'\n" + seated},
	"check-in by reference":       {docs + leg + rpi, docs + second + leg + rpi + "DAT'\nTRI++018:::2'\n" + seated},
	"check-in of nobody":          {docs + leg + rpi, docs + second + leg + rpi + "DAT'\nTRI++018:::7'\n" + seated},
	"bags of two flights":         {rpi, rpi + tri + seated + "TVL+061026:0800+LHR+JFK+ZX+11'\nDAT'\nTRI++017:::1'\nTBD++5:99:700'\n"},
	"bags in pounds":              {rpi, rpi + tri + "TBD++1:50.5:701++MP+ZX:0001451200:1:LHR'\n"},
	"five bookings declared":      {"EQN+1'", "EQN+5'"},
	"sold by a partner":           {leg, "TVL+051026:1430:051026:1945+SIN+LHR+QZ:ZX+8411:Y'\nTRA+ZX+410:Y'\n"},
	"splits":                      {rpi, rpi + "EQN+2'\nRCI+ZX:L9PT4D::160826:1120*ZX:L9PT4E+ZX:L9PT4F'\n"},
	"titles":                      {"ASTA MRS", "ASTA PROF DR"},
	"titles in a document":        {"ASTA/MARGARETA", "ASTA PROF DR/JR"},
	"birth date of zeros":         {"12MAR87", "000000"},
	"birth date with blanks":      {"12MAR87", " 12MAR87 "},
	"birth date in month 13":      {"12MAR87", "12XXX87"},
	"empty document":              {docs, "SSR+DOCS:HK:1:ZX:::::/P//////'\n"},
	"document, a slash too many":  {":::::/P/SWE", "::::://P/SWE"},
	"document of nobody":          {docs, docs + second + "TVL+041026:1430+SIN+KUL+ZX+1'\n" + strings.NewReplacer("X9012345", "X1", "LINDQVIST/ASTA/MARGARETA", "LUND/ODA").Replace(docs)},
	"a port of digits":            {leg, leg + "TVL+061026:0800+1200+JFK+ZX+11'\n"},
	"the reported port of digits": {header, "TVL+051026:1430:051026:1945+1200+LHR+ZX+410'\n"},
	"no carrier":                  {header, "TVL+051026:1430:051026:1945+SIN+LHR++410'\n"},
	"a test":                      {"261003:1430+17", "261003:1430+17++++++1"},
	"letters beyond ASCII":        {tif + docs, strings.NewReplacer("LINDQVIST", "ÅKERSTRÖM", "ASTA", "SÖREN").Replace(tif + docs)},
}

// understood is what a message came to: who, on what, with which papers and bags, and what was found.
func understood(m *travel.Message) []string {
	all := []string{fmt.Sprintf("test %v, declared %d", m.Test, m.Declared)}
	for _, l := range m.Legs {
		all = append(all, fmt.Sprintf("leg %s to %s at %s", l.ID(), l.Destination, l.Arrival))
	}
	for i := range m.Bookings {
		b := &m.Bookings[i]
		all = append(all, fmt.Sprintf("booking %s of %d, split %v", b.Locator, b.Party, b.Split))
		for _, l := range b.Legs {
			all = append(all, fmt.Sprintf("booked %s to %s at %s as %v", l.ID(), l.Destination, l.Arrival, l.Codeshare))
		}
	}
	for i, l := range bookingtest.Lines(m) {
		if b := m.Travellers[i].Bags; b != nil {
			l += fmt.Sprintf(", %d bags of %d kg %v", b.Count, b.Weight, b.Tags)
		}
		all = append(all, l)
	}
	var found []string
	for _, f := range m.Findings {
		if f.Code != "count_unt" && f.Code != "utf8_undeclared" { // the shapes do not count their segments, nor declare a set
			found = append(found, string(f.Severity)+" "+f.Code+" at "+f.Tag)
		}
	}
	sort.Strings(found)
	return append(all, found...)
}

func shaped(name string) string {
	return strings.Replace(base, shapes[name][0], shapes[name][1], 1)
}

// TestShapes holds what is understood of every shape against the golden table.
func TestShapes(t *testing.T) {
	got := map[string][]string{}
	for name, c := range shapes {
		if body := shaped(name); body == base && c[0] != "" {
			t.Errorf("%s: the change does not apply", name)
		}
		got[name] = understood(decodeOne(t, []byte(shaped(name))))
	}
	golden(t, "shapes.json", got)
}

// wrapped breaks a body without line ends into lines of n bytes.
func wrapped(body string, n int, end string) string {
	body = strings.ReplaceAll(body, "\n", "")
	var b strings.Builder
	for len(body) > n {
		b.WriteString(body[:n] + end)
		body = body[n:]
	}
	return b.String() + body
}

// TestShapesInEveryWrapping holds that every shape is understood alike however the lines break, whatever the
// delimiters are, and in what it is wrapped up.
func TestShapesInEveryWrapping(t *testing.T) {
	odd := strings.NewReplacer("UNA:+.?*'", "UNA|;,!%~", ":", "|", "+", ";", "'", "~", "*", "%")
	for name := range shapes {
		plain := shaped(name)
		want := understood(decodeOne(t, []byte(plain)))
		variants := map[string]string{"on one line": strings.ReplaceAll(plain, "\n", ""), "other delimiters": odd.Replace(plain),
			"no UNA":          strings.Replace(plain, "UNA:+.?*'\n", "", 1),
			"a Type B header": "\x01QU SINXXZX\r\n.LONRMZX 031430\r\n\x02" + wrapped(plain, 60, "\r\n") + "\r\n\x03"}
		for n := 40; n < 90; n++ {
			variants[fmt.Sprint("lines of ", n)] = wrapped(plain, n, "\r\n")
			variants[fmt.Sprint("other delimiters, lines of ", n)] = wrapped(odd.Replace(plain), n, "\n")
		}
		for variant, body := range variants {
			messages, err := Decode([]byte(body))
			if err != nil || len(messages) != 1 {
				t.Errorf("%s, %s: %d messages, %v", name, variant, len(messages), err)
				continue
			}
			if diff := cmp.Diff(want, understood(&messages[0])); diff != "" {
				t.Errorf("%s, %s (-plain +so):\n%s", name, variant, diff)
			}
		}
	}
}
