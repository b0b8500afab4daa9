package rule

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fairway/pkg/travel"
)

// Status is how mature a rule is.
type Status string

// The states of a rule. An experimental rule shadows: its hits are recorded, its points and force do not count. A
// retired rule (with a date in retired) is not evaluated, and keeps its tests.
const (
	Experimental Status = "experimental"
	Stable       Status = "stable"
	Deprecated   Status = "deprecated" // counts as stable does; about to go
)

// Rule is one rule as its author wrote it.
type Rule struct {
	ID      string // family/name, from its path
	File    string
	Family  string // the folder
	Title   string
	Why     string // the basis: law, standard or experience
	Owner   string
	Status  Status
	Retired travel.Date    // "" while in use
	When    string         // the condition
	Points  int            // added to the score on a hit; may be negative
	Force   travel.Outcome // "" when it forces none
	Protect bool           // refers to protection officers
	Explain string         // what an officer is told on a hit

	From, Until    travel.Date // first and last day of departure it applies to; "" for open
	Carriers       []string    // applies to these only; empty for all
	Origins        []string
	Destinations   []string
	Modes          []string
	Suppress       []string // rules whose hits this one suppresses
	Reads          []string // facts read by when, sorted
	FalsePositives string
	Tags           []string
}

type file struct {
	Title          Scalar   `yaml:"title"`
	Why            Scalar   `yaml:"why"`
	Owner          Scalar   `yaml:"owner"`
	Family         Scalar   `yaml:"family"`
	Status         Scalar   `yaml:"status"`
	Retired        Scalar   `yaml:"retired"`
	When           Scalar   `yaml:"when"`
	Points         Scalar   `yaml:"points"`
	Force          Scalar   `yaml:"force"`
	Protect        bool     `yaml:"protect"`
	Explain        Scalar   `yaml:"explain"`
	Reads          []Scalar `yaml:"reads"`
	Effective      window   `yaml:"effective"`
	Scope          scope    `yaml:"scope"`
	Suppress       []Scalar `yaml:"suppress"`
	FalsePositives Scalar   `yaml:"falsepositives"`
	Tags           []Scalar `yaml:"tags"`
}

type window struct {
	From  Scalar `yaml:"from"`
	Until Scalar `yaml:"until"`
}

type scope struct {
	Carriers     []Scalar `yaml:"carriers"`
	Origins      []Scalar `yaml:"origins"`
	Destinations []Scalar `yaml:"destinations"`
	Modes        []Scalar `yaml:"modes"`
}

const (
	maxPoints = 100
	maxText   = 1000
)

var (
	families = []string{"document", "authorisation", "list", "itinerary", "booking", "identity", "route", "protection", "quality"}
	// evidence are the families whose conditions rest on evidence, the only ones that may refuse boarding.
	evidence = []string{"list", "document", "authorisation"}
	forces   = []string{string(travel.NoBoard), string(travel.Refer), string(travel.Hold), string(travel.Insufficient)}
	statuses = []string{string(Experimental), string(Stable), string(Deprecated)}
	modes    = []string{string(travel.Air), string(travel.Sea)}
	idForm   = regexp.MustCompile(`^[a-z][a-z0-9_]*/[a-z0-9][a-z0-9_]*$`)
	portForm = regexp.MustCompile(`^[A-Z0-9]{3,5}$`)
	lineForm = regexp.MustCompile(`^[A-Z0-9]{2,10}$`)
)

// reader turns one file into a Rule and collects what is wrong with it.
type reader struct {
	src      *Source
	findings Findings
}

func (r *reader) fail(at Mark, msg string) {
	if at.Line == 0 {
		at = Mark{1, 1}
	}
	r.findings = append(r.findings, r.src.Finding(at, msg))
}

func (r *reader) read(f *file) Rule {
	id := ID(r.src.File)
	rule := Rule{ID: id, File: r.src.File, Family: path.Dir(id), Protect: f.Protect, FalsePositives: f.FalsePositives.Value}
	if !idForm.MatchString(id) {
		r.fail(Mark{}, "rule id "+strconv.Quote(id)+": put the file in a folder named by its family, in small letters: family/name.yaml")
	} else if !slices.Contains(families, rule.Family) {
		r.fail(Mark{}, "unknown family "+strconv.Quote(rule.Family)+didYouMean(rule.Family, families))
	}
	if f.Family.Value != "" && f.Family.Value != rule.Family {
		r.fail(f.Family.Mark, "family "+f.Family.Value+" is not the folder "+rule.Family+": move the file or leave family out")
	}
	rule.Title = r.text(f.Title, "title", "what a hit means in a few words")
	rule.Why = r.text(f.Why, "why", "one sentence that cites the basis")
	rule.Owner = r.text(f.Owner, "owner", "the team that answers for it")
	rule.When = r.text(f.When, "when", "the condition")
	rule.Explain = r.text(f.Explain, "explain", "what the officer is told, with {{path}} for values")
	rule.Status = Status(r.choice(f.Status, "status", statuses, true))
	rule.Force = travel.Outcome(r.choice(f.Force, "force", forces, false))
	if rule.Force == travel.NoBoard && !slices.Contains(evidence, rule.Family) {
		r.fail(f.Force.Mark, "family "+rule.Family+" may not force no_board: only evidence may (list, document, authorisation); use refer or hold")
	}
	if rule.Protect && rule.Force == travel.NoBoard {
		r.fail(f.Force.Mark, "a protection referral is never a refusal: drop force or protect")
	}
	rule.Points = r.points(f.Points)
	rule.Retired = r.date(f.Retired, "retired")
	rule.From, rule.Until = r.date(f.Effective.From, "from"), r.date(f.Effective.Until, "until")
	if rule.From != "" && rule.Until != "" && rule.Until < rule.From {
		r.fail(f.Effective.Until.Mark, "until is before from: the rule would never apply")
	}
	rule.Carriers = r.codes(f.Scope.Carriers, lineForm, "a carrier code such as ZX")
	rule.Origins = r.codes(f.Scope.Origins, portForm, "a port such as DXB or GBDVR")
	rule.Destinations = r.codes(f.Scope.Destinations, portForm, "a port such as DXB or GBDVR")
	for _, m := range f.Scope.Modes {
		rule.Modes = append(rule.Modes, r.choice(m, "mode", modes, true))
	}
	rule.Suppress = r.codes(f.Suppress, idForm, "a rule id, family/name")
	for _, t := range f.Tags {
		rule.Tags = append(rule.Tags, t.Value)
	}
	return rule
}

func (r *reader) text(s Scalar, name, what string) string {
	v := strings.TrimSpace(s.Value)
	if v == "" {
		r.fail(s.Mark, "no "+name+": say "+what)
	}
	if len(v) > maxText && name != "when" { // compile bounds when
		r.fail(s.Mark, name+" is longer than "+strconv.Itoa(maxText)+" bytes: shorten it")
	}
	return v
}

func (r *reader) choice(s Scalar, name string, from []string, needed bool) string {
	if s.Value == "" && !needed {
		return ""
	}
	if s.Value == "" {
		r.fail(s.Mark, "no "+name+": one of "+strings.Join(from, ", "))
	} else if !slices.Contains(from, s.Value) {
		r.fail(s.Mark, name+" is "+strconv.Quote(s.Value)+": one of "+strings.Join(from, ", "))
	}
	return s.Value
}

func (r *reader) points(s Scalar) int {
	if s.Value == "" {
		r.fail(s.Mark, "no points: give 0 for a rule that only records or forces")
		return 0
	}
	n, err := strconv.Atoi(s.Value)
	if err != nil || n > maxPoints || n < -maxPoints {
		r.fail(s.Mark, "points must be a whole number from -100 to 100")
		return 0
	}
	return n
}

func (r *reader) date(s Scalar, name string) travel.Date {
	d := travel.Date(s.Value)
	if s.Value != "" && !d.Full() {
		r.fail(s.Mark, name+" is no date: write it as 2026-10-05")
		return ""
	}
	return d
}

func (r *reader) codes(list []Scalar, form *regexp.Regexp, want string) []string {
	var all []string
	for _, s := range list {
		if !form.MatchString(s.Value) {
			r.fail(s.Mark, "expected "+want)
		}
		all = append(all, s.Value)
	}
	return all
}
