package approval

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// topic is proposal.made: what is put on it is read back, unless nobody reads.
type topic struct {
	t      *testing.T
	reads  *Proposals
	states []string // of all records, as they came
	deaf   bool
	fails  error
	first  *event.Proposal // what another process puts there just before
}

func (o *topic) Acknowledge(ctx context.Context, records ...event.Record) (int, error) {
	if o.fails != nil || ctx.Err() != nil {
		return 0, errors.Join(o.fails, ctx.Err())
	}
	if o.first != nil {
		first := o.first
		o.first = nil
		o.put(ctx, first)
	}
	for _, r := range records {
		var e event.Proposal
		if err := event.Decode(r.Value, &e); err != nil {
			o.t.Error(err)
		}
		o.states = append(o.states, e.State)
		if !o.deaf {
			if err := o.reads.Apply(ctx, []stream.Record{{Value: r.Value}}); err != nil {
				o.t.Error(err)
			}
		}
	}
	return len(records), nil
}

// put puts a record there as another process would.
func (o *topic) put(ctx context.Context, e *event.Proposal) {
	r, err := e.Record()
	if err == nil {
		_, err = o.Acknowledge(ctx, r)
	}
	if err != nil {
		o.t.Error(err)
	}
}

func (o *topic) count(state string) int {
	n := 0
	for _, s := range o.states {
		if s == state {
			n++
		}
	}
	return n
}

// desk is proposals on a topic of their own, one of which anna made.
func desk(t *testing.T) (*Proposals, *topic, string) {
	t.Helper()
	o := &topic{t: t}
	p := New(Options{Most: 2, For: time.Hour, Recorder: o, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	o.reads = p
	id, err := p.Propose(t.Context(), "anna", Content{Entries: []travel.ListEntry{{ID: "1", List: "l"}}})
	if err != nil {
		t.Fatal(err)
	}
	return p, o, id
}

// TestTwoPersons holds who may decide, what whoever comes second is told, and that an approval which is not in force can
// be asked for again without a second one on record.
func TestTwoPersons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, o, id := desk(t)
		decide := func(officer, state string, want error) {
			t.Helper()
			time.Sleep(time.Millisecond)
			if _, err := p.Decide(t.Context(), id, officer, state, "why"); !errors.Is(err, want) || want == nil && err != nil {
				t.Errorf("%s, %s: %v, want %v", officer, state, err, want)
			}
		}
		if _, err := p.Decide(t.Context(), "none", "otto", event.ProposalApproved, ""); !errors.Is(err, ErrUnknown) {
			t.Error(err)
		}
		decide("anna", event.ProposalApproved, ErrSame)
		decide("otto", event.ProposalApproved, nil)
		decide("otto", event.ProposalApproved, nil)
		decide("ida", event.ProposalApproved, nil) // to be carried out; otto's counts
		decide("anna", event.ProposalApproved, ErrSame)
		decide("ida", event.ProposalRejected, ErrApproved)
		if known, _ := p.Get(id); known.Officer != "otto" || o.count(event.ProposalApproved) != 1 {
			t.Errorf("approved by %s, %d records", known.Officer, o.count(event.ProposalApproved))
		}
		if err := p.InForce(t.Context(), id, 1); err != nil {
			t.Error(err)
		}
		decide("ida", event.ProposalApproved, ErrInForce)
	})
	synctest.Test(t, func(t *testing.T) {
		p, _, id := desk(t)
		if known, err := p.Decide(t.Context(), id, "anna", event.ProposalRejected, "a slip"); err != nil || known.Reason != "a slip" {
			t.Errorf("withdrawn: %v, %q", err, known.Reason)
		}
		if _, err := p.Decide(t.Context(), id, "otto", event.ProposalApproved, ""); !errors.Is(err, ErrRejected) {
			t.Error(err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		p, _, id := desk(t)
		time.Sleep(time.Hour)
		if waits := p.In(event.ProposalMade); len(waits) != 1 {
			t.Error("over too early")
		}
		time.Sleep(time.Millisecond)
		if _, err := p.Decide(t.Context(), id, "otto", event.ProposalApproved, ""); !errors.Is(err, ErrExpired) {
			t.Error(err)
		}
	})
}

// TestTheFirstDecisionCounts holds that of two who decide at once, at two processes, the second is told what the first did.
func TestTheFirstDecisionCounts(t *testing.T) {
	for first, want := range map[string]error{event.ProposalRejected: ErrRejected, event.ProposalApproved: ErrApproved} {
		synctest.Test(t, func(t *testing.T) {
			p, o, id := desk(t)
			o.first = &event.Proposal{V: 1, ID: id, State: first, Officer: "ida", At: time.Now().UnixMilli()}
			if known, err := p.Decide(t.Context(), id, "otto", event.ProposalApproved, ""); !errors.Is(err, want) || known.Officer != "ida" {
				t.Errorf("%s first: %v, by %s", first, err, known.Officer)
			}
		})
	}
}

// TestHalfAProposal holds that one of which a part is missing waits for nobody's approval, and is not forgotten while the
// rest may come.
func TestHalfAProposal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, o, _ := desk(t)
		half := event.Proposal{V: 1, ID: "half", State: event.ProposalMade, Officer: "anna", At: time.Now().UnixMilli(), Until: time.Now().Add(time.Hour).UnixMilli(), Part: 1, Of: 2}
		o.put(t.Context(), &half)
		if waits := p.In(event.ProposalMade); len(waits) != 1 {
			t.Errorf("%d wait", len(waits))
		}
		p.Tend(t.Context(), nil)
		half.Part = 2
		o.put(t.Context(), &half)
		if waits := p.In(event.ProposalMade); len(waits) != 2 {
			t.Errorf("%d wait", len(waits))
		}
	})
}

// TestNobodyWaitsForWhatIsNotRead holds that a decision which cannot be put on record, or is not read back, is no decision
// and is told in time, also to who has hung up; and that putting in force ends when its context does.
func TestNobodyWaitsForWhatIsNotRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, o, id := desk(t)
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()
		o.deaf = true
		since := time.Now()
		if _, err := p.Decide(gone, id, "otto", event.ProposalApproved, ""); !errors.Is(err, ErrUnseen) || time.Since(since) != seenFor || o.count(event.ProposalApproved) != 1 {
			t.Errorf("%v after %s, %v", err, time.Since(since), o.states)
		}
		since = time.Now()
		if id, err := p.Propose(t.Context(), "anna", Content{Remove: []travel.ListEntry{{ID: "1", List: "l"}}}); err != nil || id == "" || time.Since(since) != seenFor {
			t.Errorf("%q %v after %s", id, err, time.Since(since))
		}
		bounded, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		since = time.Now()
		if err := p.InForce(bounded, id, 1); err != nil || time.Since(since) != time.Minute {
			t.Errorf("that it is in force was not waited for: %v after %s", err, time.Since(since))
		}
		o.fails = errors.New("kafka is away")
		if _, err := p.Decide(t.Context(), id, "otto", event.ProposalApproved, ""); !errors.Is(err, ErrUnseen) {
			t.Error(err)
		}
		if _, err := p.Propose(t.Context(), "anna", Content{Remove: []travel.ListEntry{{ID: "1", List: "l"}}}); !errors.Is(err, ErrNotRecorded) {
			t.Error(err)
		}
		if err := p.InForce(t.Context(), id, 1); !errors.Is(err, o.fails) {
			t.Error(err)
		}
	})
}

// TestTend holds that an approval which nobody carried out is carried out after a while, that expiry is put on record
// once, and that what was over is known for a week and then forgotten.
func TestTend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, o, id := desk(t)
		var carried []string
		tend := func() {
			t.Helper()
			p.Tend(t.Context(), func(_ context.Context, id string) error { carried = append(carried, id); return errors.New("later") })
		}
		time.Sleep(time.Millisecond)
		second, err := p.Propose(t.Context(), "anna", Content{Remove: []travel.ListEntry{{ID: "1", List: "l", Surname: "QUILL"}}})
		if err != nil {
			t.Fatal(err)
		}
		if waits := p.In(event.ProposalMade); len(waits) != 2 || waits[0].ID != id || waits[1].ID != second {
			t.Errorf("%d wait, not oldest first", len(waits))
		}
		if known, _ := p.Get(second); known.Remove[0].Surname != "" {
			t.Error("a removal tells more than which entry")
		}
		if _, err := p.Propose(t.Context(), "ida", Content{Remove: []travel.ListEntry{{ID: "2", List: "l"}}}); !errors.Is(err, ErrTooMany) {
			t.Error(err)
		}
		if _, err := p.Decide(t.Context(), id, "otto", event.ProposalApproved, ""); err != nil {
			t.Fatal(err)
		}
		time.Sleep(carryAfter - time.Millisecond)
		if tend(); len(carried) > 0 {
			t.Error("who approved is at it")
		}
		time.Sleep(time.Millisecond)
		tend()
		tend()
		if !slices.Equal(carried, []string{id, id}) {
			t.Errorf("carried out: %v", carried)
		}
		time.Sleep(time.Hour)
		tend()
		tend()
		if n := o.count(event.ProposalExpired); n != 1 {
			t.Errorf("%d records that it expired", n)
		}
		expired := time.Now()
		if since := p.Since(); since != expired.Add(-time.Hour-keepKnown) {
			t.Errorf("the topic is read from %s", since)
		}
		time.Sleep(keepKnown)
		if tend(); len(p.In(event.ProposalExpired)) != 1 || len(p.In(event.ProposalApproved)) != 1 {
			t.Errorf("forgotten too early: %d, %d", len(p.In(event.ProposalExpired)), len(p.In(event.ProposalApproved)))
		}
		time.Sleep(time.Hour)
		if tend(); len(p.In(event.ProposalExpired)) != 0 || len(p.In(event.ProposalApproved)) != 1 {
			t.Errorf("what is approved is never forgotten, what expired is: %d, %d", len(p.In(event.ProposalExpired)), len(p.In(event.ProposalApproved)))
		}
	})
}

// TestPartsOfAProposal holds that a large proposal is several records, each small enough, that are whole together, and that
// what fits none is refused by name.
func TestPartsOfAProposal(t *testing.T) {
	entry := func(id string, size int) travel.ListEntry {
		return travel.ListEntry{ID: id, List: "l", Caveat: strings.Repeat("x", size)}
	}
	c := Content{Entries: []travel.ListEntry{entry("1", partBytes/2), entry("2", partBytes/2), entry("3", partBytes/2), entry("4", 10)}, Remove: []travel.ListEntry{{ID: "5", List: "l"}}}
	parts, err := inParts(event.Proposal{ID: "p"}, c)
	if err != nil || len(parts) != 3 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	var ids []string
	for i, p := range parts {
		if p.Part != i+1 || p.Of != 3 || p.ID != "p" {
			t.Errorf("part %d/%d of %q", p.Part, p.Of, p.ID)
		}
		for _, e := range slices.Concat(p.Entries, p.Remove) {
			ids = append(ids, e.ID)
		}
	}
	if !slices.Equal(ids, []string{"1", "2", "3", "4", "5"}) {
		t.Errorf("%v", ids)
	}
	if _, err := inParts(event.Proposal{}, Content{Entries: []travel.ListEntry{entry("big", partBytes)}}); !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "l/big") {
		t.Errorf("%v", err)
	}
	p, _, _ := desk(t)
	if _, err := p.Propose(t.Context(), "anna", Content{}); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
}
