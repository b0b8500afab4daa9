package xml

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

func TestReportedLegMustBePossible(t *testing.T) {
	for name, change := range map[string][2]string{
		"no designator": {` CarrierCode="ZX"`, ""}, "no number": {` FlightNumber="410"`, ""}, "no port": {`<DepartureAirport LocationCode="SIN"/>`, ""},
		"no date": {` DepartureDateTime="2026-10-05T14:30:00"`, ""}, "a number for a port": {`"SIN"`, `"1200"`},
	} {
		m := one(t, strings.Replace(head, change[0], change[1], 1)+asta+flight+tail)
		if f := m.Findings[0]; len(m.Legs) != 0 || f.Severity != travel.Fault || f.Tag != "FlightLeg" || f.Offset == 0 {
			t.Errorf("%s: %d legs, %v", name, len(m.Legs), m.Findings)
		}
	}
}

func TestEverySplitIsKept(t *testing.T) {
	m := one(t, head+asta+`<SplitPNR ID="L9PT4D"/><SplitPNR><BookingRefID ID="L9PT4E"/><BookingRefID ID="L9PT4F"/></SplitPNR>`+
		`<SplitPNR><BookingRefID>L9PT4G</BookingRefID></SplitPNR>`+flight+tail)
	if diff := cmp.Diff([]string{"L9PT4D", "L9PT4E", "L9PT4F", "L9PT4G"}, m.Bookings[0].Split); diff != "" {
		t.Error(diff)
	}
}

// TestBagsAreOfTheReportedLeg holds that bags listed under another flight are not this one's.
func TestBagsAreOfTheReportedLeg(t *testing.T) {
	other := strings.NewReplacer("410", "11", "SIN", "LHR").Replace(flight)
	in := `<CheckInInfo><BoardingNumber RPH="1"><CheckedBag BagCount="2" UnitOfMeasureQuantity="12.5" UnitOfMeasureCode="K"/></BoardingNumber></CheckInInfo>`
	m := one(t, head+asta+flight+in+"</Flight>"+other+in+tail)
	if diff := cmp.Diff(&travel.Bags{Count: 2, Weight: 13}, m.Travellers[0].Bags); diff != "" {
		t.Errorf("%s", diff)
	}
}

func TestBirthDates(t *testing.T) {
	for field, c := range map[string]struct{ birth, codes string }{
		"1987-03-12": {"1987-03-12", ""}, "0000-00-00": {"", "unknown_date"}, "000000": {"", "unknown_date"}, "1987-13-12": {"", "bad_date"}, " 1987-03-12 ": {"1987-03-12", ""},
	} {
		m := one(t, head+asta+`<DOC_SSR><DOCS DateOfBirth="`+field+`" Gender="F" TravelDocNbr="X9012345" IssuingLoc="SWE" TravelDocType="P" Surname="LINDQVIST" FirstGivenName="ASTA"/></DOC_SSR>`+flight+tail)
		if p := &m.Travellers[0]; string(p.Birth) != c.birth || bookingtest.Codes(m.Findings) != c.codes {
			t.Errorf("birth date %q: %q, %s", field, string(p.Birth), bookingtest.Codes(m.Findings))
		}
	}
}

func TestEmptyDocumentsAreNone(t *testing.T) {
	m := one(t, head+asta+`<DOC_SSR><DOCS TravelDocNbr=" "/><DOCO/></DOC_SSR>`+flight+tail)
	if len(m.Travellers) != 1 || len(m.Travellers[0].Documents) != 0 {
		t.Errorf("%d travellers", len(m.Travellers))
	}
}

func TestDeclared(t *testing.T) {
	if m := one(t, strings.Replace(head, `NumberOfPnrs="1"`, `NumberOfPnrs="5"`, 1)+asta+flight+tail); m.Declared != 5 || bookingtest.Codes(m.Findings) != "count_differs" {
		t.Errorf("%d declared, %s", m.Declared, bookingtest.Codes(m.Findings))
	}
	if m := one(t, strings.Replace(head, "<PNR>", `<PNR NumberOfPassengers="3">`, 1)+asta+flight+tail); m.Bookings[0].Party != 3 || bookingtest.Codes(m.Findings) != "count_differs" {
		t.Errorf("a party of %d, %s", m.Bookings[0].Party, bookingtest.Codes(m.Findings))
	}
}

func TestTest(t *testing.T) {
	for target, want := range map[string]bool{"": false, ` Target="Test"`: true, ` Target="TEST"`: true, ` Target="Production"`: false} {
		if m := one(t, strings.Replace(head, "<PNRGOV", "<PNRGOV"+target, 1)+asta+flight+tail); m.Test != want {
			t.Errorf("%s: test is %v", target, m.Test)
		}
	}
}
