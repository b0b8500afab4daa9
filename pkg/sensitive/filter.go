package sensitive

import "strings"

// Service reports whether an SSR code must not be kept, in any case.
func Service(code string) bool {
	code = strings.ToUpper(TrimCode(code))
	if len(code) != 4 {
		return false
	}
	if code[2:] == "ML" && letter(code[0]) && letter(code[1]) { // a meal
		return true
	}
	switch code {
	case "BLND", "DEAF", "DPNA", "ESAN", "LEGB", "LEGL", "LEGR", "MAAS", "MEDA", "MEQT", "OXYG", "PPOC", "STCR", "SVAN",
		"WCBD", "WCBW", "WCHC", "WCHR", "WCHS", "WCLB", "WCMP", "WCOB", blotted:
		return true
	}
	return false
}

// TrimCode takes off what stands around a code up to the space: what a mask keeps.
func TrimCode(s string) string {
	for len(s) > 0 && s[0] <= ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// blotted stands in a masked body where a code or a word was, or its first three letters for a word that short.
const blotted = "XXXX"

// Blot is the k-th byte of what a mask writes over a text, "XXXX XXXX X": words that the filter knows for its own.
func Blot(k int) byte { return (blotted + " ")[k%5] }

// bannedWord reports whether a word of free text, in upper case, tells of belief, origin, health, orientation, opinion
// or union. Endings of one or two letters are passed over where at least six remain.
func bannedWord(word []byte) bool {
	if len(word) == 4 && Service(string(word)) || string(word) == blotted[:3] {
		return true
	}
	for n := len(word); n >= max(6, len(word)-2); n-- {
		if listedWord(word[:n]) {
			return true
		}
	}
	return len(word) < 6 && listedWord(word)
}

func listedWord(word []byte) bool {
	switch string(word) {
	case "KOSHER", "HALAL", "HINDU", "MUSLIM", "MOSLEM", "ISLAM", "ISLAMIC", "JEWISH", "JUDAISM", "CHRISTIAN",
		"CATHOLIC", "PROTESTANT", "ORTHODOX", "BUDDHIST", "SIKH", "PRIEST", "PASTOR", "REVEREND", "BISHOP", "IMAM",
		"MULLAH", "RABBI", "NUN", "MONK", "CLERGY", "CLERIC", "MISSIONARY", "PILGRIM", "PILGRIMAGE", "HAJJ", "HAJI",
		"UMRAH", "CHURCH", "MOSQUE", "SYNAGOGUE", "TEMPLE", "RAMADAN", "SABBATH", "BAPTIST", "EVANGELICAL", "RELIGION",
		"RELIGIOUS", "WHEELCHAIR", "STRETCHER", "OXYGEN", "INSULIN", "DIABETIC", "DIABETES", "DIALYSIS", "CANCER",
		"CHEMO", "CHEMOTHERAPY", "ONCOLOGY", "PREGNANT", "PREGNANCY", "EPILEPSY", "EPILEPTIC", "AUTISM", "AUTISTIC",
		"DEMENTIA", "ALZHEIMER", "DISABLED", "DISABILITY", "HANDICAP", "HANDICAPPED", "BLIND", "DEAF", "MUTE",
		"AMPUTEE", "PARAPLEGIC", "MEDICAL", "MEDIF", "MEDICATION", "MEDICINE", "ALLERGY", "ALLERGIC", "ALLERGIES",
		"HIV", "AIDS", "PSYCHIATRIC", "DEPRESSION", "SURGERY", "SURGICAL", "HOSPITAL", "PATIENT", "CRUTCHES",
		"PACEMAKER", "ASTHMA", "CELIAC", "COELIAC", "GLUTEN", "INCUBATOR", "TERMINALLY", "ILLNESS", "GAY", "LESBIAN",
		"BISEXUAL", "TRANSGENDER", "TRANSSEXUAL", "HOMOSEXUAL", "QUEER", "LGBT", "COMMUNIST", "SOCIALIST", "UNIONIST",
		"ETHNIC", "ETHNICITY", "ROMANI", "GYPSY", "HINDUS", "SIKHS", "NUNS", "MONKS", "RABBIS", "IMAMS":
		return true
	}
	return false
}

// bannedPhrases are what single words would catch too much of.
var bannedPhrases = [...]string{"TRADE UNION", "LABOUR UNION", "LABOR UNION", "SAME SEX", "POLITICAL PARTY", "CANNOT WALK", "CAN NOT WALK", "GUIDE DOG", "SERVICE DOG"}

// Text reports whether free text tells what must not be kept. It compares whole words, in any case, and the
// codes of services that must not be kept.
func Text(text string) bool {
	word, phrase := make([]byte, 0, 24), false
	for i := 0; i <= len(text); i++ {
		c := byte(' ')
		if i < len(text) {
			c = text[i]
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c >= 'A' && c <= 'Z' {
			if len(word) < cap(word) {
				word = append(word, c)
			}
			continue
		}
		if len(word) >= 3 {
			if bannedWord(word) {
				return true
			}
			phrase = phrase || beginsPhrase(word)
		}
		word = word[:0]
	}
	return phrase && bannedPhrase(text)
}

// beginsPhrase reports whether a banned phrase begins with the word; few texts have one.
func beginsPhrase(word []byte) bool {
	switch string(word) {
	case "TRADE", "LABOUR", "LABOR", "SAME", "POLITICAL", "CANNOT", "CAN", "GUIDE", "SERVICE":
		return true
	}
	return false
}

func bannedPhrase(text string) bool {
	if strings.IndexByte(text, ' ') < 0 {
		return false
	}
	text = strings.ToUpper(text)
	for _, p := range bannedPhrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// letter reports whether c is of a code: of A to Z, which a body and what was read of it write alike in every character set.
func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
