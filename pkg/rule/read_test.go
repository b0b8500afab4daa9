package rule

import (
	"testing"
	"testing/fstest"
)

// TestWhereRulesAreRead holds that .yml is read, that what starts with a dot is not, and that folders end.
func TestWhereRulesAreRead(t *testing.T) {
	files, err := Files(fstest.MapFS{"list/a.yml": {Data: []byte("a")}, "list/a_test.yml": {Data: []byte("b")}, "list/b.yaml": {Data: []byte("c")},
		"..data/list/a.yml": {Data: []byte("x")}, ".git/c.yaml": {Data: []byte("x")}, "README.md": {Data: []byte("x")}})
	if err != nil || len(files) != 3 || files["list/a.yml"] == nil {
		t.Errorf("%d files, %v", len(files), err)
	}
	if !IsTest("list/a_test.yml") || isRule("list/a_test.yml") || !isRule("list/a.yml") || ID("list/a.yml") != "list/a" || ID("list/a_test.yml") != "list/a" {
		t.Error("a .yml file is not what its name says")
	}
	if _, err := Files(fstest.MapFS{"a/b/c/d/e/f/g/h.yaml": {}}); err == nil {
		t.Error("folders without end are read")
	}
}
