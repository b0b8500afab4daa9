package curator

import (
	"bytes"
	"maps"
	"reflect"
	"slices"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// What approving a submission does to one entry.
const (
	isNew     = "new"
	isChanged = "changed"
	isSame    = "unchanged"
	isRemoved = "removed"
	isAbsent  = "absent" // to be removed, and not there
)

// Difference is what approving a submission does to one entry.
type Difference struct {
	Entry  string            `json:"entry"` // list/id
	What   string            `json:"what"`
	Fields []string          `json:"fields,omitempty"` // changed: which, as they are named in before and after
	Before *travel.ListEntry `json:"before,omitempty"`
	After  *travel.ListEntry `json:"after,omitempty"`
}

// difference compares a change with what is in force.
func (c change) difference(now map[string]event.WatchlistChanged) Difference {
	d := Difference{Entry: c.Entry.Key()}
	if last, ok := now[d.Entry]; ok && !last.Deleted {
		d.Before = &last.Entry
	}
	if !c.Deleted {
		d.After = &c.Entry
	}
	switch {
	case d.Before == nil && d.After == nil:
		d.What = isAbsent
	case d.After == nil:
		d.What = isRemoved
	case d.Before == nil:
		d.What = isNew
	default:
		d.What = isSame
		if d.Fields = changedFields(d.Before, d.After); len(d.Fields) > 0 {
			d.What = isChanged
		}
	}
	return d
}

// changedFields names the fields that differ, as JSON has them, in order. It looks at all there are, so that one that
// is added to an entry later is compared as well.
func changedFields(before, after *travel.ListEntry) []string {
	if reflect.DeepEqual(before, after) {
		return nil
	}
	a, b := fields(before), fields(after)
	maps.DeleteFunc(a, func(name string, v json.RawMessage) bool {
		same := bytes.Equal(v, b[name])
		if same {
			delete(b, name)
		}
		return same
	})
	maps.Copy(b, a)
	return slices.Sorted(maps.Keys(b))
}

func fields(e *travel.ListEntry) map[string]json.RawMessage {
	all := map[string]json.RawMessage{}
	text, err := json.Append(nil, e, 0)
	if err != nil {
		return nil // it cannot be: an entry is strings and lists of them
	}
	_, _ = json.Parse(text, &all, 0)
	return all
}
