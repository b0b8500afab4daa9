package name

// keyPrefix is how much of a fold the symmetric-delete keys are made of; it must exceed the most edits.
const keyPrefix = 7

// The kinds of key, kept apart by the seed of their hash.
const (
	seedDelete   = 0x9E3779B97F4A7C15
	seedSkeleton = 0xC2B2AE3D27D4EB4F
	seedClass    = 0x165667B19E3779F9
)

// Keys appends the hashes that a list token is found by: those of its fold with up to [Edits] letters deleted, of its
// skeleton and of its class, for the token as it stands and without a glued article. Whatever [Probe.Similarity]
// finds alike shares a key with the probe, but for two cases the caller looks up by itself: a list token that is one
// letter, the probe's first; and when the probe is cut, list tokens that begin with it.
func Keys(dst []uint64, w []byte) []uint64 {
	dst = formKeys(dst, w)
	if rest, ok := withoutArticle(w); ok {
		dst = formKeys(dst, rest)
	}
	if c := Class(w); c != 0 {
		dst = append(dst, mix(seedClass, uint64(c)))
	}
	return dst
}

// Keys appends the hashes that tokens like the probe are found by.
func (p *Probe) Keys(dst []uint64) []uint64 {
	for i := range p.forms {
		f := &p.form[i]
		dst = foldKeys(dst, f.fold[:f.f], f.skel[:f.s])
	}
	if p.class != 0 {
		dst = append(dst, mix(seedClass, uint64(p.class)))
	}
	return dst
}

func formKeys(dst []uint64, w []byte) []uint64 {
	var foldBuf, skelBuf [MaxToken]byte
	fold := Fold(foldBuf[:0], w[:min(len(w), MaxToken)])
	return foldKeys(dst, fold, Skeleton(skelBuf[:0], fold))
}

func foldKeys(dst []uint64, fold, skel []byte) []uint64 {
	edits := Edits(len(fold))
	p := fold[:min(len(fold), keyPrefix)]
	dst = append(dst, hash(seedDelete, p, -1, -1))
	if edits > 0 {
		for i := range p {
			dst = append(dst, hash(seedDelete, p, i, -1))
			if edits > 1 {
				for j := i + 1; j < len(p); j++ {
					dst = append(dst, hash(seedDelete, p, i, j))
				}
			}
		}
	}
	if len(skel) >= 2 {
		dst = append(dst, hash(seedSkeleton, skel, -1, -1))
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
