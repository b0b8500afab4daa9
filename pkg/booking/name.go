package booking

import (
	"slices"
	"strings"
	"unicode"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// Untitled takes the titles off given names: after a space always, as many as there are, glued on where that cannot
// well be the name. Suffixes that tell father from son are taken off too. A word that stands alone is the name, whatever
// it looks like: a person cannot be matched by nothing. Titles of clergy and rank are counted as removed (standards.md
// F.6).
func (b *Builder) Untitled(given string) string {
	given = b.Untail(strings.TrimSpace(given))
	least := 3 // AMR and NIMR are names
	if b.glues {
		least = 1
	}
	bare := unglued(given, least)
	if bare == given {
		return given
	}
	b.glues = true
	return b.Untail(bare) // "ASTA DRMRS"
}

// Untail takes titles and suffixes off the end, and counts those that must not be kept.
func (b *Builder) Untail(given string) string {
	bare, private := untailed(given)
	for range private {
		b.Remove()
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

// sameName compares names by their letters; where one was cut short, or the other has more given names, as far as the
// shorter goes.
func sameName(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !letter(a[i]) {
			i++
		}
		for j < len(b) && !letter(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return len(a) > 0 && len(b) > 0 || len(a) == len(b)
		}
		if a[i]|0x20 != b[j]|0x20 {
			return false
		}
		i++
		j++
	}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

// alike reports whether one part of the name is t's and the other differs by one letter and has at least so many.
func alike(t *travel.Traveller, surname, given string, least int) bool {
	return sameName(string(t.Surname), surname) && oneLetter(string(t.Given), given, least) ||
		sameName(string(t.Given), given) && oneLetter(string(t.Surname), surname, least)
}

// oneLetter reports whether one letter, changed, put in or left out, makes a of b. Both have at least so many letters.
func oneLetter(a, b string, least int) bool {
	if len(a) > len(b)+4 || len(b) > len(a)+4 {
		return false
	}
	x, y := letters(a), letters(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < least || len(y) > len(x)+1 {
		return false
	}
	k := 0
	for k < len(x) && x[k] == y[k] {
		k++
	}
	if len(x) == len(y) {
		return k == len(x) || slices.Equal(x[k+1:], y[k+1:])
	}
	return slices.Equal(x[k:], y[k+1:])
}

// letters are the letters of a name, in one case.
func letters(s string) []rune {
	all := make([]rune, 0, len(s))
	for _, r := range s {
		if unicode.IsLetter(r) {
			all = append(all, unicode.ToUpper(r))
		}
	}
	return all
}
