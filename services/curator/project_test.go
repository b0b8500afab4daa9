package curator

import (
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/segmentio/encoding/json"

	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// under lists the entries that Redis holds under a key, by list and id.
func under(t *testing.T, mini *miniredis.Miniredis, key string) string {
	t.Helper()
	if !mini.Exists(key) {
		return ""
	}
	v, err := mini.Get(key)
	if err != nil {
		t.Fatal(err)
	}
	var list []watchlist.Posting
	if err := json.Unmarshal([]byte(v), &list); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for i := range list {
		keys = append(keys, list[i].List+"/"+list[i].Entry)
	}
	return strings.Join(keys, " ")
}

// TestProjectionOfOneIDInTwoLists holds that entry 77 of one list says nothing of entry 77 of another.
func TestProjectionOfOneIDInTwoLists(t *testing.T) {
	of := func(list string, number travel.Number) travel.ListEntry {
		e := entry("77", travel.ActNoBoard, number)
		e.List = list
		return e
	}
	const shared, other = "x:doc:SWE|X9012345", "x:doc:SWE|X1111111"
	for name, c := range map[string]struct {
		then          []stream.Record
		shared, other string
	}{
		"loaded":                {nil, "agency-a/77 agency-b/77", ""},
		"one changed":           {[]stream.Record{record(t, 3, false, of("agency-b", "X1111111"))}, "agency-a/77", "agency-b/77"},
		"one deleted":           {[]stream.Record{record(t, 3, true, of("agency-b", ""))}, "agency-a/77", ""},
		"the other deleted":     {[]stream.Record{record(t, 3, true, of("agency-a", ""))}, "agency-b/77", ""},
		"a deletion of no list": {[]stream.Record{record(t, 3, true, of("", ""))}, "agency-a/77 agency-b/77", ""},
		"both deleted":          {[]stream.Record{record(t, 3, true, of("agency-a", "")), record(t, 4, true, of("agency-b", ""))}, "", ""},
	} {
		p, mini := newTestProjection(t)
		loaded := []stream.Record{record(t, 1, false, of("agency-a", "X9012345")), record(t, 2, false, of("agency-b", "X9012345"))}
		if err := p.apply(append(loaded, c.then...)); err != nil {
			t.Fatal(err)
		}
		if err := p.flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{c.shared, c.other}, []string{under(t, mini, shared), under(t, mini, other)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
