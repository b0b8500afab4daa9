package rule

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// The bounds of a directory of rules.
const (
	maxDirDepth = 6
	maxFiles    = 3 * maxRules
)

// Files reads every rule and test file of fsys (.yaml and .yml), as a release carries them. Links to files and to
// directories are followed, as a ConfigMap's mount has them; names that start with a dot are passed over.
func Files(fsys fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	if err := readDir(fsys, ".", 0, files); err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	return files, nil
}

func readDir(fsys fs.FS, dir string, depth int, files map[string][]byte) error {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		info, err := fs.Stat(fsys, name) // what a link leads to
		if err != nil {
			return err
		}
		switch {
		case info.IsDir() && depth == maxDirDepth:
			return fmt.Errorf("%s: folders nested deeper than %d: a link that leads back?", name, maxDirDepth)
		case info.IsDir():
			if err := readDir(fsys, name, depth+1, files); err != nil {
				return err
			}
		case stem(name) == name:
		case info.Size() > maxFile:
			return fmt.Errorf("%s: longer than 64 KiB: split it", name)
		case len(files) == maxFiles:
			return fmt.Errorf("%s: more than %d files", name, maxFiles)
		default:
			if files[name], err = fs.ReadFile(fsys, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// ID returns the id of the rule in file name: its last folder and its name, "document/expired". Tests share it.
func ID(name string) string {
	base := strings.TrimSuffix(stem(path.Base(name)), "_test")
	return path.Base(path.Dir(name)) + "/" + base
}

// isRule and IsTest tell rule files from their tests by name; other files are neither.
func isRule(name string) bool { return stem(name) != name && !IsTest(name) }

// IsTest reports whether name is the test file of a rule.
func IsTest(name string) bool { return strings.HasSuffix(stem(name), "_test") && stem(name) != name }

// stem is name without the ending that YAML files have, either of the two.
func stem(name string) string {
	if s, ok := strings.CutSuffix(name, ".yml"); ok {
		return s
	}
	return strings.TrimSuffix(name, ".yaml")
}
