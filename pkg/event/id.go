package event

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// MessageID derives the id of a message from its carrier and its bytes, which hold its reference: the same
// submission always gets the same id. It is 32 hex digits.
func MessageID(carrier string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(carrier))
	h.Write([]byte{0})
	h.Write(body)
	var sum [sha256.Size]byte
	return hex.EncodeToString(h.Sum(sum[:0])[:16])
}

// TravellerID is the id of one traveller's event: message id and 1-based position.
func TravellerID(message string, index int) string {
	return message + "/" + strconv.Itoa(index)
}

// DecisionID derives the id of a decision from everything that decided: the facts, which are the bytes of the enriched
// record, and what they were judged by, such as the rule release and the thresholds. Two different decisions never share
// one (DESIGN.md, principle 3). It is 24 hex digits.
func DecisionID(facts []byte, by ...string) string {
	of := sha256.Sum256(facts)
	h := sha256.New()
	h.Write(of[:])
	for _, s := range by {
		h.Write([]byte{0})
		h.Write([]byte(s))
	}
	var sum [sha256.Size]byte
	return hex.EncodeToString(h.Sum(sum[:0])[:12])
}
