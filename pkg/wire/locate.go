package wire

import (
	"bytes"
	stdjson "encoding/json"
	"strconv"
	"strings"

	"fairway/pkg/travel"
)

// maxLocated bounds the findings whose byte offset is looked up: each costs a walk to its place.
const maxLocated = 50

// locate fills in the offsets of findings that have a JSON pointer. Only bodies with findings pay for it.
func locate(body []byte, findings []travel.Finding) {
	n := 0
	for i := range findings {
		if f := &findings[i]; strings.HasPrefix(f.Tag, "/") && f.Offset == 0 && n < maxLocated {
			f.Offset = offsetOf(body, f.Tag)
			n++
		}
	}
}

// offsetOf is where the value that a JSON pointer (RFC 6901) names starts; where its parent starts when it is absent.
func offsetOf(body []byte, pointer string) int {
	d := stdjson.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	at := 0
	for _, step := range strings.Split(pointer[1:], "/") {
		open, err := d.Token()
		if err != nil {
			return at
		}
		at = int(d.InputOffset()) - 1
		switch open {
		case stdjson.Delim('{'):
			if !enterField(d, step) {
				return at
			}
		case stdjson.Delim('['):
			index, err := strconv.Atoi(step)
			for ; err == nil && index > 0 && d.More(); index-- {
				err = skip(d)
			}
			if err != nil || !d.More() {
				return at
			}
		default:
			return at
		}
		at = valueStart(body, int(d.InputOffset()))
	}
	return at
}

// enterField goes to the value of a field.
func enterField(d *stdjson.Decoder, name string) bool {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return false
		}
		if key == name {
			return true
		}
		if skip(d) != nil {
			return false
		}
	}
	return false
}

func skip(d *stdjson.Decoder) error {
	var ignored stdjson.RawMessage
	return d.Decode(&ignored)
}

// valueStart passes over what stands between a key or a value and the next value.
func valueStart(body []byte, at int) int {
	for at < len(body) && strings.IndexByte(" \t\r\n:,", body[at]) >= 0 {
		at++
	}
	return min(at, max(len(body)-1, 0))
}
