package event

import "fairway/pkg/travel"

// WatchlistChanged is one approved change to one entry, which is named by its list and id. Key: list/id.
//
// Records written before lists had ids of their own have the bare id as key. They decode as any other, because readers
// take the name from the value and never from the key. Compaction kept only the last of them for each id, though: where
// two lists gave out one id the earlier list's entry is lost to the topic, and that list must be loaded again. A bare
// key gets no record any more, so what it holds stays for good; the entry's later changes, under list/id, follow it and
// count. A deletion that names no list names no entry, and deletes none; none was ever published.
type WatchlistChanged struct {
	V         int              `json:"v"`
	Revision  int64            `json:"revision,omitempty"` // set by ReadChange; what older releases wrote here counts for nothing
	Entry     travel.ListEntry `json:"entry"`              // only list and id when Deleted
	Deleted   bool             `json:"deleted,omitempty"`
	Submitted string           `json:"submitted"` // who entered it
	Approved  string           `json:"approved"`  // who approved it: never the same person
	At        int64            `json:"at"`        // Unix milliseconds approved
}

func (w WatchlistChanged) version() int { return w.V }

// ReadChange decodes a record of watchlist.changed, which keeps value. Its revision is its place in the topic: the offset,
// and one, because revision 0 says that there is no list. The topic has one partition, so every reader sees the same
// revisions in the same order, however many curators write.
func ReadChange(value []byte, offset int64) (WatchlistChanged, error) {
	var w WatchlistChanged
	err := Decode(value, &w)
	w.Revision = offset + 1
	return w, err
}

// Record returns w as a record of watchlist.changed.
func (w *WatchlistChanged) Record() (Record, error) {
	value, err := Encode(w)
	return Record{Topic: TopicWatchlist, Key: w.Entry.Key(), Value: value}, err
}
