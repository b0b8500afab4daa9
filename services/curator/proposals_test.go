package curator

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/travel"
)

const (
	submissions = "/v1/watchlist/submissions"
	header      = "id,list,action,surname,given,birth_date,document_type,document_issuer,document_number,valid_until\n"
)

func noon() time.Time { return time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC) }

// manyMayWait is twoOfficers with room for several submissions.
func manyMayWait(t *testing.T) *Service {
	t.Helper()
	s := twoOfficers(t, new(bytes.Buffer))
	s.mayWait(10)
	return s
}

// submitted submits rows as anna and returns the submission's id.
func submitted(t *testing.T, s *Service, rows string) string {
	t.Helper()
	var r Receipt
	if code := ask(t, s, "POST", submissions, "anna", header+rows, &r); code != http.StatusCreated {
		t.Fatalf("submit: %d %+v", code, r)
	}
	return r.Submission
}

// approved submits rows as anna and approves them as otto.
func approved(t *testing.T, s *Service, rows string) Receipt {
	t.Helper()
	var r Receipt
	if code := ask(t, s, "POST", submissions+"/"+submitted(t, s, rows)+"/approve", "otto", "", &r); code != http.StatusOK {
		t.Fatalf("approve: %d %+v", code, r)
	}
	return r
}

// TestWhoDecidesWhen holds who may approve and reject, and until when; each before and after a restart.
func TestWhoDecidesWhen(t *testing.T) {
	type step struct {
		officer, verb string
		after         time.Duration // since submitting
		want          int
	}
	for name, steps := range map[string][]step{
		"another officer":             {{"otto", "approve", 0, 200}},
		"not who submitted":           {{"anna", "approve", 0, 403}, {"otto", "approve", 0, 200}},
		"not twice":                   {{"otto", "approve", 0, 200}, {"otto", "approve", 0, 409}},
		"at the last moment":          {{"otto", "approve", time.Hour, 200}},
		"not a moment later":          {{"otto", "approve", time.Hour + time.Millisecond, 410}, {"otto", "reject", time.Hour + time.Millisecond, 410}},
		"rejected by another":         {{"otto", "reject", 0, 200}, {"otto", "approve", 0, 409}},
		"withdrawn":                   {{"anna", "reject", 0, 200}, {"otto", "approve", 0, 409}},
		"not rejected when it counts": {{"otto", "approve", 0, 200}, {"otto", "reject", 0, 409}},
	} {
		for _, restarts := range []bool{false, true} {
			s := manyMayWait(t)
			id := submitted(t, s, "E1,l,no_board,QUILL,OSWIN,,,,,\n")
			for i, step := range steps {
				if s.at(noon().Add(step.after)); restarts {
					s.restart(t)
				}
				before := len(s.list())
				var r Receipt
				if code := ask(t, s, "POST", submissions+"/"+id+"/"+step.verb, step.officer, `{"reason":"r"}`, &r); code != step.want {
					t.Errorf("%s (restarts: %v), step %d: %d %s", name, restarts, i, code, r.Error)
				}
				if took := len(s.list()) > before; took != (step.verb == "approve" && step.want == 200) {
					t.Errorf("%s (restarts: %v), step %d: published %v", name, restarts, i, took)
				}
			}
		}
	}
	if code := ask(t, manyMayWait(t), "POST", submissions+"/NONE/approve", "otto", "", nil); code != 404 {
		t.Errorf("one that never was: %d", code)
	}
}

// TestTheSecondIsTold holds that who decides a moment after somebody at another curator is told what counts, and that
// nothing of what was rejected first is published.
func TestTheSecondIsTold(t *testing.T) {
	for _, c := range []struct {
		first, officer string // at the other curator
		verb           string // otto's, here
		want           int
		why            error
	}{
		{event.ProposalRejected, "ida", "approve", 409, approval.ErrRejected},
		{event.ProposalRejected, "anna", "approve", 409, approval.ErrRejected},
		{event.ProposalApproved, "ida", "approve", 409, approval.ErrApproved},
		{event.ProposalApproved, "ida", "reject", 409, approval.ErrApproved},
		{event.ProposalRejected, "ida", "reject", 409, approval.ErrRejected},
		{event.ProposalExpired, "", "reject", 410, approval.ErrExpired},
	} {
		s := manyMayWait(t)
		id := submitted(t, s, manyRows(1))
		at := noon().UnixMilli()
		if c.first == event.ProposalExpired { // its clock is ahead
			at = noon().Add(2 * time.Hour).UnixMilli()
		}
		r, err := (&event.Proposal{V: 1, ID: id, State: c.first, Officer: c.officer, At: at}).Record()
		if err != nil {
			t.Fatal(err)
		}
		s.topics.(*memory).elsewhere = []event.Record{r}
		var got Receipt
		if code := ask(t, s, "POST", submissions+"/"+id+"/"+c.verb, "otto", `{"reason":"r"}`, &got); code != c.want || got.Error != c.why.Error() || len(s.list()) != 0 {
			t.Errorf("%s by %s, then %s: %d %s, %d published", c.first, c.officer, c.verb, code, got.Error, len(s.list()))
		}
	}
}

// TestWhatTheSecondOfficerSees holds that approval is of something seen: what is new, changed and how, unchanged, left out.
func TestWhatTheSecondOfficerSees(t *testing.T) {
	var log bytes.Buffer
	s := twoOfficers(t, &log)
	s.mayWait(10)
	approved(t, s, "E1,l,refer,QUILL,OSWIN,1980,,,,\nE2,l,refer,LUND,ODA,,P,SWE,X9012345,\nE3,l,alert,BERG,,,,,,\n")
	id := submitted(t, s, "E1,l,no_board,QUILL,OSWIN,1980,P,UTO,K4400123,\nE2,l,refer,LUND,ODA,,P,SWE,X9012345,\nE9,l,alert,NOVAK,,,,,,2020-01-01\nE4,l,stop,QUILL,,,,,,\nE5,l,alert,QUILL,,2030,,,,\n")
	s.restart(t)
	var got Review
	if code := ask(t, s, "GET", submissions+"/"+id, "otto", "", &got); code != 200 {
		t.Fatalf("%d %+v", code, got)
	}
	counts := []int{got.New, got.Changed, got.Unchanged, got.Removed, got.Absent, got.LeftOut}
	if diff := cmp.Diff([]int{1, 1, 1, 0, 0, 2}, counts); diff != "" {
		t.Errorf("new, changed, unchanged, removed, absent, left out (-want +got):\n%s", diff)
	}
	var seen []string
	for _, d := range got.Changes {
		seen = append(seen, d.What+" "+d.Entry+" "+strings.Join(d.Fields, " "))
	}
	if diff := cmp.Diff([]string{"changed l/E1 action documents", "new l/E9 "}, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := got.Changes[0]; d.Before.Action != travel.ActRefer || d.After.Action != travel.ActNoBoard || d.After.Documents[0].Number != "K4400123" {
		t.Errorf("%+v", d)
	}
	var findings []string
	for _, f := range got.Findings {
		findings = append(findings, fmt.Sprint(f.Line, " ", f.Code))
	}
	if diff := cmp.Diff([]string{"4 valid_until_past", "5 bad_action", "6 birth_in_future"}, findings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var pending struct{ Submissions []Submission }
	ask(t, s, "GET", submissions, "otto", "", &pending)
	want := []Submission{{ID: id, State: "made", Submitted: "anna", At: noon(), Until: noon().Add(time.Hour), Entries: 3}}
	if diff := cmp.Diff(want, pending.Submissions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, name := range []string{"QUILL", "OSWIN", "LUND", "NOVAK", "K4400123", "X9012345"} {
		if strings.Contains(log.String(), name) {
			t.Errorf("the log holds %s", name)
		}
	}
}

// TestRemoval holds that an entry is removed by two officers, and that what is not there is said before anybody approves.
func TestRemoval(t *testing.T) {
	s := manyMayWait(t)
	approved(t, s, "E1,l,refer,QUILL,OSWIN,,,,,\nE2,l,refer,LUND,,,,,,\n")
	var r Receipt
	if code := ask(t, s, "POST", "/v1/watchlist/removals", "anna", `{"entries":["l/E1","m/E1","l/E7"]}`, &r); code != 422 || !strings.Contains(r.Error, "m/E1, l/E7") || s.waiting() != 0 {
		t.Errorf("%d %+v", code, r)
	}
	if code := ask(t, s, "POST", "/v1/watchlist/removals", "anna", `{"entries":[]}`, &r); code != 422 {
		t.Errorf("nothing: %d %+v", code, r)
	}
	if code := ask(t, s, "POST", "/v1/watchlist/removals", "anna", `{"entries":["l/E1","l/E1"]}`, &r); code != 201 || r.Entries != 1 {
		t.Fatalf("%d %+v", code, r)
	}
	var review Review
	if ask(t, s, "GET", submissions+"/"+r.Submission, "otto", "", &review); review.Removed != 1 || review.Changes[0].Before.Surname != "QUILL" {
		t.Errorf("%+v", review)
	}
	var entry Listed
	if code := ask(t, s, "GET", "/v1/watchlist/entries?entry=l/E1", "otto", "", &entry); code != 200 || entry.Entry.Surname != "QUILL" || entry.Submitted != "anna" || entry.Approved != "otto" || entry.Revision != 1 {
		t.Errorf("before: %d %+v", code, entry)
	}
	if code := ask(t, s, "POST", submissions+"/"+r.Submission+"/approve", "otto", "", &r); code != 200 || r.Published != 1 {
		t.Errorf("%d %+v", code, r)
	}
	entry = Listed{}
	if code := ask(t, s, "GET", "/v1/watchlist/entries?entry=l/E1", "otto", "", &entry); code != 404 || !entry.Removed || entry.Entry != nil {
		t.Errorf("after: %d %+v", code, entry)
	}
	if code := ask(t, s, "POST", "/v1/watchlist/removals", "anna", `{"entries":["l/E1"]}`, &r); code != 422 || !strings.Contains(r.Error, "l/E1") {
		t.Errorf("removed twice: %d %+v", code, r)
	}
	for query, want := range map[string]int{"l/E2": 200, "l/E7": 404, "E2": 422, "": 422, "/E2": 422, "l/": 422} {
		if code := ask(t, s, "GET", "/v1/watchlist/entries?entry="+query, "otto", "", nil); code != want {
			t.Errorf("%q: %d", query, code)
		}
	}
	if last := s.list()[2]; !last.Deleted || cmp.Diff(travel.ListEntry{ID: "E1", List: "l"}, last.Entry) != "" {
		t.Errorf("a deletion names its entry and says nothing else of it: %+v", last)
	}
}

// TestStrict holds that a file with a bad row is refused whole when that is asked for.
func TestStrict(t *testing.T) {
	const good, bad = "E1,l,refer,QUILL,,,,,,2020-01-01\n", "E2,l,stop,QUILL,,,,,,\n"
	for query, want := range map[string][2]int{"": {201, 201}, "?strict=false": {201, 201}, "?strict=true": {201, 422}, "?strict=perhaps": {422, 422}} {
		for i, rows := range []string{good, good + bad} {
			s := manyMayWait(t)
			var r Receipt
			code := ask(t, s, "POST", submissions+query, "anna", header+rows, &r)
			if code != want[i] || (s.waiting() == 1) != (code == 201) || i == 1 && query == "?strict=true" && (r.LeftOut != 1 || len(r.Findings) != 2) {
				t.Errorf("%q, file %d: %d, %d wait, %+v", query, i, code, s.waiting(), r)
			}
		}
	}
}

// TestLargeSubmissions holds that a proposal of several records is one, and that an entry no record holds is refused.
func TestLargeSubmissions(t *testing.T) {
	s := manyMayWait(t)
	s.cfg.MaxBody = 64 << 20
	var rows strings.Builder
	for i := range 12_000 {
		fmt.Fprintf(&rows, "E%d,l,alert,QUILL,OSWIN,,P,UTO,X%07d,\n", i, i)
	}
	id := submitted(t, s, rows.String())
	records := s.topics.(*memory).records[event.TopicProposal]
	if len(records) < 3 {
		t.Fatalf("%d records", len(records))
	}
	for i := range records {
		if len(records[i].Value) > 1<<20 {
			t.Errorf("record %d has %d bytes", i, len(records[i].Value))
		}
	}
	s.restart(t)
	if p, ok := s.proposals.Get(id); !ok || len(p.Entries) != 12_000 || p.Entries[11_999].ID != "E11999" {
		t.Errorf("%v, %d entries", ok, len(p.Entries))
	}
	rows.Reset()
	for i := range 12_000 {
		fmt.Fprintf(&rows, "E1,l,alert,QUILL,OSWIN,,P,UTO,X%07d,\n", i)
	}
	var r Receipt
	if code := ask(t, s, "POST", submissions, "anna", header+rows.String(), &r); code != 422 || !strings.Contains(r.Error, "l/E1: ") {
		t.Errorf("%d %s", code, r.Error)
	}
}
