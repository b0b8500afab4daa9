package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// encoding/csv would run a quote that is not closed on through the rows that follow, however many. So lines are cut here,
// and it is given one at a time.

// lineSource reads one line, and then says that it is at an end until it is given another.
type lineSource struct{ rest []byte }

func (l *lineSource) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// cut parts a line into c.fields; false when a quote is not closed, or has text after it.
func (c *reader) cut(line []byte) bool {
	if len(line) == 0 { // a header may be; encoding/csv passes over it
		c.fields = append(c.fields[:0], "")
		return true
	}
	c.given.rest = line
	var err error
	if c.fields, err = c.split.Read(); err != nil {
		return false
	}
	return bytes.IndexByte(line, '"') < 0 || c.quotesClosed(line)
}

// quotesClosed looks again at the fields that begin with a quote, which encoding/csv reads however they go on when it
// lets quotes stand elsewhere.
func (c *reader) quotesClosed(line []byte) bool {
	end := len(line)
	for i := len(c.fields) - 1; i >= 0; i-- {
		_, column := c.split.FieldPos(i)
		field := line[column-1 : end]
		end = column - 2 // the separator before it
		if len(field) == 0 || field[0] != '"' {
			continue
		}
		inner, ok := bytes.CutSuffix(field[1:], []byte{'"'})
		if !ok || bytes.IndexByte(bytes.ReplaceAll(inner, []byte(`""`), nil), '"') >= 0 {
			return false
		}
	}
	return true
}

// next returns the next line without its end, nil for one that is blank or too long.
func (c *reader) next() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	c.line++
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, c.skip()
	}
	if err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)) {
		return nil, err
	}
	line = bytes.TrimRight(line, "\r\n")
	sep := c.split.Comma
	for i, b := range line { // a stray carriage return or tab in a field is a space
		if b < ' ' && (b != '\t' || sep != '\t' && sep != 0) {
			line[i] = ' '
		}
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return nil, nil
	}
	return line, nil
}

// skip reads on to the end of a line that is too long.
func (c *reader) skip() (err error) {
	for err = bufio.ErrBufferFull; errors.Is(err, bufio.ErrBufferFull); {
		_, err = c.in.ReadSlice('\n')
	}
	c.refuse(-1, "row_too_long", "the row is too long", fmt.Sprintf("keep rows under %d bytes", maxRowBytes))
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// firstLine returns the line that names the columns, and sets the separator: what a spreadsheet of that country
// writes, which may announce it in a line of its own, "sep=;".
func (c *reader) firstLine() ([]byte, error) {
	c.split.Comma = 0 // not known yet
	line, err := c.next()
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(line, []byte{0xff, 0xfe}) || bytes.HasPrefix(line, []byte{0xfe, 0xff}) {
		return nil, errors.New("line 1: UTF-16; save the file as CSV in UTF-8")
	}
	line = bytes.TrimPrefix(line, []byte("\ufeff"))
	if l := bytes.Trim(line, "\""); len(l) == len("sep=;") && bytes.EqualFold(l[:4], []byte("sep=")) {
		if line, err = c.next(); err != nil {
			return nil, err
		}
	}
	sep := byte(',')
	for _, other := range []byte(";\t") {
		if bytes.Count(line, []byte{other}) > bytes.Count(line, []byte{sep}) {
			sep = other
		}
	}
	c.split.Comma = rune(sep)
	return line, nil
}
