package name

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The tables below hold, per letter, "letter ICAO plain": Doc 9303-3 section 6 (reference: standards E.4) and the
// popular spelling where it differs. "-" writes nothing. Upper case only: letters are raised before the look-up.

const latinTable = `Ä AE A|Æ AE AE|Ö OE O|Ø OE O|Œ OE OE|Ü UE U|Å AA A|ß SS SS|ẞ SS SS|Ñ N N|Þ TH TH|Ð D D|Đ D DJ|Ĳ IJ Y|` +
	`Ł L L|İ I I|I I I|Ħ H H|Ŋ N NG|ŉ N N|Ŧ T T|Ə E A|Ş S SH|Ș S SH|Ç C CH|ĸ K K|Ƒ F F|Ɓ B B|Ɗ D D|Ɠ G G|Ơ O O|Ư U U|Ǝ E E|Ɔ O O|Ɛ E E`

const cyrillicTable = `А A A|Б B B|В V V|Г G G|Д D D|Е E E|Ё E YO|Ж ZH ZH|З Z Z|И I I|Й I Y|К K K|Л L L|М M M|Н N N|О O O|П P P|` +
	`Р R R|С S S|Т T T|У U U|Ф F F|Х KH KH|Ц TS TS|Ч CH CH|Ш SH SH|Щ SHCH SHCH|Ъ IE -|Ы Y Y|Ь - -|Э E E|Ю IU YU|Я IA YA|` +
	`Є IE YE|І I I|Ї I YI|Ґ G G|Ў U U|Ђ D DJ|Ѓ G GJ|Ј J J|Љ LJ LJ|Њ NJ NJ|Ћ C C|Ќ K KJ|Џ DZ DZ|Ѕ DZ DZ|` +
	`Ә A A|Ғ G GH|Қ K Q|Ң N NG|Ө O O|Ұ U U|Ү U U|Һ H H|Ѳ F F|Ѣ E E`

const greekTable = `Α A A|Β V V|Γ G G|Δ D D|Ε E E|Ζ Z Z|Η I I|Θ TH TH|Ι I I|Κ K K|Λ L L|Μ M M|Ν N N|Ξ X X|Ο O O|Π P P|Ρ R R|` +
	`Σ S S|Τ T T|Υ Y Y|Φ F PH|Χ CH CH|Ψ PS PS|Ω O O`

// Arabic writes no short vowels: these forms are for the consonant skeleton to find, not for the eye.
const arabicTable = `ء - -|آ A AA|أ A A|ؤ U U|إ I E|ئ I Y|ا A A|ب B B|ة A AH|ت T T|ث TH S|ج J G|ح H H|خ KH KH|د D D|ذ DH Z|ر R R|ز Z Z|` +
	`س S S|ش SH SH|ص S S|ض D D|ط T T|ظ Z Z|ع - A|غ GH GH|ف F F|ق Q K|ك K K|ل L L|م M M|ن N N|ه H H|و W OU|ى A A|ي Y I|` +
	`پ P P|چ CH CH|ژ ZH ZH|ک K K|گ G G|ی Y I|ہ H H|ں N N|ے E E|ھ H H|ٹ T T|ڈ D D|ڑ R R`

const hebrewTable = `א A A|ב B V|ג G G|ד D D|ה H H|ו V O|ז Z Z|ח H CH|ט T T|י I Y|כ K K|ך K K|ל L L|מ M M|ם M M|נ N N|ן N N|ס S S|` +
	`ע A A|פ P F|ף F P|צ TZ Z|ץ TZ Z|ק K K|ר R R|ש SH S|ת T T`

var translitTable = parseTables(latinTable, cyrillicTable, greekTable, arabicTable, hebrewTable)

func parseTables(tables ...string) map[rune][2]string {
	m := make(map[rune][2]string, 256)
	for _, t := range tables {
		for row := range strings.SplitSeq(t, "|") {
			f := strings.Fields(row)
			r := []rune(f[0])[0]
			m[r] = [2]string{strings.Trim(f[1], "-"), strings.Trim(f[2], "-")}
		}
	}
	return m
}

// apostrophes are what people and keyboards write for one, and what lengthens an Arabic word.
const apostrophes = "’‘‛′´ʹʼʻʽʾʿ＇ـ"

// translit writes r when it is in a table, a mark, something unseen or a Hangul syllable, and reports whether it was.
func (w *writer) translit(r rune, form Form) bool {
	if unicode.In(r, unicode.Mn, unicode.Cf) || strings.ContainsRune(apostrophes, r) {
		return true
	}
	if r >= 0xAC00 && r <= 0xD7A3 {
		w.hangul(int(r - 0xAC00))
		return true
	}
	out, ok := translitTable[r]
	if !ok {
		out, ok = translitTable[unicode.ToUpper(r)]
	}
	if !ok {
		return false
	}
	s := out[form]
	if r == 'Υ' || r == 'υ' {
		s = w.upsilon(form)
	}
	for i := range len(s) {
		w.letter(s[i])
	}
	return true
}

// greek writes the two letters that spell B, D or G at the beginning of a Greek word, where people write one Latin
// letter; the rest of the text is after r. It returns how many bytes of it were used, 0 where r is something else.
func (w *writer) greek(r rune, rest string, form Form) int {
	if form != Plain || len(w.dst) > w.from && !w.space && w.dst[len(w.dst)-1] != ' ' {
		return 0
	}
	next, n := utf8.DecodeRuneInString(rest)
	switch [2]rune{unicode.ToUpper(r), unicode.ToUpper(next)} {
	case [2]rune{'Μ', 'Π'}:
		w.letter('B')
	case [2]rune{'Ν', 'Τ'}:
		w.letter('D')
	case [2]rune{'Γ', 'Κ'}:
		w.letter('G')
	default:
		return 0
	}
	return n
}

// upsilon is what Υ is after the letter before it: OU, and AV and EV as people write them.
func (w *writer) upsilon(form Form) string {
	if n := len(w.dst); n > w.from && !w.space {
		switch last := w.dst[n-1]; {
		case last == 'O':
			return "U"
		case form == Plain && (last == 'A' || last == 'E'):
			return "V"
		}
	}
	return "Y"
}

// Hangul syllables are composed of lead, vowel and tail in this order (Unicode 3.12); Revised Romanization.
const (
	hangulLead  = "G KK N D TT R M B PP S SS  J JJ CH K T P H"
	hangulVowel = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WO WE WI YU EU UI I"
	hangulTail  = " K K K N N N T L K M P L L P L M P P T T NG T T K T P T"
)

func (w *writer) hangul(i int) {
	for _, p := range [3]string{nth(hangulLead, i/588), nth(hangulVowel, i%588/28), nth(hangulTail, i%28)} {
		for k := range len(p) {
			w.letter(p[k])
		}
	}
}

// nth returns word n of s, whose words are parted by single spaces and may be empty.
func nth(s string, n int) string {
	for ; n > 0; n-- {
		_, s, _ = strings.Cut(s, " ")
	}
	word, _, _ := strings.Cut(s, " ")
	return word
}
