package paxlst

import (
	"strings"

	"fairway/pkg/travel"
)

// doc starts a document of the person.
func (d *decoder) doc() {
	if d.person == nil {
		d.whenPerson(nil)
		return
	}
	d.addDocument(d.seg.Get(1, 1), d.seg.Get(2, 1), spot{2, 1})
}

// addDocument starts a document by its type and number. With neither it is none, and what follows about it is passed
// over.
func (d *decoder) addDocument(kind, n string, numberAt spot) {
	kind, n = strings.TrimSpace(kind), strings.TrimSpace(n)
	switch {
	case kind == "" && n == "":
		d.find("empty_document", travel.Warning, d.seg.Pos(0, 0), "a document with neither a type nor a number is none; send both, or leave the segment out")
		d.document = new(travel.Document)
		return
	case kind == "":
		kind = "P"
		d.find("no_document_type", travel.Note, d.seg.Pos(1, 1), "the document has no type; taken as a passport")
	case len(kind) > 2:
		kind = kind[:1]
		d.find("bad_document_type", travel.Note, d.seg.Pos(1, 1), "the document type is more than a code; its first letter counts")
	}
	if n == "" {
		d.find("no_document_number", travel.Warning, d.pos(numberAt), "the document has no number")
	}
	if d.person.Documents == nil {
		d.person.Documents = make([]travel.Document, 0, 1)
	}
	d.person.Documents = append(d.person.Documents, travel.Document{Type: kind, Number: travel.Number(n)})
	d.document = &d.person.Documents[len(d.person.Documents)-1]
}
