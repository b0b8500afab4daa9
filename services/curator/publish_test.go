package curator

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
)

func manyRows(n int) string {
	var rows strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, "E%d,l,refer,QUILL,OSWIN,,,,,\n", i)
	}
	return rows.String()
}

// TestPublishedIsWhatIsAcknowledged holds that a failure half-way says how many changes are in force, that the rest follows
// without anybody asking, and that nothing is published twice.
func TestPublishedIsWhatIsAcknowledged(t *testing.T) {
	for _, room := range []int{0, 1, 999, 1000, 1500, 2499} {
		for name, restarts := range map[string]bool{"the same curator": false, "one that started again": true} {
			s := manyMayWait(t)
			m := s.topics.(*memory)
			m.room = map[string]int{event.TopicWatchlist: room}
			id := submitted(t, s, manyRows(2500))
			var r Receipt
			if code := ask(t, s, "POST", submissions+"/"+id+"/approve", "otto", "", &r); code != 503 || r.Published != room || !strings.Contains(r.Error, fmt.Sprintf(" %d of 2500 ", room)) || len(s.list()) != room {
				t.Errorf("%s, room for %d: %d %+v, %d in force", name, room, code, r, len(s.list()))
			}
			if restarts {
				s.restart(t)
			}
			m.room = nil
			s.at(noon().Add(10*time.Second - time.Millisecond))
			if s.proposals.Tend(t.Context(), s.again); len(s.list()) != room {
				t.Errorf("%s, room for %d: carried out while the first may be at it", name, room)
			}
			s.at(noon().Add(10 * time.Second))
			s.proposals.Tend(t.Context(), s.again)
			if p, _ := s.proposals.Get(id); p.State != event.ProposalInForce || p.Changes != 2500 || len(s.list()) != 2500 {
				t.Errorf("%s, room for %d: %s, %d changes, %d in force", name, room, p.State, p.Changes, len(s.list()))
			}
			if s.proposals.Tend(t.Context(), s.again); len(s.list()) != 2500 {
				t.Errorf("%s, room for %d: published again", name, room)
			}
		}
	}
}

// TestApprovingAgain holds that an officer who is told to approve again may, and gets the whole count.
func TestApprovingAgain(t *testing.T) {
	s := manyMayWait(t)
	m := s.topics.(*memory)
	m.room = map[string]int{event.TopicWatchlist: 4}
	id := submitted(t, s, manyRows(10))
	var r Receipt
	ask(t, s, "POST", submissions+"/"+id+"/approve", "otto", "", &r)
	if code := ask(t, s, "POST", submissions+"/"+id+"/reject", "otto", `{"reason":"r"}`, &r); code != 409 {
		t.Errorf("rejected when it is half in force: %d", code)
	}
	if code := ask(t, s, "POST", submissions+"/"+id+"/approve", "anna", "", &r); code != 403 {
		t.Errorf("by who submitted: %d", code)
	}
	m.room = nil
	r = Receipt{}
	if code := ask(t, s, "POST", submissions+"/"+id+"/approve", "otto", "", &r); code != 200 || r.Published != 10 || r.Unchanged != 0 || len(s.list()) != 10 {
		t.Errorf("%d %+v", code, r)
	}
}

// TestALaterApprovalStands holds that carrying out an old approval late does not undo a newer one.
func TestALaterApprovalStands(t *testing.T) {
	s := manyMayWait(t)
	m := s.topics.(*memory)
	m.room = map[string]int{event.TopicWatchlist: 0}
	id := submitted(t, s, "E1,l,refer,QUILL,,,,,,\nE2,l,refer,LUND,,,,,,\n")
	ask(t, s, "POST", submissions+"/"+id+"/approve", "otto", "", nil)
	m.room = nil
	s.at(noon().Add(time.Second))
	approved(t, s, "E1,l,no_board,QUILL,,,,,,\n")
	s.at(noon().Add(time.Minute))
	s.proposals.Tend(t.Context(), s.again)
	var got []string
	for _, w := range s.list() {
		got = append(got, w.Entry.Key()+" "+string(w.Entry.Action))
	}
	if diff := cmp.Diff([]string{"l/E1 no_board", "l/E2 refer"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestUnchangedIsNotPublished holds that a list loaded again says what of it was new, and that a clock that is behind keeps
// no approval from taking effect.
func TestUnchangedIsNotPublished(t *testing.T) {
	s := manyMayWait(t)
	if r := approved(t, s, manyRows(3)); r.Published != 3 || r.Unchanged != 0 {
		t.Errorf("%+v", r)
	}
	if r := approved(t, s, manyRows(4)); r.Published != 1 || r.Unchanged != 3 || r.Entries != 4 {
		t.Errorf("again: %+v", r)
	}
	s.at(noon().Add(-time.Minute))
	if r := approved(t, s, "E0,l,no_board,QUILL,OSWIN,,,,,\n"); r.Published != 1 || r.Superseded != 0 {
		t.Errorf("changed: %+v", r)
	}
	w := s.list()[4]
	if w.Revision != 5 || w.Submitted != "anna" || w.Approved != "otto" || w.At != noon().Add(-time.Minute).UnixMilli() || w.Entry.Action != "no_board" {
		t.Errorf("%+v", w)
	}
}

// TestNothingIsSaidThatIsNot holds the answers when Kafka is away.
func TestNothingIsSaidThatIsNot(t *testing.T) {
	s := manyMayWait(t)
	m := s.topics.(*memory)
	id := submitted(t, s, manyRows(1))
	m.room, m.away = map[string]int{event.TopicProposal: 0}, true
	for path, want := range map[string]int{submissions: 503, submissions + "/" + id + "/approve": 503, submissions + "/" + id + "/reject": 503, "/v1/watchlist/removals": 503} {
		body := map[string]string{submissions: header + manyRows(1), "/v1/watchlist/removals": `{"entries":["l/E1"]}`}[path]
		if body == "" {
			body = `{"reason":"r"}`
		}
		var r Receipt
		if code := ask(t, s, "POST", path, "otto", body, &r); code != want || r.Error == "" || r.Published != 0 {
			t.Errorf("%s: %d %+v", path, code, r)
		}
	}
	for _, path := range []string{submissions + "/" + id, "/v1/watchlist/entries?entry=l/E1"} {
		if code := ask(t, s, "GET", path, "otto", "", nil); code != 503 {
			t.Errorf("%s: %d", path, code)
		}
	}
	if p, _ := s.proposals.Get(id); p.State != event.ProposalMade || len(s.list()) != 0 {
		t.Errorf("%s, %d published", p.State, len(s.list()))
	}
}

// TestExpiry holds that what nobody decided in time is on record as such, once, and that what is long over is forgotten.
func TestExpiry(t *testing.T) {
	s := manyMayWait(t)
	id := submitted(t, s, manyRows(1))
	s.at(noon().Add(time.Hour))
	if s.proposals.Tend(t.Context(), s.again); s.waiting() != 1 {
		t.Error("expired too early")
	}
	s.at(noon().Add(time.Hour + time.Millisecond))
	var r Review
	if ask(t, s, "GET", submissions+"/"+id, "otto", "", &r); r.State != event.ProposalExpired || s.waiting() != 0 {
		t.Errorf("before it is on record: %s", r.State)
	}
	s.proposals.Tend(t.Context(), s.again)
	s.proposals.Tend(t.Context(), s.again)
	if n := len(s.topics.(*memory).records[event.TopicProposal]); n != 2 {
		t.Errorf("%d records", n)
	}
	s.at(noon().Add(7*24*time.Hour + 2*time.Hour))
	s.proposals.Tend(t.Context(), s.again)
	if _, ok := s.proposals.Get(id); ok {
		t.Error("known for ever")
	}
}
