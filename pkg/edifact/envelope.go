package edifact

import (
	"strconv"
	"strings"

	"fairway/pkg/travel"
)

// service handles a service segment. One that cannot stand inside a message ends it first, and is handled next time.
func (r *Reader) service() event {
	s := &r.seg
	if s.Tag != "UNT" && r.open {
		r.open, r.pending = false, true
		r.say("no_unt", travel.Warning, s.Pos(0, 0), "the message before this segment has no UNT; end each message with it")
		return atEnd
	}
	switch s.Tag {
	case "UNB":
		r.unb(s)
	case "UNG":
		r.groups++
		r.inGroup, r.group = 0, s.Get(5, 1)
	case "UNH":
		r.unh(s)
		return atMessage
	case "UNT":
		return r.unt(s)
	case "UNE":
		r.counted(s, r.inGroup, "count_une", "UNE does not count the messages of its group")
		r.referred(s, r.group, "reference_une", "UNE repeats another reference than UNG has")
		r.group = ""
	case "UNZ":
		r.unz(s)
	}
	return atNothing
}

func (r *Reader) unb(s *Segment) {
	i := r.inter
	i.Syntax = s.Get(1, 1) + ":" + s.Get(1, 2)
	i.Sender, i.Qualifier, i.Recipient = s.Get(2, 1), s.Get(2, 2), s.Get(3, 1)
	i.Date, i.Time = s.Get(4, 1), s.Get(4, 2)
	i.Control, i.Application = s.Get(5, 1), s.Get(7, 1)
	switch strings.TrimSpace(s.Get(11, 1)) {
	case "1", "2", "3", "4": // a test, for its syntax only, an echo asked for, an echo (ISO 9735-1): none of them is meant
		i.Test = true
	}
}

func (r *Reader) unh(s *Segment) {
	r.count++
	r.inGroup++
	r.read++
	r.begun, r.open = r.number, true
	r.msg = &Message{Interchange: r.inter, Group: r.group, Reference: s.Get(1, 1), Type: strings.TrimSpace(s.Get(2, 1)),
		Version: s.Get(2, 2), Release: s.Get(2, 3), Agency: s.Get(2, 4), Association: s.Get(2, 5), Access: s.Get(3, 1),
		PartMark: s.Get(4, 2), Header: Segment{Tag: s.Tag, Number: s.Number, Offset: s.Offset}}
	r.msg.Part = max(travel.Whole(s.Get(4, 1)), 0)
}

func (r *Reader) unt(s *Segment) event {
	if !r.open {
		r.say("stray_unt", travel.Warning, s.Pos(0, 0), "UNT without a message before it")
		return atNothing
	}
	n := r.number - r.begun + 1
	if declared := travel.Whole(s.Get(1, 1)); declared > n && declared < maxSegmentsLost+n {
		r.say("count_unt", travel.Fault, s.Pos(1, 1), "UNT counts more segments than were read: one was lost, and somebody with it perhaps; send the message again")
	} else {
		r.counted(s, n, "count_unt", "UNT does not count the segments from UNH to UNT")
	}
	r.referred(s, r.msg.Reference, "reference_unt", "UNT repeats another reference than UNH has")
	r.msg.Complete, r.open = true, false
	return atEnd
}

func (r *Reader) unz(s *Segment) {
	n := r.count
	if r.groups > 0 {
		n = r.groups
	}
	r.counted(s, n, "count_unz", "UNZ does not count the messages, or the groups where there are any")
	r.referred(s, r.inter.Control, "reference_unz", "UNZ repeats another reference than UNB has")
	r.inter = nil
}

// maxSegmentsLost is up to how many missing segments are taken for lost ones; more is a count of something else.
const maxSegmentsLost = 50

// counted compares the count a trailer declares with the counted one.
func (r *Reader) counted(s *Segment, n int, code, text string) {
	if declared, err := strconv.Atoi(strings.TrimSpace(s.Get(1, 1))); err != nil || declared != n {
		r.say(code, travel.Warning, s.Pos(1, 1), text)
	}
}

// referred compares the reference a trailer repeats with that of its header.
func (r *Reader) referred(s *Segment, header, code, text string) {
	if strings.TrimSpace(s.Get(2, 1)) != strings.TrimSpace(header) {
		r.say(code, travel.Warning, s.Pos(2, 1), text)
	}
}

// cutOff ends an interchange that has no UNZ.
func (r *Reader) cutOff() event {
	at := travel.Place{Segment: r.number, Offset: min(r.pos, len(r.text))}
	was := r.open
	if was {
		r.say("truncated", travel.Fault, at, "the message ends before UNT; what was complete is used, send it again whole")
	} else if !r.bare {
		r.say("truncated", travel.Fault, at, "the interchange ends before UNZ; what was complete is used, send the rest")
	}
	r.open, r.inter = false, nil
	if was {
		return atEnd
	}
	return atNothing
}
