package jsonscan

import (
	"fmt"
	"strings"
	"testing"
)

func TestScan(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"1 true null":            "",
		`{"a": [1, "]}\"{"]}`:    `{1 "a":1 [2 "]}\"{"2 ]1 }0`,
		"{\"a\"\r\n\t : \"b\" }": `{1 "a":1 "b"1 }0`,
		`]]`:                     `]-1 ]-2`,
		`["open`:                 `[1 "open1`,
		`"\`:                     `"\0`,
		`"\"`:                    `"\"0`,
	} {
		var got []string
		s := New([]byte(text))
		for c := s.Next(); c != 0; c = s.Next() {
			from, to := s.At()
			colon := ""
			if c == '"' && s.IsKey() {
				colon = ":"
			}
			got = append(got, fmt.Sprintf("%s%s%d", text[from:to], colon, s.Depth()))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: %s", text, got)
		}
		if from, to := s.At(); from != len(text) || to != len(text) || s.Next() != 0 {
			t.Errorf("%q: stands at %d to %d at the end", text, from, to)
		}
	}
}
