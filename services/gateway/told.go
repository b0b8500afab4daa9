package gateway

import (
	"fmt"

	"fairway/pkg/event"
)

// telling is one entry of a carrier's feed.
type telling struct {
	*item
	adv event.Advisory
	// changes says that the carrier was told something else of this person on this leg: by an advisory before, or by the
	// default it was given at the deadline.
	changes bool
	// answers says that nothing was told of the traveller under this message before.
	answers bool
}

// tell reads items of one carrier's feed, each against what was told under its message. What is told depends on the order
// of advisory.issued alone, so that every gateway tells the same. Items that tell nothing new are left out.
func (b *book) tell(items []*item) ([]telling, error) {
	all := make([]telling, 0, len(items))
	for _, it := range items {
		t := telling{item: it}
		if err := event.Decode(it.raw, &t.adv); err != nil {
			return nil, fmt.Errorf("read advisory %d/%d: %w", it.partition, it.offset, err)
		}
		t.changes = t.adv.Unsolicited
		if it.index > 0 {
			news, err := t.against(b.before(it))
			if err != nil {
				return nil, err
			}
			if !news {
				continue
			}
		}
		all = append(all, t)
	}
	return all, nil
}

// against holds t against what was told last of its traveller under the same message. It returns false when t is a
// default that was put on record after the decision, and the carrier knows that already.
func (t *telling) against(last *item) (news bool, err error) {
	if t.answers = last == nil; t.answers {
		return true, nil
	}
	if t.fallback == last.fallback {
		return true, nil
	}
	var adv event.Advisory
	if err := event.Decode(last.raw, &adv); err != nil {
		return false, fmt.Errorf("read advisory %d/%d: %w", last.partition, last.offset, err)
	}
	differs := adv.Outcome != t.adv.Outcome
	if !t.fallback { // the decision follows the default
		t.changes = t.changes || differs
		return true, nil
	}
	// The default, on record after the decision, is what the carrier heard last: the decision is told again.
	t.adv, t.changes = adv, differs
	return differs, nil
}
