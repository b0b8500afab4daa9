package pnrgov

import (
	"strings"

	"fairway/pkg/sensitive"
)

// untitled takes the titles off given names: after a space always, as many as there are, glued on where that cannot
// well be the name. Suffixes that tell father from son are taken off too. A word that stands alone is the name, whatever
// it looks like: a person cannot be matched by nothing. Titles of clergy and rank are counted as removed (standards.md
// F.6).
func (d *decoder) untitled(given string) string {
	given = d.untail(strings.TrimSpace(given))
	least := 3 // AMR and NIMR are names
	if d.glues {
		least = 1
	}
	bare := unglued(given, least)
	if bare == given {
		return given
	}
	d.glues = true
	return d.untail(bare) // "ASTA DRMRS"
}

// untail takes titles and suffixes off the end, and counts those that must not be kept.
func (d *decoder) untail(given string) string {
	bare, private := untailed(given)
	for range private {
		d.removed()
	}
	return bare
}

// untailed takes off the words at the end that are titles or suffixes, but for the first word; private is how many of
// them tell of clergy or rank.
func untailed(given string) (bare string, private int) {
	for {
		at := strings.LastIndexByte(given, ' ')
		if at < 0 {
			return given, private
		}
		is, tells := title(given[at+1:])
		if !is {
			return given, private
		}
		if tells {
			private++
		}
		given = strings.TrimRight(given[:at], " ")
	}
}

// suffix reports whether a second given name is no name but what stands after one.
func suffix(second string) bool {
	is, private := title(second)
	return is && !private && second != "MD" // Mohammed as often
}

// title reports whether a word is a title, or a suffix as JR; private says that it tells of clergy or military rank.
func title(word string) (is, private bool) {
	if word = strings.Trim(word, ".,"); len(word) > 6 {
		return false, false
	}
	for i := range len(word) {
		if word[i] >= 'a' && word[i] <= 'z' {
			word = strings.ToUpper(word)
			break
		}
	}
	switch word {
	case "MR", "MRS", "MS", "MISS", "MSTR", "MST", "MASTER", "DR", "PROF", "CHD", "INF", "MME", "MLLE", "SRA", "HERR", "FRAU",
		"PHD", "MD", "JR", "SR", "II", "III":
		return true, false
	}
	private = sensitive.Rank(word)
	return private, private
}

// unglued takes off a title that is written together with the name: "JOHNMR", "ANNAMRS". At least so many letters stay.
func unglued(given string, least int) string {
	for _, t := range [...]string{"MSTR", "MISS", "MRS", "MR", "MS"} {
		if rest, ok := strings.CutSuffix(given, t); ok && len(rest) >= least && letter(rest[len(rest)-1]) {
			if t == "MS" && (rest == "ADA" || rest == "WILLIA" || rest == "ABRAHA") {
				return given
			}
			return rest
		}
	}
	return given
}
