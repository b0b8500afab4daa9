package csv

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

const header = "id,list,category,action,surname,given,other_names,birth_date,nationality,document_type,document_issuer,document_number,valid_until,caveat\n"

func TestRead(t *testing.T) {
	in := "\ufeffAction,LIST,id,given,surname,other_names,birth_date,nationality,document_number,document_issuer,valid_until,caveat,category\r\n" +
		"no_board,smugglers,S1,Oswin,Quillfeather,\"QUILL/OZ ; The \"\"Quill\"\"\",1980-02,uto,L898902C,D,2027-01-31,\"ask first, then act\",Smuggling\r\n" +
		"\r\n" +
		"no_board,smugglers,S1,,,QUILL/OZZY,,,X1234567,UTO,,,\r\n" +
		"alert,docs,S2,,,,,,PP99881,,,,"
	got, findings, err := Read(strings.NewReader(in), Options{})
	if err != nil || len(findings) > 0 {
		t.Fatalf("%v, %v", err, findings)
	}
	want := []travel.ListEntry{
		{
			ID: "S1", List: "smugglers", Category: "smuggling", Action: travel.ActNoBoard, Surname: "Quillfeather", Given: "Oswin",
			OtherNames: []travel.Name{"QUILL/OZ", `The "Quill"`, "QUILL/OZZY"}, Birth: "1980-02", Nationality: "UTO",
			Documents:  []travel.Document{{Type: "P", Number: "L898902C", Issuer: "DEU"}, {Type: "P", Number: "X1234567", Issuer: "UTO"}},
			ValidUntil: "2027-01-31", Caveat: "ask first, then act",
		},
		{ID: "S2", List: "docs", Action: travel.ActAlert, Documents: []travel.Document{{Type: "P", Number: "PP99881"}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ name, row, want string }{
		{"no id", ",l,,alert,A,B,,,,,,,,", "line 3, id: "},
		{"no list", "X,,,alert,A,B,,,,,,,,", "line 3, list: "},
		{"action", "X,l,,stop,A,B,,,,,,,,", "line 3, action: "},
		{"birth date", "X,l,,alert,A,B,,1980-02-31,,,,,,", "line 3, birth_date: "},
		{"nationality", "X,l,,alert,A,B,,,UTOPIA,,,,,", "line 3, nationality: "},
		{"type without number", "X,l,,alert,A,B,,,,P,UTO,,,", "line 3, document_number: "},
		{"number of punctuation", "X,l,,alert,A,B,,,,P,UTO,--,,", "line 3, document_number: "},
		{"valid until", "X,l,,alert,A,B,,,,,,,2027-01,", "line 3, valid_until: "},
		{"nobody", "X,l,,alert,,,,,,,,,,", "line 3: neither"},
		{"too few fields", "X,l,,alert", "line 3: 4 fields"},
		{"open quote", "X,l,,alert,\"A,B,,,,,,,,", "line 3: a quote"},
		{"text after a quote", "X,l,,alert,\"A\"Z,B,,,,,,,,", "line 3: a quote"},
		{"no code we know", "X,l,,alert,QUILL\x81,B,,,,,,,,", "line 3: neither UTF-8"},
		{"differs", "G1,l,,refer,QUILLFEATHER,OSWIN,,,,,,,,", "line 3, action: differs from line 2"},
		{"too long", "X,l,,alert,A,B,,,,,,,," + strings.Repeat("x", maxRowBytes), "line 3: the row is too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := header + "G1,l,,alert,QUILLFEATHER,OSWIN,,,,,,,,\n" + tt.row + "\nG2,l,,alert,BRAMBLE,TANSY,,,,,,,,\n"
			got, findings, err := Read(strings.NewReader(in), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 2 || got[0].ID != "G1" || got[1].ID != "G2" {
				t.Errorf("the good rows are not used: %d entries", len(got))
			}
			if len(findings) != 1 || !strings.HasPrefix(findings[0].String(), tt.want) || findings[0].Todo == "" {
				t.Errorf("findings %v, want one that begins %q and says what to do", findings, tt.want)
			}
		})
	}
}

// TestReadOfTwoLists: the same id in two lists of one file is two entries, rows of one list and id are one.
func TestReadOfTwoLists(t *testing.T) {
	in := header + "77,agency-a,,no_board,QUILLFEATHER,OSWIN,,,,,,,,\n" +
		"77,agency-b,,alert,BRAMBLE,TANSY,,,,,,,,\n" +
		"77,agency-a,,no_board,QUILLFEATHER,OSWIN,,,,P,UTO,L898902C,,\n" +
		"77,agency-b,,alert,QUILLFEATHER,OSWIN,,,,,,,,\n"
	got, findings, err := Read(strings.NewReader(in), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []travel.ListEntry{
		{ID: "77", List: "agency-a", Action: travel.ActNoBoard, Surname: "QUILLFEATHER", Given: "OSWIN", Documents: []travel.Document{{Type: "P", Number: "L898902C", Issuer: "UTO"}}},
		{ID: "77", List: "agency-b", Action: travel.ActAlert, Surname: "BRAMBLE", Given: "TANSY"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(findings) != 1 || !strings.HasPrefix(findings[0].String(), "line 5, surname: differs from line 3, which has the same list and id") {
		t.Errorf("findings %v", findings)
	}
}

// TestReadRefusesASlashInAList: "a/b" and "c" would have the name of "a" and "b/c".
func TestReadRefusesASlashInAList(t *testing.T) {
	got, findings, err := Read(strings.NewReader(header+"c,a/b,,alert,BRAMBLE,TANSY,,,,,,,,\nb/c,a,,alert,BRAMBLE,TANSY,,,,,,,,\n"), Options{})
	if err != nil || len(got) != 1 || got[0].Key() != "a/b/c" || len(findings) != 1 || findings[0].Line != 2 {
		t.Errorf("%d entries, %v, %v", len(got), findings, err)
	}
}

// TestReadQuotes: a quote inside a field that does not begin with one is a letter like others; what begins with one is
// quoted to its end.
func TestReadQuotes(t *testing.T) {
	for row, want := range map[string]string{
		`A "B" C,x`:     `A "B" C|x`,
		` "A,x`:         `"A|x`,
		`A",x`:          `A"|x`,
		`"A ""B"" C",x`: `A "B" C|x`,
		`"A, B",x`:      `A, B|x`,
		`"",x`:          `|x`,
		`"""",x`:        `"|x`,
		`x,""`:          `x|`,
		`x,"A"`:         `x|A`,
		`"A`:            "",
		`x,"`:           "",
		`x,"A""`:        "",
		`"A"B,x`:        "",
		`"A" ,x`:        "",
		`"A"B,"x"`:      "",
		`"A""B"C",x`:    "",
		`A "B,"x"y`:     "",
	} {
		got, findings, err := Read(strings.NewReader("id,list,action,surname,caveat,given\nE,l,alert,QUILL,"+row+"\nG,l,alert,BRAMBLE,,\n"), Options{})
		if err != nil || len(got) == 0 || got[len(got)-1].ID != "G" {
			t.Fatalf("%s: %v, the row after it is not used", row, err)
		}
		if have := got[0].Caveat + "|" + string(got[0].Given); want != "" && (have != want || len(findings) > 0) {
			t.Errorf("%s: read as %s with %v, want %s", row, have, findings, want)
		}
		if want == "" && (len(got) != 1 || codes(findings) != "2 bad_quotes") {
			t.Errorf("%s: %d entries, findings %q", row, len(got), codes(findings))
		}
	}
}

func TestReadHeader(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "EOF",
		"id,list,action,colour\n":   "column 4: unknown column",
		"id,list,action,id\n":       "column 4: id is there twice",
		"id,list\n":                 "column action is missing",
		"\"id,list,action\n":        "a quote is not closed",
		"S1,l,,alert,A,B,,,,,,,,\n": "column 1: unknown column",
	} {
		_, _, err := Read(strings.NewReader(in), Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("header %q: %v, want %q", in, err, want)
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestCSVErrorsOfTheFile(t *testing.T) {
	if _, _, err := Read(failing{}, Options{}); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("reading: %v", err)
	}
}

// entries is a list of so many people, some with other names and birth dates that are known in part.
func entries(n int) []travel.ListEntry {
	rnd := rand.New(rand.NewPCG(2, 1))
	word := func() string {
		w := ""
		for range 2 + rnd.IntN(3) {
			w += string("BDFGKLMNRST"[rnd.IntN(11)]) + string("AEIOU"[rnd.IntN(5)])
		}
		return w
	}
	list := make([]travel.ListEntry, n)
	for i := range list {
		list[i] = travel.ListEntry{ID: fmt.Sprintf("E%06d", i), List: "test", Action: travel.ActRefer, Surname: travel.Name(word()), Given: travel.Name(word() + " " + word()),
			Birth: travel.BirthDate("1971-02-03"[:[]int{0, 4, 7, 10, 10, 10}[rnd.IntN(6)]])}
		if i%6 == 0 {
			list[i].OtherNames = []travel.Name{travel.Name(word() + "/" + word()), travel.Name(word())}
		}
	}
	return list
}

func TestWriteReadsBack(t *testing.T) {
	list := entries(300)
	for i := range list {
		list[i].Caveat = "call \"desk 4\", then\nwait"
		for k := range i % 3 {
			list[i].Documents = append(list[i].Documents, travel.Document{Type: "P", Number: travel.Number("NUM" + strings.Repeat("7", k+3)), Issuer: "UTO"})
		}
	}
	var b bytes.Buffer
	if err := write(&b, list); err != nil {
		t.Fatal(err)
	}
	got, findings, err := Read(&b, Options{})
	if err != nil || len(findings) > 0 {
		t.Fatalf("%v, %v", err, findings)
	}
	for i := range list {
		list[i].Caveat = "call \"desk 4\", then wait"
	}
	if d := cmp.Diff(list, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// FuzzRead checks that whatever is read is bounded and reads back the same from what write makes of it.
func FuzzRead(f *testing.F) {
	f.Add([]byte(header + "G1,l,,alert,QUILLFEATHER,\"OSWIN \"\"OZ\"\"\",A;B,1980,UTO,P,UTO,L898902C,2027-01-01,\n"))
	f.Add([]byte("id,list,action,surname\r\nA,l,clear,\"x\r\nB,l,refer,y"))
	f.Add([]byte("\ufeffid,action,list,document_number\nA,no_board,l,1;2\nA,no_board,l,12345\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, findings, err := Read(bytes.NewReader(in), Options{})
		if err != nil {
			return
		}
		if len(findings) > 2*(maxFindings+1) {
			t.Fatalf("%d findings", len(findings))
		}
		var b bytes.Buffer
		if err := write(&b, got); err != nil {
			t.Fatal(err)
		}
		again, findings, err := Read(&b, Options{})
		if err != nil || Refused(findings) > 0 {
			t.Fatalf("written rows do not read back: %v, %v", err, findings)
		}
		if d := cmp.Diff(got, again); d != "" {
			t.Errorf("(-first +again):\n%s", d)
		}
		watchlist.Build(again)
	})
}

func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	if err := write(&file, entries(10_000)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if got, _, err := Read(bytes.NewReader(file.Bytes()), Options{}); err != nil || len(got) != 10_000 {
			b.Fatal(len(got), err)
		}
	}
}
