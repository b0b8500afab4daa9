package repotest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// file is one parsed Go file of the repository.
type file struct {
	path string // slash-separated, from the root
	dir  string
	test bool
	ast  *ast.File
	fset *token.FileSet
}

func files(t *testing.T) []file {
	t.Helper()
	var all []file
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "testdata" || d.Name() == "node_modules" || rel == "data" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, file{rel, filepath.ToSlash(filepath.Dir(rel)), strings.HasSuffix(rel, "_test.go"), parsed, fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("found only %d Go files: is %s the repository?", len(all), root)
	}
	return all
}

// module names a dependency by the start of its import path.
const (
	kafka    = "github.com/twmb/franz-go"
	redis    = "github.com/redis/go-redis"
	metrics  = "github.com/prometheus/client_golang"
	expr     = "github.com/expr-lang/expr"
	fastjson = "github.com/segmentio/encoding"
	yaml     = "go.yaml.in/yaml"
	text     = "golang.org/x/text"
	sync     = "golang.org/x/sync"
	diff     = "github.com/google/go-cmp"
	txtar    = "golang.org/x/tools/txtar"
	fake     = "github.com/twmb/franz-go/pkg/kfake"
	mini     = "github.com/alicebob/miniredis"
	schema   = "github.com/santhosh-tekuri/jsonschema"
)

// layers is the import table: what each package may import besides the standard library. Arrows point down only.
var layers = []struct {
	dir  string // the package, or a tree of them when it ends in /...
	pure bool   // no goroutine, clock, environment, logger or context
	may  []string
}{
	{"pkg/travel", true, nil},
	{"pkg/journey", true, []string{"pkg/event", "pkg/travel"}},
	{"pkg/jsonscan", true, nil},
	{"pkg/event", true, []string{"pkg/jsonscan", "pkg/travel", fastjson}},
	{"pkg/edifact", true, []string{"pkg/travel", text}},
	{"pkg/paxlst", true, []string{"pkg/edifact", "pkg/travel"}},
	{"pkg/sensitive", true, []string{"pkg/travel"}},
	{"pkg/booking", true, []string{"pkg/sensitive", "pkg/travel"}},
	{"pkg/booking/bookingtest", true, []string{"pkg/sensitive", "pkg/travel"}},
	{"pkg/pnrgov", true, []string{"pkg/booking", "pkg/edifact", "pkg/sensitive", "pkg/travel"}},
	{"pkg/pnrgov/xml", true, []string{"pkg/booking", "pkg/sensitive", "pkg/travel", text}},
	{"pkg/cusres", true, []string{"pkg/edifact", "pkg/travel"}},
	{"pkg/mrz", true, []string{"pkg/travel"}},
	{"pkg/wire", true, []string{"pkg/edifact", "pkg/jsonscan", "pkg/mrz", "pkg/paxlst", "pkg/pnrgov", "pkg/pnrgov/xml", "pkg/sensitive", "pkg/travel", fastjson}},
	{"pkg/watchlist", true, []string{"pkg/watchlist/name", "pkg/travel", text}},
	{"pkg/watchlist/source/csv", true, []string{"pkg/watchlist", "pkg/travel"}},
	{"pkg/watchlist/name", true, []string{"pkg/travel", text}},
	{"pkg/rule", true, []string{"pkg/rule/fact", "pkg/travel", expr, yaml}},
	{"pkg/rule/fact", true, []string{"pkg/travel"}},
	{"pkg/rule/fact/facttest", true, []string{"pkg/rule/fact", "pkg/travel"}},
	{"pkg/table", true, nil},
	{"pkg/decision", true, []string{"pkg/event", "pkg/rule", "pkg/rule/fact", "pkg/travel"}},
	{"pkg/ruletest", true, []string{"pkg/decision", "pkg/rule", "pkg/rule/fact", "pkg/population", "pkg/travel", yaml}},
	{"pkg/secret", false, nil},
	{"pkg/access", false, []string{"pkg/secret"}},
	{"pkg/web", false, []string{"pkg/jsonscan", fastjson}},
	{"pkg/projection", false, []string{"pkg/secret", redis}},
	{"pkg/approval", false, []string{"pkg/event", "pkg/stream", "pkg/travel", fastjson}},
	{"pkg/stream", false, []string{"pkg/secret", kafka, metrics}},
	{"pkg/stream/streamtest", false, []string{"pkg/stream", "pkg/event", kafka, metrics, mini}},
	{"pkg/telemetry", false, []string{metrics}},
	{"pkg/service", false, []string{"pkg/access", "pkg/projection", "pkg/telemetry", "pkg/web", yaml, sync, metrics}},
	{"pkg/repotest", false, nil},
	{"rules", true, nil},
	{"services/allinone/...", false, []string{"pkg/...", "services/...", "rules", metrics, sync, fake, mini, redis}},
	{"services/gateway/window", false, []string{"pkg/event", "pkg/table"}},
	{"services/...", false, []string{"pkg/...", "rules", metrics, sync, redis, fastjson, "github.com/fsnotify/fsnotify"}},
	{"pkg/population", true, []string{"pkg/travel"}},
	{"loadtest/mutate", false, nil},
	{"loadtest", false, []string{"pkg/...", "services/allinone", "rules", metrics, sync, redis, fastjson, kafka, "github.com/HdrHistogram/hdrhistogram-go"}},
}

// tests may import these besides what their package may.
var testsMay = []string{diff, txtar, yaml, schema, fastjson, "pkg/booking/bookingtest", "pkg/stream/streamtest", "pkg/repotest", "pkg/travel", "pkg/edifact", "pkg/rule", "pkg/rule/fact/facttest", "pkg/ruletest", "rules", "pkg/population", kafka, mini, redis, sync, "golang.org/x/text"}

func TestImportsPointDown(t *testing.T) {
	for _, f := range files(t) {
		may, _, ok := allowed(f.dir)
		if !ok {
			t.Errorf("%s: package %s is not in the import table of repotest", f.path, f.dir)
			continue
		}
		if f.test {
			may = append(slices.Clone(may), testsMay...)
		}
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			first, _, _ := strings.Cut(path, "/")
			local := strings.TrimPrefix(path, "fairway/")
			switch {
			case first != "fairway" && !strings.Contains(first, "."): // standard library
			case local == f.dir:
			case sameService(f.dir, local):
			case !slices.ContainsFunc(may, func(m string) bool { return covers(m, local) }):
				t.Errorf("%s imports %s: not in the import table", f.path, path)
			}
		}
	}
}

// TestRoomsMakeNoCircle holds that no folder of pkg comes back to itself by its imports: packages may not, and neither may
// the folders that they lie in.
func TestRoomsMakeNoCircle(t *testing.T) {
	uses := map[string][]string{}
	for _, f := range files(t) {
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			from, to := room(f.dir), room(strings.TrimPrefix(path, "fairway/"))
			if !f.test && strings.HasPrefix(to, "pkg/") && from != to {
				uses[from] = append(uses[from], to)
			}
		}
	}
	for from := range uses {
		seen := map[string]bool{}
		for todo := slices.Clone(uses[from]); len(todo) > 0; todo = todo[1:] {
			if at := todo[0]; !seen[at] {
				seen[at] = true
				todo = append(todo, uses[at]...)
			}
		}
		if seen[from] {
			t.Errorf("%s imports what imports it", from)
		}
	}
}

// room is the folder below pkg or services that a package lies in.
func room(dir string) string {
	parts := strings.SplitN(dir, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func allowed(dir string) (may []string, pure, ok bool) {
	for _, l := range layers {
		if covers(l.dir, dir) && (strings.HasSuffix(l.dir, "/...") || l.dir == dir) {
			return l.may, l.pure, true
		}
	}
	return nil, false, false
}

// covers reports whether pattern names path: exactly, as a tree "x/...", or as a module's start.
func covers(pattern, path string) bool {
	if tree, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == tree || strings.HasPrefix(path, tree+"/")
	}
	module := strings.Contains(strings.SplitN(pattern, "/", 2)[0], ".")
	return path == pattern || module && strings.HasPrefix(path, pattern)
}

// sameService lets services/x/cmd/x import services/x, and nothing else of services.
func sameService(dir, path string) bool {
	parts := strings.Split(dir, "/")
	return len(parts) >= 2 && parts[0] == "services" && (path == "services/"+parts[1] || strings.HasPrefix(path, "services/"+parts[1]+"/"))
}

// says are the words by which a package comment is held to say what the package promises, and what it does not do.
var says = map[string]*regexp.Regexp{
	"promises":    regexp.MustCompile(`(?i)promise|guarantee`),
	"does not do": regexp.MustCompile(`(?i)\b(does not|do not|nothing|neither|[a-z]+s no|[a-z]+s nobody)\b`),
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	docs, seen := map[string]int{}, map[string]bool{}
	for _, f := range files(t) {
		if strings.HasSuffix(f.ast.Name.Name, "_test") || f.test {
			continue
		}
		seen[f.dir] = true
		if f.ast.Doc != nil && len(f.ast.Doc.Text()) > 40 {
			docs[f.dir]++
			for what, words := range says {
				if !strings.Contains(f.dir, "/cmd/") && !words.MatchString(strings.Join(strings.Fields(f.ast.Doc.Text()), " ")) {
					t.Errorf("%s: the package comment does not say what it %s", f.path, what)
				}
			}
		}
	}
	for dir := range seen {
		if docs[dir] != 1 {
			t.Errorf("%s has %d package comments, want 1", dir, docs[dir])
		}
	}
}

// impure are the imports and calls that a pure package may not have: its results depend on its arguments alone.
var impureImports = []string{"context", "log", "log/slog", "os", "net", "net/http", "os/exec"} // a seeded generator is pure

func TestPurePackagesStayPure(t *testing.T) {
	for _, f := range files(t) {
		if _, pure, _ := allowed(f.dir); !pure || f.test {
			continue
		}
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains(impureImports, path) && !(f.dir == "pkg/travel" && path == "log/slog") {
				t.Errorf("%s imports %s: the package is pure", f.path, path)
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine: the package is pure", f.fset.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Since" || n.Sel.Name == "Sleep") {
					t.Errorf("%s reads the clock: the package is pure", f.fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

const (
	longestFile     = 350 // lines
	longestFunction = 70
	longestMain     = 60
	largestRoom     = 15  // files of a folder
	mostFiles       = 240 // lines, of nine files in ten
	mostFunctions   = 30
)

func TestNothingGrowsTooLong(t *testing.T) {
	var sizes, lengths []int
	rooms := map[string]int{}
	for _, f := range files(t) {
		if f.test {
			continue
		}
		rooms[f.dir]++
		lines := f.fset.File(f.ast.Pos()).LineCount()
		sizes = append(sizes, lines)
		limit := longestFile
		if f.ast.Name.Name == "main" && strings.Contains(f.dir, "/cmd/") && strings.HasSuffix(f.path, "main.go") {
			limit = longestMain
		}
		if lines > limit {
			t.Errorf("%s has %d lines, at most %d", f.path, lines, limit)
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := f.fset.Position(fn.End()).Line - f.fset.Position(fn.Pos()).Line + 1
			if lengths = append(lengths, n); n > longestFunction {
				t.Errorf("%s: %s has %d lines, at most %d", f.path, fn.Name.Name, n, longestFunction)
			}
			if fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s has an init function", f.path)
			}
		}
	}
	for dir, n := range rooms {
		if n > largestRoom {
			t.Errorf("%s has %d files, at most %d: it is two rooms", dir, n, largestRoom)
		}
	}
	for what, of := range map[string]struct {
		all  []int
		most int
	}{"files": {sizes, mostFiles}, "functions": {lengths, mostFunctions}} {
		slices.Sort(of.all)
		if p90 := of.all[len(of.all)*9/10]; p90 > of.most {
			t.Errorf("one in ten %s has more than %d lines, at most %d", what, p90, of.most)
		}
	}
}

// clockless services get their time from Deps, so that a test can give them another.
func TestServicesTakeTheirClock(t *testing.T) {
	for _, f := range files(t) {
		if f.test || !strings.HasPrefix(f.dir, "services/") || strings.Contains(f.dir, "/cmd/") || strings.HasPrefix(f.dir, "services/ctl") || strings.HasPrefix(f.dir, "services/allinone") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && s.Sel.Name == "Now" {
					t.Errorf("%s reads the clock; use Deps.Now", f.fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}
