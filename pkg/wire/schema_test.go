package wire

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"fairway/pkg/travel"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("http://fairway.example/v1/schema", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("http://fairway.example/v1/schema")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, body []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// TestSchemaIsTheTypes holds that every field has a property of its type, and that there are no others.
func TestSchemaIsTheTypes(t *testing.T) {
	var doc struct {
		Defs map[string]struct {
			Properties map[string]struct {
				Type  string
				Ref   string `json:"$ref"`
				Items *struct {
					Type string
					Ref  string `json:"$ref"`
				}
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(Schema), &doc); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		if seen[typ.Name()] {
			return
		}
		seen[typ.Name()] = true
		got := map[string]string{}
		for name, p := range doc.Defs[typ.Name()].Properties {
			got[name] = p.Type + p.Ref
			if p.Items != nil {
				got[name] += " of " + p.Items.Type + p.Items.Ref
			}
		}
		want := map[string]string{}
		for _, f := range reflect.VisibleFields(typ) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.Anonymous || name == "" || name == "-" {
				continue
			}
			inner := f.Type
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			want[name] = jsonType(f.Type)
			if inner.Kind() == reflect.Struct {
				walk(inner)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-types +schema):\n%s", typ.Name(), diff)
		}
	}
	walk(reflect.TypeFor[travel.Message]())
	for _, name := range []string{"BookedLeg", "Finding"} {
		if !seen[name] {
			t.Errorf("%s was not looked at", name)
		}
	}
}

func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return jsonType(t.Elem())
	case reflect.Slice:
		return "array of " + jsonType(t.Elem())
	case reflect.Struct:
		return "#/$defs/" + t.Name()
	case reflect.Int:
		return "integer"
	case reflect.Bool:
		return "boolean"
	}
	return "string"
}

// TestSchemaTakesWhatDecodersGive holds that every field message, written as JSON, is valid and reads the same.
func TestSchemaTakesWhatDecodersGive(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/*/*")
	sort.Strings(files)
	s := compiled(t)
	bodies := [][]byte{[]byte(good)}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, b)
	}
	read := 0
	for i, b := range bodies {
		messages, err := Decode("", b)
		if err != nil {
			continue // README and the like
		}
		read++
		for k := range messages {
			m := &messages[k]
			text, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			if err := valid(t, s, text); err != nil {
				t.Errorf("body %d is not valid as JSON: %v", i, err)
			}
			again, err := Decode("", text)
			if err != nil || len(again) != 1 || len(again[0].Travellers) != len(m.Travellers) {
				t.Errorf("body %d does not read again: %v", i, err)
				continue
			}
			for j := range m.Travellers {
				was, is := m.Travellers[j], again[0].Travellers[j]
				was.Removed = 0
				if diff := cmp.Diff(was, is); diff != "" {
					t.Errorf("body %d, traveller %d (-read +read again):\n%s", i, j+1, diff)
				}
			}
		}
	}
	if len(files) > 0 && read < 20 {
		t.Errorf("only %d bodies were read", read)
	}
}

// TestSchemaAndDecoderRefuseAlike holds that what the schema refuses is refused, or has a fault, and the other way round.
func TestSchemaAndDecoderRefuseAlike(t *testing.T) {
	s := compiled(t)
	for name, c := range map[string]struct{ old, new string }{
		"unknown field":    {`"reference"`, `"refrence"`},
		"wrong type":       {`"F"`, `7`},
		"not a date":       {"1987-03-12", "12 March 1987"},
		"not a time":       {"2026-10-05T19:15", "2026-10-05 19:15"},
		"not a sex":        {`"F"`, `"W"`},
		"not a mode":       {`"air"`, `"rail"`},
		"leg without port": {`"origin":"DXB",`, ``},
		"empty array":      {good, "[]"},
	} {
		body := []byte(strings.Replace(good, c.old, c.new, 1))
		messages, err := Decode("", body)
		fault := err != nil
		for i := range messages {
			for _, f := range messages[i].Findings {
				fault = fault || f.Severity == travel.Fault
			}
		}
		if !fault || valid(t, s, body) == nil {
			t.Errorf("%s: decoder finds a fault: %v, schema: %v", name, fault, valid(t, s, body))
		}
	}
}
