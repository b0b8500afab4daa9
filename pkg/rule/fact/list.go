package fact

import (
	"slices"

	"fairway/pkg/travel"
)

// none is the band of an action that no match asks for.
const none = "none"

func gatherList(matches []travel.Match) *List {
	l := &List{Matches: make([]Match, 0, len(matches))}
	for i := range matches {
		m := &matches[i]
		l.Matches = append(l.Matches, Match{Entry: m.Entry, List: m.List, Category: m.Category, Action: string(m.Action), By: m.By,
			Strength: string(m.Strength), Similarity: m.Similarity, Birth: m.Birth, Reasons: m.Reasons})
	}
	l.Complete()
	if len(l.Matches) > maxList {
		l.Matches = l.Matches[:maxList]
	}
	return l
}

// Complete fills in what Matches imply and is still empty: bands, count, lists and categories. Tests of rules state
// matches alone. Without any Matches, not even an empty list, it does nothing.
func (l *List) Complete() {
	if l.Matches == nil {
		return
	}
	bands := [...]struct {
		action string
		band   *string
		found  string
	}{{"no_board", &l.NoBoard, none}, {"refer", &l.Refer, none}, {"alert", &l.Alert, none}, {"clear", &l.Clear, none}, {"protect", &l.Protect, none}}
	lists, firm, categories, count := []string{}, []string{}, []string{}, 0
	for i := range l.Matches {
		m := &l.Matches[i]
		for j := range bands {
			if b := &bands[j]; b.action == m.Action {
				b.found = stronger(b.found, m.Strength)
			}
		}
		if m.Action != string(travel.ActClear) {
			count++
			lists, categories = appendNew(lists, m.List), appendNew(categories, m.Category)
			if m.Strength == string(travel.Strong) || m.Strength == string(travel.Probable) {
				firm = appendNew(firm, m.List)
			}
		}
	}
	for _, b := range bands {
		if *b.band == "" {
			*b.band = b.found
		}
	}
	if l.Lists == nil {
		l.Lists = lists
	}
	if l.Categories == nil {
		l.Categories = categories
	}
	if l.Count == 0 {
		l.Count = count
	}
	l.Several = l.Several || len(firm) > 1
}

// stronger returns the stronger of two bands; an unknown one is the weakest.
func stronger(a, b string) string {
	bands := [...]string{none, string(travel.Possible), string(travel.Probable), string(travel.Strong)}
	if slices.Index(bands[:], b) > slices.Index(bands[:], a) {
		return b
	}
	return a
}

func appendNew(list []string, s string) []string {
	if s == "" || len(list) >= maxList || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
