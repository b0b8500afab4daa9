package wire

import (
	"fmt"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// Messages for interchanges of several types.
const (
	unb    = "UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0615+17'"
	listed = "UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'DTM+232:2610052345:201'NAD+FL+++LINDQVIST:ASTA'CNT+42:1'UNT+10+1'"
	booked = "UNH+1+PNRGOV:15:1:IA+X'MSG+:22'ORG+ZX:DXB'TVL+051026:1915:051026:2345+DXB+LHR+ZX+410'EQN+1'SRC'RCI+ZX:K7QX2M'TIF+BERG+IDA MRS:A:1'UNT+9+1'"
	answer = "UNH+1+CUSRES:D:05B:UN:IATA'BGM+962'UNT+3+1'"
	error_ = "UNH+1+APERAK:D:05B:UN:IATA'BGM+962'UNT+3+1'"
)

func interchange(messages ...string) string {
	return unb + strings.Join(messages, "") + fmt.Sprintf("UNZ+%d+17'", len(messages))
}

// TestMessagesOfSeveralTypes: each list is read wherever it stands, and of each other message it is said once that it
// was not.
func TestMessagesOfSeveralTypes(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		ack  bool
		want string
	}{
		"a list":                          {interchange(listed), false, "api 1"},
		"an acknowledgement":              {interchange(answer), true, "unknown_message"},
		"two acknowledgements":            {interchange(answer, answer), true, "unknown_message"},
		"an acknowledgement, then a list": {interchange(answer, listed), false, "api 1, api stub"},
		"then a misspelt list":            {interchange(answer, strings.Replace(listed, "PAXLST", "PAXLIST", 1)), false, "unknown_message"},
		"then another answer":             {interchange(answer, error_), true, "unknown_message"},
		"in two interchanges":             {interchange(answer) + interchange(listed), false, "api 1, api stub"},
		"the type wrapped":                {interchange(answer, strings.Replace(listed, "PAXLST", "PAX\r\nLST", 1)), false, "api 1, api stub"},
		"then bookings":                   {interchange(answer, booked), false, "pnr 1, api stub"},
		"then both":                       {interchange(answer, listed, booked), false, "api 1, pnr 1, api stub"},
		"another type first":              {interchange(error_, listed), false, "api 1, api stub"},
		"another type alone":              {interchange(error_), false, "unknown_message"},
		"a list and others":               {interchange(listed, error_, booked, answer), false, "api 1, pnr 1, api stub, api stub"},
		"bookings and others":             {interchange(booked, error_, listed, answer), false, "pnr 1, api 1, api stub, api stub"},
		"bookings, the type wrapped":      {interchange(listed, strings.Replace(booked, "PNRGOV", "PNR\r\nGOV", 1)), false, "api 1, pnr 1"},
		"a list, then a misspelt one":     {interchange(listed, strings.Replace(listed, "PAXLST", "PAXLIST", 1)), false, "api 1, api stub"},
		"a type in small letters":         {interchange(listed, strings.Replace(listed, "PAXLST", "paxlst", 1)), false, "api 1, api stub"},
		"no type":                         {interchange(listed, strings.Replace(listed, "PAXLST", "", 1)), false, "api 1, api stub"},
		"cut off":                         {interchange(listed) + interchange(error_[:30]), false, "api 1, api stub"},
		"bookings and an error":           {interchange(booked, error_), false, "pnr 1, api stub"},
	} {
		if got := IsAcknowledgement([]byte(c.body)); got != c.ack {
			t.Errorf("%s: acknowledgement: %v", name, got)
		}
		messages, err := Decode("", []byte(c.body))
		var got []string
		for _, m := range messages {
			text, said := fmt.Sprint(m.Kind, " ", len(m.Travellers)), 0
			for _, f := range m.Findings {
				if f.Code == "unknown_message" {
					said++
				}
			}
			if f := m.Findings; said == 1 && (f[0].Severity != travel.Fault || !strings.HasPrefix(c.body[f[0].Offset:], "UNH") || m.Control != "17" || m.Sender != "ZXAPI") {
				t.Errorf("%s: %+v", name, m)
			}
			if said == 1 && len(m.Travellers) == 0 {
				text = fmt.Sprint(m.Kind, " stub")
			}
			got = append(got, text)
		}
		if bad, ok := err.(*travel.DecodeError); ok {
			got = append(got, bad.Findings[0].Code)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

// TestEnvelopesAreJudgedOnce: bookings and lists are read one after the other, and what is wrong with what holds both is
// said once; and a message that is not read is named by its reference.
func TestEnvelopesAreJudgedOnce(t *testing.T) {
	body := strings.Replace(interchange(listed, booked, strings.Replace(answer, "962'", "962'RFF+TN:ZXQ1:::1'RFF+TN:ZXQ2'", 1)), "UNZ+3", "UNZ+8", 1)
	messages, err := Decode("", []byte(body))
	if err != nil || len(messages) != 3 {
		t.Fatal(len(messages), err)
	}
	said := map[string]int{}
	for _, m := range messages {
		for _, f := range m.Findings {
			said[f.Code]++
		}
	}
	if said["count_unz"] != 1 {
		t.Errorf("said %v", said)
	}
	if got := messages[2].Reference; got != "ZXQ1" {
		t.Errorf("the answer's reference is %q", got)
	}
}
