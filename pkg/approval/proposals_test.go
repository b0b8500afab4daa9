package approval

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// TestRecordsDecideByTheirOrder holds what a record of proposal.made counts for, whoever wrote it.
func TestRecordsDecideByTheirOrder(t *testing.T) {
	made := func(part, of int) event.Proposal {
		return event.Proposal{State: event.ProposalMade, Officer: "anna", At: 1, Until: 10, Part: part, Of: of, Entries: []travel.ListEntry{{ID: fmt.Sprint(part), List: "l"}}}
	}
	decision := func(state, officer string, at int64) event.Proposal {
		return event.Proposal{State: state, Officer: officer, At: at}
	}
	approve, reject := decision(event.ProposalApproved, "otto", 5), decision(event.ProposalRejected, "ida", 5)
	for name, c := range map[string]struct {
		records []event.Proposal
		want    string // state and who decided; "" when there is none
	}{
		"made":                        {[]event.Proposal{made(1, 1)}, "made "},
		"in parts":                    {[]event.Proposal{made(1, 2), made(2, 2), approve}, "approved otto"},
		"a part is missing":           {[]event.Proposal{made(1, 2), approve}, ""},
		"approved before it is whole": {[]event.Proposal{made(1, 2), approve, made(2, 2)}, "made "},
		"the first part is missing":   {[]event.Proposal{made(2, 2), approve}, ""},
		"parts of another officer":    {[]event.Proposal{made(1, 2), {State: event.ProposalMade, Officer: "otto", Part: 2, Of: 2}}, ""},
		"a part too many":             {[]event.Proposal{made(1, 1), made(2, 1)}, "made "},
		"made by nobody":              {[]event.Proposal{{State: event.ProposalMade, Part: 1, Of: 1, Until: 10}, approve}, ""},
		"approved first":              {[]event.Proposal{made(1, 1), approve, reject}, "approved otto"},
		"rejected first":              {[]event.Proposal{made(1, 1), reject, approve}, "rejected ida"},
		"approved by who made it":     {[]event.Proposal{made(1, 1), decision(event.ProposalApproved, "anna", 5)}, "made "},
		"approved by nobody":          {[]event.Proposal{made(1, 1), decision(event.ProposalApproved, "", 5)}, "made "},
		"approved too late":           {[]event.Proposal{made(1, 1), decision(event.ProposalApproved, "otto", 11)}, "made "},
		"approved in time":            {[]event.Proposal{made(1, 1), decision(event.ProposalApproved, "otto", 10)}, "approved otto"},
		"expired too early":           {[]event.Proposal{made(1, 1), decision(event.ProposalExpired, "", 10)}, "made "},
		"expired":                     {[]event.Proposal{made(1, 1), decision(event.ProposalExpired, "", 11), approve}, "expired "},
		"approved before it was made": {[]event.Proposal{approve, made(1, 1)}, "made "},
		"in force by itself":          {[]event.Proposal{made(1, 1), decision(event.ProposalInForce, "", 5)}, "made "},
		"in force":                    {[]event.Proposal{made(1, 1), approve, decision(event.ProposalInForce, "", 6), reject}, "in_force otto"},
	} {
		p := New(Options{Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		for _, e := range c.records {
			e.V, e.ID = 1, "p1"
			r, err := e.Record()
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Apply(t.Context(), []stream.Record{{Value: []byte("{")}, {}, {Value: r.Value}}); err != nil {
				t.Fatal(err)
			}
		}
		got := ""
		if known, ok := p.Get("p1"); ok {
			got = known.State + " " + known.Officer
			if over := known.State != event.ProposalMade && known.State != event.ProposalApproved; over != (known.Entries == nil) {
				t.Errorf("%s: holds %d entries", name, len(known.Entries))
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
