package edifact

import (
	"errors"
	"strings"
	"testing"

	"fairway/pkg/travel"

	"github.com/google/go-cmp/cmp"
)

const message = "UNB+UNOA:4+SENDER:ZZ+RECEIVER:ZZ+261005:0615+17++APIS'UNH+1+PAXLST:D:05B:UN:IATA+CAR1+02:F'BGM+745+CP'FTX+AAI+++O?'BRIEN:two??:a?+b'UNT+4+1'UNZ+1+17'"

func TestEnvelopeAndElements(t *testing.T) {
	doc, err := Parse([]byte(message), DefaultLimits())
	if err != nil || len(doc.Messages) != 1 || len(doc.Findings) != 0 {
		t.Fatalf("%v %+v", err, doc.Findings)
	}
	m := doc.Messages[0]
	i := m.Interchange
	got := []string{i.Syntax, i.Sender, i.Recipient, i.Date, i.Time, i.Control, i.Application, m.Reference, m.Type, m.Profile(), m.Access, m.PartMark,
		m.Segments[0].Get(1, 1), m.Segments[0].Get(2, 1), m.Segments[0].Get(3, 1), m.Segments[1].Get(4, 1), m.Segments[1].Get(4, 2), m.Segments[1].Get(4, 3), m.Segments[1].Get(4, 4)}
	want := []string{"UNOA:4", "SENDER", "RECEIVER", "261005", "0615", "17", "APIS", "1", "PAXLST", "D:05B:UN:IATA", "CAR1", "F",
		"745", "CP", "", "O'BRIEN", "two?", "a+b", ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if m.Part != 2 || !m.Complete || m.Segments[1].Elements() != 4 || m.Segments[1].Components(4) != 3 {
		t.Errorf("%+v", m)
	}
	if p := m.Segments[1].Pos(4, 2); p.Segment != 4 || p.Tag != "FTX" || message[p.Offset:p.Offset+3] != "two" {
		t.Errorf("position %+v", p)
	}
}

func TestRepetitions(t *testing.T) {
	doc, err := Parse([]byte("UNA:+.?*'UNB+IATA:1+A+B+261005:0615+17'UNH+1+PNRGOV:15:1:IA'TXD++62.10:SG::OP*23.60:GB::UB'UNT+3+1'UNZ+1+17'"), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	s := &doc.Messages[0].Segments[0]
	if s.Repetitions(2) != 2 || s.At(2, 1, 1) != "23.60" || s.At(2, 0, 4) != "OP" || s.At(2, 1, 4) != "UB" || s.At(2, 2, 1) != "" || s.Repetitions(1) != 1 || s.Repetitions(3) != 0 {
		t.Errorf("%d repetitions, %s", s.Repetitions(2), s.At(2, 1, 1))
	}
}

func TestPositionsPointIntoTheBodyAsItArrived(t *testing.T) {
	wrapped := "\r\nQU XX\r\n.ABC\r\n" + strings.ReplaceAll(message, "two", "t\r\nwo")
	doc, err := Parse([]byte(wrapped), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	s := &doc.Messages[0].Segments[1]
	if s.Get(4, 2) != "two?" || !strings.HasPrefix(wrapped[s.Pos(4, 2).Offset:], "t\r\nwo??") {
		t.Errorf("%q at %q", s.Get(4, 2), wrapped[s.Pos(4, 2).Offset:])
	}
}

func TestLimits(t *testing.T) {
	small := Limits{Bytes: 100, Segment: 50, Segments: 3}
	var e *travel.DecodeError
	if _, err := Parse([]byte(message), small); !errors.As(err, &e) || e.Findings[0].Code != "too_large" {
		t.Errorf("bytes: %v", err)
	}
	small.Bytes = 1000
	doc, err := Parse([]byte(message), small)
	if err == nil && len(doc.Messages) > 0 && len(doc.Messages[0].Segments) > 3 {
		t.Errorf("segments: %d", len(doc.Messages[0].Segments))
	}
}

func TestSniff(t *testing.T) {
	for body, want := range map[string]string{
		message: "PAXLST",
		"hello": "",
		"UNA:*.? #UNB*UNOA:4*A*B*1:1*1#UNH*1*PNRGOV:15:1:IA#":                   "PNRGOV",
		"QU XX\r\n.YY 1\r\nUNB+UNOA:4+A+B+1:1+1'U\r\nNH+1+CUS\r\nRES:D:05B:UN'": "CUSRES",
	} {
		if got := Sniff([]byte(body)); got != want {
			t.Errorf("%q: got %q, want %q", body, got, want)
		}
	}
}

func TestWriterReadsBack(t *testing.T) {
	for name, d := range map[string]Delims{"default": Default(), "PNR": PNR(), "odd": {';', '|', ',', '!', '~', '#'}} {
		w := NewWriter(nil, d)
		w.Interchange(Interchange{Syntax: "UNOA:4", Sender: "A", Recipient: "B", Date: "261005", Time: "0615", Control: "17", Test: true})
		w.Message("1", "PAXLST", "D", "05B", "UN", "", "CAR", 3, "F")
		w.Segment("FTX").Element("").Composite("", "a+b'c:d?e*f;g|h~i#j!k", "").Element("").End()
		w.Message("2", "PAXLST", "D", "05B", "UN", "IATA", "", 0, "")
		doc, err := Parse(w.Close(), DefaultLimits())
		if err != nil || len(doc.Findings) != 0 || len(doc.Messages) != 2 {
			t.Errorf("%s: %v %+v", name, err, doc.Findings)
			continue
		}
		m := doc.Messages[0]
		if got := m.Segments[0].Get(2, 2); got != "a+b'c:d?e*f;g|h~i#j!k" || m.Segments[0].Elements() != 2 || m.Part != 3 || !m.Interchange.Test {
			t.Errorf("%s: %q %+v", name, got, m)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	body := []byte(strings.Replace(message, "FTX", strings.Repeat("NAD+FL+++LINDQVIST:ASTA'ATT+2++F'DTM+329:870312'NAT+2+SWE'RFF+ABO:ZX410000017'DOC+P:110:111+X9012345'", 200)+"FTX", 1))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(body, DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
