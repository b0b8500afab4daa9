package service

import (
	"fmt"
	"io"
	"reflect"
	"strings"
)

// usage writes what every setting does: its name and environment variable, what its "help" tag says, and its value
// when nothing is given. What only the file can have comes last.
func usage(w io.Writer, name string, cfg any) {
	fmt.Fprintf(w, "%s [flags]\n\nA flag goes before its environment variable, that before the file of -config, that before the default.\n\n", name)
	fmt.Fprintf(w, "  -check\n        validate the configuration, read every file it names, and exit\n")
	fmt.Fprintf(w, "  -config FILE\n        YAML file with settings; a dot in a name is one level in it\n")
	v := reflect.ValueOf(cfg).Elem()
	for _, l := range fields(v, "", settable) {
		kind := " " + l.kind()
		if l.value.Kind() == reflect.Bool {
			kind = ""
		}
		fmt.Fprintf(w, "  -%s%s  (%s)\n        %s (default %s)\n", l.name, kind, l.env(), l.help, l.show())
	}
	for _, l := range fields(v, "", func(v reflect.Value) bool { return !settable(v) }) {
		fmt.Fprintf(w, "\nIn the file only, a list:\n  %s\n        %s\n", l.name, l.help)
		for _, e := range fields(reflect.New(l.value.Type().Elem()).Elem(), "    - ", settable) {
			fmt.Fprintf(w, "%s %s\n          %s\n", e.name, e.kind(), e.help)
		}
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
