package edifact

// inName reports whether the terminator at i, of the segment that begins at begin, is no terminator but the apostrophe
// of O'BRIEN, sent without a release character: it stands between letters, and what follows is no tag. Taken for a
// terminator it would leave a person called O, whom no list has; and a name that swallowed the next NAD would lose
// who that one names.
func (s *scanner) inName(begin, i int) bool {
	t := s.text
	if i == 0 || i+4 >= len(t) || s.delims.Terminator != '\'' || !isLetter(t[i-1]) || !isLetter(t[i+1]) {
		return false
	}
	if t[i+4] == s.delims.Element && knownTag(t[i+1:i+4]) { // as nearly always
		return false
	}
	tag, n, end := s.word(i + 1)
	for end < len(t) && t[end] == ' ' { // a tag may be padded
		end++
	}
	if end >= len(t) || end >= i+1+3*maxWrap && s.class[t[end]] == wrap || s.person(string(tag[:n]), end) {
		return false
	}
	k := s.class[t[end]]
	ended := k == element || k == terminator
	own, _, _ := s.word(begin)
	switch string(own[:]) {
	case "NAD", "TIF", "PDT": // names stand here, and O'DEA may end where a tag does
		return !ended || !knownTag(string(tag[:n]))
	}
	return false // it holds no name; free text may be blotted out around an apostrophe, and must read the same then
}

// word is the up to three letters and digits at from, in capitals and without line wraps, and where they end.
func (s *scanner) word(from int) (w [3]byte, n, end int) {
	for end = from; end < min(len(s.text), from+3*maxWrap); end++ {
		c := s.text[end]
		switch {
		case s.class[c] == wrap:
		case n == 3 || !alnum(c):
			return w, n, end
		default:
			if c >= 'a' {
				c -= 'a' - 'A'
			}
			w[n] = c
			n++
		}
	}
	return w, n, end
}

// person reports whether what stands at i after a tag is what stands after NAD when it lists somebody: then it is a
// misspelt NAD, and no name.
func (s *scanner) person(tag string, i int) bool {
	if k := s.class[s.text[i]]; k != element && (k != component || tag != "NAD") {
		return false
	}
	kind, n, end := s.word(i + 1)
	if end >= len(s.text) || s.class[s.text[end]] != element {
		return false
	}
	switch string(kind[:n]) {
	case "FL", "FM", "DDU", "DDT":
		return true
	}
	return false
}

// knownTag reports whether PAXLST, PNRGOV, CUSRES, ACKRES or an envelope has the segment.
func knownTag(t string) bool {
	switch t {
	case "UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "UNS", "BGM", "DTM", "RFF", "NAD", "COM", "CTA", "TDT", "LOC", "ATT", "MEA",
		"GEI", "FTX", "NAT", "EMP", "DOC", "QTY", "CPI", "GID", "AUT", "CNT", "PDT", "GIR", "ERP", "ERC", "PAC", "EQD", "SEL":
		return true
	case "MSG", "ORG", "TVL", "EQN", "SRC", "RCI", "SSR", "DAT", "IFT", "ADD", "TIF", "FTI", "REF", "TKT", "MON", "PTK", "FOP", "TRA",
		"RPI", "TRI", "SSD", "TBD", "ABI", "LTS", "EBD", "FAR", "TXD", "APD", "SAC":
		return true
	}
	return false
}
