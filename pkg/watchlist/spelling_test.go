package watchlist

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"fairway/pkg/travel"
)

// spellings are invented people, one to a line: as the list has them, then what documents and carriers may write, each
// "SURNAME/GIVEN".
const spellings = `
Sørengård/Bjørn|SOERENGAARD/BJOERN|SORENGARD/BJORN|SORENGAARD/BJORN|SOERENGARD/BJOERN|SØRENGÅRD/BJØRN
Ødekvist/Øyvind|OEDEKVIST/OEYVIND|ODEKVIST/OYVIND
Brøndal/Søren|BROENDAL/SOEREN|BRONDAL/SOREN
Åsevik/Pål|AASEVIK/PAAL|ASEVIK/PAL
Ågrenholm/Åke|AAGRENHOLM/AAKE|AGRENHOLM/AKE
Ærlund/Kjær|AERLUND/KJAER
Łukomski/Paweł|LUKOMSKI/PAWEL
Żółtanek/Łucja|ZOLTANEK/LUCJA
Świętowicz/Małgorzata|SWIETOWICZ/MALGORZATA
Strauße/Jörg|STRAUSSE/JOERG|STRAUSSE/JORG|STRAUSE/JORG|STRAUSSE/JOXXRG
Großkünz/Günther|GROSSKUENZ/GUENTHER|GROSSKUNZ/GUNTHER|GROSSKUXXNZ/GUXXNTHER|GROSSKUENZ/GUNTHER
Müllerheim/Jürgen|MUELLERHEIM/JUERGEN|MULLERHEIM/JURGEN|MUXXLLERHEIM/JUXXRGEN
Köhnlein/Björn|KOEHNLEIN/BJOERN|KOHNLEIN/BJORN
Bärenfels/Käthe|BAERENFELS/KAETHE|BARENFELS/KATHE
Öztürkan/Şükrü|OEZTUERKAN/SUEKRUE|OZTURKAN/SUKRU|OZTURKAN/SHUKRU
Şahinöz/İbrahim|SAHINOEZ/IBRAHIM|SAHINOZ/IBRAHIM|SHAHINOZ/IBRAHIM
Yıldızhan/Işıl|YILDIZHAN/ISIL
Çağlayan/Doğuş|CAGLAYAN/DOGUS|CHAGLAYAN/DOGUSH
Gündüzalp/Gülşen|GUENDUEZALP/GUELSEN|GUNDUZALP/GULSEN
Đorđevac/Đurađ|DORDEVAC/DURAD|DJORDJEVAC/DJURADJ
Đặngkhoa/Đức|DANGKHOA/DUC
Nguyễnphan/Đức Thịnh|NGUYENPHAN/DUC THINH
Þorgeirsdal/Þórður|THORGEIRSDAL/THORDUR|THORGEIRSDAL/THORDHUR|THORGEIRSDAL/THORDUR
Guðlaugsen/Sigurður|GUDLAUGSEN/SIGURDUR|GUDHLAUGSEN/SIGURDHUR
Hæstvik/Æsa|HAESTVIK/AESA
Œuvrard/Cœlia|OEUVRARD/COELIA|OUVRARD/COELIA
Lefèbvrier/Françoise|LEFEBVRIER/FRANCOISE
Muñozal/Begoña|MUNOZAL/BEGONA|MUNXXOZAL/BEGONXXA
Ibáñezco/Íñigo|IBANEZCO/INIGO|IBANXXEZCO/INXXIGO
Peçanhal/João|PECANHAL/JOAO
Conceiçal/Inês|CONCEICAL/INES
Dvořákal/Jiří|DVORAKAL/JIRI
Šimůneka/Žofie|SIMUNEKA/ZOFIE
Čeřovský/Květa|CEROVSKY/KVETA
Ľubomský/Ľuboš|LUBOMSKY/LUBOS
Szőllősvár/Győző|SZOELLOESVAR/GYOEZOE|SZOLLOSVAR/GYOZO
Tűzhegyi/Űrsike|TUEZHEGYI/UERSIKE|TUZHEGYI/URSIKE
Ștefăneanu/Ioniță|STEFANEANU/IONITA|SHTEFANEANU/IONITSA
Țurcanof/Răzvan|TURCANOF/RAZVAN|TSURCANOF/RAZVAN
Ģirtmanis/Ķirils|GIRTMANIS/KIRILS
Žukauskys/Ąžuolas|ZUKAUSKYS/AZUOLAS
Õunapuur/Kärt|OUNAPUUR/KAERT|OUNAPUUR/KART
Ħarraġ/Ċensu|HARRAG/CENSU
IJsselman/Ĳsbrand|IJSSELMAN/IJSBRAND
Məmmədzadə/Əliyar|MEMMEDZADE/ELIYAR|MAMMADZADA/ALIYAR
Жуковлев/Щербан|ZHUKOVLEV/SHCHERBAN|JUKOVLEV/SHERBAN
Дмитруков/Юрий|DMITRUKOV/IURII|DMITRUKOV/YURIY|DMITRUKOV/YURI
Хрущанов/Цветан|KHRUSHCHANOV/TSVETAN|HRUSHCHANOV/TSVETAN
Ёлкинцев/Фёдор|ELKINTSEV/FEDOR|YOLKINTSEV/FYODOR
Чайкунов/Яромир|CHAIKUNOV/IAROMIR|CHAYKUNOV/YAROMIR
Шевчукенко/Євген|SHEVCHUKENKO/YEVHEN|SHEVCHUKENKO/IEVGEN|SHEVCHUKENKO/YEVGEN
Ґалаганюк/Їжакевич|GALAGANIUK/IZHAKEVYCH|GALAGANYUK/YIZHAKEVYCH
Љубинковић/Ђорђе|LJUBINKOVIC/DORDE|LJUBINKOVIC/DJORDJE
Грушевскі/Ўладзімір|GRUSHEVSKI/ULADZIMIR|HRUSHEVSKI/ULADZIMIR
Θεοδωράκης/Χρήστος|THEODORAKIS/CHRISTOS|THEODORAKIS/HRISTOS
Παπαξένος/Γεώργιος|PAPAXENOS/GEORGIOS
Ψαρουδάκης/Ευάγγελος|PSAROUDAKIS/EVANGELOS|PSAROUDAKIS/EVAGGELOS
Μπουκουβάλας/Ντίνος|BOUKOUVALAS/DINOS|MPOUKOUVALAS/NTINOS
قحطاني/خالد|QAHTANI/KHALID|QAHTANI/KHALED
شريفزاد/محمود|SHARIFZAD/MAHMOUD|SHARIFZAD/MAHMUD
ברנשטיין/דוד|BERNSHTEIN/DAVID
O’Brienal/Ciarán|OBRIENAL/CIARAN|O BRIENAL/CIARAN
D’Ambrosillo/Niccolò|DAMBROSILLO/NICCOLO|D AMBROSILLO/NICCOLO
Nuñez-Llorentes/María José|NUNEZ LLORENTES/MARIA JOSE|NUNEZLLORENTES/MARIAJOSE|NUNEZ-LLORENTES/MARIA-JOSE
`

// TestSpellingsFindEachOther: every way to write a listed person is at least probable with their birth date or year, whether
// the list has the letters composed, decomposed, or in either case, and whether the list or the traveller has them.
func TestSpellingsFindEachOther(t *testing.T) {
	var people [][]string
	for line := range strings.SplitSeq(strings.TrimSpace(spellings), "\n") {
		people = append(people, strings.Split(line, "|"))
	}
	asked, missed := 0, 0
	for _, forms := range people {
		listed := map[string]string{
			"composed": forms[0], "decomposed": norm.NFD.String(forms[0]), "upper": strings.ToUpper(forms[0]), "lower": strings.ToLower(forms[0]),
		}
		for as, l := range listed {
			ix := among(entryOf(l))
			for _, f := range append(forms[1:], norm.NFD.String(forms[0]), strings.ToLower(forms[len(forms)-1]), strings.ToUpper(forms[0])) {
				asked++
				missed += ask(t, ix, as+" "+l, f)
			}
		}
		for _, f := range forms[1:] { // a list in A–Z, a document in letters
			asked++
			missed += ask(t, among(entryOf(f)), f, forms[0])
		}
	}
	t.Logf("%d people, %d spellings asked, %d missed", len(people), asked, missed)
	if len(people) < 60 {
		t.Errorf("only %d people", len(people))
	}
}

func entryOf(s string) travel.ListEntry {
	surname, given, _ := strings.Cut(s, "/")
	return travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: travel.Name(surname), Given: travel.Name(given), Birth: "1980-11-23"}
}

// ask returns 1 when the entry is not at least probable by the same birth date, or its year alone.
func ask(t *testing.T, ix *Live, listed, shown string) int {
	surname, given, _ := strings.Cut(shown, "/")
	for _, born := range []travel.BirthDate{"1980-11-23", "1980"} {
		m, ok := find(ix, travel.Traveller{Surname: travel.Name(surname), Given: travel.Name(given), Birth: born}, "A")
		if !ok || m.Strength == travel.Possible {
			t.Errorf("listed %s, shown %s %s: found %v, %s, similarity %.3f, chance %.2f", listed, shown, string(born), ok, m.Strength, m.Similarity, m.Chance)
			return 1
		}
	}
	return 0
}
