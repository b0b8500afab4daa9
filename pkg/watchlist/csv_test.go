package watchlist

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

const header = "id,list,category,action,surname,given,other_names,birth_date,nationality,document_type,document_issuer,document_number,valid_until,caveat\n"

func TestReadCSV(t *testing.T) {
	in := "\ufeffAction,LIST,id,given,surname,other_names,birth_date,nationality,document_number,document_issuer,valid_until,caveat,category\r\n" +
		"no_board,smugglers,S1,Oswin,Quillfeather,\"QUILL/OZ ; The \"\"Quill\"\"\",1980-02,uto,L898902C,D,2027-01-31,\"ask first, then act\",Smuggling\r\n" +
		"\r\n" +
		"no_board,smugglers,S1,,,QUILL/OZZY,,,X1234567,UTO,,,\r\n" +
		"alert,docs,S2,,,,,,PP99881,,,,"
	got, problems, err := ReadCSV(strings.NewReader(in))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", err, problems)
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

func TestReadCSVProblems(t *testing.T) {
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
		{"too long", "X,l,,alert,A,B,,,,,,,," + strings.Repeat("x", MaxRowBytes), "line 3: the row is too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := header + "G1,l,,alert,QUILLFEATHER,OSWIN,,,,,,,,\n" + tt.row + "\nG2,l,,alert,BRAMBLE,TANSY,,,,,,,,\n"
			got, problems, err := ReadCSV(strings.NewReader(in))
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 2 || got[0].ID != "G1" || got[1].ID != "G2" {
				t.Errorf("the good rows are not used: %d entries", len(got))
			}
			if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), tt.want) || problems[0].Todo == "" {
				t.Errorf("problems %v, want one that begins %q and says what to do", problems, tt.want)
			}
		})
	}
}

func TestReadCSVHeader(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "EOF",
		"id,list,action,colour\n":   "column 4: unknown column",
		"id,list,action,id\n":       "column 4: id is there twice",
		"id,list\n":                 "column action is missing",
		"\"id,list,action\n":        "a quote is not closed",
		"S1,l,,alert,A,B,,,,,,,,\n": "column 1: unknown column",
	} {
		_, _, err := ReadCSV(strings.NewReader(in))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("header %q: %v, want %q", in, err, want)
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestCSVErrorsOfTheFile(t *testing.T) {
	if _, _, err := ReadCSV(failing{}); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("reading: %v", err)
	}
}

func TestWriteCSVReadsBack(t *testing.T) {
	list := newPeople(2, 50, 50).entries(300)
	for i := range list {
		list[i].Caveat = "call \"desk 4\", then\nwait"
		for k := range i % 3 {
			list[i].Documents = append(list[i].Documents, travel.Document{Type: "P", Number: travel.Number("NUM" + strings.Repeat("7", k+3)), Issuer: "UTO"})
		}
	}
	var b bytes.Buffer
	if err := WriteCSV(&b, list); err != nil {
		t.Fatal(err)
	}
	got, problems, err := ReadCSV(&b)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", err, problems)
	}
	for i := range list {
		list[i].Caveat = "call \"desk 4\", then wait"
	}
	if d := cmp.Diff(list, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// FuzzReadCSV checks that whatever is read is bounded and reads back the same from what WriteCSV makes of it.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte(header + "G1,l,,alert,QUILLFEATHER,\"OSWIN \"\"OZ\"\"\",A;B,1980,UTO,P,UTO,L898902C,2027-01-01,\n"))
	f.Add([]byte("id,list,action,surname\r\nA,l,clear,\"x\r\nB,l,refer,y"))
	f.Add([]byte("\ufeffid,action,list,document_number\nA,no_board,l,1;2\nA,no_board,l,12345\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, problems, err := ReadCSV(bytes.NewReader(in))
		if err != nil {
			return
		}
		if len(problems) > 2*(maxProblems+1) {
			t.Fatalf("%d problems", len(problems))
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, got); err != nil {
			t.Fatal(err)
		}
		again, problems, err := ReadCSV(&b)
		if err != nil || Refused(problems) > 0 {
			t.Fatalf("written rows do not read back: %v, %v", err, problems)
		}
		if d := cmp.Diff(got, again); d != "" {
			t.Errorf("(-first +again):\n%s", d)
		}
		Build(again)
	})
}

func BenchmarkReadCSV(b *testing.B) {
	var file bytes.Buffer
	if err := WriteCSV(&file, newPeople(2, 500, 500).entries(10_000)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if got, _, err := ReadCSV(bytes.NewReader(file.Bytes())); err != nil || len(got) != 10_000 {
			b.Fatal(len(got), err)
		}
	}
}
