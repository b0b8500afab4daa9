package travel

import (
	"fmt"
	"io"
	"log/slog"
)

const redacted = "***"

// Name is a person's name part as it arrived: A–Z with spaces on most wires, any UTF-8 elsewhere.
type Name string

// Number is an identifying number of a person: document, ticket, card, frequent flyer, redress, telephone.
type Number string

// BirthDate is a [Date] of birth; it has a type of its own so that it redacts itself.
type BirthDate Date

// Text is free text or an address that may identify a person.
type Text string

func redact(f fmt.State) { _, _ = io.WriteString(f, redacted) }

// Format implements fmt.Formatter: every verb prints "***".
func (Name) Format(f fmt.State, _ rune) { redact(f) }

// Format implements fmt.Formatter: every verb prints "***".
func (Number) Format(f fmt.State, _ rune) { redact(f) }

// Format implements fmt.Formatter: every verb prints "***".
func (BirthDate) Format(f fmt.State, _ rune) { redact(f) }

// Format implements fmt.Formatter: every verb prints "***".
func (Text) Format(f fmt.State, _ rune) { redact(f) }

// LogValue implements slog.LogValuer.
func (Name) LogValue() slog.Value { return slog.StringValue(redacted) }

// LogValue implements slog.LogValuer.
func (Number) LogValue() slog.Value { return slog.StringValue(redacted) }

// LogValue implements slog.LogValuer.
func (BirthDate) LogValue() slog.Value { return slog.StringValue(redacted) }

// LogValue implements slog.LogValuer.
func (Text) LogValue() slog.Value { return slog.StringValue(redacted) }

// Date returns b as a plain date.
func (b BirthDate) Date() Date { return Date(b) }

// LogValue shows a traveller in a log by what does not identify: position, kind and how many documents.
// Without it slog's JSON handler would marshal the struct, which the stream's encoding shows in clear.
func (t Traveller) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("index", t.Index), slog.String("kind", string(t.Kind)), slog.Int("documents", len(t.Documents)))
}

// LogValue shows a document by its type and issuer.
func (d Document) LogValue() slog.Value {
	return slog.GroupValue(slog.String("type", d.Type), slog.String("issuer", string(d.Issuer)))
}

// LogValue shows a list entry by its id and list.
func (e ListEntry) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", e.ID), slog.String("list", e.List))
}

// LogValue shows a booking by its carrier and its number of legs.
func (b Booking) LogValue() slog.Value {
	return slog.GroupValue(slog.String("carrier", b.Carrier), slog.Int("legs", len(b.Legs)))
}

// LogValue shows a message by its kind, function and size.
func (m Message) LogValue() slog.Value {
	return slog.GroupValue(slog.String("kind", string(m.Kind)), slog.String("function", string(m.Function)),
		slog.Int("travellers", len(m.Travellers)), slog.Int("findings", len(m.Findings)))
}

// MaskedDocument shows enough of the first document for its carrier to tell two apart: "P:SWE:…345".
func (t *Traveller) MaskedDocument() string {
	if len(t.Documents) == 0 {
		return ""
	}
	d := &t.Documents[0]
	n := CleanNumber(d.Number)
	tail := n
	if len(n) > 3 {
		tail = n[len(n)-3:]
	}
	if len(n) < 6 { // half a short number is most of it
		tail = ""
	}
	return d.Type + ":" + string(d.Issuer) + ":…" + tail
}
