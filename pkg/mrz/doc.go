// Package mrz reads and writes the machine-readable zone of travel documents (ICAO 9303): TD1, TD2 and TD3, and the
// visas MRV-A and MRV-B.
//
// [Decode] tells the format by its lines, checks every check digit, and reads what readers and States get slightly
// wrong: long document numbers in both conventions, filler digits, a Germany of one letter, single names. What is
// doubtful is a finding with its line and column; only a zone whose format cannot be told is an error. [Encode] writes
// a zone with right digits, and transliterates and truncates names as ICAO 9303-3 says.
//
// It promises work bounded by 90 characters and either a zone or an error, never both. It does not know Arabic
// transliteration, whose X-escapes no two States write alike, and does not compare a zone with anything.
package mrz
