package name

// Exact is the similarity of a token with itself; similarities are whole numbers from 0 to Exact.
const Exact = 255

// Least is the lowest similarity that counts as "may be the same name"; below it tokens are simply different.
const Least = 151

// Initial is the similarity of a list's single letter with a traveller's name that begins with it.
const Initial = Least - 1

const (
	sameFold  = 247 // one fold, another spelling
	cutShort  = 240 // a token that a full field may have cut is the beginning of the other
	sameClass = 225 // nicknames, and surnames romanised by place
	detached  = 244 // most that is given when an article or a title had to be taken off first
)

// Probe is one token of a traveller, prepared for comparison with many list tokens. The zero value must be Set.
type Probe struct {
	form  [2]form // as written, and without a glued article or title
	forms int
	cut   bool
	class uint16
}

type form struct {
	text    [MaxToken]byte
	fold    [MaxToken]byte
	skel    [MaxToken]byte
	n, f, s int
	bits    pattern // of the fold
	mask    uint32
}

// Set prepares p for the token w; cut says that w may be only the beginning of a name.
func (p *Probe) Set(w []byte, cut bool) {
	p.cut = cut
	p.class = Class(w)
	p.forms = 1
	p.form[0].set(w)
	rest, ok := withoutArticle(w)
	if !ok {
		rest, ok = withoutTitle(w)
	}
	if ok {
		p.form[1].set(rest)
		p.forms = 2
	}
}

func (f *form) set(w []byte) {
	f.n = copy(f.text[:], w)
	f.f = len(Fold(f.fold[:0], f.text[:f.n]))
	f.s = len(Skeleton(f.skel[:0], f.fold[:f.f]))
	f.bits.set(f.fold[:f.f])
	f.mask = Mask(f.fold[:f.f])
}

// Cut reports whether the token may be only the beginning of a name.
func (p *Probe) Cut() bool { return p.cut }

// Similarity returns how alike the probe and the list token w are: [Exact] for equal, 0 for anything under [Least].
func (p *Probe) Similarity(w []byte) uint8 {
	text := p.Text()
	if len(w) == 1 {
		switch {
		case len(text) == 1 && text[0] == w[0]:
			return Exact
		case len(text) > 0 && text[0] == w[0]:
			return Initial
		}
		return 0
	}
	best := p.whole(w)
	if p.cut && len(text) >= 2 && len(w) > len(text) && string(w[:len(text)]) == string(text) {
		best = max(best, cutShort)
	}
	if rest, ok := withoutArticle(w); ok && best < detached {
		best = max(best, min(detached, p.whole(rest)))
	}
	if best < sameClass && p.class != 0 && p.class == Class(w) {
		best = sameClass
	}
	if best < Least {
		return 0
	}
	return best
}

func (p *Probe) whole(w []byte) uint8 {
	var foldBuf, skelBuf [MaxToken]byte
	fold := Fold(foldBuf[:0], w[:min(len(w), MaxToken)])
	best := p.form[0].similarity(w, fold, skelBuf[:0])
	if p.forms == 2 && best < detached {
		best = max(best, min(detached, p.form[1].similarity(w, fold, skelBuf[:0])))
	}
	return best
}

func (f *form) similarity(w, fold, skel []byte) uint8 {
	text := f.text[:f.n]
	if string(text) == string(w) {
		return Exact
	}
	if len(text) < 2 || len(w) < 2 {
		return 0
	}
	if string(f.fold[:f.f]) == string(fold) {
		return min(sameFold, scaled(weighted(text, w), f.n+len(w)))
	}
	if !f.near(fold) {
		skel = Skeleton(skel, fold)
		if f.s < 2 || string(f.skel[:f.s]) != string(skel) {
			return 0
		}
	}
	raw := scaled(weighted(text, w), f.n+len(w))
	folded := scaled(weighted(f.fold[:f.f], fold), f.f+len(fold))
	return min(sameFold, max(raw, folded-min(folded, Exact-sameFold)))
}

// near reports whether the folds are within the edits that their shorter one allows.
func (f *form) near(fold []byte) bool {
	limit := Edits(min(f.f, len(fold)))
	if limit == 0 || f.f-len(fold) > limit || len(fold)-f.f > limit {
		return false
	}
	return f.bits.distance(fold) <= limit
}

// scaled turns a cost over two words with that many letters together into a similarity.
func scaled(cost, letters int) uint8 {
	letters = max(letters, 2)
	return uint8(max(0, Exact-2*Exact*cost/(letters*full)))
}

// Text returns the letters of the token as it was given; they are valid until the next Set.
func (p *Probe) Text() []byte { return p.form[0].text[:p.form[0].n] }
