package pnrgov

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// unlawful holds what must never leave the decoder, in every place it can stand.
const unlawful = `UNA:+.?*'
UNB+IATA:1+ZXRES+XXPIU+261003:1430+17'
UNH+1+PNRGOV:15:1:IA+ZX0410/051026/1430+01:F'
MSG+:22'
ORG+ZX:SIN'
TVL+051026:1430:051026:1945+SIN+LHR+ZX+410'
EQN+1'
SRC'
RCI+ZX:K7QX2M::150826:0911'
SSR+KSML:HK:1:ZX'
SSR+OTHS:HK:1:ZX:::::PAX IS MUS
LIM'
SSR+UMNR:HK:1:ZX'
DAT+700:031026:0805'
IFT+4:28::ZX+WHEELCHAIR NEEDED'
IFT+4:28::ZX+MEETS RAIL SERVICE'
TIF+LINDQVIST+ASTA REV:A:1'
SSR+MEDA:HK:1:ZX:::::CAN?'T SIT UP+::1'
IFT+4:43+FIRST BAPTIST CHURCH'
TVL+051026:1430:051026:1945+SIN+LHR+ZX+410:Y'
SSR+WCHR:HK:1:ZX:::SIN:LHR'
ABI+4+SINZXWEB'
SAC+++A'
SSR+HNML:HK:1:ZX'
SAC+++A'
IFT+4:28+DIABETIC'
LTS+0/O/SR/SSR VGMLZXHK1/DEAF'
UNT+25+1'
UNZ+1+17'
`

func TestNothingSensitiveLeavesTheDecoder(t *testing.T) {
	m := decodeOne(t, []byte(unlawful))
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"KSML", "MUSLIM", "WHEELCHAIR", "REV", "MEDA", "SIT UP", "BAPTIST", "WCHR", "HNML", "DIABETIC", "VGML", "DEAF"} {
		if strings.Contains(strings.ToUpper(string(text)), word) {
			t.Errorf("%s got through", word)
		}
	}
	if m.Removed != 7 || m.Travellers[0].Removed != 3 {
		t.Errorf("%d and %d removed", m.Removed, m.Travellers[0].Removed)
	}
	if diff := cmp.Diff([]travel.Text{"MEETS RAIL SERVICE"}, m.Bookings[0].Remarks); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"UMNR"}, m.Bookings[0].Services); diff != "" {
		t.Error(diff)
	}
}

// TestMask holds that a masked body reads the same as the body, and shows nothing sensitive.
func TestMask(t *testing.T) {
	body := []byte(unlawful)
	n := Mask(body)
	if len(body) != len(unlawful) || n == 0 {
		t.Errorf("%d bytes became %d, %d masked", len(unlawful), len(body), n)
	}
	joined := strings.ReplaceAll(string(body), "\n", "")
	for _, word := range []string{"KSML", "MUSLIM", "WHEELCHAIR", "MEDA", "SIT UP", "BAPTIST", "WCHR", "HNML", "DIABETIC", "VGML", "DEAF"} {
		if strings.Contains(joined, word) {
			t.Errorf("%s is still there", word)
		}
	}
	if diff := cmp.Diff(decodeOne(t, []byte(unlawful)), decodeOne(t, body)); diff != "" {
		t.Errorf("the masked body reads otherwise (-plain +masked):\n%s", diff)
	}
	if again := Mask(body); again != 0 {
		t.Logf("masked again: %d", again) // harmless: what is blotted stays blotted
	}
	for name, b := range corpus(t) {
		plain := decodeOne(t, b)
		Mask(b)
		if diff := cmp.Diff(plain, decodeOne(t, b)); diff != "" {
			t.Errorf("%s reads otherwise (-plain +masked):\n%s", name, diff)
		}
	}
}
