package window

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Cursor is a place in a carrier's feed: the offset last seen of each partition of advisory.issued. It survives a
// restart of the gateway and holds at every instance, because offsets do. As text it is "0.17-2.5".
type Cursor map[int32]int64

const maxCursor = 4 << 10 // bytes of a cursor's text: 200 partitions

var errCursor = errors.New("cursor is not one that this feed gave out")

// ParseCursor reads the text of a cursor; of the empty one, the start of the feed.
func ParseCursor(s string) (Cursor, error) {
	c := Cursor{}
	if s == "" {
		return c, nil
	}
	if len(s) > maxCursor {
		return nil, errCursor
	}
	for part := range strings.SplitSeq(s, "-") {
		p, o, ok := strings.Cut(part, ".")
		partition, err1 := strconv.ParseInt(p, 10, 32)
		offset, err2 := strconv.ParseInt(o, 10, 64)
		if !ok || err1 != nil || err2 != nil {
			return nil, errCursor
		}
		c[int32(partition)] = offset
	}
	return c, nil
}

func (c Cursor) String() string {
	parts := make([]string, 0, len(c))
	for p, o := range c {
		parts = append(parts, strconv.Itoa(int(p))+"."+strconv.FormatInt(o, 10))
	}
	slices.Sort(parts)
	return strings.Join(parts, "-")
}
