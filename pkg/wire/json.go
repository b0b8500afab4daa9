package wire

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"strconv"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/travel"
)

// The bounds of a JSON body. The library has none for nesting, so they hold before it sees a byte.
const (
	maxJSONDepth = 12
	maxJSONBytes = 16 << 20
)

// decodeJSON reads one message, or an array of them: travel.Message in its JSON form. Unknown fields, malformed
// dates and unknown kinds are faults at the element, named by its JSON pointer in the finding's Tag.
func decodeJSON(body []byte) ([]travel.Message, error) {
	if f := boundJSON(body); f != nil {
		return nil, &travel.DecodeError{Findings: []travel.Finding{*f}}
	}
	trimmed := bytes.TrimLeft(body, " \t\r\n\ufeff")
	var messages []travel.Message
	if trimmed[0] == '{' {
		messages = make([]travel.Message, 1)
	}
	if err := parseJSON(trimmed, &messages); err != nil {
		return nil, &travel.DecodeError{Findings: []travel.Finding{whereJSON(body, err)}}
	}
	if len(messages) == 0 {
		return nil, refuse("empty", "the array holds no message")
	}
	for i := range messages {
		prefix := ""
		if trimmed[0] == '[' {
			prefix = "/" + strconv.Itoa(i)
		}
		check(&messages[i], prefix)
		locate(body, messages[i].Findings)
	}
	return messages, nil
}

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
func whereJSON(body []byte, cause error) travel.Finding {
	f := travel.Finding{Code: "bad_json", Severity: travel.Fault, Text: "the body is not the JSON this gateway takes; see /v1/schema"}
	dec := stdjson.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	dec.DisallowUnknownFields()
	var target any = &travel.Message{}
	if b := bytes.TrimLeft(body, " \t\r\n\ufeff"); b[0] == '[' {
		target = &[]travel.Message{}
	}
	err := dec.Decode(target)
	var syntax *stdjson.SyntaxError
	var wrong *stdjson.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		f.Offset, f.Text = int(syntax.Offset), "malformed JSON here"
	case errors.As(err, &wrong):
		f.Offset, f.Tag, f.Text = int(wrong.Offset), wrong.Field, "a JSON value of the wrong type; see /v1/schema"
	default:
		f.Offset = int(dec.InputOffset())
		if cause != nil && err != nil {
			f.Code, f.Text = "unknown_field", "the body has a field that is not in the schema, or ends early; see /v1/schema"
		}
	}
	return f
}

func boundJSON(b []byte) *travel.Finding {
	if len(b) > maxJSONBytes {
		return &travel.Finding{Code: "too_large", Severity: travel.Fault, Offset: maxJSONBytes, Text: "JSON bodies are at most 16 MiB"}
	}
	depth, inString := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case inString:
			if c == '\\' {
				i++
			} else if c == '"' {
				inString = false
			}
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			if depth++; depth > maxJSONDepth {
				return &travel.Finding{Code: "too_deep", Severity: travel.Fault, Offset: i, Text: "JSON nested deeper than 12 levels"}
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}
