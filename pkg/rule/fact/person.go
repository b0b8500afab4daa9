package fact

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

func gatherTraveller(t *travel.Traveller, departure travel.Date) *Traveller {
	given := t.FullGiven()
	f := &Traveller{
		Kind: string(t.Kind), NameKnown: t.Surname != "" || given != "", SingleName: (t.Surname == "") != (given == ""),
		PlaceholderName: travel.Placeholder(string(t.Surname)) || travel.Placeholder(string(given)), Sex: string(t.Sex), Birth: string(t.Birth),
		BirthState: string(t.BirthState), Nationality: string(t.Nationality), Residence: string(t.Residence), Verified: t.Verified,
		Documents: len(t.Documents), Seat: t.Seat, CheckIn: t.CheckIn, FareType: t.FareType,
		Infant: t.FareType == "IN" || t.InfantOf > 0, CrewRole: t.CrewRole, Contacts: len(t.Contacts),
		HasAddress: t.Address != "", HasRef: t.Ref != "", HasLocator: t.Locator != "", HasTicket: t.Ticket != "",
		HasFrequent: t.Frequent != "", HasRedress: t.Redress != "", HasAuthority: t.Authority != "",
		Embark: string(t.Embark), Debark: string(t.Debark),
	}
	for _, d := range t.Documents {
		switch {
		case strings.HasPrefix(d.Type, "P"):
			f.Passports++
		case d.Type == "V":
			f.Visas++
		}
	}
	if birth := t.Birth.Date(); birth != "" {
		f.BirthFull = new(birth.Full() && (!departure.Full() || birth <= departure))
		if age, ok := birth.Age(departure); ok {
			f.Age = &age
		}
	}
	if t.Bags != nil {
		f.Bags = new(t.Bags.Count)
		if t.Bags.Weight > 0 {
			f.BagWeight = new(t.Bags.Weight)
		}
	}
	return f
}

// gatherDocument describes the first document that is no visa; nil when there is none.
func gatherDocument(t *travel.Traveller, departure travel.Date) *Document {
	at := slices.IndexFunc(t.Documents, func(d travel.Document) bool { return d.Type != "V" })
	if at < 0 {
		return nil
	}
	d := &t.Documents[at]
	f := &Document{Type: d.Type, Issuer: string(d.Issuer), Expiry: string(d.Expiry), Issued: string(d.Issued)}
	if n := travel.CleanNumber(d.Number); n != "" {
		f.NumberLength, f.NumberShape = new(len(n)), shape(n)
		f.CheckDigitGlued = new(checkDigitGlued(n))
		f.NumberRepeats = new(len(n) > 2 && strings.Count(n, n[:1]) == len(n))
	}
	if days, ok := departure.Days(d.Expiry); ok {
		f.DaysToExpiry = &days
	}
	if days, ok := d.Issued.Days(departure); ok {
		f.DaysSinceIssue = &days
	}
	if d.Issuer != "" && t.Nationality != "" {
		f.IssuerDiffers = new(d.Issuer != t.Nationality)
	}
	if d.Issued.Full() && t.Birth.Date().Full() {
		f.IssuedAfterBirth = new(d.Issued >= t.Birth.Date())
	}
	for i := range t.Documents {
		if i == maxList {
			break
		}
		d := &t.Documents[i]
		item := DocumentItem{Type: d.Type, Issuer: string(d.Issuer), NumberLength: len(travel.CleanNumber(d.Number)), For: string(d.For)}
		item.DaysToExpiry, item.HasExpiry = departure.Days(d.Expiry)
		f.All = append(f.All, item)
	}
	return f
}

// shape replaces letters by A and digits by 9.
func shape(n string) string {
	b := []byte(n)
	for i, c := range b {
		if c >= '0' && c <= '9' {
			b[i] = '9'
		} else {
			b[i] = 'A'
		}
	}
	return string(b)
}

// checkDigitGlued reports whether n is a nine-character document number with its ICAO 9303 check digit behind it, as
// when a carrier copies ten characters of the machine-readable zone (Doc 9303-3, 4.9).
func checkDigitGlued(n string) bool {
	if len(n) != 10 {
		return false
	}
	sum := 0
	for i := range 9 {
		v := int(n[i] - '0')
		if n[i] >= 'A' {
			v = int(n[i]-'A') + 10
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return n[9] == byte('0'+sum%10)
}
