package travel

import "testing"

func TestParseState(t *testing.T) {
	if len(iso3166)%5 != 0 {
		t.Fatalf("the table has %d characters", len(iso3166))
	}
	for i := 5; i < len(iso3166); i += 5 {
		if iso3166[i:i+2] <= iso3166[i-5:i-3] {
			t.Errorf("%s after %s", iso3166[i:i+5], iso3166[i-5:i])
		}
	}
	for in, want := range map[string]struct {
		code          State
		known, mapped bool
	}{
		"SWE": {"SWE", true, false}, "D": {"DEU", true, true}, "D<<": {"DEU", true, true}, "SE": {"SWE", true, true},
		"gbr": {"GBR", true, false}, "UTO": {"UTO", true, false}, "XXA": {"XXA", true, false}, "RKS": {"RKS", true, false},
		"ABC": {"ABC", false, false}, "ZZ": {"ZZ", false, false}, "": {"", false, false}, "AND": {"AND", true, false},
		"X U": {"X U", false, false}, "ZWE": {"ZWE", true, false}, "HKG": {"HKG", true, false},
	} {
		code, known, mapped := ParseState(in)
		if code != want.code || known != want.known || mapped != want.mapped {
			t.Errorf("%q: got %s, %v, %v", in, code, known, mapped)
		}
	}
}
