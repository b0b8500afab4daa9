package rule

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
	AgencyKind    string   `expr:"agency_kind" about:"airline or agency"`
	AgencyCountry string   `expr:"agency_country" about:"country of the booking office"`
	AgencyPlace   string   `expr:"agency_place" about:"city or airport code of the booking office"`
	AgencyFar     *bool    `expr:"agency_far" about:"the office's place is no port of the itinerary"`
	Payment       string   `expr:"payment" about:"cash, card, cheque, government, other: the first form used"`
	Cash          *bool    `expr:"cash" about:"any part was paid in cash"`
	ThirdParty    *bool    `expr:"third_party" about:"the payer shares no name with the traveller"`
	Tickets       int      `expr:"tickets" about:"tickets issued"`
	TicketHours   *int     `expr:"ticket_hours" about:"hours from the issue of the last ticket to departure"`
	Bags          *int     `expr:"bags" about:"bags of the booking"`
	Contacts      int      `expr:"contacts" about:"contacts in the booking"`
	Minor         bool     `expr:"minor_service" about:"an unaccompanied-minor service (UMNR) is booked"`
}
