package csv

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// TestReadFindings: what would load in silence and never be found is said, with its row.
func TestReadFindings(t *testing.T) {
	for _, tt := range []struct{ name, rows, want, ids string }{
		{"letters not known here", "X,l,,no_board,王,小明,,1960,,,,,,\n", "3 unfindable", "G"},
		{"punctuation", "X,l,,no_board,--,...,,1960,,,,,,\n", "3 unfindable", "G"},
		{"placeholders", "X,l,,no_board,FNU,UNKNOWN,,1960,,,,,,\n", "3 unfindable", "G"},
		{"initials", "X,l,,no_board,K,J,,1960,,,,,,\n", "3 unfindable", "G"},
		{"a number that identifies nothing", "X,l,,no_board,,,,,,P,UTO,0000000,,\n", "3 unfindable", "G"},
		{"clearance without a key", "X,l,,clear,QUILLFEATHER,OSWIN,,1980,UTO,,,,,\n", "3 unfindable", "G"},
		{"clearance with one", "X,l,,clear,QUILLFEATHER,OSWIN,,1980-02-03,UTO,,,,,\n", "", "G X"},
		{"clearance in letters not known here", "X,l,,clear,王,小明,,1980-02-03,CHN,,,,,\n", "3 unfindable", "G"},
		{"authorisation without a number", "X,l,authorisation,clear,QUILLFEATHER,OSWIN,,1980-02-03,,,,,,\n", "3 unfindable", "G"},
		{"letters not known here, but a document", "X,l,,no_board,王,小明,,1960,,P,CHN,E12345678,,\n", "3 name_not_comparable warning", "G X"},
		{"the document comes later", "X,l,,no_board,王,小明,,1960,,,,,,\nY,l,,alert,BRAMBLE,,,,,,,,,\nX,l,,,,,,,,P,CHN,E12345678,,\n", "3 name_not_comparable warning", "G X Y"},
		{"the Latin form is an other name", "X,l,,no_board,王,小明,WANG XIAOMING,1960,,,,,,\n", "", "G X"},
		{"document only", "X,l,,no_board,,,,,,P,UTO,U5550001,,\n", "", "G X"},
		{"born after today", "X,l,,no_board,QUILL,OSWIN,,2026-10-06,,,,,,\n", "3 birth_in_future", "G"},
		{"born this year", "X,l,,no_board,QUILL,OSWIN,,2026,,,,,,\n", "", "G X"},
		{"born today", "X,l,,no_board,QUILL,OSWIN,,2026-10-05,,,,,,\n", "", "G X"},
		{"born next month", "X,l,,no_board,QUILL,OSWIN,,2026-11,,,,,,\n", "3 birth_in_future", "G"},
		{"born in 2999", "X,l,,no_board,QUILL,OSWIN,,2999,,,,,,\n", "3 birth_in_future", "G"},
		{"born in 1066", "X,l,,no_board,QUILL,OSWIN,,1066,,,,,,\n", "3 birth_out_of_range", "G"},
		{"over", "X,l,,no_board,QUILL,OSWIN,,,,,,,2026-10-04,\n", "3 valid_until_past warning", "G X"},
		{"last day", "X,l,,no_board,QUILL,OSWIN,,,,,,,2026-10-05,\n", "", "G X"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := header + "G,l,,alert,QUILLFEATHER,OSWIN,,,,,,,,\n" + strings.ReplaceAll(tt.rows, "X,l,,,,", "X,l,,no_board,,")
			got, findings, err := Read(strings.NewReader(in), Options{On: "2026-10-05"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, codes(findings)); d != "" {
				t.Errorf("findings (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.ids, ids(got)); d != "" {
				t.Errorf("entries (-want +got):\n%s", d)
			}
		})
	}
}

func codes(findings []Finding) string {
	var all []string
	for _, p := range findings {
		s := fmt.Sprintf("%d %s", p.Line, p.Code)
		if p.Warning {
			s += " warning"
		}
		if p.Todo == "" || p.What == "" {
			s += " without a remedy"
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func ids(entries []travel.ListEntry) string {
	var all []string
	for i := range entries {
		all = append(all, entries[i].ID)
	}
	return strings.Join(all, " ")
}

// TestReadWithoutADay: without a day to compare with, 2999 is still no year anybody is born in.
func TestReadWithoutADay(t *testing.T) {
	in := header + "X,l,,alert,QUILL,OSWIN,,2999,,,,,2020-01-01,\nY,l,,alert,QUILL,OSWIN,,2030,,,,,2020-01-01,\n"
	got, findings, err := Read(strings.NewReader(in), Options{})
	if err != nil || codes(findings) != "2 birth_out_of_range" || ids(got) != "Y" {
		t.Errorf("%v, findings %q, entries %q", err, codes(findings), ids(got))
	}
}

func TestReadLimitsFindings(t *testing.T) {
	in := header + strings.Repeat("X,l,,stop,QUILL,OSWIN,,,,,,,,\n", maxFindings+50) + strings.Repeat("Y,l,,alert,QUILL\xe9,OSWIN,,,,,,,,\n", maxFindings+50)
	got, findings, err := Read(strings.NewReader(in), Options{})
	if err != nil || ids(got) != "Y" || Refused(findings) != maxFindings+50 || len(findings) != 2*(maxFindings+1) {
		t.Errorf("%v, %d findings of which %d refuse, entries %q", err, len(findings), Refused(findings), ids(got))
	}
	if p := findings[maxFindings]; p.Code != codeTooMany || p.Line != maxFindings+2 || p.Count != 50 || p.Warning {
		t.Errorf("what is not listed: %+v", p)
	}
}

// TestRefusedCountsRows holds that a row with two faults is one row, also where they are not listed.
func TestRefusedCountsRows(t *testing.T) {
	for _, n := range []int{1, maxFindings/2 - 1, maxFindings / 2, maxFindings/2 + 1, maxFindings} {
		_, findings, err := Read(strings.NewReader(header+strings.Repeat("X,,,stop,QUILL,OSWIN,,,,,,,,\n", n)+"Y,l,,alert,QUILL,OSWIN,,,,,,,,\n"), Options{})
		if err != nil || Refused(findings) != n {
			t.Errorf("%v, %d rows were refused, told %d", err, n, Refused(findings))
		}
	}
}
