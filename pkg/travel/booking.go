package travel

// Booking is one PNR: what an airline's reservation holds about a party, as far as law lets it be kept.
// Dates and times are as sent; PNRGOV gives bookings in UTC and legs in local time.
type Booking struct {
	Locator  string    `json:"locator"`
	Carrier  string    `json:"carrier"`
	Locators []string  `json:"locators,omitempty"` // further locators, "1A/5RTY7U": same booking in other systems
	Created  LocalTime `json:"created,omitempty"`
	Changed  LocalTime `json:"changed,omitempty"` // last transaction
	Party    int       `json:"party,omitempty"`   // persons booked, named or not
	Group    string    `json:"group,omitempty"`   // "yes" when the party is booked as a group without names
	Split    []string  `json:"split,omitempty"`   // locators split to or divided from
	Cancel   bool      `json:"cancel,omitempty"`  // the whole booking was cancelled

	Legs     []BookedLeg `json:"legs,omitempty"`
	Agency   *Agency     `json:"agency,omitempty"`
	Tickets  []Ticket    `json:"tickets,omitempty"`
	Payments []Payment   `json:"payments,omitempty"`
	Contacts []Text      `json:"contacts,omitempty"` // "phone:…", "email:…", "address:…"
	Remarks  []Text      `json:"remarks,omitempty"`  // free text that passed the sensitive-data filter
	Services []string    `json:"services,omitempty"` // SSR codes that passed the filter
	Changes  []Change    `json:"changes,omitempty"`  // history where sent
	Bags     *Bags       `json:"bags,omitempty"`
}

// BookedLeg is one itinerary segment of a booking.
type BookedLeg struct {
	Leg
	Class     string   `json:"class,omitempty"`
	Status    string   `json:"status,omitempty"` // HK confirmed, XX cancelled, …
	Codeshare []string `json:"codeshare,omitempty"`
}

// Agency is who made the booking.
type Agency struct {
	System   string `json:"system,omitempty"`
	Office   string `json:"office,omitempty"`
	IATA     string `json:"iata,omitempty"`
	Place    string `json:"place,omitempty"`
	Kind     string `json:"kind,omitempty"` // A airline, T travel agency
	Country  string `json:"country,omitempty"`
	Currency string `json:"currency,omitempty"`
	Agent    string `json:"agent,omitempty"`
}

// Ticket is one ticket issued for a booking.
type Ticket struct {
	Number  Number    `json:"number,omitempty"`
	Kind    string    `json:"kind,omitempty"`
	Issued  LocalTime `json:"issued,omitempty"`
	Carrier string    `json:"carrier,omitempty"`
	Total   string    `json:"total,omitempty"` // "498.20 SGD"
}

// Payment is one form of payment. Card holds no more of the number than the sender left readable.
type Payment struct {
	Form   string `json:"form"` // CC card, CA cash, CK cheque, MS misc., GR government
	Amount string `json:"amount,omitempty"`
	Vendor string `json:"vendor,omitempty"` // card scheme: VI, CA, AX
	Card   Number `json:"card,omitempty"`
	Expiry string `json:"expiry,omitempty"`
	Payer  Name   `json:"payer,omitempty"` // card holder or sponsor
}

// Change is one entry of a booking's history.
type Change struct {
	At     LocalTime `json:"at,omitempty"`
	Office string    `json:"office,omitempty"`
	Action string    `json:"action"` // "added", "cancelled"
	What   string    `json:"what"`   // segment tag changed: TIF, TVL, SSR, …
}
