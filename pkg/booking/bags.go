package booking

import (
	"strings"

	"fairway/pkg/travel"
)

// MostTags bounds the tags that are kept of one person, and those that one with a count may stand for.
const MostTags = 50

// Kilograms reads a weight in its unit, to the nearest kilogram; 0 when it is none. Pounds are unit 701, L, LB or LBS.
func Kilograms(weight, unit string) int {
	pounds := false
	switch strings.ToUpper(strings.TrimSpace(unit)) {
	case "701", "L", "LB", "LBS", "LBR":
		pounds = true
	}
	kg, _ := travel.Kilograms(weight, pounds)
	return kg
}
