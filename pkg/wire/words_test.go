package wire

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// ofEDIFACT is what somebody who sends JSON need not know: segments, envelopes, messages and character sets.
var ofEDIFACT = regexp.MustCompile(`\b(UN[ABHTZ]|NAT|ATT|DOC|LOC|DTM|NAD|RFF|TDT|BGM|CNT|GEI|FTX|SSR|TIF|SRC|EQN)\b|PAXLST|PNRGOV|CUSRES|ISO 8859|interchange|segment`)

// codeInSource is the code of a finding where the source makes it.
var codeInSource = regexp.MustCompile(`(?m)^[^\n]*"([a-z0-9]+(?:_[a-z0-9]+)+)", `)

const zone = `P<SWELINDQVIST<<ASTA<<<<<<<<<<<<<<<<<<<<<<<<\nX9012346<0SWE8703123F3108158<<<<<<<<<<<<<<<2`

// inJSON are bodies that cause, together, every finding that JSON can cause: each is good with a part of it put otherwise.
func inJSON() [][]byte {
	edits := [][2]string{
		{good, `[]`}, {good, `{"legs":`}, {good, `{"legs":7}`}, {good, `{]}`}, {good, "{\"legs\":\"\xff\"}"}, {good, good + "x"},
		{good, strings.Repeat("[", 20)}, {good, "[" + strings.Repeat("{},", maxJSONObjects) + "{}]"},
		{good, "[" + strings.Repeat(" ", maxJSONBytes) + "]"}, {`"ref"`, `"reff"`}, {`"ref"`, `"given":"ANN","ref"`},
		{`"reference"`, `"kind":"list","reference"`}, {`"reference"`, `"function":"ask","reference"`}, {`"reference"`, `"declared":5,"reference"`},
		{`"legs"`, `"booking_of":[3],"legs"`}, {`"mode":"air"`, `"mode":"rail"`}, {`"origin":"DXB",`, ``}, {`"border"`, `"arrival":"late","border"`},
		{`"F"`, `"W"`}, {`"sex":"F",`, ``}, {`"ref"`, `"kind":"guest","ref"`}, {`"ref"`, `"check_in":"late","ref"`}, {`"ref"`, `"infant_of":7,"ref"`},
		{`,"ref":"ZX1"`, ``}, {"1987-03-12", "12.03.1987"}, {"1987-03-12", "2027-03-12"}, {"1987-03-12", "1887-03-12"}, {`"birth":"1987-03-12",`, ``},
		{`"ref"`, `"fare_type":"IN","ref"`}, {`"surname":"LINDQVIST",`, ``}, {`,"given":"ASTA"`, ``}, {"ASTA", `\ufffdSTA`},
		{`"surname":"LINDQVIST","given":"ASTA"`, `"surname":"...","given":"-"`}, {`"nationality":"SWE",`, ``}, {`"nationality":"SWE"`, `"nationality":"SE"`},
		{`"nationality":"SWE"`, `"nationality":"QQQ"`}, {`"nationality":"SWE"`, `"nationality":"NOR"`}, {`"type":"P",`, ``}, {`"issuer":"SWE",`, ``},
		{`,"expiry":"2031-08-15"`, ``}, {"2031-08-15", "never"}, {"2031-08-15", "2020-08-15"}, {`"expiry"`, `"issued":"1980-01-01","expiry"`},
		{`"documents":[`, `"documents":[{"type":"P","number":"X9012345","issuer":"SWE"},`}, {good[strings.Index(good, `"documents"`):], `"documents":[]}]}`},
		{`"ref"`, `"embark":"SIN","debark":"EDI","ref"`}, {`"type"`, `"mrz":"` + zone + `","type"`}, {`"type"`, `"mrz":"P<SWE","type"`},
		{`"type"`, `"mrz":"` + strings.Replace(zone, "870312", "87X312", 1) + `","type"`},
		{good, `{"kind":"pnr","legs":[{"carrier":"ZX","number":"410","origin":"DXB","departure":"2026-10-05T19:15"}],"bookings":[{"locator":"K7QX2M","party":3}]}`},
	}
	bodies := [][]byte{[]byte(strings.ReplaceAll(zone, `\n`, "\n"))} // by itself it is no EDIFACT either
	for _, e := range edits {
		bodies = append(bodies, []byte(strings.Replace(good, e[0], e[1], 1)))
	}
	return bodies
}

// TestJSONIsToldInItsOwnWords holds that no finding on a JSON body speaks of EDIFACT, and that each that is made here was seen.
func TestJSONIsToldInItsOwnWords(t *testing.T) {
	seen := map[string]bool{}
	for _, body := range inJSON() {
		messages, err := Decode("", body)
		var all []travel.Finding
		var bad *travel.DecodeError
		if errors.As(err, &bad) {
			all = bad.Findings
		}
		for i := range messages {
			all = append(all, messages[i].Findings...)
		}
		for _, f := range all {
			seen[f.Code] = true
			if word := ofEDIFACT.FindString(f.Tag + " " + f.Text); word != "" {
				t.Errorf("%s says %q: %s", f.Code, word, f.Text)
			}
		}
		if len(all) == 0 {
			t.Errorf("nothing is found in %.200s", body)
		}
	}
	for _, file := range []string{"bound.go", "check.go", "json.go", "quality.go", "unnamed.go", "zone.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range codeInSource.FindAllStringSubmatch(string(text), -1) {
			if !seen[m[1]] && !strings.HasPrefix(strings.TrimSpace(m[0]), "case ") {
				t.Errorf("%s: no body here causes %s", file, m[1])
			}
		}
	}
}

// TestEDIFACTIsToldInItsOwnWords holds the same the other way round.
func TestEDIFACTIsToldInItsOwnWords(t *testing.T) {
	messages, err := Decode("", []byte(strings.NewReplacer("NAT+2+SWE'", "", "ATT+2++F'", "", "LOC+91+SWE'", "", "DTM+36:310815'", "").Replace(
		`UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0620+21++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:ZX21'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'`+
			`NAD+FL+++LUND:ODA'ATT+2++F'DTM+329:870312'NAT+2+SWE'RFF+ABO:ZX2'DOC+P:110:111+X9012346'DTM+36:310815'LOC+91+SWE'CNT+42:1'UNT+13+1'UNZ+1+21'`)))
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, f := range messages[0].Findings {
		said += f.Text + "\n"
	}
	for _, want := range []string{"send NAT", "send ATT", "send LOC+91", "send DTM+36"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in:\n%s", want, said)
		}
	}
}
