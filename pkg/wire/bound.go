package wire

import (
	stdjson "encoding/json"
	"reflect"
	"strings"
	"unicode/utf8"

	"fairway/pkg/jsonscan"
	"fairway/pkg/travel"
)

// The bounds of a JSON body. The library has none for nesting, so they hold before it sees a byte.
const (
	maxJSONDepth   = 12
	maxJSONBytes   = 16 << 20
	maxJSONObjects = 20 * travel.MostPeople // a person and what is said of them
	maxJSONField   = 32 * len(`\u0000`)     // bytes of a field's name, each letter escaped; a longer one is none of ours
)

// fieldSet are fields of one object, by their place in fieldNumbers.
type fieldSet [4]uint64

// fieldNumbers numbers the names of all fields that a message can have.
var fieldNumbers = func() map[string]int {
	numbers := map[string]int{}
	numberFields(reflect.TypeFor[travel.Message](), numbers)
	return numbers
}()

func numberFields(t reflect.Type, numbers map[string]int) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if _, ok := numbers[name]; name != "" && name != "-" && !ok {
			numbers[name] = len(numbers)
		}
		if name != "-" {
			numberFields(f.Type, numbers)
		}
	}
}

// boundJSON refuses what must not reach the library: bytes that are no text, too many or too deep, and an object that
// has a field twice, of which the last would win in silence. It is one walk, in memory that does not grow. Names that
// are no field of ours are left to the library, which refuses them.
func boundJSON(b []byte) *travel.Finding {
	if i := notUTF8(b); i >= 0 {
		return stop("not_utf8", i, "JSON is UTF-8 (RFC 8259, 8.1), and this byte is not; nobody was read, encode the body in UTF-8 and send it again")
	}
	if len(b) > maxJSONBytes {
		return stop("too_large", maxJSONBytes, "JSON bodies are at most 16 MiB")
	}
	var seen [maxJSONDepth + 1]fieldSet // by depth
	objects := 0
	s := jsonscan.New(b)
	for c := s.Next(); c != 0; c = s.Next() {
		from, to := s.At()
		switch c {
		case '"':
			if s.IsKey() && seen[max(s.Depth(), 0)].repeats(b[from:to]) {
				return stop("repeated_field", from, "a field stands twice in one object, and one of them would be lost: nobody was read; send each field once")
			}
		case '{', '[':
			if s.Depth() > maxJSONDepth {
				return stop("too_deep", from, "JSON nested deeper than 12 levels")
			}
			if objects++; objects > maxJSONObjects {
				return &travel.TooMany(travel.Place{Offset: from}).Findings[0]
			}
			seen[max(s.Depth(), 0)] = fieldSet{}
		}
	}
	return nil
}

func stop(code string, offset int, text string) *travel.Finding {
	return &travel.Finding{Code: code, Severity: travel.Fault, Offset: offset, Text: text}
}

// repeats adds the field of that name, a JSON string, and reports whether it was there.
func (s *fieldSet) repeats(name []byte) bool {
	if len(name) < 2 || len(name) > maxJSONField {
		return false
	}
	n, ok := fieldNumbers[string(name[1:len(name)-1])]
	if !ok && strings.IndexByte(string(name), '\\') >= 0 {
		var plain string
		if stdjson.Unmarshal(name, &plain) != nil {
			return false
		}
		n, ok = fieldNumbers[plain]
	}
	if !ok {
		return false
	}
	was := s[n/64]&(1<<(n%64)) != 0
	s[n/64] |= 1 << (n % 64)
	return was
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
