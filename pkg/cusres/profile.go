package cusres

import "fairway/pkg/travel"

// Profile is one programme's result codes (ERC, an..8), by outcome. Unscreened codes stand for an answer that was given
// at the deadline.
type Profile struct {
	Name        string
	Codes       map[travel.Outcome]string
	Unscreened  map[travel.Outcome]string
	Association string // UNH 0057 of what is written
}

// profiles returns the code tables: generic and cn of standards.md C.2.3, us C.2.1, uk C.2.2, eu C.2.6. A referral
// boards and says nothing: the officer waits at arrival. A hold is the "selectee" digit 2, which every carrier's
// logic stops at until it has asked.
func profiles() []Profile {
	return []Profile{
		{"generic", table("0Z", "1Z", "0Z", "2Z", "4Z", "4Z"), table("0T", "1T", "0T", "2T", "4Z", "4Z"), "IATA"},
		{"us", table("0Z", "1Z", "2Z", "2Z", "4X", "4X"), table("0X", "1X", "0X", "2X", "4X", "4X"), ""},
		{"uk", table("0Z", "1Z", "0Z", "2Z", "4Z", "4Z"), table("0T", "0T", "0T", "0T", "4Z", "4Z"), "IATA"},
		{"cn", table("0Z", "1Z", "0Z", "2Z", "4Z", "4Z"), table("0Z", "1Z", "0Z", "2Z", "4Z", "4Z"), "IATA"},
		{"eu", table("OK", "NOT OK", "OK", "NOT OK", "NOT OK", "NOT OK"), table("OK", "NOT OK", "OK", "NOT OK", "NOT OK", "NOT OK"), "IATA"},
	}
}

func table(board, noBoard, refer, hold, insufficient, failed string) map[travel.Outcome]string {
	return map[travel.Outcome]string{travel.Board: board, travel.NoBoard: noBoard, travel.Refer: refer, travel.Hold: hold,
		travel.Insufficient: insufficient, travel.Failed: failed}
}

// ByName returns the profile called name: generic, us, uk, cn or eu.
func ByName(name string) (Profile, bool) {
	for _, p := range profiles() {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}

// Code is the ERC value for an outcome.
func (p Profile) Code(o travel.Outcome, unscreened bool) string {
	if unscreened {
		return p.Unscreened[o]
	}
	return p.Codes[o]
}

// text is what the agent reads (FTX+AAP), one fixed sentence for each outcome.
func text(o travel.Outcome, unscreened bool) string {
	switch {
	case unscreened:
		return "NOT SCREENED IN TIME ANSWER FOLLOWS"
	case o == travel.Board, o == travel.Refer:
		return "OK TO BOARD"
	case o == travel.NoBoard:
		return "DO NOT BOARD CONTACT BORDER SUPPORT DESK"
	case o == travel.Hold:
		return "HOLD CONTACT BORDER SUPPORT DESK BEFORE BOARDING"
	case o == travel.Insufficient:
		return "INSUFFICIENT DATA CORRECT AND SEND AGAIN"
	}
	return "NOT PROCESSED SEND AGAIN"
}
