package name

import (
	"bytes"
	"strings"
)

// kind is what a word of a name may be, apart from a name.
type kind uint16

const (
	title     kind = 1 << iota // an address: no part of a name, unless there is nothing else
	filler                     // stands for a part that is not there
	connector                  // parts the words of a name and comes and goes between documents
	respect                    // a title of respect, which documents may or may not carry as a name
	servant                    // "servant of", joined to the word that follows
	article                    // what may stand between servant and that word
	faith                      // "of the faith", joined to the word before
	beforeDin                  // what may stand before that
	optional                   // a connector that is a surname elsewhere: it is kept, and may be left out
)

var kinds = parseKinds(map[kind]string{
	title:  "MR MRS MS MISS MSTR MASTER DR PROF SIR MADAM MME MLLE SR SRA HERR FRAU CAPT CHD INF CHLD ADT COLONEL GENERAL DOCTOR",
	filler: "FNU LNU XXX XXXX UNKNOWN NMN NFN NLN NOGIVENNAME NONAME",
	connector: "AL EL UL UR AR AS AN AD AT AZ ASH BIN BEN IBN BINT BINTI BINTE BTE BT WALAD OULD DE DA DO DI DOS DAS DEL DELLA DU " +
		"DER DEN VAN VON VOM ZU ZUM ZUR LA LE LAS LOS TER TEN AF AV",
	respect: "HAJI HAJJI HADJI HAJJ HAJ SHEIKH SHAIKH SHAYKH SHEIK SHEKH SYED SAYED SAYYED SAYYID MULLAH MULLA MAULAVI MAULVI MAWLAWI QARI " +
		"DATO DATUK DATIN TUAN PUAN SRI NAI NANG NANGSAO DAW ABU UMM OM THI JR II III",
	servant:   "ABD ABDUL ABDEL ABDAL ABDOUL ABDOL ABDIL ABDU ABDO",
	article:   "AL EL UL UR AR AS US AD AN AT AZ ASH",
	faith:     "DIN DEEN DINE DDIN EDDINE UDDIN UDDEEN ADDIN EDDIN ALDIN",
	beforeDin: "UD UL AL EL AD ED AUD",
	optional:  "LE LA DO DU DI DE DA DAS AN VAN BEN",
})

func parseKinds(words map[kind]string) map[string]kind {
	m := make(map[string]kind, 200)
	for k, list := range words {
		for _, w := range strings.Fields(list) {
			m[w] |= k
		}
	}
	return m
}

func (k kind) is(any kind) bool { return k&any != 0 }

// Optional reports whether w is an article in one language and a surname in another: LE, DO, VAN. A name may lack it,
// but one that has another in its place is another name.
func Optional(w []byte) bool { return len(w) <= 3 && kindOf(w).is(optional) }

func kindOf(w []byte) kind { return kinds[string(w)] }

// Sure reports whether s, which is part of a name, is sure to give a token of two letters or more. It looks only at the
// first word, and only where that is of the letters A–Z alone; where it is false the name must be parsed to know.
func Sure(s string) bool {
	var upper, buf [MaxToken]byte
	w := upper[:0]
	for i := range len(s) {
		if s[i] == ' ' {
			break
		}
		if !letter(s[i]) || len(w) == MaxToken {
			return false
		}
		w = append(w, s[i]&^0x20)
	}
	return len(withoutEscapes(buf[:0], w)) > 1 && !kindOf(w).is(title|filler|connector)
}

// servantVowels are the vowels that may follow ABD in a name of the form "servant of X" written as one word.
const servantVowels = "UEAOI"

// canonical writes w to dst with ABDEL-, ABDAL-, ABDOUL-, ABDURR- as ABDUL- and -EDDINE, -UDDEEN, -ALDIN as -UDDIN,
// so that habits of romanisation meet. Its output is its own canonical form.
func canonical(dst, w []byte) []byte {
	start := len(dst)
	var buf [2 * MaxLen]byte
	w = withoutEscapes(buf[:0], w)
	if rest, ok := servantOf(w); ok {
		dst = append(dst, "ABDUL"...)
		w = rest
	}
	for _, end := range [...]string{"EDDINE", "UDDEEN", "EDDEEN", "ADDIN", "EDDIN", "ALDIN", "ALDEEN", "ELDIN", "ELDEEN", "UDIN"} {
		if n := len(w) - len(end); n >= 3 && string(w[n:]) == end && w[n-1] != 'D' {
			dst = append(append(dst, w[:n]...), "UDDIN"...)
			return dst[:min(len(dst), start+MaxToken)]
		}
	}
	dst = append(dst, w...)
	return dst[:min(len(dst), start+MaxToken)]
}

// withoutEscapes returns w with UXX and NXX, as some States write Ü and Ñ (Doc 9303-3 section 6), as U and N.
func withoutEscapes(dst, w []byte) []byte {
	if !bytes.Contains(w, []byte("XX")) {
		return w
	}
	for i := 0; i < len(w); i++ {
		dst = append(dst, w[i])
		for after := w[i]; (after == 'U' || after == 'N') && i+2 < len(w) && w[i+1] == 'X' && w[i+2] == 'X'; {
			i += 2
		}
	}
	return dst
}

// servantOf returns what follows the article in "ABDELKARIM" or the assimilated "ABDURRAHMAN".
func servantOf(w []byte) ([]byte, bool) {
	if len(w) < 8 || string(w[:3]) != "ABD" {
		return nil, false
	}
	rest := w[3:]
	if rest[0] == 'O' && rest[1] == 'U' {
		rest = rest[1:]
	}
	if strings.IndexByte(servantVowels, rest[0]) < 0 {
		return nil, false
	}
	switch {
	case rest[1] == 'L' && len(rest) >= 5:
		return rest[2:], true
	case rest[1] == rest[2] && strings.IndexByte(servantVowels, rest[1]) < 0 && len(rest) >= 6:
		return rest[2:], true
	}
	return nil, false
}

// gluedTitles end a given name in reservation data: "ASTAMRS".
var gluedTitles = [...]string{"MRS", "MISS", "MSTR", "MR", "MS", "DR"}

// withoutTitle returns w without a glued title; what is left has three letters or more.
func withoutTitle(w []byte) ([]byte, bool) {
	for _, t := range gluedTitles {
		if n := len(w) - len(t); n >= 3 && string(w[n:]) == t {
			return w[:n], true
		}
	}
	return nil, false
}

// detach returns what follows a glued Arabic article, TIKRITI of ALTIKRITI, or ABDUL. Five letters or more must be left
// after the article, because ALI, ALAN and ELENA are names, and four after ABDUL.
func detach(w []byte) ([]byte, bool) {
	switch {
	case len(w) >= 9 && string(w[:5]) == "ABDUL":
		return w[5:], true
	case len(w) >= 7 && (w[0] == 'A' || w[0] == 'E') && w[1] == 'L':
		return w[2:], true
	}
	return nil, false
}
