package pnrgov

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fairway/pkg/travel"
)

// push is a push of n bookings of two, as an airline sends them two days before departure.
func push(n int) []byte {
	head, rest, _ := strings.Cut(base, "SRC'\n")
	_, tail, _ := strings.Cut(rest, rpi)
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, `SRC'
RCI+ZX:K%05d::150826:0911+1A:5R%05d::150826:0911'
SSR+CTCE:HK:1:ZX:::::ASTA..L%d//MAIL.EXAMPLE'
SSR+CTCM:HK:1:ZX:::::65912%05d'
DAT+700:031026:0805'
IFT+4:28::ZX+PAX HAS CONNECTING RAIL BOOKING'
ORG+1A:MUC+91234567:SIN1A0980+SIN+1A:MUC+T+SG:SGD:EN+A7788GS'
ADD++700:12 PINE STREET:SINGAPORE:::SG:238801:65912%05d'
`, i, i, i, i, i)
		for p, name := range []string{"ASTA MRS", "OTTO MR"} {
			fmt.Fprintf(&b, `TIF+LINDQVIST+%s:A:%d'
FTI+ZX:9988%05d'
REF+:%06d%d'
SSR+DOCS:HK:1:ZX:::::/P/SWE/X%07d/SWE/12MAR87/F/15AUG31/LINDQVIST/%s/MARGARETA'
TKT+99912345%05d:T:1'
MON+B:412.50:SGD+T:498.20:SGD'
PTK+NR++150826:0915+ZX+91234567+SIN'
TXD++62.10:SG::OP*23.60:GB::UB'
DAT+710:150826:0915'
FOP+CC::498.20:VI:XXXXXXXXXXXX1111:0929'
IFT+4:43+LINDQVIST ASTA'
`, name, p+1, i, i, p, i*2+p, name[:4], i)
		}
		b.WriteString(leg + rpi + "APD+77W'\nSSR+SEAT:HK:2:ZX:::SIN:LHR+15A::1+15B::2'\n" +
			"TVL+191026:1105:201026:0725+LHR+SIN+ZX+411:Y'\nTRA+QZ+8411:B'\nRPI+2+HK'\n" +
			"LTS+0/15AUG26 0911Z/SIN1A0980/CREATED 3 NAMES/16AUG26 1120Z/SPLIT 1 NAME TO L9PT4D'\n")
	}
	b.WriteString(tail)
	return []byte(b.String())
}

var sink []travel.Message

func BenchmarkDecode(b *testing.B) {
	for _, n := range []int{1, 100, 2500} {
		body := push(n)
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

// TestLinear holds the time of 40 times the bookings against that of one part, in one run.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	spent := func(n int) time.Duration {
		body := push(n)
		best := time.Duration(1<<63 - 1)
		for range 3 {
			start := time.Now()
			if _, err := Decode(body); err != nil {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if one, forty := spent(100), spent(4000); forty > 40*8*one {
		t.Errorf("40 times the bookings took %.0f times as long", float64(forty)/float64(one))
	}
}
