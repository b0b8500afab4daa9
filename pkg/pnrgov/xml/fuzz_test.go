package xml

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/repotest"
	"fairway/pkg/travel"
)

// FuzzDecode holds: messages or an error, never both; places inside the body; every person has a booking; nothing
// banned gets through; the body stays as it was; and what is read names PNRGOV.
func FuzzDecode(f *testing.F) {
	for _, body := range stories(f) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		kept := bytes.Clone(body)
		messages, err := Decode(body)
		if (err == nil) == (len(messages) == 0) {
			t.Fatalf("%d messages, %v", len(messages), err)
		}
		if !bytes.Equal(kept, body) {
			t.Fatal("the body was changed")
		}
		Peek(body)
		var refused *travel.DecodeError
		if err != nil {
			if !errors.As(err, &refused) || len(refused.Findings) == 0 {
				t.Fatalf("refused without a finding: %v", err)
			}
			for _, finding := range refused.Findings {
				if finding.Offset < 0 || finding.Offset > len(body) {
					t.Fatalf("%s outside the body", finding)
				}
			}
			return
		}
		for i := range messages {
			m := &messages[i]
			bookingtest.Holds(t, m, len(body))
			if len(m.Legs) == 0 && len(m.Bookings) == 0 {
				t.Fatal("a message of nothing")
			}
			if m.Report < 0 || m.Report > 0 && m.Report >= len(m.Legs) {
				t.Fatalf("reports leg %d of %d", m.Report, len(m.Legs))
			}
		}
		Mask(kept)
		same(t, "body", body, kept)
	})
}

// push is a push of n bookings like the first of the story full.
func push(tb testing.TB, n int) []byte {
	tb.Helper()
	story := string(stories(tb)["full"])
	from, to := strings.Index(story, "<PNR "), strings.Index(story, "</PNR>")+len("</PNR>")
	if from < 0 || to < from {
		tb.Fatal("the story has no booking")
	}
	var b strings.Builder
	b.WriteString(story[:from])
	for i := range n {
		b.WriteString(strings.ReplaceAll(story[from:to], "K7QX2M", fmt.Sprintf("K%05d", i)))
	}
	b.WriteString("</PNRs></IATA_PNRGOV_NotifRQ>")
	return []byte(b.String())
}

var sink []travel.Message

func BenchmarkDecode(b *testing.B) {
	for _, n := range []int{1, 100, 2500} {
		body := push(b, n)
		b.Run(fmt.Sprint(2*n), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if sink, err = Decode(body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestLinear reads bodies of one thing over and over, and sees a step that is not linear.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	const head = `<PNRGOV><FlightLeg CarrierCode="ZX" FlightNumber="410" DepartureDateTime="2026-10-05T14:30:00"><DepartureAirport LocationCode="SIN"/></FlightLeg>`
	const pnr = `<PNR><BookingRefID ID="K7QX2M"/><Passenger RPH="1"><Surname>LINDQVIST</Surname></Passenger>`
	latin := `<?xml version="1.0" encoding="latin1"?>` + head
	for name, c := range map[string]struct{ head, again, tail string }{
		"texts":          {head + pnr + "<OSI><Text>", "A<!---->", "</Text></OSI></PNR></PNRGOV>"},
		"attributes":     {head + "<PNR ", `Status="A" `, "></PNR></PNRGOV>"},
		"unknown":        {head, "<a/>", "</PNRGOV>"},
		"unknown names":  {head + pnr, "<abcdefgh/>", "</PNR></PNRGOV>"},
		"history":        {head + pnr + "<UnstructuredPNR_History>", "A\n", "</UnstructuredPNR_History></PNR></PNRGOV>"},
		"services":       {head + pnr, `<SSR SSRCode="PETC" RPH="1"/>`, "</PNR></PNRGOV>"},
		"people":         {head + "<PNR>", `<Passenger RPH="1"><Surname>A</Surname></Passenger>`, "</PNR></PNRGOV>"},
		"latin1":         {"", "\xc9", latin},
		"latin1 letters": {latin, "<PNR Status='\xc9' PNR_CreationDate='\xc9'/>", "</PNRGOV>"},
		"nothing":        {"", "<", ""},
		"comments":       {"", "<!---->", ""},
	} {
		body := func(n int) []byte { return []byte(c.head + strings.Repeat(c.again, n/len(c.again)) + c.tail) }
		repotest.Linear(t, name, 8<<10, 32, body, func(b []byte) { reads(t, name, b) })
	}
	repotest.Linear(t, "push", 10, 32, func(n int) []byte { return push(t, n) }, func(b []byte) { reads(t, "push", b) })
}

// reads holds that a body is either understood or refused.
func reads(t *testing.T, name string, body []byte) {
	if messages, err := Decode(body); (err == nil) == (len(messages) == 0) {
		t.Errorf("%s: %d messages, %v", name, len(messages), err)
	}
}

// TestMask holds that a masked body reads as the body did and tells nothing of what must not be told.
func TestMask(t *testing.T) {
	for name, body := range stories(t) {
		masked := bytes.Clone(body)
		n := Mask(masked)
		same(t, name, body, masked)
		switch again := Mask(bytes.Clone(masked)); {
		case name == "sensitive" && n != 13:
			t.Errorf("masked %d texts", n)
		case name != "sensitive" && (n != 0 || !bytes.Equal(body, masked)):
			t.Errorf("%s: masked %d texts of none", name, n)
		case again != 0:
			t.Errorf("%s: masked %d texts twice", name, again)
		}
	}
	masked := stories(t)["sensitive"]
	Mask(masked)
	for _, banned := range []string{"KSML", "MUSLIM", "WHEELCHAIR", "UNION", "REV<", "CLG", "MEDA", "CANNOT", "GUIDE", "BAPTIST", "WCHR", "MOML"} {
		if bytes.Contains(masked, []byte(banned)) {
			t.Errorf("%s is still there:\n%s", banned, masked)
		}
	}
	odd := []byte(`<PNRGOV><PNR><SSR><SSR_Code>KSML</SSR_Code><Text>FOR <!-- --> ASTA</Text></SSR><OSI Code='A>B' Text="IS &quot;BLIND&quot;"/><OSI><Text>KOS<!---->HER</Text></OSI>` +
		`<OSI><Text><![CDATA[IS DEAF]]></Text></OSI><UnstructuredPNR_History>TRADE` + "\n" + `UNION</UnstructuredPNR_History><Remark>J&#69;WISH</Remark></PNR></PNRGOV>`)
	masked = bytes.Clone(odd)
	Mask(masked)
	same(t, "odd", odd, masked)
	for _, banned := range []string{"KSML", "ASTA", "BLIND", "KOS", "DEAF", "TRADE", "WISH"} {
		if bytes.Contains(masked, []byte(banned)) {
			t.Errorf("%s is still there: %s", banned, masked)
		}
	}
}

// same holds that two bodies read alike but for where findings stand.
func same(t *testing.T, name string, body, masked []byte) {
	t.Helper()
	if len(masked) != len(body) {
		t.Fatal("masking changed the length")
	}
	a, errA := Decode(body)
	b, errB := Decode(masked)
	if (errA == nil) != (errB == nil) || len(a) != len(b) {
		t.Fatalf("%s: %v, masked %v", name, errA, errB)
	}
	for i := range a {
		a[i].Findings, b[i].Findings = nil, nil
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Fatalf("%s (-plain +masked):\n%s", name, diff)
	}
}
