package service

import (
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Setting is what is to be known of one setting. -h and the READMEs are made of it.
type Setting struct {
	Name    string
	Env     string // its environment variable; "" where only the file can have it
	Kind    string
	Default string
	Help    string
	Limit   string    // as its tag has it, see [Limits]
	Of      []Setting // the fields of one element, where only the file can have it
}

// Settings are all settings of cfg, a pointer to a struct of defaults; what only the file can have comes last.
func Settings(cfg any) []Setting {
	v := reflect.ValueOf(cfg).Elem()
	var all []Setting
	for _, l := range fields(v, "", settable) {
		all = append(all, Setting{l.name, l.env(), l.kind(), l.show(), l.help, l.limit, nil})
	}
	for _, l := range fields(v, "", func(v reflect.Value) bool { return !settable(v) }) {
		s := Setting{Name: l.name, Kind: "list", Default: "none", Help: l.help}
		for _, e := range fields(reflect.New(l.value.Type().Elem()).Elem(), "", settable) {
			s.Of = append(s.Of, Setting{Name: e.name, Kind: e.kind(), Help: e.help})
		}
		all = append(all, s)
	}
	return all
}

// Range says the limits of s in words; "" where it has none.
func (s Setting) Range() string {
	if s.Limit == "" {
		return ""
	}
	return inWords(s.Limit)
}

// usage writes what every setting does.
func usage(w io.Writer, name string, cfg any) {
	fmt.Fprintf(w, "%s [flags]\n\nA flag goes before its environment variable, that before the file of -config, that before the default.\n\n", name)
	fmt.Fprintf(w, "  -check\n        validate the configuration, read every file it names, and exit\n")
	fmt.Fprintf(w, "  -config FILE\n        YAML file with settings; a dot in a name is one level in it\n")
	for _, s := range Settings(cfg) {
		if s.Env == "" {
			fmt.Fprintf(w, "\nIn the file only, a list:\n  %s\n        %s\n", s.Name, s.Help)
			for _, e := range s.Of {
				fmt.Fprintf(w, "    - %s %s\n          %s\n", e.Name, e.Kind, e.Help)
			}
			continue
		}
		kind, limits := " "+s.Kind, ""
		if s.Kind == "bool" {
			kind = ""
		}
		if s.Limit != "" {
			limits = "; " + s.Range()
		}
		fmt.Fprintf(w, "  -%s%s  (%s)\n        %s (default %s%s)\n", s.Name, kind, s.Env, s.Help, s.Default, limits)
	}
}

// kind is the type of a setting in a word.
func (l leaf) kind() string {
	switch {
	case l.value.Type().PkgPath() == "time":
		return "duration"
	case l.value.Kind() == reflect.Slice:
		return "list"
	}
	return strings.TrimSuffix(l.value.Kind().String(), "64")
}
