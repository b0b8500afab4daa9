package edifact

import "time"

// The bounds of an [Assembler].
const (
	SeriesTimeout = 5 * time.Minute // how long the parts of a series are waited for (standards.md A.6)
	maxSeries     = 10_000
	maxParts      = 999 // S010 0070 has two digits; some senders write three
)

// SeriesKey names a multi-part series: who sends it and under which common access reference. Senders reuse short
// access references, so a transaction number that all parts share should be joined to it where there is one.
type SeriesKey struct{ Sender, Access string }

// Progress is what a part makes of its series.
type Progress struct {
	Complete bool // every part from the first to the final one is there, now
	Repeated bool // this part was there before
	Parts    int  // parts that are there
}

// Expired is a series that did not become complete in time.
type Expired struct {
	Key   SeriesKey
	Parts int       // parts that came
	Since time.Time // when the first of them came
}

// Assembler tells when a multi-part series (UNH S010) is complete. It holds no message: parts are worth processing as
// they come, only what becomes of the whole waits. It has no clock, is not safe for concurrent use, and holds at most 10,000 series:
// past that the oldest count as expired.
type Assembler struct {
	timeout time.Duration
	series  map[SeriesKey]*series
	queue   []SeriesKey // by the time of their first part
	evicted []Expired
}

type series struct {
	since time.Time
	seen  []bool // by part number
	parts int
	last  int // number of the final part, once known
	done  bool
}

// NewAssembler makes an assembler that waits for a series as long as timeout; 0 is SeriesTimeout.
func NewAssembler(timeout time.Duration) *Assembler {
	if timeout <= 0 {
		timeout = SeriesTimeout
	}
	return &Assembler{timeout: timeout, series: map[SeriesKey]*series{}}
}

// Add notes one part, as UNH has it: number 0 is a message that is no series, and complete by itself, as is a first part
// that is also the final one. Complete is reported once; a repeated part of a complete series is Repeated only.
func (a *Assembler) Add(key SeriesKey, number int, mark string, now time.Time) Progress {
	if number <= 0 || number > maxParts || number == 1 && mark == "F" {
		return Progress{Complete: true, Parts: 1}
	}
	s := a.series[key]
	if s == nil {
		a.makeRoom()
		s = &series{since: now}
		a.series[key] = s
		a.queue = append(a.queue, key)
	}
	for len(s.seen) <= number {
		s.seen = append(s.seen, false)
	}
	if s.seen[number] {
		return Progress{Repeated: true, Parts: s.parts}
	}
	s.seen[number] = true
	s.parts++
	if mark == "F" {
		s.last = number
	}
	complete := !s.done && s.last > 0 && s.parts >= s.last
	s.done = s.done || complete
	return Progress{Complete: complete, Parts: s.parts}
}

func (a *Assembler) makeRoom() {
	if len(a.queue) < maxSeries {
		return
	}
	if e, incomplete := a.drop(); incomplete && len(a.evicted) < maxSeries {
		a.evicted = append(a.evicted, e)
	}
}

// drop forgets the oldest series.
func (a *Assembler) drop() (Expired, bool) {
	key := a.queue[0]
	s := a.series[key]
	a.queue = a.queue[1:]
	delete(a.series, key)
	return Expired{key, s.parts, s.since}, !s.done
}

// Expire forgets every series whose time has passed, and returns those that were not complete, oldest first.
func (a *Assembler) Expire(now time.Time) []Expired {
	gone := a.evicted
	a.evicted = nil
	for len(a.queue) > 0 && now.Sub(a.series[a.queue[0]].since) >= a.timeout {
		if e, incomplete := a.drop(); incomplete {
			gone = append(gone, e)
		}
	}
	return gone
}
