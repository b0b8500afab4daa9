package wire

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

const good = `{"reference":"R1","legs":[{"mode":"air","carrier":"ZX","number":"0410","origin":"DXB","destination":"LHR","departure":"2026-10-05T19:15","border":true}],
"travellers":[{"surname":"LINDQVIST","given":"ASTA","birth":"1987-03-12","sex":"F","nationality":"SWE","ref":"ZX1",
 "documents":[{"type":"P","number":"X9012345","issuer":"SWE","expiry":"2031-08-15"}]}]}`

func TestJSON(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     string // code, pointer and the text at the offset of every finding
	}{
		"nothing wrong":           {"", "", ""},
		"a date of another form":  {"1987-03-12", "12.03.1987", `bad_date /travellers/0/birth "12.03.`},
		"an unknown sex":          {`"F"`, `"female"`, `bad_value /travellers/0/sex "female | missing_sex /travellers/0 {"surna`},
		"State of two letters":    {`"nationality":"SWE"`, `"nationality":"SE"`, `state_mapped /travellers/0/nationality "SE","r`},
		"no State":                {`"nationality":"SWE"`, `"nationality":"QQQ"`, `unknown_state /travellers/0/nationality "QQQ"," | issuer_differs /travellers/0 {"surna`},
		"no such function":        {`"reference"`, `"function":"delete","reference"`, `bad_value /function "delete`},
		"no such kind":            {`"surname"`, `"kind":"stowaway","surname"`, `bad_value /travellers/0/kind "stowaw`},
		"no such mode":            {`"air"`, `"rail"`, `bad_value /legs/0/mode "rail",`},
		"a leg without date":      {"2026-10-05T19:15", "tomorrow", `bad_leg /legs/0 {"mode"`},
		"an arrival that is none": {`"border"`, `"arrival":"late","border"`, `bad_date /legs/0/arrival "late",`},
		"an expiry that is none":  {"2031-08-15", "never", `bad_date /travellers/0/documents/0/expiry "never"`},
		"an infant of nobody":     {`"ref"`, `"infant_of":7,"ref"`, `bad_value /travellers/0/infant_of 7,"ref"`},
		"no type of document":     {`"type":"P",`, ``, `no_document_type /travellers/0/documents/0/type {"numbe`},
		"fewer than declared":     {`"reference"`, `"declared":5,"reference"`, `count_persons /declared 5,"refe`},
		"as many as declared":     {`"reference"`, `"declared":1,"reference"`, ""},
		"bookings of nobody":      {`"legs"`, `"booking_of":[3],"legs"`, `bad_value /booking_of [3],"le`},
	} {
		body := []byte(strings.Replace(good, c.old, c.new, 1))
		messages, err := Decode("", body)
		if err != nil || len(messages) != 1 {
			t.Errorf("%s: %d messages, %v", name, len(messages), err)
			continue
		}
		var got []string
		for _, f := range messages[0].Findings {
			at := ""
			if f.Tag != "" {
				at = string(body[f.Offset:min(len(body), f.Offset+7)])
			}
			got = append(got, f.Code+" "+f.Tag+" "+at)
		}
		trim := func(all []string) (set []string) {
			for _, s := range all {
				set = append(set, strings.Join(strings.Fields(s), " "))
			}
			return set
		}
		want := strings.Split(c.want, " | ")
		if c.want == "" {
			want = nil
		}
		if diff := cmp.Diff(sorted(trim(want)), sorted(trim(got))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func sorted(s []string) []string {
	for i := range s {
		for k := i + 1; k < len(s); k++ {
			if s[k] < s[i] {
				s[i], s[k] = s[k], s[i]
			}
		}
	}
	return s
}

func TestNotUnderstood(t *testing.T) {
	for name, c := range map[string]struct{ body, code, at string }{
		"junk":             {"hello", "not_understood", "hello"},
		"an empty array":   {"[]", "empty", "[]"},
		"cut off":          {good[:100], "bad_json", ""},
		"a wrong type":     {`{"legs":7}`, "bad_json", ""},
		"an unknown field": {`{"passengers":[]}`, "unknown_field", ""},
		"too deep":         {`{"travellers":` + strings.Repeat("[", 50), "too_deep", "["},
		"Latin-1":          {strings.Replace(good, "ASTA", "AST\xc5", 1), "not_utf8", "\xc5"},
		"two texts":        {good + good, "bad_json", ""},
	} {
		messages, err := Decode("", []byte(c.body))
		var bad *travel.DecodeError
		if len(messages) != 0 || !errors.As(err, &bad) {
			t.Errorf("%s: %d messages, %v", name, len(messages), err)
			continue
		}
		f := bad.Findings[0]
		if f.Code != c.code || f.Offset < 0 || f.Offset > len(c.body) || !strings.HasPrefix(c.body[f.Offset:], c.at) {
			t.Errorf("%s: %s", name, f)
		}
	}
}

func TestMaskJSON(t *testing.T) {
	body := []byte(`{"kind":"pnr","bookings":[{"locator":"K7QX2M","services":["KSML","UMNR"],"remarks":["VIP","IS A \"PRIEST\"","WHEELCHAIR"],"payments":[{"form":"CC","payer":"ST JUDE HOSPITAL"},{"form":"CC","payer":"LUND"}]}],"booking_of":[0],"travellers":[{"surname":"X"}]}`)
	masked := Mask(body)
	if bytes.Equal(masked, body) || len(masked) != len(body) {
		t.Fatalf("masked to %s", masked)
	}
	for _, word := range []string{"KSML", "PRIEST", "WHEELCHAIR", "HOSPITAL"} {
		if bytes.Contains(masked, []byte(word)) {
			t.Errorf("%s is still there", word)
		}
	}
	plain, err := Decode("", body)
	again, err2 := Decode("", masked)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if diff := cmp.Diff(plain, again); diff != "" {
		t.Errorf("reads otherwise (-plain +masked):\n%s", diff)
	}
	if plain[0].Removed != 4 || len(plain[0].Bookings[0].Remarks) != 1 || plain[0].Bookings[0].Payments[1].Payer != "LUND" || plain[0].Travellers[0].Locator != "K7QX2M" {
		t.Errorf("%d removed", plain[0].Removed)
	}
	if same := Mask([]byte(good)); string(same) != good {
		t.Error("a body without anything to mask was changed")
	}
}

func TestMaskXML(t *testing.T) {
	body, err := os.ReadFile("../pnrgov/xml/testdata/sensitive.xml")
	if err != nil {
		t.Fatal(err)
	}
	masked := Mask(body)
	plain, err := Decode("", body)
	again, err2 := Decode("", masked)
	if err != nil || err2 != nil || bytes.Equal(masked, body) || len(masked) != len(body) {
		t.Fatalf("%v, %v, masked %v", err, err2, !bytes.Equal(masked, body))
	}
	if diff := cmp.Diff(plain, again); diff != "" {
		t.Errorf("reads otherwise (-plain +masked):\n%s", diff)
	}
	if Kind(body) != travel.PNR || Kind([]byte(good)) != "" {
		t.Error("the view of XML is PNR, of JSON not known")
	}
}

// TestMixed holds that one body may carry messages of both types, and that each is read once.
func TestMixed(t *testing.T) {
	body := "UNB+UNOA:4+ZXAPI+XXGOV+261005:0615+17'" +
		"UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:T1'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'NAD+FL+++LUND:ODA'CNT+42:1'UNT+10+1'" +
		"UNH+2+PNRGOV:15:1:IA+C'MSG+:22'TVL+051026:1915+DXB+LHR+ZX+410'SRC'RCI+ZX:K7QX2M'TIF+BERG+IDA'UNT+7+2'UNZ+2+17'"
	for _, b := range []string{body, strings.Replace(body, "PAXLST", "PNRGOV", 1)} {
		messages, err := Decode("", []byte(b))
		if err != nil || len(messages) != 2 {
			t.Fatalf("%d messages, %v", len(messages), err)
		}
	}
	messages, _ := Decode("", []byte(body))
	if messages[0].Kind != travel.API || messages[1].Kind != travel.PNR || string(messages[1].Travellers[0].Surname) != "BERG" {
		t.Errorf("%s %s", messages[0].Kind, messages[1].Kind)
	}
	if leg, ok := Peek([]byte(body)); !ok || leg != "ZX-410-DXB-2026-10-05" {
		t.Errorf("peeked %s", leg)
	}
}

// FuzzDecode holds for every format: never messages and an error both, places inside the body, a masked body of the
// same length that reads the same, and the same leg by a look as by reading.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("[" + good + "]"))
	f.Add([]byte("\ufeff" + strings.Replace(good, "1987-03-12", "x", 1)))
	f.Add([]byte(`{"kind":"pnr","bookings":[{"services":["KSML"],"remarks":["IS \u0041 PRIEST"]}],"booking_of":[0],"travellers":[{}]}`))
	f.Add([]byte("UNB+UNOA:4+A+B+261005:0615+1'UNH+1+PAXLST:D:05B:UN'BGM+745'UNT+3+1'UNZ+1+1'"))
	f.Add([]byte(passport))
	f.Add([]byte("<IATA_PNRGOV_NotifRQ><PNRs><PNR><Passenger><Surname>A</Surname></Passenger><SSR ServiceCode='KSML'/></PNR></PNRs></IATA_PNRGOV_NotifRQ>"))
	f.Add([]byte("UNB+UNOA:4+A+B+261005:0615+1'UNH+1+PNRGOV:15:1:IA'SRC'SSR+KSML'UNT+3+1'UNZ+1+1'"))
	f.Fuzz(func(t *testing.T, body []byte) {
		messages, err := Decode("", body)
		if (err == nil) == (len(messages) == 0) {
			t.Fatalf("%d messages, %v", len(messages), err)
		}
		var bad *travel.DecodeError
		if errors.As(err, &bad) {
			inside(t, bad.Findings, len(body))
		}
		for i := range messages {
			inside(t, messages[i].Findings, len(body))
		}
		masked := Mask(body)
		if len(masked) != len(body) {
			t.Fatal("masking changed the length")
		}
		again, err2 := Decode("", masked)
		if (err == nil) != (err2 == nil) || len(again) != len(messages) {
			t.Fatalf("masked: %d messages, %v; was %d, %v", len(again), err2, len(messages), err)
		}
		for i := range again {
			if again[i].Removed != messages[i].Removed || len(again[i].Travellers) != len(messages[i].Travellers) {
				t.Fatalf("masked: %d removed of %d travellers, was %d of %d", again[i].Removed, len(again[i].Travellers), messages[i].Removed, len(messages[i].Travellers))
			}
		}
	})
}

func inside(t *testing.T, findings []travel.Finding, size int) {
	for _, f := range findings {
		if f.Offset < 0 || f.Offset > size {
			t.Fatalf("%s outside the body of %d bytes", f, size)
		}
	}
}
