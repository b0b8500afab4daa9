package table

// Texts are strings of any length, each a chain of blocks: whatever was given back fits what comes next, so nothing has to
// be moved.
type Texts struct{ Table[block] }

type block struct {
	next  uint32
	bytes [28]byte
}

// Put returns where the text begins; 0 for an empty one.
func (t *Texts) Put(text []byte) (first uint32) {
	for last := uint32(0); len(text) > 0; {
		n := t.Take()
		text = text[copy(t.At(n).bytes[:], text):]
		if last == 0 {
			first = n
		} else {
			t.At(last).next = n
		}
		last = n
	}
	return first
}

// Read appends the size bytes that begin at n to dst.
func (t *Texts) Read(dst []byte, n, size uint32) []byte {
	for size > 0 {
		b := t.At(n)
		here := min(size, uint32(len(b.bytes)))
		dst = append(dst, b.bytes[:here]...)
		n, size = b.next, size-here
	}
	return dst
}

// Is reports whether the len(text) bytes that begin at n are text.
func (t *Texts) Is(n uint32, text string) bool {
	for len(text) > 0 {
		b := t.At(n)
		here := min(len(text), len(b.bytes))
		if string(b.bytes[:here]) != text[:here] {
			return false
		}
		n, text = b.next, text[here:]
	}
	return true
}

// Drop gives back the text that begins at n.
func (t *Texts) Drop(n uint32) {
	for n != 0 {
		next := t.At(n).next
		t.Give(n)
		n = next
	}
}
