package window

import (
	"strings"
	"testing"
)

func TestCursorsAreChecked(t *testing.T) {
	for _, bad := range []string{"x", "1", "1.", ".1", "-1.2", "1.-2", "1.2-", "99999999999.1", "1.2 ", strings.Repeat("1.1-", 2000) + "1.1"} {
		if _, err := ParseCursor(bad); err == nil {
			t.Errorf("took %.20q", bad)
		}
	}
	if c, err := ParseCursor("0.17-2.5"); err != nil || c[0] != 17 || c[2] != 5 || c.String() != "0.17-2.5" {
		t.Errorf("%v %v", c, err)
	}
}
