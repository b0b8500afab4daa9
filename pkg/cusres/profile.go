package cusres

import "fairway/pkg/travel"

// Profile is how one programme words its answers (standards.md C.2).
type Profile struct {
	Name        string
	Application string // UNB 0026
	Association string // UNH association code
	Group       bool   // UNG and UNE around the message
	Qualified   bool   // UNB names the parties with qualifier ZZ
	Text        bool   // FTX on every person of a 962
	Reference   bool   // a traveller without RFF+ABO or RFF+AVF refuses the message ("ABO OR AVF MISSING VALUE")

	Board        string
	NoBoard      string
	Hold         string // must not board before the carrier has called
	Insufficient string
	Unscreened   string // the deadline passed and the agreed default lets the person board
	Rejected     string // ERC of every refused message; empty for the table in Codes
}

// profiles are the programmes known. A referral is rendered as Board in all of them: whom an officer will meet on
// arrival is not for the carrier to know. The United States read 2Z as "may board after screening", which a hold is
// not, so there it is 1Z. The codes of the European carrier interface were never published where we could read them.
var profiles = [...]Profile{
	{"generic", "IAPI", "IATA", false, true, true, false, "0Z", "1Z", "2Z", "4Z", "0T", ""},
	{"us", "", "", true, false, false, false, "0Z", "1Z", "1Z", "4Z", "0X", ""},
	{"uk", "UKBAOP", "IATA", false, true, false, false, "0Z", "1Z", "2Z", "4Z", "0T", ""},
	{"cn", "IAPI", "IATA", false, true, true, true, "0Z", "1Z", "2Z", "4Z", "0T", "1"},
	{"eu", "EUAPI", "IATA", false, true, true, false, "OK", "NOK", "NOK", "NOK", "NA", ""},
}

// ByName returns the profile of a programme: generic, us, uk, cn or eu; "" is generic.
func ByName(name string) (Profile, bool) {
	if name == "" {
		return profiles[0], true
	}
	for _, p := range profiles {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}

// Code is the result code (ERC) of an outcome. An outcome nobody knows reads as insufficient: nobody boards on it.
func (p Profile) Code(o travel.Outcome, unscreened bool) string {
	switch o {
	case travel.Board, travel.Refer:
		if unscreened {
			return p.Unscreened
		}
		return p.Board
	case travel.NoBoard:
		return p.NoBoard
	case travel.Hold:
		return p.Hold
	}
	return p.Insufficient
}

// outcome reads a result code of any profile; ok is false when it is in none.
func outcome(code string) (o travel.Outcome, unscreened, ok bool) {
	switch code {
	case "OK":
		return travel.Board, false, true
	case "NA", "0T", "0X":
		return travel.Board, true, true
	case "NOK":
		return travel.NoBoard, false, true
	}
	if code == "" {
		return travel.Failed, false, false
	}
	known := len(code) == 2 && code[1] >= 'A' && code[1] <= 'Z'
	switch code[0] {
	case '0':
		return travel.Board, false, known
	case '1':
		return travel.NoBoard, false, known
	case '2':
		return travel.Hold, false, known
	case '4':
		return travel.Insufficient, false, known
	}
	return travel.Failed, false, false
}

// text is what an agent is shown for an outcome. It never says why.
func text(o travel.Outcome, unscreened bool) string {
	switch o {
	case travel.Board, travel.Refer:
		if unscreened {
			return "TIMED OUT ANSWER FOLLOWS"
		}
		return "OK TO BOARD"
	case travel.NoBoard:
		return "DO NOT BOARD CONTACT BORDER SUPPORT DESK"
	case travel.Hold:
		return "CONTACT BORDER SUPPORT DESK BEFORE BOARDING"
	case travel.Insufficient:
		return "INSUFFICIENT DATA CORRECT AND SEND AGAIN"
	}
	return "NOT PROCESSED SEND AGAIN"
}
