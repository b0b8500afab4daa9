package scorer

import (
	"io/fs"
	"testing/fstest"
)

// files is a release's files as a file system.
func files(m map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, body := range m {
		fsys[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return fsys
}
