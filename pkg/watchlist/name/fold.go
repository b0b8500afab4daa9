package name

// appendFold appends to dst the token w with differences of romanisation removed: doubled letters, OU and U, PH and F,
// KH and K, SERGEJ and SERGEY. Two tokens with one fold are most likely one name. The fold is never longer than w.
func appendFold(dst, w []byte) []byte {
	from := len(dst)
	for i := 0; i < len(w); {
		out, n := foldAt(w, i)
		i += n
		if out == 0 || len(dst) > from && dst[len(dst)-1] == out {
			continue
		}
		dst = append(dst, out)
	}
	return dst
}

// foldAt returns the letter that stands for the sound at w[i], 0 for none, and how many letters spell it.
func foldAt(w []byte, i int) (out byte, n int) {
	c := w[i]
	var next byte
	if i+1 < len(w) {
		next = w[i+1]
	}
	switch c {
	case 'A', 'E', 'I', 'O', 'U', 'Y':
		return foldVowel(c, next)
	case 'H':
		if i > 0 && vowel(w[i-1]) && (next == 0 || !vowel(next)) {
			return 0, 1
		}
		if next == 'S' && i == 0 {
			return 'X', 2 // Wade-Giles HS
		}
	case 'J':
		if next == 0 && i > 0 && vowel(w[i-1]) {
			return 'I', 1
		}
	case 'W':
		return 'V', 1
	case 'Q':
		return 'K', 1
	case 'X':
		if i == 0 {
			return 'X', 1
		}
		return 'K', 1
	default:
		return foldConsonant(w, i, c, next)
	}
	return c, 1
}

func foldVowel(c, next byte) (byte, int) {
	switch {
	case (c == 'A' || c == 'E') && (next == 'I' || next == 'Y'), c == 'I' && next == 'E', c == 'E' && next == 'E':
		return 'I', 2
	case c == 'O' && (next == 'U' || next == 'O'), c == 'U' && next == 'O':
		return 'U', 2
	case c == 'A':
		return 'A', 1
	case c == 'O' || c == 'U':
		return 'U', 1
	}
	return 'I', 1
}

// foldConsonant handles the consonants that begin a digraph or change before a vowel.
func foldConsonant(w []byte, i int, c, next byte) (byte, int) {
	switch {
	case next == 'H' && (c == 'K' || c == 'G' || c == 'D' || c == 'T'):
		return c, 2
	case c == 'P' && next == 'H':
		return 'F', 2
	case c == 'Z' && next == 'H', c == 'D' && next == 'J':
		return 'J', 2
	case c == 'S' && next == 'H':
		return 'X', 2
	case c == 'S' && next == 'C' && i+2 < len(w) && w[i+2] == 'H':
		return 'X', 3
	case c == 'T' && next == 'C' && i+2 < len(w) && w[i+2] == 'H':
		return 'C', 3
	case c == 'T' && (next == 'S' || next == 'Z'):
		return 'S', 2
	case c == 'Z':
		return 'S', 1
	case c != 'C':
		return c, 1
	case next == 'H':
		return 'C', 2
	case next == 'K':
		return 'K', 2
	case next == 'E' || next == 'I' || next == 'Y':
		return 'S', 1
	}
	return 'K', 1
}

func vowel(c byte) bool {
	return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U' || c == 'Y'
}

// appendSkeleton appends the consonants of a fold, H dropped and G as K. Fewer than two letters are too few to look up by.
func appendSkeleton(dst, fold []byte) []byte {
	for _, c := range fold {
		switch c {
		case 'A', 'I', 'U', 'H':
			continue
		case 'G':
			c = 'K'
		}
		dst = append(dst, c)
	}
	return dst
}

// maskOf returns the set of letters of w, one bit each.
func maskOf(w []byte) uint32 {
	var m uint32
	for _, c := range w {
		m |= 1 << (c & 31)
	}
	return m
}
