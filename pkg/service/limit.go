package service

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits returns every setting of cfg, a struct, that is outside the limits its tag names: `limit:"1..1000"`,
// `limit:"10ms..1m"`, `limit:"1KiB.."` without an upper end, `limit:"0,256.."` for 0 or at least 256.
func Limits(cfg any) error {
	var errs []error
	for _, l := range fields(reflect.ValueOf(cfg), "", settable) {
		if l.limit == "" {
			continue
		}
		spans, err := spansOf(l)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if n := l.value.Int(); !slices.ContainsFunc(spans, func(s span) bool { return s.low <= n && n <= s.high }) {
			errs = append(errs, fmt.Errorf("%s: %s", l.name, inWords(l.limit)))
		}
	}
	return errors.Join(errs...)
}

// span is one range that a setting may be in; both ends are.
type span struct{ low, high int64 }

func spansOf(l leaf) ([]span, error) {
	var spans []span
	for part := range strings.SplitSeq(l.limit, ",") {
		low, high, ranged := strings.Cut(part, "..")
		s := span{high: math.MaxInt64}
		var err error
		if s.low, err = l.number(low); err == nil {
			switch {
			case !ranged:
				s.high = s.low
			case high != "":
				s.high, err = l.number(high)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: limit %q: %w", l.name, l.limit, err)
		}
		spans = append(spans, s)
	}
	return spans, nil
}

// number reads one end of a limit: a duration where the setting is one, else a count, of KiB or MiB where it says so.
func (l leaf) number(s string) (int64, error) {
	if l.value.Type() == reflect.TypeFor[time.Duration]() {
		d, err := time.ParseDuration(s)
		return int64(d), err
	}
	shift := 0
	if digits, ok := strings.CutSuffix(s, "KiB"); ok {
		s, shift = digits, 10
	} else if digits, ok := strings.CutSuffix(s, "MiB"); ok {
		s, shift = digits, 20
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n << shift, err
}

// inWords says what a limit is.
func inWords(limit string) string {
	parts := strings.Split(limit, ",")
	for i, p := range parts {
		switch low, high, ranged := strings.Cut(p, ".."); {
		case !ranged:
		case high == "":
			parts[i] = "at least " + low
		default:
			parts[i] = "between " + low + " and " + high
		}
	}
	return strings.Join(parts, ", or ")
}
