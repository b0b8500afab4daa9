package secret

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsWrongWithAFile holds that an error says which file, and of what, and nothing that is in it.
func TestWhatIsWrongWithAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	const inside = "hush-hush"
	if err := os.WriteFile(file, []byte(" "+inside+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := Text("kafka password", file); err != nil || got != inside {
		t.Errorf("%q %v", got, err)
	}
	var pair Certificate
	pair.CertFile, pair.KeyFile = file, file
	large := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(large, make([]byte, largest+1), 0o600); err != nil {
		t.Fatal(err)
	}
	faults := map[string]func() error{
		"read kafka password: ":          func() error { _, err := Text("kafka password", file+"x"); return err },
		"is larger than 1 MiB":           func() error { _, err := Text("kafka password", large); return err },
		"read kafka authority: ":         func() error { _, err := ClientTLS("kafka", file, "", ""); return err },
		"load kafka client certificate:": func() error { _, err := ClientTLS("kafka", "", file, file); return err },
		"read carriers' authority: ":     func() error { _, err := ServerTLS(&pair, "carriers'", file); return err },
		"load certificate: ":             pair.Load,
	}
	for want, fault := range faults {
		if err := fault(); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), inside) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if plain, err := ClientTLS("kafka", "", "", ""); plain != nil || err != nil {
		t.Errorf("nothing asks for TLS: %v %v", plain, err)
	}
}
