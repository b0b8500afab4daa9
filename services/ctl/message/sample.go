package message

import (
	"context"
	"errors"
	"flag"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/travel"
	"fairway/pkg/wire"
	"fairway/services/ctl/cli"
)

// Sample prints a message for tomorrow that the one-process mode answers: one passenger of whom nothing is known, and
// one who resembles an entry of its sample list. Both are invented.
func Sample(_ context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("sample", flag.ContinueOnError)
	pnr := fs.Bool("pnr", false, "a booking (PNRGOV)")
	asJSON := fs.Bool("json", false, "JSON")
	lines := fs.Bool("lines", false, "a line for each segment")
	on := fs.String("on", "", "date of departure, 2026-10-05; tomorrow when not given")
	rest, err := cli.Parse(fs, s, args)
	if err != nil {
		return err
	}
	day := travel.Date(*on)
	if *on == "" {
		day = travel.Date(time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly))
	}
	if len(rest) > 0 || !day.Full() || *pnr && *asJSON {
		return errors.New("give -pnr or -json or neither, and -on as 2026-10-05")
	}
	m := sampleMessage(day)
	if *asJSON {
		b, err := json.MarshalIndent(m, "", " ")
		if err != nil {
			return err
		}
		_, err = s.Out.Write(append(b, '\n'))
		return err
	}
	before := dayBefore(day)
	if *pnr {
		asBookings(&m, before)
	}
	out := wire.Encode(nil, &m, travel.LocalTime(string(before)+"T11:02"))
	if *lines {
		out = broken(out)
	}
	_, err = s.Out.Write(append(out, '\n'))
	return err
}

func dayBefore(day travel.Date) travel.Date {
	t, _ := travel.LocalTime(day + "T00:00").Time()
	return travel.Date(t.AddDate(0, 0, -1).Format(time.DateOnly))
}

func sampleMessage(day travel.Date) travel.Message {
	number := strings.ReplaceAll(string(day), "-", "")
	leg := travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Border: true,
		Departure: travel.LocalTime(day + "T19:15"), Arrival: travel.LocalTime(day + "T23:45")}
	return travel.Message{Kind: travel.API, Function: travel.Query, Reference: "ZXQ" + number, Control: number + "01", Sender: "ZXIAPI",
		Recipient: "XXGOV", Legs: []travel.Leg{leg}, Declared: 2, Travellers: []travel.Traveller{
			{Index: 1, Kind: travel.Passenger, Surname: "LINDQVIST", Given: "ASTA", Sex: "F", Birth: "1987-03-12", Nationality: "SWE", Ref: "ZX410000017",
				Locator: "K7QX2M", Embark: "DXB", Debark: "LHR", Documents: []travel.Document{{Type: "P", Number: "X9012345", Issuer: "SWE", Expiry: "2031-08-15"}}},
			{Index: 2, Kind: travel.Passenger, Surname: "VARKONDI", Given: "ISTOK", Sex: "M", Birth: "1979-04-11", Nationality: "UTO", Ref: "ZX410000205",
				Locator: "P2L9XZ", Embark: "DXB", Debark: "LHR", Documents: []travel.Document{{Type: "P", Number: "K4400123", Issuer: "UTO", Expiry: "2031-08-15"}}},
		}}
}

// asBookings turns the sample into the bookings of its travellers, one each.
func asBookings(m *travel.Message, made travel.Date) {
	m.Kind, m.Profile = travel.PNR, ""
	for i := range m.Travellers {
		t := &m.Travellers[i]
		t.FareType = "A"
		m.Bookings = append(m.Bookings, travel.Booking{Locator: t.Locator, Carrier: "ZX", Party: 1,
			Created: travel.LocalTime(made + "T09:00"), Legs: []travel.BookedLeg{{Leg: m.Legs[0], Class: "Y", Status: "HK"}}})
		m.BookingOf = append(m.BookingOf, i)
	}
}
