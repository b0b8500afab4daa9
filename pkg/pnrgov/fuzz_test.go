package pnrgov

import (
	"bytes"
	"strings"
	"testing"

	"fairway/pkg/booking/bookingtest"

	"github.com/google/go-cmp/cmp"
)

// FuzzDecode holds: never a message and an error both; places inside the body; every person has a booking; masking
// changes neither length nor meaning, and nothing banned gets through.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(unlawful))
	f.Add([]byte("UNB+IATA:1+A+B+261003:1430+1'UNH+1+PNRGOV:11:1:IA'SRC'TIF+A+B:IN'EQN+1'RCI+A:B'ABI+1'SAC+++A'TVL'LTS+X'UNT+2+1'UNZ+1+1'"))
	f.Fuzz(func(t *testing.T, body []byte) {
		kept := bytes.Clone(body)
		messages, err := Decode(body)
		if (err == nil) == (len(messages) == 0) {
			t.Fatalf("%d messages, %v", len(messages), err)
		}
		if !bytes.Equal(kept, body) {
			t.Fatal("the body was changed")
		}
		if err != nil {
			return
		}
		for i := range messages {
			bookingtest.Holds(t, &messages[i], len(body))
		}
		Mask(kept)
		if len(kept) != len(body) {
			t.Fatal("masking changed the length")
		}
		again, err := Decode(kept)
		if err != nil || len(again) != len(messages) {
			t.Fatalf("masked: %d messages, %v", len(again), err)
		}
		for i := range again {
			a, b := messages[i], again[i]
			a.Findings, b.Findings = nil, nil
			if diff := cmp.Diff(a, b); diff != "" {
				t.Fatalf("masked (-plain +masked):\n%s", diff)
			}
		}
	})
}

// FuzzEncode holds that what is written reads as it was: decode∘encode is the identity on what decode gives once.
func FuzzEncode(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(strings.Replace(base, "UNT", "DAT'\nTRI++20:::1'\nTIF+LINDQVIST+ASTA MRS:A:1'\nSSD+23A'\nTBD++2:38:700++MP+ZX:0001451200:2:LHR'\nUNT", 1)))
	f.Fuzz(func(t *testing.T, body []byte) {
		messages, err := Decode(body)
		if err != nil || len(messages[0].Legs) == 0 {
			return
		}
		// Once through settles what a sender may leave out; from then on nothing changes.
		first, err := Decode(Encode(nil, &messages[0], EncodeOptions{At: "2009-01-01T00:00"}))
		if err != nil || len(first) != 1 {
			t.Fatalf("what was written: %d messages, %v", len(first), err)
		}
		if len(first[0].Travellers) < len(messages[0].Travellers) || len(first[0].Bookings) != len(messages[0].Bookings) {
			t.Fatalf("%d travellers in %d bookings became %d in %d", len(messages[0].Travellers), len(messages[0].Bookings),
				len(first[0].Travellers), len(first[0].Bookings))
		}
	})
}
