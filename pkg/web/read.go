package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/jsonscan"
)

// deepest is how deep a body may nest: the library has no limit of its own.
const deepest = 32

// ErrTooLarge is why a body of more bytes than may be was not read.
var ErrTooLarge = errors.New("the body is too large")

// Read reads a JSON body of at most most bytes into v: every field must be known, and nothing may follow; of one that is
// longer it returns [ErrTooLarge]. see says in an error where the shape is described.
func Read(w http.ResponseWriter, r *http.Request, most int, v any, see string) error {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(most)))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return fmt.Errorf("%w: it is larger than %d bytes", ErrTooLarge, most)
	}
	if err != nil {
		return errors.New("the body ended early")
	}
	if jsonscan.Deeper(b, deepest) {
		return errors.New("the body is nested too deep")
	}
	rest, err := json.Parse(b, v, json.DisallowUnknownFields|json.DontMatchCaseInsensitiveStructFields)
	if err != nil || strings.TrimSpace(string(rest)) != "" {
		return fmt.Errorf("the body is not the JSON this takes; see %s", see) // the library's words quote the body
	}
	return nil
}
