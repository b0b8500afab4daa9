package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// edit is one change of one file: bytes from to end become text.
type edit struct {
	file      string
	line      int
	what      string
	from, end int
	text      string
}

// swapped are the operators that are put for another: the bounds of comparisons, and what joins conditions.
var swapped = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+",
}

// edits lists every change that can be made to a file.
func edits(path string, src []byte) ([]edit, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, src, 0)
	if err != nil {
		return nil, err
	}
	var all []edit
	add := func(what string, from, end token.Pos, text string) {
		p := fset.Position(from)
		all = append(all, edit{path, p.Line, what, p.Offset, fset.Position(end).Offset, text})
	}
	source := func(n ast.Node) string {
		return string(src[fset.Position(n.Pos()).Offset:fset.Position(n.End()).Offset])
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			return n.Tok == token.VAR
		case *ast.IfStmt:
			add("condition negated", n.Cond.Pos(), n.Cond.End(), "!("+source(n.Cond)+")")
		case *ast.BinaryExpr:
			if to, ok := swapped[n.Op]; ok && !(n.Op == token.ADD && strings.Contains(source(n), `"`)) {
				add(n.Op.String()+" became "+to, n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), to)
			}
		case *ast.ExprStmt:
			if _, ok := n.X.(*ast.CallExpr); ok {
				add("call left out: "+short(source(n)), n.Pos(), n.End(), "")
			}
		case *ast.IncDecStmt:
			add("left out: "+source(n), n.Pos(), n.End(), "")
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN && len(n.Lhs) == 1 {
				add("left out: "+short(source(n)), n.Pos(), n.End(), "_ = "+source(n.Rhs[0]))
			}
		case *ast.DeferStmt:
			add("left out: "+short(source(n)), n.Pos(), n.End(), "")
		case *ast.Ident:
			if to, ok := map[string]string{"true": "false", "false": "true"}[n.Name]; ok {
				add(n.Name+" became "+to, n.Pos(), n.End(), to)
			}
		}
		return true
	})
	return all, nil
}

func short(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s[:min(len(s), 60)]
}
