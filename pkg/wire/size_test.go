package wire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fairway/pkg/repotest"
	"fairway/pkg/travel"
)

const (
	listHead = "UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0615+17++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:TN17'TDT+20+ZX410+++ZX'" +
		"LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'"
	listTail = "UNT+1+1'UNZ+1+17'"
	usHead   = "UNB+UNOA:1+ZX+XXGOV+261005:0615+17'UNH+1+PAXLST:001:000:UN'TDT++ZX410+40+ZX'LOC+5+AEDXB:50'DTM+136+261005+1915+P4'LOC+8+GBLHR:50'DTM+132+261005+2345'"
	pushHead = "UNB+IATA:1+ZX+XXGOV+261003:1430+1'UNH+1+PNRGOV:11:1:IA+S1'MSG+:22'ORG+ZX'TVL+051026:1915:051026:2345+DXB+LHR+ZX+410'EQN+1'" +
		"SRC'RCI+ZX:ABC123'SSR+DOCS:HK:1:ZX:::::/P/GBR/Q1/GBR/14MAR81/F/01JAN30/QUORNDALE/MIRABEL'DAT+700:031026:1000'ORG+ZX+123'TIF+QUORNDALE+MIRABEL:A:1'"
	docHead  = `<IATA_PNRGOV_NotifRQ><FlightLeg CarrierCode="ZX" FlightNumber="410" DepartureDateTime="2026-10-05T19:15:00"><DepartureAirport LocationCode="DXB"/><ArrivalAirport LocationCode="LHR"/></FlightLeg><PNRs>`
	jsonHead = `{"reference":"R","legs":[{"mode":"air","carrier":"ZX","number":"410","origin":"DXB","destination":"LHR","departure":"2026-10-05T19:15"}],"travellers":[{}`
)

// repeats are bodies of one thing over and over: what it is, what stands before, between and after.
var repeats = map[string]struct{ head, again, tail string }{
	"UNT UNH": {listHead + "NAD+FL+++X:Y'", "UNT+1+1'UNH+1+PAXLST:D:05B:UN:IATA'", listTail},
	"UNZ UNB": {listHead + "NAD+FL+++X:Y'UNT+1+1'", "UNZ+1+17'UNB+UNOA:4+A:ZZ+B:ZZ+261005:0615+17'", "UNZ+1+17'"},
	"UNG UNE": {listHead + "NAD+FL+++X:Y'UNT+1+1'", "UNG+PAXLST+A+B+261005:0615+1+UN+D:05B'UNE+0+1'", "UNZ+1+17'"},
	"persons": {listHead, "NAD+FL+++LINDQVIST:ASTA'ATT+2++F'DTM+329:871322'NAT+2+SWE'RFF+AVF:K7QX2M'DOC+P:110:111+X9012345'DTM+36:310815'LOC+91+SWE'", listTail},
	"PDT":     {usHead, "PDT+P/X9012345:310815:SE+LINDQVIST:ASTA:M:870312:F+PAX+AEDXB:GBLHR'", listTail},
	"JSON":    {jsonHead, `,{"surname":"LINDQVIST","documents":[{}]}`, `]}`},
	"objects": {`{"bookings":[{}`, `,{}`, `]}`},
	"fields":  {`{"travellers":[{"surname":"A"`, `,"surnam":"A"`, `}]}`},
	"PNR":     {docHead, `<PNR><Passenger><Surname>A</Surname></Passenger></PNR>`, `</PNRs></IATA_PNRGOV_NotifRQ>`},
	"XML":     {docHead, `<x/>`, `</PNRs></IATA_PNRGOV_NotifRQ>`},
}

// segments are repeated in a list, in one of US-EDIFACT and in a push.
var segments = strings.Fields(`NAD+FL' NAD+FL+++A:B' NAD+FL+++TBA' NAD+MS' BGM+745' TDT+20+ZX410+++ZX' LOC+125+DXB' LOC+92+AMS' LOC+178+DXB' DTM+189:2610051915:201' DTM+329:x'
	RFF+AVF:ABC' RFF+ABO:ABC' RFF+LI:1' DOC+P:110:111+X9012345' NAT+2+SWE' ATT+2++F' MEA+CT++:3' GEI+4+173' FTX+BAG+++ZX451299' EMP+1+CR1:110:111' COM+a@b:EM' CNT+42:1'
	XXX+1' PDT' SRC' RCI+ZX:ABC123' TIF+A+B' TIF+TBA' SSR+WCHR:HK:1:ZX' SSR+DOCS:HK:1:ZX:::::/P/GBR/Q1/GBR/14MAR81/F' REF+:1' ADD++700:A:B' TVL+051026:1915+DXB+LHR+ZX+411' LTS+0/O/A' IFT+4:28+A'
	FOP+CC:3::XXXXXXXXXXXX1111:1030' MON+B:1:EUR' TKT+0161234567890:T:1' EBD+1' DAT+700:031026:1000' ORG+ZX+123' MSG+:22' ABI+4+X' SAC+++A' EQN+1' APD+1' RPI+1' TBD++1:20:MD:ZX123' ROD' '' +' :' ?' UNS+D'`)

// TestDecodeIsLinear holds that the time a body takes grows as its bytes do, whatever stands in it over and over. What was
// quadratic here held up a country for a quarter of an hour.
func TestDecodeIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	all := map[string]func(n int) []byte{}
	for name, r := range repeats {
		all[name] = func(n int) []byte { return []byte(r.head + strings.Repeat(r.again, n/len(r.again)) + r.tail) }
	}
	for _, s := range segments {
		for kind, head := range map[string]string{"list": listHead + "NAD+FL+++X:Y'", "US": usHead, "push": pushHead} {
			all[kind+" "+s] = func(n int) []byte { return []byte(head + strings.Repeat(s, n/len(s)) + listTail) }
		}
	}
	for name, body := range all {
		repotest.Linear(t, name, 8<<10, 24, body, func(b []byte) { _, _ = Decode("", b) })
	}
}

// TestNoMoreThanALargeShip: everybody of a list of [travel.MostPeople] is read, and nobody of a larger one, whatever its
// format and however it is parted.
func TestNoMoreThanALargeShip(t *testing.T) {
	edifact := func(n, parts int) string {
		return listHead + strings.Repeat(strings.Repeat("NAD+FL+++A:B'", n/parts)+"UNT+1+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'", parts) + "CNT+42:0'" + listTail
	}
	push := func(n int) string {
		return pushHead + strings.Repeat("TIF+A+B'", n-1) + listTail
	}
	object := func(n int) string { return jsonHead + strings.Repeat(`,{"surname":"A"}`, n-1) + "]}" }
	const most = travel.MostPeople
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"list":              {edifact(most, 1), most},
		"larger list":       {edifact(most+1, 1), 0},
		"lists":             {edifact(most, 5), most},
		"larger lists":      {edifact(most+10, 10), 0},
		"push":              {push(most), most},
		"larger push":       {push(most + 1), 0},
		"JSON":              {object(most), most},
		"larger JSON":       {object(most + 1), 0},
		"JSON messages":     {"[" + object(most/2) + "," + object(most/2) + "]", most},
		"more of them":      {"[" + object(most/2) + "," + object(most/2+1) + "]", 0},
		"many messages":     {"[{}" + strings.Repeat(",{}", travel.MostMessages) + "]", 0},
		"many UNH":          {listHead + strings.Repeat("UNT+1+1'UNH+1+PAXLST:D:05B:UN:IATA'", travel.MostMessages) + listTail, 0},
		"largest US list":   {usHead + strings.Repeat("PDT+P/X+A:B:::F+PAX'", most) + listTail, most},
		"larger US list":    {usHead + strings.Repeat("PDT+P/X+A:B:::F+PAX'", most+1) + listTail, 0},
		"objects of no use": {`{"bookings":[{}` + strings.Repeat(",{}", maxJSONObjects) + "]}", 0},
	} {
		messages, err := Decode("", []byte(c.body))
		people := 0
		for i := range messages {
			people += len(messages[i].Travellers)
		}
		if people != c.want {
			t.Errorf("%s: read %d people, want %d; %v", name, people, c.want, err)
		}
		var bad *travel.DecodeError
		if c.want == 0 && (!errors.As(err, &bad) || bad.Findings[0].Code != "too_many_travellers") {
			t.Errorf("%s: %d messages, %v", name, len(messages), err)
		}
	}
	_, err := Decode("", []byte(edifact(most+1, 1)))
	if want := fmt.Sprintf("segment %d (NAD)", bytes.Count([]byte(listHead), []byte("'"))+most+1); !strings.Contains(err.Error(), want) {
		t.Errorf("%v: want %s", err, want)
	}
}
