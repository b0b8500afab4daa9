package mrz

import "strings"

// latin pairs letters with their transliteration (ICAO 9303-3, section 6, tables 4 to 6; standards.md E.4): runs of
// letters, a space, the letters of A to Z they become.
const latin = "ÁÀÂÃĂĄĀǍẠẢẤẦẨẪẬẮẰẲẴẶ A ÄÆ AE Å AA ÇĆĈĊČ C ĎĐÐ D ÉÈÊËĔĖĘĒĚẸẺẼẾỀỂỄỆ E ĞĜĠĢ G ĤĦ H ÍÌÎÏĨĪĬĮİỈỊ I Ĳ IJ Ĵ J Ķ K ŁĽĹĻĿ L ÑŃŅŇŊ N " +
	"ÓÒÔÕŎŌŐỌỎỐỒỔỖỘỚỜỞỠỢƠ O ÖØŒ OE ŔŘŖ R ŚŜŠŞȘ S ẞ SS ŤŢȚŦ T Þ TH ÚÙÛŨŬŮŰŲŪỤỦỨỪỬỮỰƯ U Ü UE Ŵ W ÝŸŶỲỴỶỸ Y ŹŽŻ Z " +
	// Cyrillic
	"А A Б B В V ГҐ G Д D ЕЁЭ E Є IE Ж ZH З Z ИЙІ I Ї I К K Л L М M Н N О O П P Р R С S Т T У U Ф F Х KH Ц TS Ч CH Ш SH Щ SHCH Ы Y Ъ IE Ю IU Я IA " +
	"Ў U Ђ D Ј J Љ LJ Њ NJ Ћ C Џ DZ Ѓ G Ќ K Ѕ DZ " +
	// Greek
	"ΑΆ A Β V Γ G Δ D ΕΈ E Ζ Z ΗΉΙΊΪ I Θ TH Κ K Λ L Μ M Ν N Ξ X ΟΌ O Π P Ρ R Σ S Τ T ΥΎΫ Y Φ F Χ CH Ψ PS ΩΏ O "

// Transliterate writes a name in the characters of a zone: A to Z, and < for a space, a hyphen or a comma. Apostrophes,
// full stops and the Cyrillic soft sign go; so does what has no transliteration here, Arabic among it. Digits stay.
func Transliterate(name string) string {
	var b strings.Builder
	var before rune
	for _, r := range name {
		greekOu := (r == 'υ' || r == 'ύ' || r == 'Υ' || r == 'Ύ') && (before == 'ο' || before == 'Ο')
		before = r
		switch {
		case greekOu: // omicron and ypsilon are one sound, OU
			b.WriteByte('U')
		case r >= 'a' && r <= 'z':
			b.WriteByte(byte(r) - 'a' + 'A')
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '<':
			b.WriteByte(byte(r))
		case r == ' ' || r == '-' || r == ',' || r == '\u2010' || r == '\u2011' || r == '\u00a0':
			b.WriteByte('<')
		case r >= 0x80:
			b.WriteString(letter(r))
		}
	}
	return b.String()
}

// letter is the transliteration of one letter, or "".
func letter(r rune) string {
	if r == 'ß' {
		return "SS"
	}
	if r == 'ı' {
		return "I"
	}
	if r == 'ς' {
		return "S"
	}
	upper := strings.ToUpper(string(r))
	at := strings.Index(latin, upper)
	if at < 0 {
		return ""
	}
	_, after, _ := strings.Cut(latin[at:], " ")
	text, _, _ := strings.Cut(after, " ")
	return text
}
