package paxlst

import (
	"strconv"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

func nadCode(k travel.Kind) string {
	switch k {
	case travel.Crew:
		return "FM"
	case travel.Transit:
		return "DDU"
	case travel.TransitCrew:
		return "DDT"
	case travel.Reference:
		return "ZZZ"
	}
	return "FL"
}

func writePerson(w *edifact.Writer, t *travel.Traveller) {
	w.Segment("NAD").Element(nadCode(t.Kind)).Element("").Element("").
		Composite(string(t.Surname), string(t.Given), string(t.Middle)).Element(string(t.Address)).End()
	if t.Sex != "" {
		w.Segment("ATT").Element("2").Element("").Element(string(t.Sex)).End()
	}
	if d := shortDate(t.Birth.Date()); d != "" {
		w.Segment("DTM").Composite("329", d).End()
	}
	writeBags(w, t.Bags)
	switch t.Verified {
	case "verified":
		w.Segment("GEI").Element("4").Element("173").End()
	case "unverified":
		w.Segment("GEI").Element("4").Element("174").End()
	}
	if t.Bags != nil {
		for _, tag := range t.Bags.Tags {
			w.Segment("FTX").Element("BAG").Element("").Element("").Element(tag).End()
		}
	}
	writeAt(w, "22", string(t.Clearance))
	writeAt(w, "174", string(t.Residence))
	writeAt(w, "178", string(t.Embark))
	writeAt(w, "179", string(t.Debark))
	if t.BirthState != "" || t.BirthPlace != "" {
		w.Segment("LOC").Element("180").Composite(string(t.BirthState), "", "", string(t.BirthPlace)).End()
	}
	for _, c := range t.Contacts {
		kind, value, _ := strings.Cut(string(c), ":")
		code := "TE"
		if kind == "email" {
			code = "EM"
		}
		w.Segment("COM").Composite(value, code).End()
	}
	if t.CrewRole != "" {
		w.Segment("EMP").Element("1").Composite(t.CrewRole, "110", "111").End()
	}
	if t.Nationality != "" {
		w.Segment("NAT").Element("2").Element(string(t.Nationality)).End()
	}
	writeReferences(w, t)
	for i := range t.Documents {
		writeDocument(w, &t.Documents[i])
	}
}

func writeAt(w *edifact.Writer, code, place string) {
	if place != "" {
		w.Segment("LOC").Element(code).Element(place).End()
	}
}

func writeBags(w *edifact.Writer, b *travel.Bags) {
	if b == nil {
		return
	}
	w.Segment("MEA").Element("CT").Element("").Composite("", strconv.Itoa(b.Count)).End()
	if b.Weight > 0 {
		w.Segment("MEA").Element("WT").Element("").Composite("KGM", strconv.Itoa(b.Weight)).End()
	}
}

func writeReferences(w *edifact.Writer, t *travel.Traveller) {
	for _, r := range [...]struct{ kind, value string }{
		{"AVF", t.Locator}, {"ABO", t.Ref}, {"SEA", t.Seat}, {"AEA", string(t.Authority)}, {"CR", string(t.Frequent)},
		{"YZY", string(t.Ticket)}, {"RDR", string(t.Redress)}, {"KTN", string(t.Known)},
	} {
		if r.value != "" {
			w.Segment("RFF").Composite(r.kind, r.value).End()
		}
	}
}

func writeDocument(w *edifact.Writer, d *travel.Document) {
	w.Segment("DOC").Composite(d.Type, "110", "111").Element(string(d.Number)).End()
	if e := shortDate(d.Expiry); e != "" {
		w.Segment("DTM").Composite("36", e).End()
	}
	if e := shortDate(d.Issued); e != "" {
		w.Segment("DTM").Composite("182", e).End()
	}
	if d.Issuer != "" || d.Place != "" {
		w.Segment("LOC").Element("91").Composite(string(d.Issuer), "", "", string(d.Place)).End()
	}
}
