package watchlist

import (
	"testing"

	"fairway/pkg/travel"
)

// TestWritingsThatAreEqual: case, apostrophes, hyphens, blanks and titles say nothing. Whatever form the list has and
// whatever the traveller, the match is as good as one of the same letters.
func TestWritingsThatAreEqual(t *testing.T) {
	type parts struct{ surname, given travel.Name }
	for _, all := range [][]parts{
		{
			{"O'BRIEN", "SEAN"}, {"O’BRIEN", "SEAN"}, {"OBRIEN", "SEAN"}, {"O BRIEN", "SEAN"}, {"O´Brien", "Sean"}, {"o`brien", "sean"},
			{"O-BRIEN", "SEAN"}, {"O ' BRIEN", "SEAN"}, {"  O'BRIEN ", " SEAN  "}, {"O'BRIEN", "SEAN MR"}, {"O'BRIEN", "SEAN  MR."}, {"o'Brien", "Sean Dr"},
			{"O‘BRIEN", "SEAN MSTR"}, {"Mr O'Brien", "Sean"}, {"O<BRIEN", "SEAN<"},
		},
		{
			{"QUILL-FEATHER", "ANNE-MARIE"}, {"QUILL FEATHER", "ANNE MARIE"}, {"Quill–Feather", "Anne‐Marie"}, {"QUILL  FEATHER", "ANNE   MARIE MRS"},
			{"QUILLFEATHER", "ANNEMARIE"}, {"quill - feather", "anne - marie"}, {"QUILL\u00a0FEATHER", "ANNE\u00a0MARIE"}, {"QUILL\u00adFEATHER", "ANNE-MARIE"},
			{"QUILL/FEATHER", "ANNE.MARIE"}, {"QUILL FEATHER", "ANNE MARIE MISS"},
		},
		{{"D'ANGELO VAUX", "LUC"}, {"D’Angelo-Vaux", "Luc"}, {"DANGELO VAUX", "LUC MR"}, {"DANGELOVAUX", "LUC"}, {"D ANGELO VAUX", "LUC"}},
	} {
		for _, listed := range all {
			ix := among(travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: listed.surname, Given: listed.given, Birth: "1980-11-23"})
			for _, shown := range all {
				m, ok := find(ix, travel.Traveller{Surname: shown.surname, Given: shown.given, Birth: "1980-11-23"}, "A")
				if !ok || m.Strength != travel.Strong || m.Similarity != 1 {
					t.Errorf("listed %s, shown %s: found %v, %s, similarity %.3f", plain([2]travel.Name{listed.surname, listed.given}),
						plain([2]travel.Name{shown.surname, shown.given}), ok, m.Strength, m.Similarity)
				}
			}
		}
	}
}
