package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"

	"fairway/pkg/rule/fact"
)

// maxRules bounds a release: 1,000 rules compile in some 50 ms and evaluate in well under a millisecond.
const maxRules = 2000

// Set is one release of rules: compiled, immutable, and safe for any number of evaluators at once.
type Set struct {
	schema  *schema
	rules   []*compiled // in use, by id
	all     []*compiled // with the retired
	want    mask        // facts whose presence any rule cares about
	release string
}

// Parse compiles the rules among files, given by path as [Files] does; tests and files that are not YAML are left aside.
// On findings the set is nil and the error is [Findings]: all that is wrong with all files, not only the first.
func Parse(files map[string][]byte) (*Set, error) {
	s := &Set{schema: newSchema()}
	var findings Findings
	var names []string
	for name := range files {
		if isRule(name) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	if len(names) > maxRules {
		return nil, Findings{{File: names[maxRules], Msg: "more than 2,000 rules: retire some"}}
	}
	sum := sha256.New()
	byID := map[string]*compiled{}
	for _, name := range names {
		text := normalise(files[name])
		c, found := s.parse(name, text)
		findings = append(findings, found...)
		if c == nil {
			continue
		}
		if first, ok := byID[c.ID]; ok {
			findings = append(findings, Finding{File: name, Line: 1, Column: 1, Msg: "rule " + c.ID + " is also in " + first.File + ": rename one"})
			continue
		}
		byID[c.ID] = c
		fmt.Fprintf(sum, "%s %d\n%s", c.ID, len(text), text)
		s.all = append(s.all, c)
	}
	findings = append(findings, s.link(byID)...)
	if len(findings) > 0 {
		return nil, findings.sorted()
	}
	if len(s.all) == 0 {
		return nil, Findings{{File: ".", Msg: "no rules: a rule is a file family/name.yaml"}}
	}
	s.release = hex.EncodeToString(sum.Sum(nil))[:16]
	return s, nil
}

// normalise makes the release the same whatever system the file was checked out on.
func normalise(b []byte) string {
	return strings.TrimRight(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n") + "\n"
}

func (s *Set) parse(name, text string) (*compiled, Findings) {
	src := &Source{File: name, Text: text}
	var f file
	if findings := Decode(src, &f); len(findings) > 0 {
		return nil, findings
	}
	r := &reader{src: src}
	c := compile(r, s.schema, &f, r.read(&f))
	for _, p := range c.explain {
		if p.fact >= 0 {
			c.want.add(p.fact)
		}
	}
	return c, r.findings
}

// link fills what depends on all rules: which are in use, and whether suppressions name rules that may be suppressed.
func (s *Set) link(byID map[string]*compiled) (findings Findings) {
	sort.Slice(s.all, func(i, j int) bool { return s.all[i].ID < s.all[j].ID })
	for _, c := range s.all {
		for i, id := range c.suppress {
			target, ok := byID[id]
			msg := ""
			switch {
			case !ok:
				msg = "suppresses " + id + ", which does not exist: correct or drop it"
			case target == c:
				msg = "suppresses itself: drop it"
			case target.Force == "no_board":
				msg = "suppresses " + id + ", which forces no_board on evidence: redress covers weak matches only"
			case target.Protect:
				msg = "suppresses " + id + ", a protection referral: nothing may"
			}
			if msg != "" {
				findings = append(findings, c.src.Finding(c.marks[i], msg))
			}
		}
		if c.Retired == "" {
			s.rules = append(s.rules, c)
			s.want.union(c.want)
		}
	}
	for g := range s.schema.groups {
		s.want.add(s.schema.groups[g])
	}
	return findings
}

// Release is the content hash of the rules, 16 hex digits: the same rules have the same release everywhere.
func (s *Set) Release() string { return s.release }

// Len is the number of rules in use.
func (s *Set) Len() int { return len(s.rules) }

// Rules returns all rules by id, the retired included. The slices in them are shared: do not change them.
func (s *Set) Rules() []Rule {
	all := make([]Rule, len(s.all))
	for i, c := range s.all {
		all[i] = c.Rule
	}
	return all
}

// Only returns a set of the single rule id, in use even when it is retired; ok is false when there is none. Tests use it.
func (s *Set) Only(id string) (only *Set, ok bool) {
	for _, c := range s.all {
		if c.ID == id {
			only = &Set{schema: s.schema, all: []*compiled{c}, rules: []*compiled{c}, want: c.want, release: s.release}
			for _, g := range s.schema.groups {
				only.want.add(g)
			}
			return only, true
		}
	}
	return nil, false
}

// Missing names the facts for want of which rule id cannot be evaluated on f, groups before their fields.
func (s *Set) Missing(id string, f *fact.Set) (names []string) {
	for _, c := range s.all {
		if c.ID != id {
			continue
		}
		if c.scoped {
			if _, known := c.applies(f.Leg); !known {
				names = append(names, "what its scope needs of leg")
			}
		}
		present := s.schema.present(f, &c.need)
		for i := range s.schema.paths {
			p := &s.schema.paths[i]
			if group := s.schema.groups[p.group]; c.need.has(i) && !present.has(i) && (i == group || present.has(group)) {
				names = append(names, p.name)
			}
		}
	}
	return names
}

// Dormant is a rule that can never fire, since it needs facts that nobody fills yet.
type Dormant struct {
	Rule  string
	Facts []string
}

// Dormant lists the rules in use that can never fire, by id.
func (s *Set) Dormant() (all []Dormant) {
	unfilled := fact.Unfilled()
	for _, c := range s.rules {
		d := Dormant{Rule: c.ID}
		for _, name := range unfilled {
			if i, ok := s.schema.index[name]; ok && c.need.has(i) && name != "links" {
				d.Facts = append(d.Facts, name)
			}
		}
		if len(d.Facts) == 0 && c.need.has(s.schema.index["links"]) {
			d.Facts = []string{"links"}
		}
		if len(d.Facts) > 0 {
			all = append(all, d)
		}
	}
	return all
}
