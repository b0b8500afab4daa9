package booking

import "testing"

func TestKilograms(t *testing.T) {
	for in, want := range map[[2]string]int{{"", ""}: 0, {"x", ""}: 0, {"12.x", ""}: 0, {".6", ""}: 1, {"1e9", ""}: 0, {"999999999", "LB"}: 0, {"100", "lbs"}: 45} {
		if got := Kilograms(in[0], in[1]); got != want {
			t.Errorf("%v: %d", in, got)
		}
	}
}
