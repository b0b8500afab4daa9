package wire

import (
	"bytes"
	stdjson "encoding/json"
	"strconv"
	"strings"

	"fairway/pkg/sensitive"
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
	text := bytes.TrimPrefix(body, []byte("\ufeff"))
	mark := len(body) - len(text)
	d := stdjson.NewDecoder(bytes.NewReader(text))
	at := 0
	for _, step := range strings.Split(pointer[1:], "/") {
		open, err := d.Token()
		if err != nil {
			return at
		}
		at = mark + int(d.InputOffset()) - 1
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
		at = valueStart(body, mark+int(d.InputOffset()))
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

// maskJSON blots services, remarks and payers that must not be stored, in a copy, in one walk through the body.
func maskJSON(body []byte) []byte {
	if !bytes.Contains(body, []byte(`"bookings"`)) {
		return body
	}
	if f := boundJSON(body); f != nil && f.Code != "repeated_field" {
		return body
	}
	masked := body
	text := bytes.TrimPrefix(body, []byte("\ufeff"))
	mark := len(body) - len(text)
	d := stdjson.NewDecoder(bytes.NewReader(text))
	var open []string // the field that each open array stands in, "" for objects
	field, key := "", false
	for {
		before := int(d.InputOffset())
		token, err := d.Token()
		if err != nil {
			return masked // at the end; or it is refused, and kept as it came only until then
		}
		inArray := len(open) > 0 && open[len(open)-1] != ""
		switch t := token.(type) {
		case stdjson.Delim:
			switch t {
			case '[':
				open, key = append(open, "["+field), false
			case '{':
				open, key = append(open, ""), true
			default:
				open = open[:len(open)-1]
				key = len(open) > 0 && open[len(open)-1] == ""
			}
			continue
		case string:
			if key {
				field, key = t, false
				continue
			}
			if inArray && banned(open[len(open)-1], t) || !inArray && field == "payer" && sensitive.Text(t) {
				if &masked[0] == &body[0] {
					masked = bytes.Clone(body)
				}
				blotString(masked, valueStart(body, mark+before))
			}
		}
		key = !inArray
	}
}

// banned reports whether a string of a list must not be stored.
func banned(list, s string) bool {
	switch list {
	case "[services":
		return sensitive.Service(s)
	case "[remarks":
		return sensitive.Text(s)
	}
	return false
}

// blotString overwrites a JSON string with words that the filter knows for its own.
func blotString(body []byte, at int) {
	if body[at] != '"' {
		return
	}
	k := 0
	for at++; at < len(body) && body[at] != '"'; at++ {
		escaped := body[at] == '\\'
		body[at] = sensitive.Blot(k)
		k++
		if escaped && at+1 < len(body) {
			at++
			body[at] = sensitive.Blot(k)
			k++
		}
	}
}
