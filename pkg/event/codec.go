package event

import (
	"errors"
	"fmt"

	"fairway/pkg/jsonscan"

	"github.com/segmentio/encoding/json"
)

// MaxBytes and MaxDepth bound what [Decode] hands to the JSON library: it has no nesting limit of its own, and two
// million nested arrays end the process.
const (
	MaxBytes = 4 << 20
	MaxDepth = 32
)

// The reasons a value is refused before decoding.
var (
	ErrTooLarge = errors.New("larger than 4 MiB")
	ErrTooDeep  = errors.New("nested deeper than 32 levels")
	ErrVersion  = errors.New("has no version")
)

// Event is any of the event types of this package.
type Event interface{ version() int }

// Encode returns e as JSON. The same event is the same bytes each time.
func Encode(e Event) ([]byte, error) {
	b, err := json.Append(make([]byte, 0, 1024), e, json.SortMapKeys)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", e, err)
	}
	return b, nil
}

// Decode reads one event from b into e, which must be a pointer. Strings of e share b's memory: keep b unchanged.
// Unknown fields are skipped, because a newer writer may have grown the event.
func Decode(b []byte, e Event) error {
	if len(b) > MaxBytes {
		return fmt.Errorf("decode %T: %w", e, ErrTooLarge)
	}
	if jsonscan.Deeper(b, MaxDepth) {
		return fmt.Errorf("decode %T: %w", e, ErrTooDeep)
	}
	if _, err := json.Parse(b, e, json.ZeroCopy|json.DontMatchCaseInsensitiveStructFields); err != nil {
		return fmt.Errorf("decode %T: %w", e, plain(err))
	}
	if e.version() < 1 {
		return fmt.Errorf("decode %T: %w", e, ErrVersion)
	}
	return nil
}

// plain keeps the kind and the place of a JSON fault and drops the text, which quotes the input.
func plain(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return errors.New("malformed JSON")
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("field %q holds a JSON %s of the wrong type", wrong.Field, kindOf(wrong.Value))
	}
	return errors.New("malformed JSON")
}

func kindOf(value string) string {
	switch value {
	case "string", "number", "array", "object", "bool", "null":
		return value
	}
	return "value"
}
