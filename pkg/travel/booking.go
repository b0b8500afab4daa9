package travel

// Booking is one PNR: what an airline's reservation holds about a party, as far as law lets it be kept.
// Dates and times are as sent; PNRGOV gives bookings in UTC and legs in local time.
type Booking struct {
	Locator  string    `json:"locator"`
	Carrier  string    `json:"carrier"`
	Locators []string  `json:"locators,omitempty"` // further locators, "1A/5RTY7U": same booking in other systems
	Created  LocalTime `json:"created,omitzero"`
	Changed  LocalTime `json:"changed,omitzero"` // last transaction
	Party    int       `json:"party,omitzero"`   // persons booked, named or not
	Group    string    `json:"group,omitzero"`   // "yes" when the party is booked as a group without names
	Split    []string  `json:"split,omitempty"`  // locators split to or divided from
	Cancel   bool      `json:"cancel,omitzero"`  // the whole booking was cancelled

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
	Class     string   `json:"class,omitzero"`
	Status    string   `json:"status,omitzero"` // HK confirmed, XX cancelled, …
	Codeshare []string `json:"codeshare,omitempty"`
}

// Agency is who made the booking.
type Agency struct {
	System   string `json:"system,omitzero"`
	Office   string `json:"office,omitzero"`
	IATA     string `json:"iata,omitzero"`
	Place    string `json:"place,omitzero"`
	Kind     string `json:"kind,omitzero"` // A airline, T travel agency
	Country  string `json:"country,omitzero"`
	Currency string `json:"currency,omitzero"`
	Agent    string `json:"agent,omitzero"`
}

// Ticket is one ticket issued for a booking.
type Ticket struct {
	Number  Number    `json:"number,omitzero"`
	Kind    string    `json:"kind,omitzero"`
	Issued  LocalTime `json:"issued,omitzero"`
	Carrier string    `json:"carrier,omitzero"`
	Total   string    `json:"total,omitzero"` // "498.20 SGD"
}

// Payment is one form of payment. Card holds no more of the number than the sender left readable.
type Payment struct {
	Form   string `json:"form"` // CC card, CA cash, CK cheque, MS misc., GR government
	Amount string `json:"amount,omitzero"`
	Vendor string `json:"vendor,omitzero"` // card scheme: VI, CA, AX
	Card   Number `json:"card,omitzero"`
	Expiry string `json:"expiry,omitzero"`
	Payer  Name   `json:"payer,omitzero"` // card holder or sponsor
}

// Change is one entry of a booking's history.
type Change struct {
	At     LocalTime `json:"at,omitzero"`
	Office string    `json:"office,omitzero"`
	Action string    `json:"action"` // "added", "cancelled"
	What   string    `json:"what"`   // segment tag changed: TIF, TVL, SSR, …
}
