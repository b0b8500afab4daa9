package sensitive

import (
	"slices"

	"fairway/pkg/travel"
)

// Scrub takes services and remarks that must not be kept out of a message that came as Fairway's own JSON, and counts
// them in Removed.
func Scrub(m *travel.Message) {
	for i := range m.Bookings {
		b := &m.Bookings[i]
		before := len(b.Services) + len(b.Remarks)
		b.Services = slices.DeleteFunc(b.Services, Service)
		b.Remarks = slices.DeleteFunc(b.Remarks, func(r travel.Text) bool { return Text(string(r)) })
		m.Removed += before - len(b.Services) - len(b.Remarks)
	}
}
