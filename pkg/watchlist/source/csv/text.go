package csv

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// text returns a line as UTF-8; ok is false when it cannot be read, which is then a finding. Spreadsheets of Western
// Europe write Windows-1252. Nothing tells that from the code of another country, so it is a warning, and what no
// name in it looks like is refused rather than guessed at.
func (c *reader) text(line []byte) (out []byte, ok bool) {
	const save = "save the file as CSV in UTF-8"
	switch {
	case utf8.Valid(line) && bytes.ContainsRune(line, utf8.RuneError):
		c.refuse(-1, "damaged_text", "letters were lost before the file came here (U+FFFD)", "export the list again, in UTF-8")
		return nil, false
	case utf8.Valid(line):
		return line, true
	case !western(line) || mixed(line):
		c.refuse(-1, "unknown_encoding", "neither UTF-8 nor Windows-1252", save)
		return nil, false
	}
	out = make([]byte, 0, len(line)+len(line)/4)
	for _, b := range line {
		out = utf8.AppendRune(out, windows1252(b))
	}
	if len(out) > maxRowBytes/2 {
		c.refuse(-1, "row_too_long", "the row is too long", save)
		return nil, false
	}
	c.warn(-1, "windows_1252", "not UTF-8, read as Windows-1252", "check the letters of its names, and "+save)
	return out, true
}

// high is what Windows-1252 has from 0x80 to 0x9F; 0 is nothing.
var high = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0, 0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func windows1252(b byte) rune {
	if b >= 0x80 && b < 0xa0 {
		return high[b-0x80]
	}
	return rune(b)
}

// mixed reports whether a line that is not UTF-8 has letters that are: it was UTF-8 before it was damaged.
func mixed(line []byte) bool {
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		if n > 1 && r != utf8.RuneError {
			return true
		}
		line = line[n:]
	}
	return false
}

// western reports whether a line may be Windows-1252: no byte that it lacks, no sign that names and remarks lack and
// that is a letter elsewhere (Ł is £ here, Ą is ¥), and never three letters on end that are not A–Z, as in Cyrillic.
func western(line []byte) bool {
	run := 0
	for _, b := range line {
		if b < 0x80 {
			run = 0
			continue
		}
		r := windows1252(b)
		switch {
		case b >= 0xc0 && b != 0xd7 && b != 0xf7, slices.Contains([]rune("ŠŒŽšœžŸ"), r):
			if run++; run == 3 {
				return false
			}
		case slices.Contains([]rune("‘’“”–—…€§°´·\u00a0"), r):
			run = 0
		default:
			return false
		}
	}
	return true
}
