package name

// editsFor returns how many edits (insertion, deletion, substitution, swap of neighbours) may part two folds that are
// the same name: none up to 2 letters, one up to 5, two above. It is what symmetric-delete keys are made for.
func editsFor(letters int) int {
	switch {
	case letters <= 2:
		return 0
	case letters <= 5:
		return 1
	}
	return 2
}

// pattern is one word prepared for the bit-parallel distance.
type pattern struct {
	at  [32]uint64 // positions of each letter, by letter & 31
	len int
}

func (p *pattern) set(w []byte) {
	p.at = [32]uint64{}
	p.len = len(w)
	for i, c := range w {
		p.at[c&31] |= 1 << uint(i)
	}
}

// distance returns the optimal string alignment distance (Hyyrö 2003) between the pattern and w.
func (p *pattern) distance(w []byte) int {
	if p.len == 0 {
		return len(w)
	}
	vp, vn, d0, last := ^uint64(0), uint64(0), uint64(0), uint64(0)
	d, top := p.len, uint64(1)<<uint(p.len-1)
	for _, c := range w {
		pm := p.at[c&31]
		tr := ((^d0 & pm) << 1) & last
		d0 = (((pm & vp) + vp) ^ vp) | pm | vn | tr
		hp, hn := vn|^(d0|vp), d0&vp
		if hp&top != 0 {
			d++
		} else if hn&top != 0 {
			d--
		}
		hp, hn = hp<<1|1, hn<<1
		vp, vn = hn|^(d0|hp), d0&hp
		last = pm
	}
	return d
}

// Costs of one edit, in hundredths.
const (
	full   = 100
	soft   = 45 // vowel for vowel, consonant for one that sounds or looks like it
	double = 25 // a letter said twice
	weakH  = 40 // H more or less
	weakV  = 60 // a vowel more or less
	swap   = 75 // neighbours swapped
	lead   = 30 // extra when the first letters differ and do not sound alike
)

// soundAlike lists consonants that are written for one another.
const soundAlike = "CK KQ CQ CS SZ CZ DT BP VW FV FW BV GJ JY IJ GK KH GH MN LR SX CX XZ XK CH HJ GQ DZ UV UW"

var substitution = costTable()

func costTable() (t [32][32]uint8) {
	for a := range t {
		for b := range t[a] {
			ca, cb := byte(a)|0x40, byte(b)|0x40
			switch {
			case a == b:
			case vowel(ca) && vowel(cb):
				t[a][b] = soft
			default:
				t[a][b] = full
			}
		}
	}
	for i := 0; i+1 < len(soundAlike); i += 3 {
		a, b := soundAlike[i]&31, soundAlike[i+1]&31
		t[a][b], t[b][a] = soft, soft
	}
	return t
}

// insertion is the cost of w[i] being there or not.
func insertion(w []byte, i int) int {
	switch c := w[i]; {
	case i > 0 && w[i-1] == c:
		return double
	case c == 'H':
		return weakH
	case vowel(c):
		return weakV
	}
	return full
}

// weighted returns the cost of the cheapest alignment of a and b, in hundredths of an edit. What they begin and end
// with in common is taken as aligned.
func weighted(a, b []byte) int {
	from, n := 0, min(len(a), len(b))
	for from < n && a[from] == b[from] {
		from++
	}
	endA, endB := len(a), len(b)
	for endA > from && endB > from && a[endA-1] == b[endB-1] {
		endA--
		endB--
	}
	d := 0
	switch {
	case from == endA:
		for j := from; j < endB; j++ {
			d += insertion(b, j)
		}
	case from == endB:
		for i := from; i < endA; i++ {
			d += insertion(a, i)
		}
	default:
		d = align(a, b, from, endA, endB)
	}
	if len(a) > 0 && len(b) > 0 && substitution[a[0]&31][b[0]&31] == full {
		d += lead
	}
	return d
}

// align is the cost of a[from:endA] against b[from:endB].
func align(a, b []byte, from, endA, endB int) int {
	var rows [3][MaxToken + 1]int
	var ins [MaxToken]int
	two, one, cur := &rows[0], &rows[1], &rows[2]
	for j := from; j < endB; j++ {
		ins[j] = insertion(b, j)
		one[j+1] = one[j] + ins[j]
	}
	for i := from; i < endA; i++ {
		gone := insertion(a, i)
		cur[from] = one[from] + gone
		costs := &substitution[a[i]&31]
		for j := from; j < endB; j++ {
			v := min(one[j]+int(costs[b[j]&31]), one[j+1]+gone, cur[j]+ins[j])
			if i > from && j > from && a[i] == b[j-1] && a[i-1] == b[j] && a[i] != b[j] {
				v = min(v, two[j-1]+swap)
			}
			cur[j+1] = v
		}
		two, one, cur = one, cur, two
	}
	return one[endB]
}
