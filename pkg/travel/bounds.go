package travel

// The most that one interchange may hold. The largest ships carry ten thousand people, crew and all; a push of bookings is
// of one flight. What is beyond it is no passenger list, and would hold up everybody behind it.
const (
	MostPeople   = 15_000
	MostMessages = 2_000
)

// TooMany is the error of an interchange that holds more people than [MostPeople], or more messages than [MostMessages],
// of which the first too many stands at p.
func TooMany(p Place) *DecodeError {
	return &DecodeError{Findings: []Finding{{Code: "too_many_travellers", Severity: Fault, Segment: p.Segment, Tag: p.Tag, Offset: p.Offset,
		Text: "more people, or more messages, than one body may hold; nobody was read, send them in parts"}}}
}
