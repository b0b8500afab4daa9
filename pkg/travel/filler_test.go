package travel

import "testing"

func TestFiller(t *testing.T) {
	for _, yes := range []string{"FNU", "fnu", " TBA ", "TBA.", "XXX", "To be advised"} {
		if !Filler(yes) {
			t.Errorf("%q is a name", yes)
		}
		if !Placeholder(yes) {
			t.Errorf("%q is no placeholder", yes)
		}
	}
	for _, no := range []string{"", "NONE", "TEST", "LI", "TBATE", "NIL", "X"} {
		if Filler(no) {
			t.Errorf("%q is no name", no)
		}
		if Placeholder(no) != (no == "NONE" || no == "TEST" || no == "NIL") {
			t.Errorf("placeholder %q: %v", no, Placeholder(no))
		}
	}
}
