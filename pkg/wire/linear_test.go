package wire

import (
	"strings"
	"testing"
	"time"

	"fairway/pkg/travel"
)

// TestAssessIsLinear assesses 16 times the travellers, each with faults that the format found already.
func TestAssessIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	spent := func(n int) time.Duration {
		best := time.Duration(1<<63 - 1)
		for range 3 {
			m := travel.Message{Kind: travel.API, Function: travel.Query, Travellers: make([]travel.Traveller, n)}
			for i := range n {
				m.Travellers[i].Index = i + 1
				m.Findings = append(m.Findings, travel.Finding{Code: "no_name", Traveller: i + 1})
			}
			start := time.Now()
			Assess(&m)
			best = min(best, time.Since(start))
		}
		return best
	}
	if one, sixteen := spent(1000), spent(16000); sixteen > 16*8*one {
		t.Errorf("16 times the travellers took %.0f times as long", float64(sixteen)/float64(one))
	}
}

// TestMaskIsLinear holds the time of sixteen times the services against that of one part, in one run.
func TestMaskIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	spent := func(n int) time.Duration {
		body := []byte(`{"kind":"pnr","bookings":[{"locator":"A","services":["KSML"` + strings.Repeat(`,"KSML"`, n) + `]}],"booking_of":[0],"travellers":[{}]}`)
		best := time.Duration(1<<63 - 1)
		for range 3 {
			start := time.Now()
			if strings.Contains(string(Mask(body)), "KSML") {
				t.Fatal("something is left")
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if one, sixteen := spent(2500), spent(40000); sixteen > 16*8*one {
		t.Errorf("16 times the services took %.0f times as long", float64(sixteen)/float64(one))
	}
}
