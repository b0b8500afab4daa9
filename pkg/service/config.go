package service

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Config is what a service's configuration must be able to say of itself.
type Config interface {
	// Validate returns everything that is wrong with its values, without reading a file.
	Validate() error
	// Check reads what its values name, keys, certificates and rules, as a start would, and returns what is wrong.
	Check() error
	// Base is the part that every process has.
	Base() *Process
}

// EnvPrefix starts the name of every environment variable that is read.
const EnvPrefix = "FAIRWAY_"

// Load fills cfg, a pointer to a struct of defaults, from a YAML file, the environment and flags, in rising order of
// precedence. It adds a flag for every setting to fs and parses args; fs prints nothing itself: what is wrong is the
// error, and [flag.ErrHelp] asks for the usage. lookup is os.LookupEnv or a test's own.
func Load(cfg any, fs *flag.FlagSet, args []string, lookup func(string) (string, bool)) error {
	fs.SetOutput(io.Discard)
	file := fs.String("config", "", "")
	given := map[string]string{}
	leaves := fields(reflect.ValueOf(cfg).Elem(), "", settable)
	for _, l := range leaves {
		take := func(s string) error { given[l.name] = s; return nil }
		if l.value.Kind() == reflect.Bool {
			fs.BoolFunc(l.name, "", take) // -demo alone is true
		} else {
			fs.Func(l.name, "", take)
		}
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("unknown argument %q", fs.Arg(0))
	}
	if *file != "" {
		if err := readYAML(cfg, *file); err != nil {
			return err
		}
	}
	var errs []error
	for _, l := range leaves {
		if s, ok := lookup(l.env()); ok {
			errs = append(errs, l.set(s, "environment "+l.env()))
		}
		if s, ok := given[l.name]; ok {
			errs = append(errs, l.set(s, "flag -"+l.name))
		}
	}
	return errors.Join(errs...)
}

func readYAML(cfg any, file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	err = dec.Decode(cfg)
	var several *yaml.TypeError
	switch {
	case errors.Is(err, io.EOF):
	case errors.As(err, &several): // one line for each
		errs := make([]error, len(several.Errors))
		for i, e := range several.Errors {
			errs[i] = fmt.Errorf("read configuration %s: %s", file, e)
		}
		return errors.Join(errs...)
	case err != nil:
		return fmt.Errorf("read configuration %s: %w", file, err)
	}
	return nil
}

// leaf is one setting: a field that is not itself a struct.
type leaf struct {
	name  string
	help  string // what it does
	limit string // see [Limits]
	value reflect.Value
}

// fields are the settings of a struct that want says yes to.
func fields(v reflect.Value, prefix string, want func(reflect.Value) bool) []leaf {
	var all []leaf
	for i := range v.NumField() {
		t := v.Type().Field(i).Tag
		tag, option, _ := strings.Cut(t.Get("yaml"), ",")
		f, help := v.Field(i), t.Get("help")
		switch {
		case option == "inline":
			all = append(all, fields(f, prefix, want)...)
		case tag == "", tag == "-":
		case f.Kind() == reflect.Struct:
			all = append(all, fields(f, prefix+tag+".", want)...)
		case want(f):
			all = append(all, leaf{prefix + tag, help, t.Get("limit"), f})
		}
	}
	return all
}

func settable(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		return true
	case reflect.Slice:
		return v.Type().Elem().Kind() == reflect.String
	}
	return false // lists of structs and maps are for the file
}

func (l leaf) env() string {
	return EnvPrefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(l.name))
}

func (l leaf) show() string {
	if l.value.Kind() == reflect.Slice && l.value.Len() == 0 {
		return "none"
	}
	if s := fmt.Sprint(l.value.Interface()); s != "" {
		return s
	}
	return "empty"
}

func (l leaf) set(s, where string) error {
	var err error
	switch v := l.value; {
	case v.Type() == reflect.TypeFor[time.Duration]():
		var d time.Duration
		if d, err = time.ParseDuration(s); err == nil {
			v.SetInt(int64(d))
		}
	case v.Kind() == reflect.String:
		v.SetString(s)
	case v.Kind() == reflect.Bool:
		var b bool
		if b, err = strconv.ParseBool(s); err == nil {
			v.SetBool(b)
		}
	case v.Kind() == reflect.Float64:
		var f float64
		if f, err = strconv.ParseFloat(s, 64); err == nil {
			v.SetFloat(f)
		}
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 0, 1))
		for part := range strings.SplitSeq(s, ",") {
			v.Set(reflect.Append(v, reflect.ValueOf(strings.TrimSpace(part)).Convert(v.Type().Elem())))
		}
	default:
		var n int64
		if n, err = strconv.ParseInt(s, 10, 64); err == nil {
			v.SetInt(n)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %q is not a %s", where, s, l.kind())
	}
	return nil
}

// CheckClient closes a client that was made to see whether its files can be read, or returns why it could not be made.
func CheckClient[C interface{ Close() }](c C, err error) error {
	if err == nil {
		c.Close()
	}
	return err
}
