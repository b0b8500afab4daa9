package paxlst

import (
	"fmt"
	"testing"
	"time"

	"fairway/pkg/population"
	"fairway/pkg/travel"
)

func manifest(n int) []byte {
	p := population.New(1, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC))
	m := p.Party()
	for len(m.Travellers) < n {
		m.Travellers = append(m.Travellers, p.Party().Travellers...)
	}
	m.Travellers = m.Travellers[:n]
	for i := range m.Travellers {
		m.Travellers[i].Index = i + 1
		m.Travellers[i].Ref = fmt.Sprintf("ZX%08d", i)
	}
	m.Declared = n
	return Encode(nil, &m, EncodeOptions{})
}

var sink []travel.Message

func BenchmarkDecode(b *testing.B) {
	for _, n := range []int{1, 100, 5000} {
		body := manifest(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
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
