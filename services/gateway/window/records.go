package window

// entry is one advisory. It holds no pointer, and neither does what indexes entries: what grows with
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

// records are entries in the order of their arrival, numbered from 0 on, and their bytes.
type records struct {
	entries []entry
	first   uint64 // number of the first entry
	chunks  [][]byte
	gone    uint32 // chunks given back
	room    int    // bytes of a chunk
	bytes   int    // of all entries, and what they cost
}

func newRecords(limit int) records {
	return records{room: min(largestChunk, max(limit/32, 4<<10))}
}

func (r *records) len() int { return len(r.entries) }

// at is entry n, which must be there; it is valid until the next add.
func (r *records) at(n uint64) *entry { return &r.entries[n-r.first] }

// add appends e with the id of its message and its record, and returns its number.
func (r *records) add(e entry, id string, raw []byte) uint64 {
	size := len(id) + len(raw)
	last := len(r.chunks) - 1
	if last < 0 || cap(r.chunks[last])-len(r.chunks[last]) < size {
		r.chunks = append(r.chunks, make([]byte, 0, max(r.room, size)))
		last++
	}
	e.chunk, e.at, e.id, e.size = r.gone+uint32(last), uint32(len(r.chunks[last])), uint32(len(id)), uint32(size)
	r.chunks[last] = append(append(r.chunks[last], id...), raw...)
	r.entries = append(r.entries, e)
	r.bytes += size + entryOverhead
	return r.first + uint64(len(r.entries)) - 1
}

// read returns the id of e's message and its record. They stay as they are, also when e is dropped.
func (r *records) read(e *entry) (id, raw []byte) {
	b := r.chunks[e.chunk-r.gone][e.at : e.at+e.size : e.at+e.size]
	return b[:e.id], b[e.id:]
}

// drop takes the first entry out.
func (r *records) drop() (n uint64, e entry) {
	n, e = r.first, r.entries[0]
	r.first, r.entries = r.first+1, r.entries[1:]
	r.bytes -= int(e.size) + entryOverhead
	next := r.gone + uint32(len(r.chunks)) - 1
	if len(r.entries) > 0 {
		next = r.entries[0].chunk
	}
	for ; r.gone < next; r.gone++ {
		r.chunks[0] = nil
		r.chunks = r.chunks[1:]
	}
	return n, e
}
