package wire

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzMaskTwice holds that blotting what is blotted changes nothing: a message has one id, whether it was blotted by the
// gateway, by the decoder or by both.
func FuzzMaskTwice(f *testing.F) {
	for _, dir := range []string{"../pnrgov/testdata", "../pnrgov/xml/testdata", "testdata"} {
		files, _ := filepath.Glob(dir + "/*")
		for _, file := range files {
			if b, err := os.ReadFile(file); err == nil && len(b) < 1<<16 {
				f.Add(b)
			}
		}
	}
	for _, b := range []string{
		"UNA:+.?*'UNB+IATA:1+ZXRES+XXPIU+261003:1430+17'UNH+1+PNRGOV:15:1:IA+C1'MSG+:22'SSR+KSML:HK:1:ZX'SSR+OTHS:HK:1:ZX:::::IS MUSLIM'IFT+4:28::ZX+NEEDS A WHEELCHAIR:DEAF'" +
			"LTS+0/SSR HNML/DEAF'UNT+15+1'UNZ+1+17'",
		`{"kind":"pnr","bookings":[{"services":["KSML","UMNR"],"remarks":["IS MUSLIM","MEETS RAIL SERVICE"],"payments":[{"form":"CC","payer":"ST JUDE HOSPITAL"}]}]}`,
	} {
		f.Add([]byte(b))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		once := Mask(b)
		if twice := Mask(once); !bytes.Equal(once, twice) {
			t.Errorf("once  %q\ntwice %q", once, twice)
		}
	})
}
