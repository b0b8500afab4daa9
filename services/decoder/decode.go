package decoder

import (
	"errors"
	"fmt"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
	"fairway/pkg/wire"
)

// unknownCarrier is the finding about a record that names no configured carrier.
const unknownCarrier = "unknown_carrier"

// errCarrier is why a record that anybody may have produced is refused: there is nobody to answer.
var errCarrier = errors.New(unknownCarrier + ": header " + event.HeaderCarrier + " names no configured carrier")

// Decode reads one interchange into its messages, the notice to its carrier, if there is anything to say of it as a
// whole, and the travellers it presents through g. Its only error is a record of no configured carrier.
func Decode(r event.Received, g journey.Gate) ([]travel.Message, *event.Advisory, []event.Presented, error) {
	if !g.Carriers.Known(r.Carrier) {
		return nil, nil, nil, errCarrier
	}
	messages, err := wire.Decode(r.ContentType, r.Body)
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		return nil, journey.Refuse(r, wire.Kind(r.Body), bad.Findings), nil, nil
	}
	if err != nil {
		return nil, nil, nil, fmt.Errorf("decode message: %w", err)
	}
	notice, presented := journey.Present(r, messages, g)
	return messages, notice, presented, nil
}
