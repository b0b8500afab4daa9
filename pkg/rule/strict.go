package rule

import (
	"errors"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFile bounds a rule or test file, so that nothing that reads it has to be bounded again.
const maxFile = 64 << 10

// Scalar is a YAML string that remembers where it stood, for findings found in it later.
type Scalar struct {
	Value string
	Mark  Mark
	style yaml.Style
}

// Decode reads one YAML document strictly into the struct that into points to: an unknown or repeated key, a value of the
// wrong type, an alias or a second document is a finding with its position. Keys are the fields' yaml tags, or else
// their expr tags. Absent keys leave fields alone, so pointers and slices stay nil.
func Decode(src *Source, into any) Findings {
	d := &decoder{src: src}
	if len(src.Text) > maxFile {
		return Findings{{File: src.File, Msg: "longer than 64 KiB: split it"}}
	}
	dec := yaml.NewDecoder(strings.NewReader(src.Text))
	var doc, more yaml.Node
	if err := decodeNode(dec, &doc); err != nil {
		d.syntax(err)
		return d.findings
	}
	if len(doc.Content) == 0 {
		return Findings{{File: src.File, Msg: "empty: write a mapping"}}
	}
	d.decode(doc.Content[0], reflect.ValueOf(into).Elem())
	if err := decodeNode(dec, &more); err == nil {
		d.fail(&more, "a second document: one file holds one document")
	}
	return d.findings
}

// decodeNode turns a panic of the YAML library into an error: rule files come from a topic as well.
func decodeNode(dec *yaml.Decoder, n *yaml.Node) (err error) {
	defer func() {
		if recover() != nil {
			err = errNotYAML
		}
	}()
	return dec.Decode(n)
}

var errNotYAML = errors.New("not understood")

type decoder struct {
	src      *Source
	findings Findings
}

// maxFindings is how many an author is shown of one file at once.
const maxFindings = 50

func (d *decoder) fail(n *yaml.Node, msg string) {
	if len(d.findings) >= maxFindings {
		return
	}
	d.findings = append(d.findings, d.src.Finding(Mark{n.Line, n.Column}, msg))
}

func (d *decoder) syntax(err error) {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	if msg == "EOF" {
		d.findings = append(d.findings, Finding{File: d.src.File, Msg: "empty: write a mapping"})
		return
	}
	at := Mark{1, 1}
	if m := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(msg); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	d.findings = append(d.findings, d.src.Finding(at, "not YAML: "+msg+"; texts that hold \": \" or start with a sign need quotes"))
}

var (
	scalarType = reflect.TypeFor[Scalar]()
	markType   = reflect.TypeFor[Mark]()
)

func (d *decoder) decode(n *yaml.Node, v reflect.Value) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.fail(n, "anchors and aliases are not allowed: write the value out")
		return
	}
	if v.Type() == scalarType {
		if d.scalar(n, "a text") {
			v.Set(reflect.ValueOf(Scalar{n.Value, Mark{n.Line, n.Column}, n.Style}))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, v.Elem())
	case reflect.Struct:
		d.mapping(n, v)
	case reflect.Slice:
		d.list(n, v)
	default:
		d.value(n, v)
	}
}

func (d *decoder) scalar(n *yaml.Node, want string) bool {
	if n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		d.fail(n, "expected "+want)
		return false
	}
	return true
}

func (d *decoder) value(n *yaml.Node, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if d.scalar(n, "a text") {
			v.SetString(n.Value)
		}
	case reflect.Bool:
		b, err := strconv.ParseBool(n.Value)
		if n.ShortTag() != "!!bool" || err != nil {
			d.fail(n, "expected true or false")
			return
		}
		v.SetBool(b)
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			d.fail(n, "expected a whole number")
			return
		}
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Value, 64)
		if n.Kind != yaml.ScalarNode || err != nil {
			d.fail(n, "expected a number")
			return
		}
		v.SetFloat(f)
	}
}

func (d *decoder) list(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.fail(n, "expected a list: [a, b]")
		return
	}
	s := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.decode(item, s.Index(i))
	}
	v.Set(s)
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "expected a mapping: "+strings.Join(keys(v.Type()), ", "))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f, ok := fieldByKey(v.Type(), key.Value)
		switch {
		case !ok:
			d.fail(key, "unknown field "+strconv.Quote(key.Value)+didYouMean(key.Value, keys(v.Type())))
		case seen[key.Value]:
			d.fail(key, "field "+strconv.Quote(key.Value)+" is given twice: keep one")
		default:
			seen[key.Value] = true
			d.decode(value, v.Field(f))
		}
	}
	if f, ok := v.Type().FieldByName("At"); ok && f.Type == markType {
		v.FieldByIndex(f.Index).Set(reflect.ValueOf(Mark{n.Line, n.Column}))
	}
}

func key(f reflect.StructField) string {
	if k := f.Tag.Get("yaml"); k != "" {
		return k
	}
	return f.Tag.Get("expr")
}

func keys(t reflect.Type) []string {
	var all []string
	for i := range t.NumField() {
		if k := key(t.Field(i)); k != "" {
			all = append(all, k)
		}
	}
	return all
}

func fieldByKey(t reflect.Type, name string) (int, bool) {
	for i := range t.NumField() {
		if k := key(t.Field(i)); k != "" && k == name {
			return i, true
		}
	}
	return 0, false
}
