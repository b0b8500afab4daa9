package paxlst

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// shape is one way in which a message in the field differs from the plain one, without meaning anything else.
type shape struct {
	name   string
	change func(string) string
}

// shapePlain is what all shapes are of: two legs, three persons, one of them crew in transit, names with a released
// apostrophe, bags and two documents.
const shapePlain = "UNA:+.? 'UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0615+17++APIS'UNH+1+PAXLST:D:05B:UN:IATA+CAR1'BGM+745'RFF+TN:TN17:::1'NAD+MS+++ZX DESK'COM+6565550101:TE'" +
	"TDT+20+ZX410+++ZX'LOC+92+SIN'DTM+189:2610041430:201'LOC+92+DXB'DTM+232:2610041740:201'" +
	"TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'DTM+232:2610052345:201'" +
	"NAD+FL+++LINDQVIST:ASTA:MARGARETA'ATT+2++F'DTM+329:870312'MEA+CT++:2'FTX+BAG+++ZX451200:2'LOC+22+LHR'LOC+178+SIN'LOC+179+LHR'NAT+2+SWE'RFF+AVF:K7QX2M'RFF+ABO:ZX1'DOC+P:110:111+X9012345'DTM+36:310815'LOC+91+SWE'DOC+V:110:111+V77'DTM+36:280101'LOC+91+GBR'" +
	"NAD+FL+++O?'BRANNIGAN:TERENCE'ATT+2++M'DTM+329:640229'NAT+2+NZL'RFF+ABO:ZX2'DOC+P:110:111+N5501234'DTM+36:290815'LOC+91+NZL'" +
	"NAD+DDT+++OKAFOR:NKEM'ATT+2++F'DTM+329:910704'NAT+2+NGA'RFF+ABO:ZX3'DOC+P:110:111+A00112233'DTM+36:300602'LOC+91+NGA'" +
	"CNT+42:3'UNT+50+1'UNZ+1+17'"

// transports are what the way here does to the bytes.
func transports() []shape {
	all := []shape{{"plain", func(s string) string { return s }}}
	for n := 40; n <= 89; n++ {
		all = append(all, shape{fmt.Sprintf("wrap %d", n), func(s string) string {
			var b strings.Builder
			for ; len(s) > n; s = s[n:] {
				b.WriteString(s[:n] + "\r\n")
			}
			return b.String() + s
		}})
	}
	return append(all,
		shape{"a line for each segment", func(s string) string { return strings.ReplaceAll(s, "'", "'\r\n") }},
		shape{"Type B", func(s string) string {
			return "QU XXGOVAP\r\n.SINCCZX 060300\r\n" + strings.ReplaceAll(s, "'NAD", "'\r\nNAD") + "\r\n____\r\nThis mail is confidential.\r\n"
		}},
		shape{"ZCZC", func(s string) string { return "ZCZC ABC123\r\n" + s + "\r\nNNNN" }},
		shape{"STX", func(s string) string { return "\x02" + s + "\x03" }})
}

// delimiters are how the segments may be cut.
func delimiters() []shape {
	other := func(to string) func(string) string { // to is component, element, terminator
		return func(s string) string {
			s = strings.ReplaceAll(s[9:], "?'", "\x01")
			s = strings.NewReplacer(":", to[:1], "+", to[1:2], "'", to[2:], "\x01", "'").Replace(s)
			if to[2:] == "'" {
				s = strings.ReplaceAll(s, "O'BR", "O?'BR")
			}
			return "UNA" + to[:2] + ".? " + to[2:] + s
		}
	}
	return []shape{
		{"plain", func(s string) string { return s }},
		{"no UNA", func(s string) string { return s[9:] }},
		{"*#", other(":*#")}, {"|\"", other(";|\"")}, {"-'", other(":-'")}, {"(~", other(":(~")},
		{"repetition declared", func(s string) string { return "UNA:+.?*'" + s[9:] }},
		{"typographic", func(s string) string {
			return strings.ReplaceAll(strings.ReplaceAll(s[9:], "'", "\u2019"), "?\u2019", "?'")
		}},
	}
}

// contents are how the same thing may be said.
func contents() []shape {
	same := func(name string, pairs ...string) shape {
		return shape{name, func(s string) string {
			for i := 0; i < len(pairs); i += 2 {
				if !strings.Contains(s, pairs[i]) {
					panic(name + ": nothing to change in " + pairs[i])
				}
			}
			return strings.NewReplacer(pairs...).Replace(s)
		}}
	}
	return []shape{
		{"plain", func(s string) string { return s }},
		same("the border port has both times", "LOC+125+DXB'DTM+189:2610051915:201'", "LOC+125+DXB'DTM+232:2610041740:201'DTM+189:2610051915:201'"),
		same("the destination is left again", "DTM+232:2610052345:201'", "DTM+232:2610052345:201'DTM+189:2610060200:201'"),
		same("one TDT for both legs", "DTM+232:2610041740:201'TDT+20+ZX410+++ZX'LOC+125+DXB'", "DTM+232:2610041740:201'LOC+125+DXB'"),
		same("one TDT, one LOC between", "LOC+92+DXB'DTM+232:2610041740:201'TDT+20+ZX410+++ZX'LOC+125+DXB'", "LOC+125+DXB'DTM+232:2610041740:201'"),
		same("destination before origin", "LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'DTM+232:2610052345:201'", "LOC+87+LHR'DTM+232:2610052345:201'LOC+125+DXB'DTM+189:2610051915:201'"),
		same("both ports, then both times", "LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'", "LOC+125+DXB'LOC+87+LHR'DTM+189:2610051915:201'"),
		same("padded dates", "329:870312", "329: 870312", "36:310815", "36:310815 ", "189:2610051915", "189: 2610051915"),
		same("dates with century", "329:870312", "329:19870312:102", "36:310815", "36:20310815:102", "189:2610051915:201", "189:202610051915:203"),
		same("CNT of the flight", "CNT+42:3", "CNT+42:160"),
		same("one part", "+CAR1'", "+CAR1+01:F'"),
		same("unnamed seats", "CNT+42:3", "NAD+FL+++TBA:TBA'NAD+FL+++TBA'RFF+ABO:ZX9'CNT+42:5"),
		same("an empty document", "NAT+2+NZL'", "NAT+2+NZL'DOC++'"),
		same("a bad clearance port", "NAT+2+NZL'", "NAT+2+NZL'LOC+22+1200'"),
		same("a typographic apostrophe in free text", "ZX DESK", "ZX\u2019S DESK"),
		same("two-letter States", "NAT+2+SWE", "NAT+2+SE", "LOC+91+NZL", "LOC+91+NZ"),
		same("a birth date of zeros besides", "DTM+329:640229'", "DTM+329:640229'DTM+329:000000'"),
		{"small letters", strings.ToLower},
	}
}

// TestShapesAreUnderstoodAlike crosses all of them. What is understood is the same in each: persons, documents, legs,
// and which leg is reported on. The golden file says what the carrier is told of each content, and how often.
func TestShapesAreUnderstoodAlike(t *testing.T) {
	understoodOf := func(messages []travel.Message) string {
		var b strings.Builder
		for i := range messages {
			m := messages[i]
			fmt.Fprintf(&b, "%s %s", legsOf(&m), strings.ToUpper(summary(messages[i:i+1])))
			for _, p := range m.Travellers {
				fmt.Fprintf(&b, " %s %s %s %s", p.Kind, p.Ref, p.Embark, p.Debark)
			}
			if len(m.Places) != len(m.Travellers) {
				b.WriteString(" places lost")
			}
		}
		return b.String()
	}
	plain, err := Decode([]byte(shapePlain))
	if err != nil || len(codes(plain, nil)) > 0 || len(plain[0].Travellers) != 3 || len(plain[0].Legs) != 2 {
		t.Fatalf("%v %s", err, codes(plain, nil))
	}
	want, bad, all := understoodOf(plain), 0, 0
	var table strings.Builder
	for _, content := range contents() {
		told := map[string]int{}
		var order []string
		for _, cut := range delimiters() {
			for _, way := range transports() {
				messages, err := Decode([]byte(way.change(cut.change(content.change(shapePlain)))))
				if content.name == "small letters" && cut.name != "plain" && cut.name != "no UNA" {
					messages, err = Decode([]byte(way.change(strings.ToLower(cut.change(shapePlain)))))
				}
				all++
				if got := understoodOf(messages); got != want {
					if bad++; bad <= 5 {
						t.Errorf("%s, %s, %s: %v (-want +got):\n%s", content.name, cut.name, way.name, err, cmp.Diff(want, got))
					}
				}
				var list []string
				for _, c := range strings.Fields(codes(messages, err)) {
					if c != "count_unt" { // a segment more or less is not what this is about
						list = append(list, c)
					}
				}
				line := strings.Join(list, " ")
				if told[line]++; told[line] == 1 {
					order = append(order, line)
				}
			}
		}
		for _, line := range order {
			fmt.Fprintf(&table, "%-40s %4d  %s\n", content.name, told[line], line)
		}
	}
	fmt.Fprintf(&table, "%d shapes, %d understood otherwise\n", all, bad)
	golden := filepath.Join("testdata", "shapes.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(kept), table.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
