package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// bannedServices are SSR codes that tell of belief or health (standards.md F.6), besides every code that ends in ML, a
// meal. Run together and sorted.
const bannedServices = "BLNDBRNDDEAFDPNAESANLEGBLEGLLEGRMAASMEDAMEQTOXYGPPOCSTCRSVANUMNMWCBDWCBWWCHCWCHRWCHSWCLBWCMPWCOBWCOBWCSP"

// sensitiveService reports whether an SSR code must not be kept.
func sensitiveService(code string) bool {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) != 4 {
		return false
	}
	if code[2:] == "ML" || code == "XXXX" {
		return true
	}
	for i := 0; i < len(bannedServices); i += 4 {
		if bannedServices[i:i+4] == code {
			return true
		}
	}
	return false
}

// bannedWords tell of belief, origin, health, orientation, opinion or union when they stand in free text. Between
// spaces, upper case; plurals and endings that begin with the word count too where it has at least six letters.
const bannedWords = " " +
	// belief
	"KOSHER HALAL HINDU MUSLIM MOSLEM ISLAM ISLAMIC JEWISH JUDAISM CHRISTIAN CATHOLIC PROTESTANT ORTHODOX BUDDHIST SIKH " +
	"PRIEST PASTOR REVEREND BISHOP IMAM MULLAH RABBI NUN MONK CLERGY CLERIC MISSIONARY PILGRIM PILGRIMAGE HAJJ HAJI " +
	"UMRAH CHURCH MOSQUE SYNAGOGUE TEMPLE RAMADAN SABBATH BAPTIST EVANGELICAL RELIGION RELIGIOUS " +
	// health
	"WHEELCHAIR STRETCHER OXYGEN INSULIN DIABETIC DIABETES DIALYSIS CANCER CHEMO CHEMOTHERAPY ONCOLOGY PREGNANT PREGNANCY " +
	"EPILEPSY EPILEPTIC AUTISM AUTISTIC DEMENTIA ALZHEIMER DISABLED DISABILITY HANDICAP HANDICAPPED BLIND DEAF MUTE " +
	"AMPUTEE PARAPLEGIC MEDICAL MEDIF MEDICATION MEDICINE ALLERGY ALLERGIC ALLERGIES HIV AIDS PSYCHIATRIC DEPRESSION " +
	"SURGERY SURGICAL HOSPITAL PATIENT CRUTCHES PACEMAKER ASTHMA CELIAC COELIAC GLUTEN INCUBATOR TERMINALLY ILLNESS " +
	// orientation, opinion, union, origin
	"GAY LESBIAN BISEXUAL TRANSGENDER TRANSSEXUAL HOMOSEXUAL QUEER LGBT COMMUNIST SOCIALIST UNIONIST ETHNIC ETHNICITY ROMANI GYPSY "

// bannedPhrases are what single words would catch too much of.
var bannedPhrases = [...]string{"TRADE UNION", "LABOUR UNION", "LABOR UNION", "SAME SEX", "POLITICAL PARTY", "CANNOT WALK", "CAN NOT WALK", "GUIDE DOG", "SERVICE DOG"}

// sensitiveText reports whether free text tells what must not be kept. It compares whole words, in any case, and the
// codes of services that must not be kept.
func sensitiveText(text string) bool {
	word := make([]byte, 0, 24)
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
		if len(word) >= 3 && bannedWord(word) {
			return true
		}
		word = word[:0]
	}
	return bannedPhrase(text)
}

func bannedWord(word []byte) bool {
	if len(word) == 4 && sensitiveService(string(word)) {
		return true
	}
	for n := len(word); n >= max(3, len(word)-2); n-- {
		if n < len(word) && n < 6 { // a short word with an ending is another word
			return false
		}
		var padded [26]byte
		padded[0] = ' '
		copy(padded[1:], word[:n])
		padded[n+1] = ' '
		if strings.Contains(bannedWords, string(padded[:n+2])) {
			return true
		}
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

// Scrub removes what must not be kept from messages that came as Fairway's own JSON, and counts it in Removed.
func Scrub(m *travel.Message) {
	for i := range m.Bookings {
		b := &m.Bookings[i]
		services := b.Services[:0]
		for _, s := range b.Services {
			if sensitiveService(s) {
				m.Removed++
			} else {
				services = append(services, s)
			}
		}
		b.Services = services
		remarks := b.Remarks[:0]
		for _, r := range b.Remarks {
			if sensitiveText(string(r)) {
				m.Removed++
			} else {
				remarks = append(remarks, r)
			}
		}
		b.Remarks = remarks
	}
}
