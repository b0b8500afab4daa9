package wire

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/travel"
)

// decodeJSON reads one message, or an array of them: travel.Message in its JSON form. Unknown fields, malformed
// dates and unknown kinds are faults at the element, named by its JSON pointer in the finding's Tag.
func decodeJSON(body []byte) ([]travel.Message, error) {
	messages, err := readJSON(body)
	if err != nil {
		return nil, err
	}
	for i := range messages {
		prefix := ""
		if isArray(body) {
			prefix = "/" + strconv.Itoa(i)
		}
		check(&messages[i], prefix)
	}
	return messages, nil
}

// readJSON reads the messages as they are.
func readJSON(body []byte) ([]travel.Message, error) {
	if f := boundJSON(body); f != nil {
		return nil, &travel.DecodeError{Findings: []travel.Finding{*f}}
	}
	var messages []travel.Message
	if !isArray(body) {
		messages = make([]travel.Message, 1)
	}
	if err := parseJSON(trimJSON(body), &messages); err != nil {
		return nil, &travel.DecodeError{Findings: []travel.Finding{whereJSON(body)}}
	}
	if len(messages) == 0 {
		return nil, refuse("empty", "the array holds no message")
	}
	people := 0
	for i := range messages {
		people += len(messages[i].Travellers)
	}
	if people > travel.MostPeople || len(messages) > travel.MostMessages {
		return nil, travel.TooMany(travel.Place{})
	}
	return messages, nil
}

// trimJSON takes off what may stand before a JSON text.
func trimJSON(body []byte) []byte { return bytes.TrimLeft(body, " \t\r\n\ufeff") }

func isArray(body []byte) bool { return trimJSON(body)[0] == '[' }

func parseJSON(b []byte, into *[]travel.Message) error {
	var target any = into
	if b[0] == '{' {
		target = &(*into)[0]
	}
	rest, err := json.Parse(b, target, json.DisallowUnknownFields|json.DontMatchCaseInsensitiveStructFields)
	if err == nil && len(bytes.TrimSpace(rest)) > 0 {
		err = errors.New("text after the end")
	}
	return err
}

// whereJSON finds the place of a fault with the standard library, which keeps track of offsets. The fast decoder
// does not, and does not need to: a body without fault never comes here.
func whereJSON(body []byte) travel.Finding {
	f := travel.Finding{Code: "bad_json", Severity: travel.Fault, Text: "the body is not the JSON this gateway takes; see /v1/schema"}
	dec := stdjson.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	dec.DisallowUnknownFields()
	var target any = &travel.Message{}
	if isArray(body) {
		target = &[]travel.Message{}
	}
	err := dec.Decode(target)
	var syntax *stdjson.SyntaxError
	var wrong *stdjson.UnmarshalTypeError
	_, field, unknown := strings.Cut(fmt.Sprint(err), "unknown field ")
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		f.Offset, f.Text = len(body), "the JSON ends early; send it again whole"
	case errors.As(err, &syntax):
		f.Offset, f.Text = int(syntax.Offset), "malformed JSON here"
	case errors.As(err, &wrong):
		f.Offset, f.Tag, f.Text = int(wrong.Offset), wrong.Field, "a JSON value of the wrong type; see /v1/schema"
	case unknown:
		f.Code, f.Offset, f.Text = "unknown_field", max(bytes.Index(body, []byte(field)), 0), "a field that is not in the schema; see /v1/schema"
	default:
		f.Offset = int(dec.InputOffset())
	}
	f.Offset = min(f.Offset, len(body))
	return f
}
