package gateway

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/web"
	"fairway/services/gateway/window"
)

// people are the advisories on a message of n travellers, as they lie on the topic.
func people(t testing.TB, n int) []stream.Record {
	m := head("TN1", n, false)
	recs := make([]stream.Record, n)
	for i := range n {
		recs[i] = advisoryAt(t, "ZX", messageID, 0, int64(i), boards(m, i+1, fmt.Sprint("ZX", i), "K7QX2M"))
	}
	return recs
}

// BenchmarkArrive is what it costs to take in advisories while the oldest go: per batch of 100.
func BenchmarkArrive(b *testing.B) {
	s := offline(b, new(bytes.Buffer))
	recs := people(b, 100)
	for b.Loop() {
		if err := s.arrive(b.Context(), recs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAwait is a message of 300 travellers, whose advisories arrive in batches of 10, from the first to its answer.
func BenchmarkAwait(b *testing.B) {
	s := offline(b, new(bytes.Buffer))
	s.carriers[0].Deadline = time.Minute
	recs := people(b, 300)
	for b.Loop() {
		s.window = window.New(1 << 20)
		go func() {
			for batch := recs; len(batch) > 0; batch = batch[10:] {
				_ = s.arrive(b.Context(), batch[:10])
			}
		}()
		a, err := s.await(b.Context(), s.carriers[0], event.Received{ID: messageID, Carrier: "ZX"}, nil, 0)
		if err != nil || a.Status != statusComplete {
			b.Fatal(a, err)
		}
	}
}

// BenchmarkFeed is a page of the feed of 500.
func BenchmarkFeed(b *testing.B) {
	for _, accept := range []string{web.TypeJSON, typeEDIFACT} {
		b.Run(accept, func(b *testing.B) {
			s := offline(b, new(bytes.Buffer))
			if err := s.arrive(b.Context(), people(b, feedMost)); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if w := ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", accept, ""); w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// BenchmarkMessage is an answer for 300 travellers that is asked for again.
func BenchmarkMessage(b *testing.B) {
	for _, accept := range []string{web.TypeJSON, typeEDIFACT} {
		b.Run(accept, func(b *testing.B) {
			s := offline(b, new(bytes.Buffer))
			if err := s.arrive(b.Context(), people(b, 300)); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if w := ask(s, "GET", "/v1/messages/"+messageID, "key-ZX", accept, ""); w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
