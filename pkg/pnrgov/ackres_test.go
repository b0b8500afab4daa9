package pnrgov

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// TestExampleN4 writes the acknowledgement of N1 in the standards digest, to the letter.
func TestExampleN4(t *testing.T) {
	found := examples(t)
	m := decodeOne(t, found["N1"])
	got := string(Acknowledge(nil, Ack{Sender: m.Recipient, Recipient: m.Sender, Control: "ACK000731", Group: "A731", Reference: m.Reference,
		Profile: m.Profile, At: "2026-10-03T14:31", Findings: m.Findings}))
	want := strings.ReplaceAll(string(found["N4"]), "\n", "")
	if diff := cmp.Diff(strings.SplitAfter(want, "'"), strings.SplitAfter(got, "'")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAcknowledge(t *testing.T) {
	m := decodeOne(t, []byte(strings.Replace(base, "12MAR87", "31FEB87", 1)))
	got := string(Acknowledge(nil, Ack{Sender: m.Recipient, Recipient: m.Sender, Control: "ACK17", Reference: m.Reference, Profile: m.Profile,
		At: "2026-10-03T14:31", Findings: append(m.Findings, travel.Finding{Severity: travel.Note, Code: "quiet"})}))
	want := "UNA:+.?*'UNB+IATA:1+XXPIU+ZXRES+261003:1431+ACK17'UNG+ACKRES+XXPIU+ZXRES+261003:1431+ACK17+IA+15:1'UNH+1+ACKRES:15:1:IA+ZX0410/051026/1430'MSG+:23'" +
		"ERC+118::ZZZ'IFT+4:bad_date+SEGMENT 11 (SSR) ELEMENT 1 COMPONENT 9 AT BYTE " + strconv.Itoa(strings.Index(base, "/P/SWE")) + "?: NOT A BIRTH DATE; SEND DDMMMYY'" +
		"UNT+5+1'UNE+1+ACK17'UNZ+1+ACK17'"
	if diff := cmp.Diff(strings.SplitAfter(want, "'"), strings.SplitAfter(got, "'")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
