package travel

import "strings"

// Filler reports whether a part of a name is what carriers' systems write where they have no name: "FNU", "TBA", "XXX".
// It is no name of a person: nobody is matched by it. Case and blanks around it do not matter.
func Filler(part string) bool {
	if len(part) < 2 || strings.IndexByte("FLNUXTflnuxt .-", part[0]) < 0 { // as nearly every name
		return false
	}
	switch strings.ToUpper(strings.Trim(part, " .-")) {
	case "FNU", "FNUX", "LNU", "NFN", "NLN", "NONAME", "NO NAME", "UNKNOWN", "UNK", "XX", "XXX", "XXXX", "TBA", "TBC", "TBN",
		"TO BE ADVISED", "TO BE ANNOUNCED", "TO BE CONFIRMED":
		return true
	}
	return false
}

// Placeholder is Filler, or a word that may be a name but hardly ever is, as TEST or PAX: what a rule may ask about. Nobody
// loses their name by it.
func Placeholder(part string) bool {
	switch strings.ToUpper(strings.Trim(part, " .-")) {
	case "TEST", "TESTER", "NONE", "NIL", "ANON", "PAX", "PASSENGER":
		return true
	}
	return Filler(part)
}
