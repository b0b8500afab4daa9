package decoder

import (
	"errors"
	"fmt"

	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/wire"
)

// errNoCarrier is why a record that anybody may have produced is refused: there is nobody to answer.
var errNoCarrier = errors.New("record has no " + event.HeaderCarrier + " header")

// Decode reads one interchange into its messages, the notice to its carrier, if there is anything to say of it as a
// whole, and the travellers it presents, for departures within w. Its only error is a record without a carrier.
func Decode(r event.Received, w event.Window) ([]travel.Message, *event.Advisory, []event.Presented, error) {
	if r.Carrier == "" {
		return nil, nil, nil, errNoCarrier
	}
	messages, err := wire.Decode(r.ContentType, r.Body)
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		return nil, event.Refuse(r, wire.Kind(r.Body), bad.Findings), nil, nil
	}
	if err != nil {
		return nil, nil, nil, fmt.Errorf("decode message: %w", err)
	}
	notice, presented := event.Present(r, messages, w)
	return messages, notice, presented, nil
}
