package gateway

// entry is one advisory record of the window. It holds no pointer, and neither does what indexes entries: what grows with
// traffic is nothing that the collector has to look through.
type entry struct {
	message, leg        uint64 // hashes; leg is 0 for a notice
	prev                uint64 // 1 + the number of the entry before of the same message; 0 when there was none
	before              uint64 // the same of the same traveller of it
	offset              int64
	chunk, at, id, size uint32 // where its bytes lie: those of the message's id, then those of the record
	partition, index    int32
	carrier             uint32
	fallback            bool
}

const (
	entryOverhead = 160     // bytes an entry costs besides its record, indexes included
	largestChunk  = 1 << 20 // bytes are taken from the system and given back in chunks
)

// window is entries in the order of their arrival, numbered from 0 on, and their bytes.
type window struct {
	entries []entry
	first   uint64 // number of the first entry
	chunks  [][]byte
	gone    uint32 // chunks given back
	room    int    // bytes of a chunk
	bytes   int    // of all entries, and what they cost
}

func newWindow(limit int) window { return window{room: min(largestChunk, max(limit/32, 4<<10))} }

func (w *window) len() int { return len(w.entries) }

// at is entry n, which must be there; it is valid until the next add.
func (w *window) at(n uint64) *entry { return &w.entries[n-w.first] }

// add appends e with the id of its message and its record, and returns its number.
func (w *window) add(e entry, id string, raw []byte) uint64 {
	size := len(id) + len(raw)
	last := len(w.chunks) - 1
	if last < 0 || cap(w.chunks[last])-len(w.chunks[last]) < size {
		w.chunks = append(w.chunks, make([]byte, 0, max(w.room, size)))
		last++
	}
	e.chunk, e.at, e.id, e.size = w.gone+uint32(last), uint32(len(w.chunks[last])), uint32(len(id)), uint32(size)
	w.chunks[last] = append(append(w.chunks[last], id...), raw...)
	w.entries = append(w.entries, e)
	w.bytes += size + entryOverhead
	return w.first + uint64(len(w.entries)) - 1
}

// read returns the id of e's message and its record. They stay as they are, also when e is dropped.
func (w *window) read(e *entry) (id, raw []byte) {
	b := w.chunks[e.chunk-w.gone][e.at : e.at+e.size : e.at+e.size]
	return b[:e.id], b[e.id:]
}

// drop takes the first entry out.
func (w *window) drop() (n uint64, e entry) {
	n, e = w.first, w.entries[0]
	w.first, w.entries = w.first+1, w.entries[1:]
	w.bytes -= int(e.size) + entryOverhead
	next := w.gone + uint32(len(w.chunks)) - 1
	if len(w.entries) > 0 {
		next = w.entries[0].chunk
	}
	for ; w.gone < next; w.gone++ {
		w.chunks[0] = nil
		w.chunks = w.chunks[1:]
	}
	return n, e
}
