package enricher

import (
	"strings"

	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/travel"
)

// A person's journeys are one string of leg ids, each ended by ";", in the order in which they were first seen. It is
// appended to blindly, because an append is atomic and needs no answer; repeats are dropped when it is read.
const mostHistory = 50 // journeys that rules see: the newest

// readHistory lists the journeys in v, without the leg the traveller is on now.
func readHistory(v string, now travel.LegID) []event.EarlierLeg {
	if v == "" {
		return nil
	}
	var all []event.EarlierLeg
	for leg := range strings.SplitSeq(v, projection.LegEnd) {
		if leg == "" || leg == string(now) || len(leg) < len("2006-01-02") || contains(all, leg) {
			continue
		}
		all = append(all, event.EarlierLeg{Leg: travel.LegID(leg), Date: travel.Date(leg[len(leg)-len("2006-01-02"):])})
	}
	if len(all) > mostHistory {
		all = all[len(all)-mostHistory:]
	}
	return all
}

func contains(all []event.EarlierLeg, leg string) bool {
	for i := range all {
		if string(all[i].Leg) == leg {
			return true
		}
	}
	return false
}
