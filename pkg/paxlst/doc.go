// Package paxlst reads and writes PAXLST, the passenger and crew list (WCO/IATA/ICAO guide; UN directories D.02B to
// D.15B and the US, UK and China profiles are one superset grammar here).
//
// [Decode] gives every message that could be understood. It accepts segments of a person in any order, repeats, and
// codes it does not know, and never loses a manifest for one traveller: what is wrong is a finding with its position
// and, where it is about one, the traveller. An element that cannot be read stays empty; nothing is guessed into a wrong
// value, and no finding quotes personal data. [PeekAt] finds the leg without decoding; [Encode] writes.
//
// It is linear in the body and has no clock: two-digit years are placed by the dates of the message itself. It decides
// nothing, checks no lists and knows no carrier's profile beyond reading what they send.
//
// # Findings
//
//	no_bgm               warning  the message does not say what it is; read as a query
//	unknown_function     warning  BGM has a code that is not known; read as a query
//	no_leg               error    no TDT, or none with a port and a date
//	bad_date             error    a date or time that is none in its format; the element stays empty
//	birth_in_future      error    a birth date after departure
//	undated              warning  a two-digit year of birth, and no date in UNB or a leg to place it by; left empty
//	midnight             note     a time of 24:00, read as 23:59 of the same day
//	no_name              error    a person without any name
//	placeholder_name     note     FNU, LNU, XXX and the like: taken as no name
//	state_mapped         note     a two-letter code, or D, was read as its three letters
//	unknown_state        warning  a State code that is in no list; kept as sent
//	no_document_type     note     DOC without a type; taken as a passport
//	bad_document_type    note     a document type that is more than a code; its first letter counts
//	no_document_number   warning  DOC without a number
//	unknown_sex          note     a gender code that is not M, F, U or X; taken as U
//	bad_number           note     a count or weight that is no number
//	unknown_code         note     a qualifier that is not known; the element is passed over
//	stray_segment        note     a segment that belongs to a person or leg before there is one
//	count_persons        warning  CNT declares another number of persons than the message holds
//	duplicate_reference  warning  the same unique passenger reference on two persons
//
//	more_findings        note     more than 5,000 findings on one message; the rest is not listed
//
// and those of package edifact: count_unt, count_une, count_unz, reference_unt, reference_une, reference_unz, truncated,
// junk, no_unb, no_unt, stray_unt, segment_too_long, too_many_segments, more_issues; and no_interchange, no_message,
// too_large, no_paxlst where nothing was understood.
package paxlst
