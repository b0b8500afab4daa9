package rule

import "strings"

// didYouMean returns "; did you mean x?" when one of names is close to name, else the choice when it is short.
func didYouMean(name string, names []string) string {
	best, at := "", 3
	for _, n := range names {
		if d := distance(name, n); d < at && d < len(n) {
			best, at = n, d
		}
	}
	switch {
	case best != "":
		return "; did you mean " + best + "?"
	case len(names) > 0 && len(names) <= 24:
		return "; one of " + strings.Join(names, ", ")
	}
	return ""
}

// distance is the Levenshtein distance of two short names.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	var rows [2][65]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := range len(a) {
		prev, row := &rows[i%2], &rows[(i+1)%2]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(prev[j]+cost, prev[j+1]+1, row[j]+1)
		}
	}
	return rows[len(a)%2][len(b)]
}
