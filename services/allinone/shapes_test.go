package allinone_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"

	"fairway/pkg/mrz"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
	"fairway/pkg/wire"
	"fairway/services/allinone"
)

// invented is a person as a list and a carrier's agent write them. Nobody of them exists.
type invented struct {
	surname, given, birth, nationality, number string
}

// listedPeople are on the list of TestShapes, each with a letter that some character set has in a place of its own.
func listedPeople() []invented {
	return []invented{
		{"BRØNDSTAD", "ÅSLAUG", "1971-04-12", "NOR", "N4400101"},
		{"GRÜNEWALDT", "JÖRGEN", "1968-09-03", "DEU", "C4400102"},
		{"PEÑARRUBIO", "ÍÑIGO", "1980-01-30", "ESP", "E4400103"},
		{"FÉNELOUX", "HÉLOÏSE", "1990-07-07", "FRA", "F4400104"},
		{"ÞORGEIRSDAL", "ÆVAR", "1985-11-21", "ISL", "I4400105"},
		{"GRZYBOWIŃSKI", "ŁUKASZ", "1977-02-14", "POL", "P4400106"},
		{"HRDLIČÁK", "ŘEHOŘ", "1963-12-05", "CZE", "Z4400107"},
		{"ŞAHİNBOĞA", "ÇAĞRI", "1992-05-19", "TUR", "T4400108"},
		{"ЖУРАВЛЕНКОВ", "ЕВСТАФИЙ", "1974-08-08", "RUS", "R4400109"},
		{"ΠΑΠΑΚΩΝΣΤΑΣ", "ΛΥΣΑΝΔΡΟΣ", "1959-03-25", "GRC", "G4400110"},
		{"O'MALLORAN", "SIOBHAN", "1988-06-17", "IRL", "L4400111"},
		{"VAN DER QUILLEN", "MAARTEN", "1979-10-10", "NLD", "D4400112"},
		{"LE VAN ANH TUYET", "", "1995-09-09", "VNM", "V4400113"},
		{"QUANDERLY-SMYTHE", "ROSAMUND", "1983-03-03", "GBR", "B4400114"},
	}
}

// lookAlikes are not: other people with other documents, who share much with one who is.
func lookAlikes() []invented {
	var all []invented
	for i, p := range listedPeople() {
		letter, date, place := p, p, p
		r := []rune(p.surname)
		r[len(r)/2], r[len(r)-2] = r[len(r)-2], r[len(r)/2]
		letter.surname, letter.number = string(r), fmt.Sprintf("X55%05d", i)
		date.birth, date.number = p.birth[:5]+map[bool]string{true: "01", false: "06"}[p.birth[5:7] != "01"]+p.birth[7:], fmt.Sprintf("X66%05d", i)
		place.nationality, place.number, place.given = "UTO", fmt.Sprintf("X77%05d", i), p.given+"A"
		all = append(all, letter, date, place)
	}
	return all
}

func (p invented) message(reference string) travel.Message {
	leg := travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Border: true,
		Departure: "2026-10-05T19:15", Arrival: "2026-10-05T23:45"}
	return travel.Message{Kind: travel.API, Function: travel.Query, Reference: reference, Control: reference, Sender: "ZXIAPI", Recipient: "XXGOV",
		Legs: []travel.Leg{leg}, Declared: 1, Travellers: []travel.Traveller{{Index: 1, Kind: travel.Passenger, Surname: travel.Name(p.surname),
			Given: travel.Name(p.given), Sex: "M", Birth: travel.BirthDate(p.birth), Nationality: travel.State(p.nationality), Ref: reference,
			Locator: "P2L9XZ", Embark: "DXB", Debark: "LHR",
			Documents: []travel.Document{{Type: "P", Number: travel.Number(p.number), Issuer: travel.State(p.nationality), Expiry: "2031-08-15"}}}}}
}

// shape writes one person's message in one way; nil when it cannot be written so.
type shape struct {
	name  string
	write func(p invented, reference string) []byte
}

func paxlstOf(p invented, reference string) []byte {
	m := p.message(reference)
	return wire.Encode(nil, &m, "2026-10-05T06:15")
}

// inSet is PAXLST with a declared character set; declared "" keeps UNOA.
func inSet(declared string, e encoding.Encoding) func(invented, string) []byte {
	return func(p invented, reference string) []byte {
		if declared == "" {
			declared = "UNOA"
		}
		body := paxlstOf(p, reference)
		if _, rest, ok := bytes.Cut(body, []byte(":4+")); ok {
			body = append([]byte("UNB+"+declared+":4+"), rest...)
		}
		if e == nil {
			return body
		}
		out, err := e.NewEncoder().Bytes(body)
		if err != nil {
			return nil // the set does not have these letters
		}
		return out
	}
}

// edited is PAXLST in UTF-8 with something done to its text.
func edited(f func(string) string) func(invented, string) []byte {
	return func(p invented, reference string) []byte {
		return []byte(f(string(inSet("UNOY", nil)(p, reference))))
	}
}

func shapes() []shape {
	replace := func(old, new string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, new, 1) }
	}
	wrapped := func(n int) func(string) string {
		return func(s string) string {
			var b strings.Builder
			for i, r := range []rune(s) {
				if i > 0 && i%n == 0 {
					b.WriteString("\r\n")
				}
				b.WriteRune(r)
			}
			return b.String()
		}
	}
	all := []shape{
		{"UTF-8, declared", inSet("UNOY", nil)}, {"UTF-8, undeclared", inSet("", nil)}, {"UTF-8, declared as Latin-1", inSet("UNOC", nil)},
		{"ISO 8859-1", inSet("UNOC", charmap.ISO8859_1)}, {"ISO 8859-2", inSet("UNOD", charmap.ISO8859_2)}, {"ISO 8859-5", inSet("UNOE", charmap.ISO8859_5)},
		{"ISO 8859-7", inSet("UNOF", charmap.ISO8859_7)}, {"ISO 8859-3", inSet("UNOG", charmap.ISO8859_3)}, {"ISO 8859-4", inSet("UNOH", charmap.ISO8859_4)},
		{"ISO 8859-9", inSet("UNOK", charmap.ISO8859_9)}, {"Korean", inSet("KECA", korean.EUCKR)},
		{"Latin-1, undeclared", inSet("", charmap.ISO8859_1)}, {"CP850, undeclared", inSet("", charmap.CodePage850)},
		{"lines of 40", edited(wrapped(40))}, {"lines of 69", edited(wrapped(69))}, {"lines of 89", edited(wrapped(89))},
		{"a segment a line", edited(func(s string) string { return strings.ReplaceAll(s, "'", "'\n") })},
		{"a Type-B heading", edited(func(s string) string { return "\x01QU LONXXGV\r\n.DXBZX 050615\r\n\x02" + s + "\r\n\x03" })},
		{"other delimiters", func(p invented, reference string) []byte {
			s := string(inSet("UNOY", nil)(p, reference))
			s = strings.ReplaceAll(s, "?'", "\x00")
			s = strings.NewReplacer("+", "|", ":", "^", "'", "~", "\x00", "'").Replace(s)
			return []byte("UNA^|.\\ ~" + s)
		}},
		{"a line feed for terminator", func(p invented, reference string) []byte {
			s := strings.ReplaceAll(string(inSet("UNOY", nil)(p, reference)), "?'", "\x00")
			return []byte("UNA:+.? \n" + strings.NewReplacer("'", "\n", "\x00", "'").Replace(s))
		}},
		{"no envelope", edited(func(s string) string {
			s = s[strings.Index(s, "UNH"):]
			return s[:strings.Index(s, "UNZ")]
		})},
		{"lower case", edited(strings.ToLower)},
		{"a blank before the birth date", edited(replace("DTM+329:", "DTM+329: "))},
		{"a birth date of eight digits", func(p invented, reference string) []byte {
			old := "DTM+329:" + strings.ReplaceAll(p.birth, "-", "")[2:]
			return []byte(strings.Replace(string(inSet("UNOY", nil)(p, reference)), old, "DTM+329:"+strings.ReplaceAll(p.birth, "-", ""), 1))
		}},
		{"the names in lower case", edited(func(s string) string {
			i := strings.Index(s, "NAD+FL")
			j := i + strings.Index(s[i:], "ATT")
			return s[:i] + "NAD+FL+++" + strings.ToLower(strings.TrimPrefix(s[i:j], "NAD+FL+++")) + s[j:]
		})},
		{"a list of crew (250)", edited(func(s string) string { return strings.NewReplacer("BGM+745", "BGM+250", "NAD+FL", "NAD+FM").Replace(s) })},
		{"JSON", func(p invented, reference string) []byte { return asJSON(p.message(reference)) }},
		{"JSON, crew list", func(p invented, reference string) []byte {
			m := p.message(reference)
			m.Function = travel.CrewList
			return asJSON(m)
		}},
		{"PNRGOV", func(p invented, reference string) []byte { return pushOf(p, reference) }},
		{"JSON, by machine-readable zone", byZone},
		{"the whole name in one field", edited(func(s string) string {
			i := strings.Index(s, "NAD+FL+++")
			j := i + strings.Index(s[i:], "ATT")
			return s[:i] + strings.Replace(s[i:j], ":", " ", 1) + s[j:]
		})},
		{"a title on the given name", func(p invented, reference string) []byte {
			if p.given == "" {
				return nil
			}
			p.given += " MR"
			return inSet("UNOY", nil)(p, reference)
		}},
		{"an apostrophe that is not released", edited(replace("?'", "'"))},
		{"a typographic apostrophe", edited(replace("?'", "’"))},
		{"a check digit on the number", edited(func(s string) string {
			i := strings.Index(s, "DOC+P:110:111+") + len("DOC+P:110:111+")
			j := i + strings.IndexByte(s[i:], '\'')
			digit, _ := mrz.CheckDigit(s[i:j])
			return s[:j] + string(digit) + s[j:]
		})},
		{"no reference", edited(func(s string) string {
			i := strings.Index(s, "RFF+AVF")
			j := strings.Index(s, "DOC+P")
			return s[:i] + s[j:]
		})},
		{"PNRGOV XML", func(p invented, reference string) []byte { return xmlOf(p, reference, "UTF-8", nil) }},
		{"PNRGOV XML, ISO 8859-1", func(p invented, reference string) []byte { return xmlOf(p, reference, "ISO-8859-1", charmap.ISO8859_1) }},
		{"PNRGOV, the name only in DOCS", func(p invented, reference string) []byte {
			s := string(pushOf(p, reference))
			i := strings.Index(s, "TIF+")
			j := i + strings.Index(s[i:], ":A:1")
			return []byte(s[:i] + "TIF+TBA+TBA" + s[j:])
		}},
		{"PNRGOV in lines of 69", func(p invented, reference string) []byte { return []byte(wrapped(69)(string(pushOf(p, reference)))) }},
	}
	return all
}

// byZone is JSON with nothing but the machine-readable zone of the passport, whose names are transliterated.
func byZone(p invented, reference string) []byte {
	lines, err := mrz.Encode(&mrz.Zone{Format: mrz.TD3, Type: "P", Issuer: travel.State(p.nationality), Nationality: travel.State(p.nationality), Surname: travel.Name(p.surname),
		Given: travel.Name(p.given), Number: travel.Number(p.number), Birth: travel.BirthDate(p.birth), Sex: "M", Expiry: "2031-08-15"})
	if err != nil {
		return nil
	}
	m := p.message(reference)
	t := &m.Travellers[0]
	t.Surname, t.Given, t.Birth, t.Sex, t.Nationality = "", "", "", "", ""
	t.Documents = []travel.Document{{Type: "P", MRZ: travel.Text(strings.Join(lines, "\n"))}}
	return asJSON(m)
}

// xmlOf is a push in XML, declared in a character set and written in it.
func xmlOf(p invented, reference, declared string, e encoding.Encoding) []byte {
	born := strings.ToUpper(mustTime(p.birth).Format("02Jan06"))
	text := fmt.Sprintf(`<?xml version="1.0" encoding="%s"?><IATA_PNRGOV_NotifRQ Version="13.1" TransactionIdentifier="%s"><FlightLeg CarrierCode="ZX" FlightNumber="410" DepartureDateTime="2026-10-05T19:15:00">`+
		`<DepartureAirport LocationCode="DXB"/><ArrivalAirport LocationCode="LHR"/></FlightLeg><PNRs><PNR PNR_CreationDate="2026-09-15T09:11:00Z"><BookingRefID ID="P2L9XZ"><CompanyName Code="ZX"/></BookingRefID>`+
		`<Passenger RPH="1"><GivenName>%s</GivenName><Surname>%s</Surname><DOC_SSR SSR_Code="DOCS" ServiceQuantity="1" Status="HK"><FlightInfo Code="ZX"/>`+
		`<DOCS TravelDocType="P" TravelDocNbr="%s" IssuingLoc="%s" PaxNationality="%s" DateOfBirth="%s" Gender="M" ExpiryDate="2031-08-15" Surname="%s" FirstGivenName="%s"/></DOC_SSR></Passenger></PNR></PNRs></IATA_PNRGOV_NotifRQ>`,
		declared, reference, p.given, escaped(p.surname), p.number, p.nationality, p.nationality, born, escaped(p.surname), p.given)
	if e == nil {
		return []byte(text)
	}
	out, err := e.NewEncoder().String(text)
	if err != nil {
		return nil
	}
	return []byte(out)
}

func escaped(s string) string { return strings.ReplaceAll(s, "'", "&apos;") }

func mustTime(date string) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return t
}

func pushOf(p invented, reference string) []byte {
	m := p.message(reference)
	m.Kind = travel.PNR
	m.Bookings = []travel.Booking{{Locator: "P2L9XZ", Carrier: "ZX", Party: 1, Legs: []travel.BookedLeg{{Leg: m.Legs[0], Class: "Y", Status: "HK"}}}}
	m.BookingOf = []int{0}
	m.Travellers[0].FareType = "A"
	return wire.Encode(nil, &m, "2026-10-05T06:15")
}

func asJSON(m travel.Message) []byte {
	m.Travellers[0].Index = 0
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return b
}

// TestShapes sends listed people and people who only resemble them in every character set, format and irregular shape,
// through the whole of Fairway. Whoever is on the list gets the answer that the plain form gets, which is not to board;
// of the others nobody is refused.
func TestShapes(t *testing.T) {
	streamtest.Beside(t)
	if testing.Short() {
		t.Skip("two thousand messages")
	}
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	p.load(t, listOf(listedPeople()))
	ask := func(body []byte) (travel.Outcome, error) {
		status, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "application/json", body)
		if err != nil {
			return "", err
		}
		var a struct {
			Travellers []struct {
				Advisory travel.Outcome `json:"advisory"`
			} `json:"travellers"`
		}
		if err := json.Unmarshal([]byte(answer), &a); err != nil || status != http.StatusOK || len(a.Travellers) != 1 {
			return "", fmt.Errorf("%d: %d travellers: %s", status, len(a.Travellers), answer)
		}
		return a.Travellers[0].Advisory, nil
	}
	type tried struct{ cases, missed, refused, unlike, unwritten int }
	all := shapes()
	table := make([][2]tried, len(all))
	people := [2][]invented{listedPeople(), lookAlikes()}
	for group, of := range people {
		for n, person := range of {
			var plain travel.Outcome
			var g errgroup.Group
			g.SetLimit(8)
			for i, s := range append([]shape{{"plain", inSet("UNOY", nil)}}, all...) {
				body := s.write(person, fmt.Sprintf("G%dP%dS%d", group, n, i))
				if i == 0 {
					var err error
					if plain, err = ask(body); err != nil {
						t.Fatal(err)
					}
					if group == 0 && plain == travel.Board {
						t.Errorf("listed person %d boards in the plain form", n)
					}
					continue
				}
				row := &table[i-1][group] // one goroutine a row and person
				if body == nil {
					row.unwritten++
					continue
				}
				g.Go(func() error {
					got, err := ask(body)
					row.cases++
					switch {
					case err != nil:
						row.missed++
						t.Errorf("person %d of group %d, %s: %v", n, group, s.name, err)
					case group == 0 && got != plain:
						row.missed++
						t.Errorf("listed person %d, %s: %s, in the plain form %s", n, s.name, got, plain)
					case group == 1 && got == travel.NoBoard:
						row.refused++
						t.Errorf("look-alike %d, %s: refused", n, s.name)
					case group == 1 && got != plain:
						row.unlike++
					}
					return nil
				})
			}
			_ = g.Wait()
		}
	}
	cases, innocent := 0, 0
	for i, s := range all {
		l, o := table[i][0], table[i][1]
		cases, innocent = cases+l.cases, innocent+o.cases
		t.Logf("%-32s listed %3d, missed %d | look-alikes %3d, refused %d, other than plain %d", s.name, l.cases, l.missed, o.cases, o.refused, o.unlike)
	}
	t.Logf("%d listed, %d look-alikes", cases, innocent)
	if cases < 200 || innocent < 200 {
		t.Errorf("%d listed and %d look-alikes: too few to show anything", cases, innocent)
	}
}

// listOf is a list of these people: half with their documents, all with name and birth date, for refusal.
func listOf(people []invented) []byte {
	var b strings.Builder
	b.WriteString("id,list,category,action,surname,given,other_names,birth_date,nationality,document_type,document_issuer,document_number,valid_until,caveat\n")
	for i, p := range people {
		document := ",,"
		if i%2 == 0 {
			document = "P," + p.nationality + "," + p.number
		}
		fmt.Fprintf(&b, "T-%d,interdiction,smuggling,no_board,%s,%s,,%s,%s,%s,,\n", i, p.surname, p.given, p.birth, p.nationality, document)
	}
	return []byte(b.String())
}
