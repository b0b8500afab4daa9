package csv

import (
	"bytes"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// TestReadOfSpreadsheets: a list as the spreadsheets of Europe export it.
func TestReadOfSpreadsheets(t *testing.T) {
	const want = "MÜLLER-LÜDENSCHEIDT"
	rows := "id;list;action;surname;given;other_names;caveat\r\nA;l;alert;" + want + ";JÖRG;\"MUELLER;LUEDENSCHEIDT\";\"ask; then, act\"\r\n"
	tabs := "id\tlist\taction\tsurname\tgiven\tother_names\tcaveat\r\nA\tl\talert\t" + want + "\tJÖRG\tMUELLER;LUEDENSCHEIDT\task; then, act\r\n"
	latin := strings.NewReplacer("Ü", "\xdc", "Ö", "\xd6").Replace(rows)
	for _, tt := range []struct{ name, in, findings string }{
		{"semicolons", rows, ""},
		{"tabs", tabs, ""},
		{"tabs, announced", "sep=\t\r\n" + tabs, ""},
		{"tabs and a mark", "\ufeff" + tabs, ""},
		{"one column with both", strings.Replace(tabs, "caveat", "\"caveat\"", 1), ""},
		{"byte order mark", "\ufeff" + rows, ""},
		{"announced", "sep=;\r\n" + rows, ""},
		{"announced after a mark", "\ufeff\"sep=;\"\r\n" + rows, ""},
		{"Windows-1252", latin, "2 windows_1252 warning"},
		{"Windows-1252, announced", "sep=;\r\n" + latin, "3 windows_1252 warning"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, findings, err := Read(strings.NewReader(tt.in), Options{})
			if err != nil || codes(findings) != tt.findings {
				t.Fatalf("%v, findings %q, want %q", err, codes(findings), tt.findings)
			}
			if len(got) != 1 || got[0].Surname != want || got[0].Given != "JÖRG" || len(got[0].OtherNames) != 2 || got[0].Caveat != "ask; then, act" {
				t.Errorf("%d entries, not as written", len(got))
			}
		})
	}
}

// TestReadEncodings: a row is read as it was meant, or refused; it never becomes another name in silence.
func TestReadEncodings(t *testing.T) {
	for _, tt := range []struct{ name, surname, want, findings string }{
		{"UTF-8", "Łukasz Дмитрий", "Łukasz Дмитрий", ""},
		{"Western letters", "\x8a\xeamis Pe\xf1a O\x92Neill", "Šêmis Peña O’Neill", "2 windows_1252 warning"},
		{"Icelandic", "\xde\xf3r\xf0ur", "Þórður", "2 windows_1252 warning"},
		{"Polish code page", "\xa3ukasz", "", "2 unknown_encoding"},
		{"Cyrillic code page", "\xcf\xf3\xf8\xea\xe8\xed", "", "2 unknown_encoding"},
		{"Greek code page", "\xd0\xe1\xf0\xe1\xe4\xfc\xf0\xef\xf5\xeb\xef\xf2", "", "2 unknown_encoding"},
		{"no letter", "Jos\x9d", "", "2 unknown_encoding"},
		{"letters lost before", "Jos\ufffd", "", "2 damaged_text"},
		{"UTF-8, damaged", "Jos\xc3 M\xc3\xbcller", "", "2 unknown_encoding"},
		{"UTF-8 cut in a letter", "Jos\xc3", "JosÃ", "2 windows_1252 warning"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, findings, err := Read(strings.NewReader("id,list,action,surname\nA,l,alert,"+tt.surname+"\n"), Options{})
			if err != nil || codes(findings) != tt.findings {
				t.Fatalf("%v, findings %q, want %q", err, codes(findings), tt.findings)
			}
			if name := firstSurname(got); string(name) != tt.want {
				t.Errorf("read as %q, want %q", string(name), tt.want)
			}
		})
	}
}

func firstSurname(entries []travel.ListEntry) travel.Name {
	if len(entries) == 0 {
		return ""
	}
	return entries[0].Surname
}

func TestReadOfUTF16(t *testing.T) {
	for _, in := range []string{"\xff\xfei\x00d\x00,\x00", "\xfe\xff\x00i\x00d"} {
		if _, _, err := Read(bytes.NewReader([]byte(in)), Options{}); err == nil || !strings.Contains(err.Error(), "UTF-16") {
			t.Errorf("%v, want what to do about UTF-16", err)
		}
	}
}
