package watchlist

import (
	"testing"

	"fairway/pkg/travel"
)

func TestCompareBirth(t *testing.T) {
	for _, c := range []struct {
		list, traveller travel.BirthDate
		want            likeness
		factor          float32
	}{
		{"", "1979-04-11", birthNone, 1},
		{"1979-04-11", "", birthNone, 1},
		{"1979-04-11", "1979-04-11", birthExact, 1},
		{"1979-04-11", "1979-11-04", birthSwapped, 0.98},
		{"1979-04", "1979-04-11", birthMonth, 1},
		{"1979-04-11", "1979-04", birthMonth, 1},
		{"1979-05", "1979-04-11", birthSame, 0.84},
		{"1979", "1979-04-11", birthYear, 1},
		{"1979-04-11", "1979", birthYear, 1},
		{"1979-04-11", "1979-04-23", birthOff, 0.92},
		{"1979-04-11", "1979-06-11", birthOff, 0.92},
		{"1979-01-01", "1979-06-23", birthJanuary, 0.95},
		{"1979-06-23", "1979-01-01", birthSame, 0.84},
		{"1979-04-11", "1979-06-23", birthSame, 0.84},
		{"1979-04-11", "1980-04-11", birthNear, 0.93},
		{"1979-04-11", "1978-04-11", birthNear, 0.93},
		{"1979-04-11", "1980-04-12", birthApart, 0.84},
		{"1979", "1980-04-12", birthApart, 0.84},
		{"1979-04", "1980-04", birthApart, 0.84}, // no day to agree on
		{"1979-04-11", "1981-04-11", birthApart, 0.78},
		{"1979-04-11", "1977-06-23", birthApart, 0.78},
		{"1979", "1981", birthApart, 0.78},
		{"1979-04-11", "1982-04-11", birthApart, 0},
		{"1979", "1976", birthApart, 0},
	} {
		got, factor := compareBirth(newBirth(c.list), newBirth(c.traveller))
		if got != c.want || factor != c.factor {
			t.Errorf("%s and %s: %d × %v, want %d × %v", c.list, c.traveller, got, factor, c.want, c.factor)
		}
	}
}

func TestContradicts(t *testing.T) {
	for _, c := range []struct {
		a, b travel.BirthDate
		want bool
	}{
		{"1979-04-11", "1979-04-11", false},
		{"1979-04", "1985-06-23", false}, // not known to the day
		{"1979-04-11", "1979-11-04", false},
		{"1979-04-11", "1980-04-11", false},
		{"1979-12-31", "1980-12-31", false}, // two digits, one year
		{"1979-04-11", "1981-04-11", true},
		{"1979-04-11", "1979-04-12", false},
		{"1979-04-12", "1979-04-21", false},
		{"1979-04-11", "1997-04-11", false},
		{"1979-04-11", "1979-05-12", true},
		{"1979-04-11", "1988-06-23", true},
	} {
		if got := contradicts(newBirth(c.a), newBirth(c.b)); got != c.want {
			t.Errorf("%s and %s: %t", c.a, c.b, got)
		}
	}
}
