package population

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"fairway/pkg/travel"
)

// The shares of the population, as the sources in standards.md F.8 and gtas.md 6 have them.
const (
	listedShare  = 0.003 // travellers who are on a list (German PIU 2024: 0.13 %; Pi-NL 2019: 0.31 %)
	repeatShare  = 0.3   // parties led by somebody who travelled before
	ferryShare   = 0.1   // parties by sea
	remembered   = 50_000
	largestParty = 5
)

// Population invents travellers. It is not safe for concurrent use.
type Population struct {
	rng      *rand.Rand
	cultures []culture
	start    time.Time
	serial   int
	regulars []travel.Traveller // people who travel again
	listed   []travel.ListEntry
}

// New returns the population of a seed, with departures in the three days after start.
func New(seed uint64, start time.Time) *Population {
	return &Population{rng: rand.New(rand.NewPCG(seed, 0x46616972)), cultures: cultures(), start: start}
}

// Listed invents n list entries; from then on some travellers are on the list.
func (p *Population) Listed(n int) []travel.ListEntry {
	entries := make([]travel.ListEntry, n)
	for i := range entries {
		entries[i] = p.entry(i)
	}
	p.listed = entries
	return entries
}

func (p *Population) entry(i int) travel.ListEntry {
	t := p.person()
	e := travel.ListEntry{ID: "L" + strconv.Itoa(i), List: "interdiction", Category: "smuggling", Action: travel.ActRefer,
		Surname: t.Surname, Given: t.Given, Birth: t.Birth, Nationality: t.Nationality}
	switch k := p.rng.IntN(10); {
	case k < 4: // documents only: stolen or lost
		e = travel.ListEntry{ID: e.ID, List: "stolen-documents", Category: "stolen", Action: travel.ActNoBoard, Documents: t.Documents}
	case k < 6:
		e.Action, e.Documents = travel.ActNoBoard, t.Documents
	case k < 7:
		e.Action, e.List = travel.ActAlert, "lookout"
	}
	return e
}

// Party invents one message: people who travel together on one leg.
func (p *Population) Party() travel.Message {
	p.serial++
	leg := p.leg()
	m := travel.Message{Kind: travel.API, Function: travel.Query, Code: "745", Profile: "D:05B:UN:IATA",
		Reference: fmt.Sprintf("%s%09d", leg.Carrier, p.serial), Control: fmt.Sprintf("%09d", p.serial),
		Sender: leg.Carrier + "IAPI", Recipient: "XXGOV", Legs: []travel.Leg{leg}}
	locator := p.locator()
	n := 1
	for n < largestParty && p.rng.IntN(100) < 38 {
		n++
	}
	family := p.rng.IntN(len(p.cultures))
	for i := range n {
		t := p.traveller(family, i)
		t.Index, t.Locator, t.Embark, t.Debark = i+1, locator, leg.Origin, leg.Destination
		t.Ref = fmt.Sprintf("%s%08d%d", leg.Carrier, p.serial, i)
		t.Seat = strconv.Itoa(1+p.rng.IntN(60)) + string(rune('A'+p.rng.IntN(9)))
		if p.rng.IntN(3) > 0 {
			t.Bags = &travel.Bags{Count: p.rng.IntN(3)}
		}
		m.Travellers = append(m.Travellers, t)
	}
	m.Declared = n
	return m
}

// traveller is a listed person, somebody who travelled before, or somebody new.
func (p *Population) traveller(family, place int) travel.Traveller {
	switch {
	case len(p.listed) > 0 && p.rng.Float64() < listedShare:
		return p.onList(p.listed[p.rng.IntN(len(p.listed))])
	case place == 0 && len(p.regulars) > 100 && p.rng.Float64() < repeatShare:
		return p.regulars[p.rng.IntN(len(p.regulars))]
	}
	t := p.personOf(family)
	if len(p.regulars) < remembered {
		p.regulars = append(p.regulars, t)
	} else {
		p.regulars[p.rng.IntN(remembered)] = t
	}
	return t
}

// onList is a traveller whom an entry is about: by name and birth date, by document, or both.
func (p *Population) onList(e travel.ListEntry) travel.Traveller {
	t := p.person()
	if e.Surname != "" {
		t.Surname, t.Given, t.Birth, t.Nationality = e.Surname, e.Given, e.Birth, e.Nationality
	}
	if len(e.Documents) > 0 {
		t.Documents = e.Documents
	}
	return t
}

func (p *Population) person() travel.Traveller { return p.personOf(p.rng.IntN(len(p.cultures))) }

func (p *Population) personOf(family int) travel.Traveller {
	c := &p.cultures[family]
	given := c.given[p.rng.IntN(len(c.given))]
	if p.rng.IntN(3) == 0 {
		given += " " + c.given[p.rng.IntN(len(c.given))]
	}
	surname := c.surnames[p.rng.IntN(len(c.surnames))]
	if p.rng.IntN(2) == 0 { // compound, so that full names are as various as in life
		surname += " " + c.surnames[p.rng.IntN(len(c.surnames))]
	}
	state := travel.State(c.state)
	t := travel.Traveller{Kind: travel.Passenger, Surname: travel.Name(surname), Given: travel.Name(given), Nationality: state,
		Residence: state, Sex: travel.Sex([]string{"M", "F"}[p.rng.IntN(2)]), Verified: "verified",
		Birth: travel.BirthDate(p.date(-int(float64(365*88)*p.rng.Float64()) - 30))}
	t.Documents = []travel.Document{{Type: "P", Issuer: state, Expiry: p.date(40 + p.rng.IntN(3500)),
		Number: travel.Number(fmt.Sprintf("%c%08d", 'A'+rune(p.rng.IntN(26)), p.rng.IntN(100_000_000)))}}
	return t
}

func (p *Population) date(days int) travel.Date {
	return travel.Date(p.start.AddDate(0, 0, days).Format(time.DateOnly))
}

func (p *Population) locator() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	b := make([]byte, 6)
	for i := range b {
		b[i] = letters[p.rng.IntN(len(letters))]
	}
	return string(b)
}

// leg picks one of some 400 departures: enough to spread over partitions, few enough that legs fill.
func (p *Population) leg() travel.Leg {
	when := p.start.Truncate(time.Hour).Add(time.Duration(6+p.rng.IntN(60)) * time.Hour)
	departure := travel.LocalTimeOf(when)
	arrival := travel.LocalTimeOf(when.Add(5 * time.Hour))
	if p.rng.Float64() < ferryShare {
		return travel.Leg{Mode: travel.Sea, Carrier: "NSF", Number: strconv.Itoa(700 + p.rng.IntN(20)), Origin: "FRCQF",
			Destination: "GBDVR", Departure: departure, Arrival: arrival, Border: true,
			Vessel: &travel.Vessel{IMO: "9876543", Name: "MV NORTHERN TERN", Flag: "NOR"}}
	}
	carriers := []string{"ZX", "QZ", "XQ", "ZY"}
	origins := []travel.Port{"DXB", "SIN", "IST", "LOS", "CAI", "GRU", "HKG", "DEL", "MNL", "SGN"}
	return travel.Leg{Mode: travel.Air, Carrier: carriers[p.rng.IntN(len(carriers))], Number: strconv.Itoa(100 + p.rng.IntN(40)),
		Origin: origins[p.rng.IntN(len(origins))], Destination: "LHR", Departure: departure, Arrival: arrival, Border: true}
}
