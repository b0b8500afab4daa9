package wire

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// of decodes one traveller in JSON on a leg, and says what was read and what was told of them.
func of(t *testing.T, traveller string) (travel.Traveller, string) {
	t.Helper()
	messages, err := Decode("", []byte(`{"legs":[{"carrier":"ZX","number":"410","origin":"DXB","departure":"2026-10-05T19:15"}],"travellers":[`+traveller+`]}`))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range messages[0].Findings {
		if f.Severity != travel.Note && !strings.HasPrefix(f.Code, "missing_document") && f.Code != "missing_nationality" && f.Code != "missing_issuer" {
			said = append(said, fmt.Sprintf("%s %s", f.Severity, f.Code))
			if strings.Contains(f.Text, "LINDQVIST") || strings.Contains(f.Text, "9012345") {
				t.Errorf("%s quotes", f.Code)
			}
		}
	}
	return messages[0].Travellers[0], strings.Join(said, ", ")
}

// TestBirthAfterDeparture: nobody is born after they left.
func TestBirthAfterDeparture(t *testing.T) {
	for birth, want := range map[string]string{"2026-10-06": "error birth_in_future", "2027": "error birth_in_future", "2026-11": "error birth_in_future",
		"2026-10-05": "", "2026": "", "2026-10": "", "1987-03-12": "", "1987-13-12": "error bad_date"} {
		p, said := of(t, `{"surname":"ROE","given":"ANN","birth":"`+birth+`"}`)
		if said != want || (p.Birth == "") != (want != "") {
			t.Errorf("%s: %q, want %q; %q is kept", birth, said, want, string(p.Birth))
		}
	}
}

// TestNamesWithoutLetters: what has no letter is nobody's name.
func TestNamesWithoutLetters(t *testing.T) {
	for name, c := range map[string]struct{ fields, want, said string }{
		"full stops":          {`"surname":"...","given":"..."`, "//", "error no_name"},
		"hyphens":             {`"surname":"---"`, "//", "error no_name"},
		"digits":              {`"surname":"12345","given":"-"`, "//", "error no_name"},
		"a middle name too":   {`"surname":"-","given":"-","middle":"*"`, "//", "error no_name"},
		"no given name":       {`"surname":"ROE","given":"-"`, "ROE//", ""},
		"no surname":          {`"surname":".","given":"ANN"`, "ANN//", ""},
		"a middle name only":  {`"surname":".","given":".","middle":"ANN"`, "ANN//", ""},
		"letters beyond ours": {`"surname":"李","given":"عمر"`, "李/عمر/", ""},
		"one letter":          {`"surname":"O","given":"1A"`, "O/1A/", ""},
		"a lost character":    {`"surname":"\ufffd"`, "\ufffd//", "error unreadable_name"},
		"none":                {`"given":""`, "//", "error missing_surname"},
	} {
		p, said := of(t, `{`+c.fields+`,"birth":"1987-03-12"}`)
		if got := fmt.Sprintf("%s/%s/%s", string(p.Surname), string(p.Given), string(p.Middle)); got != c.want || said != c.said {
			t.Errorf("%s: %q %q, want %q %q", name, got, said, c.want, c.said)
		}
	}
	messages, err := Decode("", []byte(interchange(strings.Replace(listed, "LINDQVIST:ASTA", "---:...", 1))))
	if err != nil || messages[0].Travellers[0].Surname != "" {
		t.Errorf("EDIFACT: %v", err)
	}
	if text := fmt.Sprint(messages[0].Findings); strings.Count(text, "no_name") != 1 || strings.Contains(text, "missing_surname") {
		t.Errorf("EDIFACT: %s", text)
	}
}

// TestZoneAgainstWhatWasTyped: with a valid zone of another document, person or birth date, both are looked up and it
// is a fault.
func TestZoneAgainstWhatWasTyped(t *testing.T) {
	zone, _ := json.Marshal(passport)
	misread, _ := json.Marshal(strings.Replace(passport, "8703123", "8703124", 1))
	for name, c := range map[string]struct{ traveller, said, documents string }{
		"the same":            {`{"surname":"Lindqvist","given":"Asta","birth":"1987-03-12","documents":[{"number":"X 9012345","issuer":"SE","mrz":MRZ}]}`, "", "SWE-X9012345"},
		"another number":      {`{"surname":"LINDQVIST","documents":[{"number":"Y1","mrz":MRZ}]}`, "error mrz_differs", "SWE-Y1 SWE-X9012345"},
		"the start of it":     {`{"surname":"LINDQVIST","documents":[{"number":"X90","mrz":MRZ}]}`, "error mrz_differs", "SWE-X90 SWE-X9012345"},
		"another issuer":      {`{"surname":"LINDQVIST","documents":[{"issuer":"NOR","mrz":MRZ}]}`, "error mrz_differs", "NOR-X9012345 SWE-X9012345"},
		"another birth date":  {`{"surname":"LINDQVIST","birth":"1988-03-12","documents":[{"mrz":MRZ}]}`, "error mrz_differs", "SWE-X9012345"},
		"only the year":       {`{"surname":"LINDQVIST","birth":"1987","documents":[{"mrz":MRZ}]}`, "", "SWE-X9012345"},
		"another expiry":      {`{"surname":"LINDQVIST","documents":[{"expiry":"2032-08-15","mrz":MRZ}]}`, "warning mrz_differs", "SWE-X9012345"},
		"another sex":         {`{"surname":"LINDQVIST","sex":"M","documents":[{"mrz":MRZ}]}`, "warning mrz_differs", "SWE-X9012345"},
		"another name":        {`{"surname":"ROE","given":"ANN","documents":[{"mrz":MRZ}]}`, "error mrz_differs", "SWE-X9012345"},
		"a married name":      {`{"surname":"ROE","given":"ASTA","documents":[{"mrz":MRZ}]}`, "", "SWE-X9012345"},
		"marks and hyphens":   {`{"surname":"Ek-Lindqvíst","documents":[{"mrz":MRZ}]}`, "", "SWE-X9012345"},
		"another script":      {`{"surname":"عمر","documents":[{"mrz":MRZ}]}`, "", "SWE-X9012345"},
		"a misread zone":      {`{"surname":"LINDQVIST","documents":[{"number":"Y1","mrz":BAD}]}`, "warning check_digit, warning check_digit, warning mrz_differs", "SWE-Y1"},
		"two zones":           {`{"surname":"LINDQVIST","documents":[{"number":"Y1","mrz":MRZ},{"number":"Y2","mrz":MRZ}]}`, "error mrz_differs, error mrz_differs", "SWE-Y1 SWE-Y2 SWE-X9012345"},
		"it is there already": {`{"surname":"LINDQVIST","documents":[{"number":"Y1","mrz":MRZ},{"type":"P","number":"X9012345","issuer":"SWE"}]}`, "error mrz_differs", "SWE-Y1 SWE-X9012345"},
	} {
		p, said := of(t, strings.NewReplacer("MRZ", string(zone), "BAD", string(misread)).Replace(c.traveller))
		var documents []string
		for _, d := range p.Documents {
			documents = append(documents, string(d.Issuer)+"-"+strings.ReplaceAll(string(d.Number), " ", ""))
		}
		if got := strings.Join(documents, " "); said != c.said || got != c.documents {
			t.Errorf("%s: %q %s, want %q %s", name, said, got, c.said, c.documents)
		}
	}
}

// TestUnnamedBooking: of bookings that name nobody it is said once that nobody was screened, and of how many.
func TestUnnamedBooking(t *testing.T) {
	m := func(of []int, bookings ...travel.Booking) travel.Message {
		x := travel.Message{Kind: travel.PNR, Function: travel.Query, Bookings: bookings, BookingOf: of}
		for i := range of {
			x.Travellers = append(x.Travellers, travel.Traveller{Index: i + 1, Surname: "ROE", Given: "ANN"})
		}
		return x
	}
	for name, c := range map[string]struct {
		m    travel.Message
		many string
	}{
		"all are named":  {m([]int{0}, travel.Booking{Party: 1}), ""},
		"one is not":     {m([]int{0}, travel.Booking{Party: 1}, travel.Booking{Party: 3}), "one booking"},
		"two are not":    {m([]int{1}, travel.Booking{Party: 1}, travel.Booking{Party: 3}, travel.Booking{Party: 2}), "2 bookings"},
		"none is":        {m(nil, travel.Booking{Party: 12, Group: "yes"}), "one booking"},
		"cancelled":      {m(nil, travel.Booking{Party: 12, Cancel: true}), ""},
		"nobody in it":   {m(nil, travel.Booking{}), ""},
		"no list":        {travel.Message{Kind: travel.PNR, Function: travel.Query, Bookings: []travel.Booking{{Party: 1}}, Travellers: []travel.Traveller{{Index: 1, Surname: "ROE"}}}, ""},
		"API has none":   {travel.Message{Kind: travel.API, Function: travel.Query, Bookings: []travel.Booking{{Party: 1}}}, ""},
		"a cancellation": {travel.Message{Kind: travel.PNR, Function: travel.Cancel, Bookings: []travel.Booking{{Party: 1}}}, ""},
	} {
		Assess(&c.m)
		said := ""
		for _, f := range c.m.Findings {
			if f.Code == "unnamed_booking" {
				said += f.Text
				if f.Severity != travel.Warning || f.Traveller != 0 {
					t.Errorf("%s: %+v", name, f)
				}
			}
		}
		if c.many == "" && said != "" || !strings.HasPrefix(said, c.many) || strings.Count(said, "not screened") != min(len(c.many), 1) {
			t.Errorf("%s: %q, want %q", name, said, c.many)
		}
	}
	messages, err := Decode("", []byte(interchange(strings.Replace(booked, "TIF+", "TVL+051026:1915:051026:2345+DXB+LHR+ZX+410:Y'RPI+4+HK'SRC'RCI+ZX:K7QX2N'TIF+", 1))))
	if err != nil || !strings.Contains(fmt.Sprint(messages[0].Findings), "unnamed_booking") {
		t.Errorf("EDIFACT: %v", err)
	}
}
