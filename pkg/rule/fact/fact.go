package fact

// Set is everything that a rule may read about one traveller on one leg. A nil group is absent: nobody looked, or the
// message did not carry it. Inside a group an empty text, a nil pointer and a nil list are absent too; a plain number
// and a plain true/false are always known when the group is. [Gather] makes one of an [Input]; a test may write it as YAML.
//
// Names of people, document numbers, contact details and removed sensitive elements are not facts. What rules need of
// them is here as a shape, a count or a yes/no, so that no rule can be about who somebody is called or what they believe.
type Set struct {
	Message       *Message       `expr:"message"`
	Traveller     *Traveller     `expr:"traveller"`
	Document      *Document      `expr:"document"`
	Leg           *Leg           `expr:"leg"`
	List          *List          `expr:"list"`
	Authorisation *Authorisation `expr:"authorisation"`
	History       *History       `expr:"history"`
	Booking       *Booking       `expr:"booking"`
	Links         *Links         `expr:"links"`
	Quality       *Quality       `expr:"quality"`
}

// Message is the message that the traveller came with.
type Message struct {
	Kind     string `expr:"kind" values:"api pnr" about:"the view that led to this decision"`
	Function string `expr:"function" values:"query change" about:"what the message asks"`
	Carrier  string `expr:"carrier" about:"who sent it"`
	Exercise bool   `expr:"exercise" about:"an exercise or a test interchange"`
}

// Traveller is the person as presented.
type Traveller struct {
	Kind            string `expr:"kind" values:"passenger crew transit transit_crew reference" about:"in what capacity"`
	NameKnown       bool   `expr:"name_known" about:"a surname or a given name was sent"`
	SingleName      bool   `expr:"single_name" about:"a surname or a given name, not both"`
	PlaceholderName bool   `expr:"placeholder_name" about:"a name part is a filler such as UNKNOWN, TEST, FNU, XXX"`
	Sex             string `expr:"sex" values:"M F X U" about:"sex"`
	Birth           string `expr:"birth" about:"birth date, 1987-03-12; less when less is known"`
	BirthFull       *bool  `expr:"birth_full" about:"birth date known to the day and possible"`
	Age             *int   `expr:"age" about:"whole years on the day of departure"`
	BirthState      string `expr:"birth_state" about:"State of birth"`
	Nationality     string `expr:"nationality" about:"ISO 3166 alpha-3 or an ICAO 9303 code"`
	Residence       string `expr:"residence" about:"State of residence"`
	Verified        string `expr:"verified" values:"verified unverified" about:"whether the carrier verified the document data (GEI 173, 174)"`
	Documents       int    `expr:"documents" about:"documents shown"`
	Passports       int    `expr:"passports" about:"of them passports"`
	Visas           int    `expr:"visas" about:"of them visas"`
	Bags            *int   `expr:"bags" about:"checked bags"`
	BagWeight       *int   `expr:"bag_weight" about:"their weight in kg, when sent"`
	Seat            string `expr:"seat" about:"seat"`
	CheckIn         string `expr:"check_in" values:"checked_in no_show go_show" about:"check-in status"`
	FareType        string `expr:"fare_type" about:"A adult, C child, IN infant, G group (booking)"`
	Infant          bool   `expr:"infant" about:"travels as an infant (fare type, or named as infant of an adult)"`
	CrewRole        string `expr:"crew_role" about:"CR1 to CR5"`
	Contacts        int    `expr:"contacts" about:"telephone numbers and e-mail addresses given"`
	HasAddress      bool   `expr:"has_address" about:"an address was given"`
	HasRef          bool   `expr:"has_ref" about:"the carrier gave its passenger reference"`
	HasLocator      bool   `expr:"has_locator" about:"a booking locator was given"`
	HasTicket       bool   `expr:"has_ticket" about:"a ticket number was given"`
	HasFrequent     bool   `expr:"has_frequent" about:"a frequent-flyer number was given"`
	HasRedress      bool   `expr:"has_redress" about:"a redress number was given (not yet checked)"`
	HasAuthority    bool   `expr:"has_authority" about:"an authorisation number was given"`
	Embark          string `expr:"embark" about:"where this person embarks"`
	Debark          string `expr:"debark" about:"where this person disembarks"`
}

// Document is the document that the person travels on: the first that is no visa.
type Document struct {
	Type             string         `expr:"type" about:"P passport, I identity card, A or C residence card, AC crew certificate, V visa"`
	Issuer           string         `expr:"issuer" about:"issuing State or organisation, three letters"`
	NumberLength     *int           `expr:"number_length" about:"letters and digits of the number"`
	NumberShape      string         `expr:"number_shape" about:"A for a letter, 9 for a digit: A99999999"`
	CheckDigitGlued  *bool          `expr:"check_digit_glued" about:"the number ends in its own ICAO 9303 check digit"`
	NumberRepeats    *bool          `expr:"number_repeats" about:"the number is one character repeated"`
	Expiry           string         `expr:"expiry" about:"date of expiry"`
	DaysToExpiry     *int           `expr:"days_to_expiry" about:"days from departure to expiry; negative when expired"`
	Issued           string         `expr:"issued" about:"date of issue"`
	DaysSinceIssue   *int           `expr:"days_since_issue" about:"days from issue to departure"`
	IssuerDiffers    *bool          `expr:"issuer_differs" about:"issuer is not the nationality"`
	IssuedAfterBirth *bool          `expr:"issued_after_birth" about:"date of issue is not before the birth date"`
	All              []DocumentItem `expr:"all" about:"every document: type, issuer, number_length, has_expiry, days_to_expiry, state"`
}

// DocumentItem is one document of the list document.all.
type DocumentItem struct {
	Type         string `expr:"type"`
	Issuer       string `expr:"issuer"`
	NumberLength int    `expr:"number_length"`
	HasExpiry    bool   `expr:"has_expiry"`
	DaysToExpiry int    `expr:"days_to_expiry"` // only when HasExpiry
	For          string `expr:"state"`          // State a visa is valid for
}

// Leg is the departure decided on.
type Leg struct {
	Mode             string   `expr:"mode" values:"air sea" about:"how the leg travels"`
	Carrier          string   `expr:"carrier" about:"operating carrier"`
	Number           string   `expr:"number" about:"flight or voyage number"`
	Origin           string   `expr:"origin" about:"port of departure"`
	Destination      string   `expr:"destination" about:"next port"`
	Route            string   `expr:"route" about:"DXB-SYD"`
	Departure        string   `expr:"departure" about:"local date of departure"`
	Hour             *int     `expr:"hour" about:"local hour of departure, 0 to 23"`
	HoursToDeparture *int     `expr:"hours_to_departure" about:"hours from the message to departure (ports taken as UTC: good to half a day)"`
	Border           bool     `expr:"border" about:"the leg that crosses the border"`
	Ports            []string `expr:"ports" about:"all ports of the message's legs, in order"`
}

// List is what the watchlists say. The five bands are strong, probable, possible or none.
type List struct {
	NoBoard    string   `expr:"no_board" values:"strong probable possible none" about:"strongest match of an entry with action no_board"`
	Refer      string   `expr:"refer" values:"strong probable possible none" about:"strongest match of an entry with action refer"`
	Alert      string   `expr:"alert" values:"strong probable possible none" about:"strongest match of an entry with action alert"`
	Clear      string   `expr:"clear" values:"strong probable possible none" about:"strongest match of a cleared person (redress)"`
	Protect    string   `expr:"protect" values:"strong probable possible none" about:"strongest match of an entry with action protect"`
	Count      int      `expr:"count" about:"matches, cleared persons not counted"`
	Lists      []string `expr:"lists" about:"names of the lists matched"`
	Several    bool     `expr:"several" about:"strong or probable matches on two lists or more; possible ones are chance"`
	Categories []string `expr:"categories" about:"categories of the entries matched"`
	Matches    []Match  `expr:"matches" about:"each match: entry, list, category, action, by, strength, similarity, birth, reasons"`
}

// Match is one list entry that the traveller resembles.
type Match struct {
	Entry      string   `expr:"entry"`
	List       string   `expr:"list"`
	Category   string   `expr:"category"`
	Action     string   `expr:"action" values:"no_board refer alert clear protect"` // no_board, refer, alert, clear, protect
	By         string   `expr:"by" values:"document name redress"`                  // document, name, redress
	Strength   string   `expr:"strength" values:"strong probable possible"`         // strong, probable, possible
	Similarity float64  `expr:"similarity"`
	Birth      string   `expr:"birth" values:"exact swapped month year near conflict none"` // exact, swapped, month, year, near, conflict, none
	Reasons    []string `expr:"reasons"`
}

// Authorisation is the permission that the traveller needs, or does not.
type Authorisation struct {
	Required      bool   `expr:"required" about:"a permission is needed"`
	Found         bool   `expr:"found" about:"one was found"`
	Status        string `expr:"status" values:"valid expired denied none not_required" about:"what was found"`
	DaysLeft      *int   `expr:"days_left" about:"days from departure to the end of validity"`
	OtherDocument *bool  `expr:"other_document" about:"it was granted on another document than those shown"`
}

// History is the same person's earlier legs. Counts are of departures before this one.
type History struct {
	Legs          int      `expr:"legs" about:"earlier legs known"`
	Legs7         int      `expr:"legs_7" about:"in the 7 days before departure"`
	Legs30        int      `expr:"legs_30" about:"in the 30 days before departure"`
	Legs365       int      `expr:"legs_365" about:"in the 365 days before departure"`
	SameDay       int      `expr:"same_day" about:"other departures on the same day from ports that are not on this journey"`
	FirstSeen     string   `expr:"first_seen" about:"date of the first leg known"`
	DaysSinceLast *int     `expr:"days_since_last" about:"days since the last leg"`
	SameCarrier   int      `expr:"same_carrier" about:"of the legs, with this carrier"`
	Origins       []string `expr:"origins" about:"ports departed from"`
	Refusals      *int     `expr:"refusals" about:"earlier legs that ended in no_board"`
	LastOutcome   string   `expr:"last_outcome" values:"board no_board refer hold insufficient error" about:"outcome of the last leg"`
}

// Links counts what this person shares with others in the window kept. 1 is this person alone.
type Links struct {
	DocumentPeople *int `expr:"document_people" about:"people who used this document number, this one included"`
	ContactPeople  *int `expr:"contact_people" about:"people with one of these telephone numbers or e-mail addresses"`
	AddressPeople  *int `expr:"address_people" about:"people with this address"`
	CardPeople     *int `expr:"card_people" about:"people whose booking was paid with this card"`
	AgencyPeople   *int `expr:"agency_people" about:"people booked by this agency office"`
}

// Quality is what the decoder found wrong with this traveller's data.
type Quality struct {
	Codes    []string `expr:"codes" about:"finding codes"`
	Count    int      `expr:"count" about:"findings"`
	Faults   int      `expr:"faults" about:"of them faults: data that could not be used"`
	Warnings int      `expr:"warnings" about:"of them warnings"`
}

// Booking is what the PNR says; absent until one has arrived for the traveller.
type Booking struct {
	CreatedHours  *int     `expr:"created_hours" about:"hours from booking to departure"`
	ChangedHours  *int     `expr:"changed_hours" about:"hours from the last change to departure"`
	Party         *int     `expr:"party" about:"persons booked"`
	Group         bool     `expr:"group" about:"booked as a group without names"`
	Split         int      `expr:"split" about:"bookings this one was split to or from"`
	Cancelled     bool     `expr:"cancelled" about:"the whole booking was cancelled"`
	Changes       *int     `expr:"changes" about:"entries of the booking's history"`
	NameChanges   *int     `expr:"name_changes" about:"of them changes of a name"`
	LateChanges   *int     `expr:"late_changes" about:"of them within 48 hours of departure"`
	Legs          int      `expr:"legs" about:"segments that are not cancelled"`
	CancelledLegs int      `expr:"cancelled_legs" about:"segments cancelled"`
	Ports         []string `expr:"ports" about:"ports of the itinerary in order"`
	First         string   `expr:"first" about:"first port of the itinerary"`
	Final         string   `expr:"final" about:"last port of the itinerary"`
	OneWay        *bool    `expr:"one_way" about:"the itinerary does not come back to its first port"`
	Broken        *bool    `expr:"broken" about:"a segment starts elsewhere than the one before ended"`
	Revisits      int      `expr:"revisits" about:"ports called at again, the return to the first not counted"`
	Onward        *bool    `expr:"onward" about:"segments follow this leg"`
	Connection    *int     `expr:"connection" about:"hours at this leg's destination before the next segment"`
	StayDays      *int     `expr:"stay_days" about:"days at this leg's destination before leaving it"`
	AgencyKind    string   `expr:"agency_kind" values:"airline agency" about:"who made the booking"`
	AgencyCountry string   `expr:"agency_country" about:"country of the booking office"`
	AgencyPlace   string   `expr:"agency_place" about:"city or airport code of the booking office"`
	AgencyFar     *bool    `expr:"agency_far" about:"the office's place is no port of the itinerary"`
	Payment       string   `expr:"payment" values:"cash card cheque government other" about:"first form of payment"`
	Cash          *bool    `expr:"cash" about:"any part was paid in cash"`
	ThirdParty    *bool    `expr:"third_party" about:"the payer shares no name with the traveller"`
	Tickets       int      `expr:"tickets" about:"tickets issued"`
	TicketHours   *int     `expr:"ticket_hours" about:"hours from the issue of the last ticket to departure"`
	Bags          *int     `expr:"bags" about:"bags of the booking"`
	Contacts      int      `expr:"contacts" about:"contacts in the booking"`
	Minor         bool     `expr:"minor_service" about:"an unaccompanied-minor service (UMNR) is booked"`
}
