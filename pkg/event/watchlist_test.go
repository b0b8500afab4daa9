package event

import (
	"testing"

	"fairway/pkg/travel"
)

// TestWatchlistKey holds that an entry is named by its list and id, and that a deletion has the key of its entry.
func TestWatchlistKey(t *testing.T) {
	for _, w := range []WatchlistChanged{
		{V: 1, Entry: travel.ListEntry{ID: "77", List: "agency-a", Action: travel.ActRefer, Surname: "OKONKWO"}},
		{V: 1, Entry: travel.ListEntry{ID: "77", List: "agency-a"}, Deleted: true},
	} {
		r, err := w.Record()
		if err != nil || r.Key != "agency-a/77" || r.Topic != TopicWatchlist {
			t.Errorf("%s/%s, %v", r.Topic, r.Key, err)
		}
		var back WatchlistChanged
		if err := Decode(r.Value, &back); err != nil || back.Entry.Key() != r.Key {
			t.Errorf("the value names %q, %v", back.Entry.Key(), err)
		}
	}
}

// TestRevisionIsThePlaceInTheTopic holds that what a record says of its revision counts for nothing, and that the first is 1.
func TestRevisionIsThePlaceInTheTopic(t *testing.T) {
	for offset, want := range map[int64]int64{0: 1, 41: 42} {
		w, err := ReadChange([]byte(`{"v":1,"revision":1790000000000000,"entry":{"id":"77","list":"agency-a"}}`), offset)
		if err != nil || w.Revision != want || w.Entry.Key() != "agency-a/77" {
			t.Errorf("offset %d: %+v, %v", offset, w.Revision, err)
		}
	}
}
