package decoder

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryFindingIsInTheREADME reads the sources of the formats for the codes of findings, and holds the README's table
// against them both ways.
func TestEveryFindingIsInTheREADME(t *testing.T) {
	var files []string
	for _, dir := range []string{"edifact", "paxlst", "booking", "pnrgov", "pnrgov/xml", "cusres", "mrz", "wire"} {
		found, _ := filepath.Glob("../../pkg/" + dir + "/*.go")
		files = append(files, found...)
	}
	more, _ := filepath.Glob("../*/*.go")
	events, _ := filepath.Glob("../../pkg/journey/*.go")
	said := map[string]string{}
	for _, f := range append(append(files, more...), events...) {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			for _, code := range codesIn(n) {
				said[code] = f
			}
			return true
		})
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "## Findings")
	table, _, _ = strings.Cut(table, "\n## ")
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z_]+)`").FindAllStringSubmatch(table, -1) {
		listed[m[1]] = true
	}
	for code, where := range said {
		if !listed[code] {
			t.Errorf("%s (%s) is not in the README's table of findings", code, where)
		}
	}
	for code := range listed {
		if _, ok := said[code]; !ok && code != "error" && code != "warning" && code != "note" {
			t.Errorf("%s is in the README and nowhere else", code)
		}
	}
	if len(said) < 60 {
		t.Errorf("only %d codes were found", len(said))
	}
}

// gate are the constants that messages are refused with.
var gate = map[string]bool{"NotYourLeg": true, "unknownCarrier": true, "NoLeg": true, "NoDesignator": true, "NoDepartureDate": true, "NoOriginPort": true, "OutOfWindow": true, "NoTravellers": true, "GatePassRefused": true, "UnknownMessage": true}

// codesIn are the codes that a call makes findings with, or a finding is written with.
func codesIn(n ast.Node) (codes []string) {
	code := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, _ := strconv.Unquote(lit.Value); regexp.MustCompile(`^[a-z]+(_[a-z]+)+$|^(junk|truncated|undated|midnight|empty|unnamed)$`).MatchString(s) {
				codes = append(codes, s)
			}
		}
	}
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		case *ast.Ident:
			name = f.Name
		}
		switch name {
		case "find", "Find", "findAt", "Finding", "at0", "say", "fault", "note", "counted", "referred", "refuse", "oneOf", "stop":
			for _, a := range n.Args {
				code(a)
			}
		}
	case *ast.ValueSpec: // the gate's reasons are constants
		for _, v := range n.Values {
			if len(n.Names) == 1 && gate[n.Names[0].Name] {
				code(v)
			}
		}
	case *ast.KeyValueExpr:
		if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Code" {
			code(n.Value)
		}
	case *ast.AssignStmt:
		for i, l := range n.Lhs {
			if s, ok := l.(*ast.SelectorExpr); ok && s.Sel.Name == "Code" && i < len(n.Rhs) {
				code(n.Rhs[i])
			}
		}
	}
	return codes
}
