package name

import "math/bits"

// Exact is the similarity of a token with itself; similarities are whole numbers from 0 to Exact.
const Exact = 255

// least is the lowest similarity that counts as "may be the same name"; below it tokens are simply different.
const least = 151

// Initial is the similarity of a list's single letter with a traveller's name that begins with it.
const Initial = least - 1

const (
	sameFold  = 247 // most that is given to another spelling
	sounds    = 235 // least that is given to one fold
	cutShort  = 240 // a token that a full field may have cut is the beginning of the other
	detached  = 238 // most that is given when an article, ABDUL or a title had to be taken off first
	sameClass = 225 // nicknames, and surnames romanised by place
)

// Word is a list token with what comparing it needs. It may be kept and shared.
type Word struct {
	Text, Fold         []byte
	TextMask, FoldMask uint32 // of Text and Fold
}

// special marks, in a TextMask, a token that is like others for more than its letters: it has a class or can be
// detached from an article. Letters use bits 1 to 26.
const special = 1

// MakeWord prepares w, using buf for its fold.
func MakeWord(w, buf []byte) Word {
	w = w[:min(len(w), MaxToken)]
	fold := appendFold(buf, w)
	word := Word{Text: w, Fold: fold, TextMask: maskOf(w), FoldMask: maskOf(fold)}
	if _, ok := detach(w); ok || classesOf(w)[0] != 0 {
		word.TextMask |= special
	}
	return word
}

// MayResemble is false for words that [Probe.Similarity] is sure to find different, but for initials and words that
// a cut probe begins. It needs only the masks.
func (p *Probe) MayResemble(textMask, foldMask uint32) bool {
	return textMask&special != 0 || p.form[0].mayResemble(textMask, foldMask) || p.forms == 2 && p.form[1].mayResemble(textMask, foldMask)
}

func (f *form) mayResemble(textMask, foldMask uint32) bool {
	return bits.OnesCount32(f.foldMask^foldMask) <= 2*editsFor(f.f) || bits.OnesCount32(f.textMask^textMask) <= 2 ||
		f.s >= 2 && f.consonants == consonants(foldMask)
}

// Probe is one token of a traveller, prepared for comparison with many list tokens. The zero value must be Set.
type Probe struct {
	form    [2]form // as written, and without a glued article or title
	forms   int
	cut     bool
	classes [2]uint16
}

// form is one way to read the token.
type form struct {
	text, fold, skel   [MaxToken]byte
	n, f, s            int // lengths of these
	textBits, foldBits pattern
	textMask, foldMask uint32
	consonants         uint32
}

// Set prepares p for the token w; cut says that w may be only the beginning of a name.
func (p *Probe) Set(w []byte, cut bool) {
	p.cut = cut
	p.classes = classesOf(w)
	p.forms = 1
	p.form[0].set(w)
	rest, ok := detach(w)
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
	f.f = len(appendFold(f.fold[:0], f.text[:f.n]))
	f.s = len(appendSkeleton(f.skel[:0], f.fold[:f.f]))
	f.textBits.set(f.text[:f.n])
	f.foldBits.set(f.fold[:f.f])
	f.textMask, f.foldMask = maskOf(f.text[:f.n]), maskOf(f.fold[:f.f])
	f.consonants = consonants(f.foldMask)
}

// consonants is the set of letters that a skeleton of a fold with these letters has.
func consonants(mask uint32) uint32 {
	const dropped = 1<<('A'&31) | 1<<('I'&31) | 1<<('U'&31) | 1<<('H'&31)
	const g, k = 1 << ('G' & 31), 1 << ('K' & 31)
	if mask&g != 0 {
		mask = mask&^g | k
	}
	return mask &^ dropped
}

// Text returns the letters of the token as it was given; they are valid until the next Set.
func (p *Probe) Text() []byte { return p.form[0].text[:p.form[0].n] }

// Cut reports whether the token may be only the beginning of a name.
func (p *Probe) Cut() bool { return p.cut }

// Similarity returns how alike the probe and the list token w are: [Exact] for equal, 0 for anything under [least] but
// an [Initial].
func (p *Probe) Similarity(w *Word) uint8 {
	text := p.Text()
	if len(w.Text) == 1 {
		switch {
		case len(text) == 0 || text[0] != w.Text[0]:
			return 0
		case len(text) == 1:
			return Exact
		}
		return Initial
	}
	best := p.whole(w)
	if p.cut && len(text) >= 2 && len(w.Text) > len(text) && string(w.Text[:len(text)]) == string(text) {
		best = max(best, cutShort)
	}
	if rest, ok := detach(w.Text); ok && best < detached {
		var buf [MaxToken]byte
		r := MakeWord(rest, buf[:0])
		best = max(best, min(detached, p.whole(&r)))
	}
	if best < sameClass && p.classes[0] != 0 && sharesClass(p.classes, classesOf(w.Text)) {
		best = sameClass
	}
	if best < least {
		return 0
	}
	return best
}

func (p *Probe) whole(w *Word) uint8 {
	best := p.form[0].similarity(w)
	if p.forms == 2 && best < detached {
		best = max(best, min(detached, p.form[1].similarity(w)))
	}
	return best
}

func (f *form) similarity(w *Word) uint8 {
	text, fold := f.text[:f.n], f.fold[:f.f]
	if string(text) == string(w.Text) {
		return Exact
	}
	if len(text) < 2 || len(w.Text) < 2 {
		return 0
	}
	if string(fold) == string(w.Fold) {
		return min(sameFold, max(sounds, scaled(weighted(text, w.Text), f.n+len(w.Text))))
	}
	if !f.near(w) {
		return 0
	}
	raw := scaled(weighted(text, w.Text), f.n+len(w.Text))
	folded := scaled(weighted(fold, w.Fold), f.f+len(w.Fold))
	return min(sameFold, max(raw, folded-min(folded, Exact-sameFold)))
}

// near reports whether the folds are within the edits that the shorter one allows, the tokens themselves within one
// edit, or the skeletons equal. It is exactly what [Keys] can find.
func (f *form) near(w *Word) bool {
	limit := editsFor(min(f.f, len(w.Fold)))
	if d := f.f - len(w.Fold); d <= limit && -d <= limit && bits.OnesCount32(f.foldMask^w.FoldMask) <= 2*limit && limit > 0 &&
		f.foldBits.distance(w.Fold) <= limit {
		return true
	}
	if d := f.n - len(w.Text); d <= 1 && -d <= 1 && bits.OnesCount32(f.textMask^w.TextMask&^special) <= 2 &&
		min(f.n, len(w.Text)) >= minTypo && f.textBits.distance(w.Text) <= 1 {
		return true
	}
	if f.s < 2 || f.consonants != consonants(w.FoldMask) {
		return false
	}
	var buf [MaxToken]byte
	return string(f.skel[:f.s]) == string(appendSkeleton(buf[:0], w.Fold))
}

// scaled turns a cost over two words with that many letters together into a similarity. The fall is a little
// steeper than the share of letters that differ.
func scaled(cost, letters int) uint8 {
	if letters <= shortPair {
		cost += cost / 4 // a letter of a short word says more
	}
	r := 2 * Exact * cost / (max(letters, 2) * full) // of Exact
	return uint8(max(0, Exact-r-r*r*steeper/(100*Exact)))
}

const (
	steeper   = 40 // per cent
	shortPair = 7  // letters of two short words together
)

// Loose compares two tokens that nothing but other evidence, such as one birth date, suggests to be one name garbled.
// It returns a value under [Initial], and 0 where more than about half of the letters differ.
func Loose(a, b []byte) uint8 {
	const least = 110
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	s := min(scaled(weighted(a[:min(len(a), MaxToken)], b[:min(len(b), MaxToken)]), len(a)+len(b)), Initial-1)
	if s < least {
		return 0
	}
	return s
}
