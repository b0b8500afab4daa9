package xml

import (
	"strings"
	"testing"

	"fairway/pkg/booking/bookingtest"

	"github.com/google/go-cmp/cmp"
)

const (
	head = `<PNRGOV><FlightLeg CarrierCode="ZX" FlightNumber="410" DepartureDateTime="2026-10-05T14:30:00" ArrivalDateTime="2026-10-05T19:45:00">` +
		`<DepartureAirport LocationCode="SIN"/><ArrivalAirport LocationCode="LHR"/></FlightLeg><PNRs NumberOfPnrs="1"><PNR><BookingRefID ID="K7QX2M"/>`
	asta   = `<Passenger RPH="1"><GivenName>ASTA</GivenName><Surname>LINDQVIST</Surname></Passenger>`
	ida    = `<Passenger RPH="2"><GivenName>IDA</GivenName><Surname>BERG</Surname></Passenger>`
	flight = `<Flight FlightNumber="410" DepartureDateTime="2026-10-05T14:30:00"><DepartureAirport LocationCode="SIN"/><MarketingAirline Code="ZX"/>`
	tail   = `</Flight></PNR></PNRs></PNRGOV>`
)

// TestPeople is who is taken for a person in where it is told otherwise than in EDIFACT.
func TestPeople(t *testing.T) {
	checkin := func(s string) string { return flight + "<CheckInInfo>" + s + "</CheckInInfo>" + tail }
	for name, c := range map[string]struct{ body, want, codes string }{
		"a seat to be advised": {`<Passenger RPH="2"><GivenName>TBA</GivenName><Surname>TBA</Surname></Passenger>` + asta + flight + tail,
			"0: LINDQVIST/ASTA/   ", "unnamed"},
		"INFT": {asta + `<SSR SSRCode="INFT" RPH="1"><Text>BERG/LARS 12MAR26</Text></SSR>` + flight + tail,
			"0: LINDQVIST/ASTA/    | 0: BERG/LARS/ 2026-03-12   IN of 1", ""},
		"check-in by reference": {asta + ida + checkin(`<BoardingNumber RPH="2"><SeatNumber>23A</SeatNumber></BoardingNumber>`),
			"0: LINDQVIST/ASTA/    | 0: BERG/IDA/    checked_in 23A", ""},
		"check-in by nearly the name": {asta + ida + checkin(`<Passenger><GivenName>ESTA</GivenName><Surname>LINDQVIST</Surname></Passenger>`),
			"0: LINDQVIST/ASTA/    checked_in | 0: BERG/IDA/   ", "checkin_name_differs"},
		"check-in of nobody": {asta + ida + checkin(`<BoardingNumber RPH="7"/>`), "0: LINDQVIST/ASTA/    | 0: BERG/IDA/   ", "stray_check_in"},
		"two titles":         {strings.Replace(asta, "ASTA", "ASTA Prof. Dr", 1) + flight + tail, "0: LINDQVIST/ASTA/   ", ""},
	} {
		m := one(t, head+c.body)
		if diff := cmp.Diff(c.want, strings.Join(bookingtest.Lines(m), " | ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got := bookingtest.Codes(m.Findings); got != c.codes {
			t.Errorf("%s: reported %q, want %q", name, got, c.codes)
		}
	}
}
