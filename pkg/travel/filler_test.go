package travel

import "testing"

func TestFiller(t *testing.T) {
	for _, yes := range []string{"FNU", "fnu", " TBA ", "TBA.", "XXX", "To be advised"} {
		if !Filler(yes) {
			t.Errorf("%q is a name", yes)
		}
	}
	for _, no := range []string{"", "NONE", "TEST", "LI", "TBATE", "NIL", "X"} {
		if Filler(no) {
			t.Errorf("%q is no name", no)
		}
	}
}
