package paxlst

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

var update = flag.Bool("update", false, "write the golden files anew")

const shared = "../../../shared"

// examples are the messages of the standards digest, by their name there.
func examples(t *testing.T, prefix string) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, "reference", "standards.md"))
	if err != nil {
		t.Skip("the standards digest is not beside this checkout")
	}
	found := map[string][]byte{}
	for _, m := range regexp.MustCompile(`(?s)\*\*(`+prefix+`\w+)\. [^\n]*\n\n`+"```\n(.*?)```").FindAllSubmatch(text, -1) {
		found[string(m[1])] = m[2]
	}
	return found
}

func TestExamplesOfTheDigest(t *testing.T) {
	found := examples(t, "P")
	if len(found) != 10 {
		t.Fatalf("found %d examples", len(found))
	}
	type line struct {
		Function            travel.Function
		Legs, Border        int
		Kinds               string
		Declared, Documents int
	}
	got := map[string]line{}
	for name, body := range found {
		messages, err := Decode(body)
		if err != nil || len(messages) != 1 {
			t.Errorf("%s: %d messages, %v", name, len(messages), err)
			continue
		}
		m := &messages[0]
		for _, f := range m.Findings {
			if f.Severity != travel.Note && name != "P9a" {
				t.Errorf("%s: %s", name, f)
			}
		}
		l := line{Function: m.Function, Legs: len(m.Legs), Declared: m.Declared}
		for i := range m.Legs {
			if m.Legs[i].Border {
				l.Border++
			}
		}
		for i := range m.Travellers {
			l.Kinds += string(m.Travellers[i].Kind[0])
			l.Documents += len(m.Travellers[i].Documents)
		}
		got[name] = l
		again, err := Decode(Encode(nil, m, EncodeOptions{}))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(plainly(m), plainly(&again[0])); diff != "" {
			t.Errorf("%s does not round-trip (-first +again):\n%s", name, diff)
		}
	}
	want := map[string]line{
		"P1":  {travel.Query, 2, 1, "ppt", 3, 4},
		"P2":  {travel.Query, 1, 1, "cc", 2, 3},
		"P3":  {travel.Query, 1, 1, "pp", 2, 2},
		"P4":  {travel.Query, 1, 1, "ct", 2, 3},
		"P5":  {travel.Query, 1, 1, "p", 1, 1},
		"P6":  {travel.Update, 1, 1, "p", 1, 1},
		"P7":  {travel.CloseOut, 1, 1, "rrr", 3, 0},
		"P8":  {travel.LegCancel, 1, 1, "", 0, 0},
		"P9a": {travel.Query, 1, 1, "p", 2, 1},
		"P9b": {travel.Query, 1, 1, "p", 2, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// plainly is a message as JSON without what an encoder may word otherwise: findings, and where it was declared.
func plainly(m *travel.Message) string {
	c := *m
	c.Places = nil
	c.Findings, c.Declared = nil, 0
	b, _ := json.MarshalIndent(c, "", " ")
	return string(b)
}

// TestFieldMessages reads messages that nobody here wrote, where they are present. The golden file holds counts, codes
// and legs only: the messages stay where they are.
func TestFieldMessages(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared, "corpus", "paxlst", "*"))
	more, _ := filepath.Glob(filepath.Join(shared, "corpus", "typeb", "*"))
	if files = append(files, more...); len(files) == 0 {
		t.Skip("the corpus is not beside this checkout")
	}
	sort.Strings(files)
	var b strings.Builder
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		messages, err := Decode(body)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		for _, m := range messages {
			fmt.Fprintf(&b, "%s: %s %s", filepath.Base(file), m.Function, m.Code)
			for _, l := range m.Legs {
				fmt.Fprintf(&b, " %s-%s", l.ID(), l.Destination)
			}
			documents, births := 0, 0
			for _, p := range m.Travellers {
				documents += len(p.Documents)
				if p.Birth.Date().Full() {
					births++
				}
			}
			fmt.Fprintf(&b, "; %d travellers of %d, %d births, %d documents; %s\n", len(m.Travellers), m.Declared, births, documents, codes([]travel.Message{m}, nil))
		}
	}
	golden := filepath.Join("testdata", "corpus.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPeekReadsWhatDecodeReads(t *testing.T) {
	for name, body := range examples(t, "P") {
		p, ok := PeekAt(body)
		messages, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		leg, _ := messages[0].ReportLeg()
		if !ok || p.Leg != leg.ID() || p.Reference != messages[0].Reference || p.Sender != messages[0].Sender {
			t.Errorf("%s: peeked %+v, decoded %s", name, p, leg.ID())
		}
	}
}

func TestBagTagsAreCountedOut(t *testing.T) {
	got := travel.ConsecutiveTags("ZX451299", 3)
	if diff := cmp.Diff([]string{"ZX451299", "ZX451300", "ZX451301"}, got); diff != "" {
		t.Error(diff)
	}
	if got := travel.ConsecutiveTags("TAG", 3); len(got) != 1 {
		t.Errorf("made %d tags of one without a number", len(got))
	}
}

func TestLinearWork(t *testing.T) {
	for name, body := range map[string][]byte{
		"junk":          bytes.Repeat([]byte("garbage "), 1<<20),
		"many UNB":      bytes.Repeat([]byte("UNB"), 1<<20),
		"many starts":   bytes.Repeat([]byte("UNB+UNOA:4+"), 1<<18),
		"many UNH":      append([]byte("UNB+UNOA:4+A+B+261005:0615+17'"), bytes.Repeat([]byte("UNH+1+PAXLST:D:05B:UN'"), 1<<16)...),
		"one segment":   append([]byte("UNB+UNOA:4+A+B+261005:0615+17'UNH+"), bytes.Repeat([]byte("+:"), 1<<20)...),
		"only releases": append([]byte("UNB+UNOA:4+A+B+261005:0615+17'UNH+"), bytes.Repeat([]byte("?"), 1<<20)...),
		"nul bytes":     make([]byte, 1<<22),
	} {
		messages, err := Decode(body) // ends: a quadratic step would take minutes here
		if (err == nil) != (len(messages) > 0) {
			t.Errorf("%s: %d messages and error %v", name, len(messages), err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(base))
	f.Add([]byte(strings.ReplaceAll(base, "\n", "")))
	f.Add([]byte("UNA:*.? #UNB*UNOA:4*A*B*261005:0615*17#UNH*1*PAXLST:D:05B:UN:IATA*X*10:F#BGM*266*CLOB#NAD*ZZZ#RFF*ABO:1#UNT*5*1#UNZ*1*17#"))
	f.Fuzz(func(t *testing.T, body []byte) {
		messages, err := Decode(body)
		if (err == nil) != (len(messages) > 0) {
			t.Fatalf("%d messages and error %v", len(messages), err)
		}
		for i := range messages {
			m := &messages[i]
			for _, finding := range m.Findings {
				if finding.Offset < 0 || finding.Offset > len(body) {
					t.Fatalf("%s lies outside %d bytes", finding, len(body))
				}
				if finding.Traveller < 0 || finding.Traveller > len(m.Travellers) {
					t.Fatalf("%s is about nobody of %d", finding, len(m.Travellers))
				}
			}
			if m.Report < 0 || m.Report > 0 && m.Report >= len(m.Legs) {
				t.Fatalf("reports leg %d of %d", m.Report, len(m.Legs))
			}
			capitals := bytes.ToUpper(body) // tags in small letters are read; PDT lists people in US-EDIFACT
			if n := bytes.Count(capitals, []byte("NAD")) + bytes.Count(capitals, []byte("PDT")); len(m.Travellers) > len(body) || n == 0 && len(m.Travellers) > 0 && !bytes.ContainsAny(body, "\r\n\x00?") {
				t.Fatalf("%d travellers of %d NAD", len(m.Travellers), n)
			}
			again, err := Decode(Encode(nil, m, EncodeOptions{}))
			if err != nil || len(again) != 1 {
				t.Fatalf("what was written: %d messages, %v", len(again), err)
			}
			if len(again[0].Travellers) != len(m.Travellers) || again[0].Function != m.Function && m.Code != "" {
				t.Fatalf("%s of %d travellers became %s of %d", m.Function, len(m.Travellers), again[0].Function, len(again[0].Travellers))
			}
		}
	})
}
