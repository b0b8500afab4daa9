package rule

import (
	"reflect"
	"strconv"
	"strings"

	"fairway/pkg/rule/fact"
)

const (
	unknown  = "unknown" // how an absent fact reads in an explanation
	maxItems = 8         // items of a list shown to an officer
)

func (s *schema) render(t template, f *fact.Set) string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.text)
		if p.fact >= 0 {
			v := s.value(f, p.fact)
			if !v.IsValid() {
				b.WriteString(unknown)
			} else {
				b.WriteString(text(v))
			}
		}
	}
	return b.String()
}

// seen returns the facts of reads that f holds, as text.
func (s *schema) seen(reads []int, f *fact.Set) map[string]string {
	m := make(map[string]string, len(reads))
	for _, i := range reads {
		if v := s.value(f, i); v.IsValid() {
			m[s.paths[i].name] = text(v)
		}
	}
	return m
}

// text shows a fact to an officer.
func text(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', 2, 64)
	case reflect.Bool:
		if v.Bool() {
			return "yes"
		}
		return "no"
	case reflect.Slice:
		return items(v)
	case reflect.Struct:
		return record(v)
	}
	return unknown
}

func items(v reflect.Value) string {
	if v.Len() == 0 {
		return "none"
	}
	var b strings.Builder
	for i := range v.Len() {
		if i == maxItems {
			b.WriteString(" and " + strconv.Itoa(v.Len()-i) + " more")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(text(v.Index(i)))
	}
	return b.String()
}

// record shows a list entry or a document in a few words.
func record(v reflect.Value) string {
	switch r := v.Interface().(type) {
	case fact.Match:
		s := r.List + "/" + r.Entry + " (" + r.Strength + " by " + r.By + ", asks " + r.Action
		if r.Birth != "" {
			s += ", birth date " + r.Birth
		}
		return s + ")"
	case fact.DocumentItem:
		s := r.Type + " " + r.Issuer
		if r.HasExpiry {
			s += " expires in " + strconv.Itoa(r.DaysToExpiry) + " days"
		}
		return s
	}
	return unknown
}

// template is an explanation cut into texts and the facts between them.
type template []piece

type piece struct {
	text string
	fact int // -1 for none
}

// parseTemplate reads "expired {{document.expiry}}"; ${document.expiry} means the same.
func parseTemplate(s *schema, text string, fail func(from int, msg string)) template {
	var t template
	rest, at := text, 0
	for {
		open, end, i := "{{", "}}", strings.Index(rest, "{{")
		if j := strings.Index(rest, "${"); j >= 0 && (i < 0 || j < i) {
			open, end, i = "${", "}", j
		}
		if i < 0 {
			return append(t, piece{rest, -1})
		}
		name, after, ok := strings.Cut(rest[i+len(open):], end)
		from := len([]rune(text[:at+i]))
		if !ok {
			fail(from, open+" without "+end+" in explain")
			return t
		}
		fact, known := s.index[strings.TrimSpace(name)]
		if !known || s.paths[fact].field < 0 {
			fail(from, "explain names no fact: "+strings.TrimSpace(name)+"; write {{group.field}}")
			return t
		}
		t = append(t, piece{rest[:i], fact})
		at += len(rest) - len(after)
		rest = after
	}
}
