package journey

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fairway/pkg/travel"
)

// AnyDesignator lets a carrier send for every operating carrier: a bureau that sends for many.
const AnyDesignator = "*"

// UnknownCarrier stands for a carrier that is not configured, where a count or a log needs a name.
const UnknownCarrier = "unknown"

// Carrier is one carrier: who it is, for whom it sends, and what is agreed with it. Gateway and decoder are configured
// with the same list: the first knows carriers by their keys, the second refuses what they may not send.
type Carrier struct {
	Code string `yaml:"code" help:"its name here, letters and digits"`
	// Designators are the operating carriers of the legs it may send for: its own code when empty, "*" alone for any.
	Designators []string       `yaml:"designators" help:"operating carriers of the legs it may send for; its code when empty, * for any"`
	KeyFile     string         `yaml:"key_file" help:"file that holds its bearer key, read again when it changes"`
	Subject     string         `yaml:"subject" help:"common name of its client certificate, for mTLS"`
	Deadline    time.Duration  `yaml:"deadline" help:"when a request is answered at the latest"`
	Default     travel.Outcome `yaml:"default" help:"board, no_board or hold: given, marked unscreened, to those not decided by then"`
	Profile     string         `yaml:"profile" help:"code table of its answers: generic, us, uk, cn or eu"`

	// Key is a key given by the process itself, not by a file; it is accepted from loopback only.
	Key string `yaml:"-"`
}

// Carriers are all that are configured.
type Carriers []Carrier

// Validate returns everything that is wrong with what every reader of the list needs.
func (cs Carriers) Validate() error {
	if len(cs) == 0 {
		return errors.New("carriers: name at least one, the same in gateway and decoder; with none every message is refused")
	}
	var errs []error
	for i := range cs {
		c := &cs[i]
		if err := c.validate(); err != nil {
			errs = append(errs, fmt.Errorf("carriers[%d]: %w", i, err))
		}
		if slices.ContainsFunc(cs[:i], func(o Carrier) bool { return o.Code == c.Code }) {
			errs = append(errs, fmt.Errorf("carriers[%d]: %s is there twice", i, c.Code))
		}
	}
	return errors.Join(errs...)
}

func (c *Carrier) validate() error {
	var errs []error
	if c.Code == "" || c.Code == UnknownCarrier || strings.ContainsAny(c.Code, " /\n") {
		errs = append(errs, errors.New(`code: letters and digits, and not "unknown"`))
	}
	if len(c.Designators) == 0 && !designator(c.Code) {
		errs = append(errs, errors.New(`designators: the code is none, so name those it may send for, or "*" for any`))
	}
	for _, d := range c.Designators {
		if d == AnyDesignator && len(c.Designators) == 1 || designator(d) {
			continue
		}
		errs = append(errs, fmt.Errorf(`designators: %q is none; send 2 to 17 capitals and digits each, as ZX, or "*" alone`, d))
	}
	if c.Deadline < 0 || c.Deadline > time.Minute {
		errs = append(errs, errors.New("deadline: between 0 (the default, 2.5s) and 1m"))
	}
	if c.Default != "" && c.Default != travel.Board && c.Default != travel.NoBoard && c.Default != travel.Hold {
		errs = append(errs, errors.New("default: board, no_board or hold"))
	}
	return errors.Join(errs...)
}

// find is the carrier with a code, or nil.
func (cs Carriers) find(code string) *Carrier {
	for i := range cs {
		if cs[i].Code == code {
			return &cs[i]
		}
	}
	return nil
}

// Known reports whether code is a configured carrier's.
func (cs Carriers) Known(code string) bool { return cs.find(code) != nil }

// Label is code where it is a configured carrier's, else UnknownCarrier: a metric's label is never what somebody sent.
func (cs Carriers) Label(code string) string {
	if cs.Known(code) {
		return code
	}
	return UnknownCarrier
}

// maySend reports whether the carrier with a code may send for legs that operator operates.
func (cs Carriers) maySend(code, operator string) bool {
	c := cs.find(code)
	switch {
	case c == nil:
		return false
	case len(c.Designators) == 0:
		return operator == c.Code
	}
	return c.Designators[0] == AnyDesignator || slices.Contains(c.Designators, operator)
}
