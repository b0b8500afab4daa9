package name

// keyPrefix is how much of a fold the symmetric-delete keys are made of; it must exceed the most edits.
const keyPrefix = 7

// The kinds of key, kept apart by the seed of their hash.
const (
	seedDelete   = 0x9E3779B97F4A7C15
	seedSkeleton = 0xC2B2AE3D27D4EB4F
	seedClass    = 0x165667B19E3779F9
)

// minTypo is the fewest letters a token has for one edit of it to be looked for.
const minTypo = 3

// Keys appends the hashes that a list token is found by: those of its fold with a few letters deleted, of
// itself with one letter deleted, of its skeleton and of its classes, for the token as it stands and without what can
// be detached. Whatever [Probe.Similarity] finds alike shares a key with the probe, but for two cases that the caller
// looks up by itself: a list token that is one letter, the probe's first; and when the probe is cut, list tokens that
// begin with it. Some keys may come twice.
func Keys(dst []uint64, w []byte) []uint64 {
	var buf, skel [MaxToken]byte
	word := MakeWord(w, buf[:0])
	dst = keys(dst, word.Text, word.Fold, appendSkeleton(skel[:0], word.Fold))
	if rest, ok := detach(w); ok {
		word = MakeWord(rest, buf[:0])
		dst = keys(dst, word.Text, word.Fold, appendSkeleton(skel[:0], word.Fold))
	}
	return classKeys(dst, classesOf(w))
}

// Keys appends the hashes that tokens like the probe are found by.
func (p *Probe) Keys(dst []uint64) []uint64 {
	for i := range p.forms {
		f := &p.form[i]
		dst = keys(dst, f.text[:f.n], f.fold[:f.f], f.skel[:f.s])
	}
	return classKeys(dst, p.classes)
}

func classKeys(dst []uint64, classes [2]uint16) []uint64 {
	for _, c := range classes {
		if c != 0 {
			dst = append(dst, mix(seedClass, uint64(c)))
		}
	}
	return dst
}

func keys(dst []uint64, text, fold, skel []byte) []uint64 {
	dst = deletes(dst, fold, editsFor(len(fold)))
	if len(text) >= minTypo && string(text) != string(fold) {
		dst = deletes(dst, text, 1)
	}
	if len(skel) >= 2 {
		dst = append(dst, hash(seedSkeleton, skel, -1, -1))
	}
	return dst
}

// deletes appends the hashes of the beginning of w with up to so many letters deleted.
func deletes(dst []uint64, w []byte, edits int) []uint64 {
	p := w[:min(len(w), keyPrefix)]
	dst = append(dst, hash(seedDelete, p, -1, -1))
	for i := 0; i < len(p) && edits > 0; i++ {
		dst = append(dst, hash(seedDelete, p, i, -1))
		for j := i + 1; j < len(p) && edits > 1; j++ {
			dst = append(dst, hash(seedDelete, p, i, j))
		}
	}
	return dst
}

// hash hashes w without the letters at i and j.
func hash(seed uint64, w []byte, i, j int) uint64 {
	h := seed
	for k, c := range w {
		if k != i && k != j {
			h = (h ^ uint64(c)) * 0x100000001B3
		}
	}
	return mix(h, 0)
}

func mix(a, b uint64) uint64 {
	a ^= b * 0xFF51AFD7ED558CCD
	a ^= a >> 32
	a *= 0xD6E8FEB86659FD93
	return a ^ a>>32
}
