package name

// Limits of a parsed name.
const (
	MaxTokens = 8  // tokens kept; the rest of a longer name is not compared
	MaxToken  = 32 // bytes of one token

	maxOptional = MaxTokens - 3 // so many tokens leave room for no word that a name may lack
)

// Role says which field a token came from.
type Role uint8

// The roles of a token.
const (
	Whole   Role = iota // the field did not separate surname from given names
	Surname             // primary identifier
	Given               // secondary identifier
)

// Token is one word of a parsed name: bytes Start to End of its [Tokens].
type Token struct {
	start, end uint16
	Role       Role
	Weak       bool // a title of respect or the like: little evidence
	Cut        bool // the field was full: the word may continue
}

// Tokens is one parsed name. Its memory is reused by each Parse; the zero value is ready.
type Tokens struct {
	raw   [MaxLen]byte
	text  [(MaxTokens + 4) * MaxToken]byte
	used  int
	n     int
	token [MaxTokens]Token
	run   [2]runTogether // words of the surname, and of the given names
}

// runTogether is the words of a part without the spaces between them, articles and all.
type runTogether struct {
	text  [MaxToken]byte
	n     int
	words int
}

func (r *runTogether) add(w []byte) {
	r.n += copy(r.text[r.n:], w)
	r.words++
}

// Len is the number of tokens.
func (t *Tokens) Len() int { return t.n }

// Token returns token i.
func (t *Tokens) Token(i int) Token { return t.token[i] }

// Text returns the letters of token i; they are valid until the next Parse.
func (t *Tokens) Text(i int) []byte { return t.text[t.token[i].start:t.token[i].end] }

// Parse sets t to the tokens of a person's name. Middle may be empty; so may any other part.
// Fields whose width is that of a full machine-readable name (30, 31 or 39 positions, Doc 9303 parts 4 to 6) mark
// their last token as possibly cut.
func (t *Tokens) Parse(surname, given, middle string) { t.ParseIn(surname, given, middle, ICAO) }

// ParseIn is Parse in a chosen form of transliteration, for names that are not in A–Z.
func (t *Tokens) ParseIn(surname, given, middle string, form Form) {
	t.reset()
	role := Surname
	if given == "" && middle == "" {
		role = Whole
	}
	t.part(surname, role, form)
	surnames := t.n
	t.part(given, Given, form)
	t.part(middle, Given, form)
	room := len(given) + len(middle)
	if middle != "" {
		room++
	}
	t.markCut(len(surname), room, surnames)
}

// ParseWhole sets t to the tokens of a name in one string: "SURNAME/GIVEN", "SURNAME, GIVEN" or any order.
func (t *Tokens) ParseWhole(s string, form Form) {
	t.reset()
	for i := range len(s) {
		if s[i] == '/' || s[i] == ',' {
			t.part(s[:i], Surname, form)
			t.part(s[i+1:], Given, form)
			return
		}
	}
	t.part(s, Whole, form)
}

// ParseParts is Parse for list names, in a chosen form of transliteration.
func (t *Tokens) ParseParts(surname, given string, form Form) {
	t.reset()
	role := Surname
	if given == "" {
		role = Whole
	}
	t.part(surname, role, form)
	t.part(given, Given, form)
}

// markCut marks the last token of the part that filled its field.
func (t *Tokens) markCut(surname, given, surnames int) {
	if t.n == 0 {
		return
	}
	switch n := surname + 2 + given; {
	case n >= 29 && n <= 31, n == 38 || n == 39, given >= 34:
		t.token[t.n-1].Cut = true
		if surnames > 0 && surname >= 24 {
			t.token[surnames-1].Cut = true
		}
	case surname >= 34 && surnames > 0:
		t.token[surnames-1].Cut = true
	}
}

func (t *Tokens) reset() {
	t.n, t.used = 0, 0
	for i := range t.run {
		t.run[i].n, t.run[i].words = 0, 0
	}
}

// JoinGiven replaces the given names of t, when they were two words or more, by all of them run together, and returns
// the place of that token; ok is false when it changed nothing. Of a name in one field it joins all words but the last.
func (t *Tokens) JoinGiven() (at int, ok bool) {
	if t.n > 0 && t.token[0].Role == Whole {
		return t.join(1, 0, t.n-1)
	}
	from := 0
	for from < t.n && t.token[from].Role == Surname {
		from++
	}
	return t.join(1, from, t.n)
}

// JoinSurname does the same for a surname of several words.
func (t *Tokens) JoinSurname() (at int, ok bool) {
	to := 0
	for to < t.n && t.token[to].Role == Surname {
		to++
	}
	return t.join(0, 0, to)
}

// JoinAll replaces all tokens by one, in their order; ok is false when there were not several.
func (t *Tokens) JoinAll() (at int, ok bool) {
	r := &t.run[1]
	r.n, r.words = 0, 0
	for i := range t.n {
		r.add(t.Text(i))
	}
	return t.join(1, 0, t.n)
}

func (t *Tokens) join(part, from, to int) (at int, ok bool) {
	r := &t.run[part]
	if r.words < 2 || to <= from || t.used+2*MaxToken > len(t.text) {
		return 0, false
	}
	start := t.used
	out := canonical(t.text[start:start:len(t.text)], r.text[:r.n])
	if to-from == 1 && string(out) == string(t.Text(from)) {
		return 0, false
	}
	t.used += len(out)
	t.token[from] = Token{start: uint16(start), end: uint16(t.used), Role: t.token[from].Role, Cut: t.token[to-1].Cut}
	t.n = from + 1 + copy(t.token[from+1:], t.token[to:t.n])
	return from, true
}

// part adds the tokens of one field.
func (t *Tokens) part(s string, role Role, form Form) {
	raw := Normalise(t.raw[:0], s, form)
	t.runOn(raw, role)
	for len(raw) > 0 {
		var w []byte
		w, raw = cutWord(raw)
		next, rest := cutWord(raw)
		switch k := kindOf(w); {
		case k.is(filler), k.is(title) && (len(raw) > 0 || t.n > 0):
			continue
		case string(w) == "TAN" && string(next) == "SRI" && len(rest) > 0: // an honour; TAN alone is a surname
			raw = rest
			continue
		case k.is(servant) && len(next) > 0:
			if kindOf(next).is(article) && len(rest) > 0 {
				next, rest = cutWord(rest)
			}
			t.add(role, []byte("ABDUL"), next)
			raw = rest
			continue
		case k.is(connector) && len(next) > 0 && (!k.is(optional) || t.n >= maxOptional):
			continue
		}
		if suffix, after, ok := faithSuffix(next, rest); ok && len(w) > 2 {
			t.add(role, w, suffix)
			raw = after
			continue
		}
		t.add(role, w, nil)
	}
}

// runOn notes the words of a part for the Join methods.
func (t *Tokens) runOn(raw []byte, role Role) {
	r := &t.run[1]
	if role == Surname {
		r = &t.run[0]
	}
	for len(raw) > 0 {
		var w []byte
		w, raw = cutWord(raw)
		if !kindOf(w).is(title|filler) && (role != Whole || len(raw) > 0) {
			r.add(w)
		}
	}
}

// faithSuffix recognises UD DIN, AL DEEN, UDDIN as the end of the name before it.
func faithSuffix(next, rest []byte) (suffix, after []byte, ok bool) {
	if kindOf(next).is(beforeDin) {
		if din, after := cutWord(rest); kindOf(din).is(faith) {
			return []byte("UDDIN"), after, true
		}
	}
	if len(next) >= 5 && kindOf(next).is(faith) {
		return []byte("UDDIN"), rest, true
	}
	return nil, nil, false
}

// add appends one token made of a and b, unless the name has it already: people with one name repeat it.
func (t *Tokens) add(role Role, a, b []byte) {
	if t.n == MaxTokens || len(a) == 0 {
		return
	}
	var buf [2 * MaxLen]byte
	word := append(append(buf[:0], a...), b...)
	if len(word) > MaxToken {
		word = word[:MaxToken]
	}
	start := t.used
	out := canonical(t.text[start:start:len(t.text)], word)
	for i := range t.n {
		if string(t.Text(i)) == string(out) {
			return
		}
	}
	t.used += len(out)
	t.token[t.n] = Token{start: uint16(start), end: uint16(t.used), Role: role, Weak: kindOf(out).is(respect)}
	t.n++
}

func cutWord(s []byte) (word, rest []byte) {
	for i, c := range s {
		if c == ' ' {
			return s[:i], s[i+1:]
		}
	}
	return s, nil
}
