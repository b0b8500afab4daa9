package pnrgov

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
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
			holds(t, &messages[i], len(body))
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

func holds(t *testing.T, m *travel.Message, size int) {
	if len(m.BookingOf) != len(m.Travellers) {
		t.Fatalf("%d travellers, %d bookings of them", len(m.Travellers), len(m.BookingOf))
	}
	for i, b := range m.BookingOf {
		if b < 0 || b >= len(m.Bookings) || m.Travellers[i].Index != i+1 {
			t.Fatalf("traveller %d is of booking %d of %d", m.Travellers[i].Index, b, len(m.Bookings))
		}
		if of := m.Travellers[i].InfantOf; of < 0 || of > len(m.Travellers) || of == i+1 {
			t.Fatalf("traveller %d is an infant of %d", i+1, of)
		}
	}
	for _, f := range m.Findings {
		if f.Offset < 0 || f.Offset > size || f.Traveller > len(m.Travellers) {
			t.Fatalf("%s outside the body", f)
		}
	}
	for i := range m.Bookings {
		for _, s := range m.Bookings[i].Services {
			if sensitive.Service(s) {
				t.Fatal("a banned service got through")
			}
		}
		for _, r := range m.Bookings[i].Remarks {
			if sensitive.Text(string(r)) && len(r) < maxText {
				t.Fatal("a banned remark got through")
			}
		}
	}
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
