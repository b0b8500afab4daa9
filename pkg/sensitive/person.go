package sensitive

import "strings"

// Rank reports whether a word in upper case is a title of clergy or of military rank.
func Rank(word string) bool {
	switch word {
	case "REV", "FR", "RABBI", "IMAM", "SISTER", "BISHOP", "FATHER", "PASTOR", "CAPT", "COL", "GEN", "LT", "MAJ", "SGT", "CPL":
		return true
	}
	return false
}

// Title reports whether a word that stands where a title is sent, in upper case, tells of clergy or rank, or was masked.
func Title(word string) bool {
	return Rank(strings.Trim(word, ".,")) || Text(word) || len(word) > 1 && strings.Trim(word, blotted[:1]) == ""
}

// FareType reports whether a passenger type, in upper case, is of clergy, the forces or the disabled, or was masked.
func FareType(code string) bool {
	switch code {
	case "CLG", "CLY", "MIS", "PIL", "MIL", "MCR", "MRE", "MSB", "DIS", blotted[:3]:
		return true
	}
	return false
}
