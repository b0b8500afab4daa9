package wire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

func TestAssess(t *testing.T) {
	good := func() travel.Message {
		return travel.Message{Kind: travel.API, Function: travel.Query,
			Legs: []travel.Leg{{Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15"}},
			Travellers: []travel.Traveller{{Index: 1, Surname: "LINDQVIST", Given: "ASTA", Birth: "1987-03-12", Sex: "F", Nationality: "SWE",
				Ref: "ZX1", Embark: "DXB", Debark: "LHR",
				Documents: []travel.Document{{Type: "P", Number: "X9012345", Issuer: "SWE", Expiry: "2031-08-15", Issued: "2021-08-15"}}}}}
	}
	for name, c := range map[string]struct {
		change func(*travel.Message, *travel.Traveller)
		want   string
	}{
		"nothing wrong": {func(*travel.Message, *travel.Traveller) {}, ""},
		"no surname":    {func(_ *travel.Message, p *travel.Traveller) { p.Surname = "" }, "missing_surname"},
		"one name":      {func(_ *travel.Message, p *travel.Traveller) { p.Given = "" }, "missing_given"},
		"no birth date": {func(_ *travel.Message, p *travel.Traveller) { p.Birth = "" }, "missing_birth"},
		"said by the format": {func(m *travel.Message, p *travel.Traveller) {
			p.Birth = ""
			m.Findings = []travel.Finding{{Code: "bad_date", Traveller: 1}}
		}, "bad_date"},
		"said of somebody else": {func(m *travel.Message, p *travel.Traveller) {
			p.Birth = ""
			m.Findings = []travel.Finding{{Code: "bad_date", Traveller: 2}}
		}, "bad_date missing_birth"},
		"a name with a lost character": {func(_ *travel.Message, p *travel.Traveller) { p.Given = "\uFFFDSTA" }, "unreadable_name"},
		"the same, said by the format": {func(m *travel.Message, p *travel.Traveller) {
			p.Given = "\uFFFDSTA"
			m.Findings = []travel.Finding{{Code: "state_mapped", Traveller: 1}, {Code: "unreadable_name", Traveller: 1}, {Code: "junk"}}
		}, "state_mapped unreadable_name junk"},
		"crew by JSON":            {func(m *travel.Message, p *travel.Traveller) { m.Function, p.Sex = travel.CrewList, "" }, "missing_sex"},
		"too old":                 {func(_ *travel.Message, p *travel.Traveller) { p.Birth = "1887-03-12" }, "birth_implausible"},
		"an infant of thirty":     {func(_ *travel.Message, p *travel.Traveller) { p.FareType = "IN" }, "adult_as_infant"},
		"no nationality":          {func(_ *travel.Message, p *travel.Traveller) { p.Nationality = "" }, "missing_nationality"},
		"no gender":               {func(_ *travel.Message, p *travel.Traveller) { p.Sex = "" }, "missing_sex"},
		"no reference":            {func(_ *travel.Message, p *travel.Traveller) { p.Ref = "" }, "missing_reference"},
		"no document":             {func(_ *travel.Message, p *travel.Traveller) { p.Documents = nil }, "missing_document"},
		"no issuer":               {func(_ *travel.Message, p *travel.Traveller) { p.Documents[0].Issuer = "" }, "missing_issuer"},
		"another issuer":          {func(_ *travel.Message, p *travel.Traveller) { p.Documents[0].Issuer = "NOR" }, "issuer_differs"},
		"no expiry":               {func(_ *travel.Message, p *travel.Traveller) { p.Documents[0].Expiry = "" }, "missing_expiry"},
		"expired":                 {func(_ *travel.Message, p *travel.Traveller) { p.Documents[0].Expiry = "2026-10-04" }, "expired_document"},
		"expires that day":        {func(_ *travel.Message, p *travel.Traveller) { p.Documents[0].Expiry = "2026-10-05" }, ""},
		"issued before birth":     {func(_ *travel.Message, p *travel.Traveller) { p.Documents[0].Issued = "1980-01-01" }, "issued_before_birth"},
		"the same document twice": {func(_ *travel.Message, p *travel.Traveller) { p.Documents = append(p.Documents, p.Documents[0]) }, "document_repeated"},
		"embarks elsewhere":       {func(_ *travel.Message, p *travel.Traveller) { p.Embark = "SIN" }, "embark_off_route"},
		"goes on":                 {func(_ *travel.Message, p *travel.Traveller) { p.Debark = "EDI" }, "debark_off_route"},
		"PNR needs no document": {func(m *travel.Message, p *travel.Traveller) {
			m.Kind = travel.PNR
			p.Documents, p.Sex, p.Birth, p.Nationality = nil, "", "", ""
		}, ""},
		"a close-out is no list": {func(m *travel.Message, p *travel.Traveller) { m.Function = travel.CloseOut; p.Documents = nil }, ""},
		"a mere reference": {func(_ *travel.Message, p *travel.Traveller) {
			p.Kind, p.Documents, p.Surname = travel.Reference, nil, ""
		}, ""},
	} {
		m := good()
		c.change(&m, &m.Travellers[0])
		Assess(&m)
		var codes []string
		for _, f := range m.Findings {
			codes = append(codes, f.Code)
		}
		if diff := cmp.Diff(c.want, strings.Join(codes, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
