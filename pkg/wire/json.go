package wire

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

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

// notUTF8 is where the first byte stands that is no UTF-8, or -1.
func notUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func boundJSON(b []byte) *travel.Finding {
	if i := notUTF8(b); i >= 0 {
		return &travel.Finding{Code: "not_utf8", Severity: travel.Fault, Offset: i, Text: "JSON is UTF-8 (RFC 8259, 8.1), and this byte is not; nobody was read, encode the body in UTF-8 and send it again"}
	}
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
