// Package paxlst reads and writes PAXLST, the passenger and crew list (WCO/IATA/ICAO guide; UN directories D.02B to
// D.15B and the US, UK and China profiles are one superset grammar here), and the US-EDIFACT that came before it
// (PAXLST:001, a person in one PDT).
//
// [Decode] gives every message that could be understood. It accepts segments of a person in any order, repeats, and
// codes it does not know, and never loses a manifest for one traveller: what is wrong is a finding with its position
// and, where it is about one, the traveller. An element that cannot be read stays empty; nothing is guessed into a wrong
// value, and no finding quotes personal data. Whoever is left out of the travellers is a fault, but for seats without a
// name, which are counted. [PeekAt] finds the leg without decoding; [Encode] writes.
//
// It promises work linear in the body, and has no clock: two-digit years are placed by the dates of the message itself. It decides
// nothing, checks no lists and knows no carrier's profile beyond reading what they send.
//
// # Findings
//
//	no_bgm               warning  the message does not say what it is; read as a query
//	unknown_function     warning  BGM has a code that is not known; read as a query
//	no_leg               error    no TDT, or none with a port or a date
//	no_designator        error    a leg without carrier or number (warning: not of the leg that is reported on)
//	no_origin_port       error    a leg without the port it departs from (warning likewise)
//	no_departure_date    error    a leg without its departure (warning likewise)
//	no_destination_port  warning  a leg without the port it arrives at
//	bad_port             error    a leg's port that is no code; left out. Of a person: warning
//	time_at_other_port   note     DTM+189 after the port of arrival, read as the leg's departure
//	us_edifact           note     PAXLST:001, which tells less of each person
//	no_person            error    a query that lists nobody and does not say so (CNT+42:0)
//	unknown_person       warning  a NAD after the legs of a kind that is not known; read as a passenger
//	unknown_message      error    a message of a type that nobody reads: nobody in it was screened
//	bad_segment          error    a segment that lists a person, but not as NAD: they were left out
//	unnamed              warning  a filler for a name, no birth date and no document: a seat, which was left out
//	bad_date             error    a date or time that is none in its format; the element stays empty
//	unknown_date         warning  a date of zeros; the element stays empty
//	padded_date          note     blanks around a date
//	second_birth         error    a second birth date for one person; the first counts
//	birth_in_future      error    a birth date after departure
//	undated              warning  a two-digit year of birth, and no date in UNB or a leg to place it by; left empty
//	midnight             note     a time of 24:00, read as 23:59 of the same day
//	no_name              error    a person without any name
//	unreadable_name      error    a name with bytes that its character set does not have
//	placeholder_name     note     FNU, LNU, XXX and the like: taken as no name
//	state_mapped         note     a two-letter code, or D, was read as its three letters
//	unknown_state        warning  a State code that is in no list; kept as sent
//	empty_document       warning  DOC with neither type nor number: no document
//	no_document_type     note     DOC without a type; taken as a passport
//	bad_document_type    note     a document type that is more than a code; its first letter counts
//	no_document_number   warning  DOC without a number
//	unknown_sex          note     a gender code that is not M, F, U or X; taken as U
//	bad_number           note     a count or weight that is no number
//	unknown_code         note     a qualifier that is not known; the element is passed over
//	unknown_segment      note     a segment that PAXLST does not have; passed over
//	stray_segment        error    a segment that belongs to a person before there is one (note: to a leg or document)
//	count_persons        warning  CNT declares another number of persons than the message holds
//	duplicate_reference  warning  the same unique passenger reference on two persons
//
//	more_findings        note     more than 5,000 findings on one message; the rest is not listed
//
// and those of package edifact: count_unt, count_une, count_unz, reference_unt, reference_une, reference_unz, truncated,
// junk, bad_segment, unreleased_apostrophe, no_unb, no_unt, stray_unt, segment_too_long, too_many_segments, more_issues, lower_case,
// utf8_undeclared, undeclared_characters, bad_characters; iso2022; and no_interchange, no_message, too_large, no_paxlst
// where nothing was understood.
package paxlst
