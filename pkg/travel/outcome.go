package travel

// Outcome is what Fairway says about a traveller on a leg.
type Outcome string

// The outcomes a carrier can be told.
const (
	Board        Outcome = "board"
	NoBoard      Outcome = "no_board"
	Refer        Outcome = "refer"        // board; an officer meets the traveller
	Hold         Outcome = "hold"         // contact the targeting centre before boarding
	Insufficient Outcome = "insufficient" // correct the named elements and send again
	Failed       Outcome = "error"        // the message or the traveller could not be processed
)

// Severity orders outcomes from 0 (board) upwards; the worse of two is the larger.
func (o Outcome) Severity() int {
	switch o {
	case Board:
		return 0
	case Refer:
		return 1
	case Insufficient:
		return 2
	case Hold:
		return 3
	case Failed:
		return 4
	case NoBoard:
		return 5
	}
	return -1
}

// Valid reports whether o is one of the outcomes above.
func (o Outcome) Valid() bool { return o.Severity() >= 0 }
