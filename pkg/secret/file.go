package secret

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// largest is the most bytes a secret file may have: an authority with many certificates, and room.
const largest = 1 << 20

// Text reads a password or key from a file, without the blanks around it. what says in an error whose it is.
func Text(what, file string) (string, error) {
	b, err := read(what, file)
	return strings.TrimSpace(string(b)), err
}

func read(what, file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", what, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, largest+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", what, err)
	case len(b) > largest:
		return nil, fmt.Errorf("read %s: %s is larger than 1 MiB", what, file)
	}
	return b, nil
}
