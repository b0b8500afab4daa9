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

// DecisionID derives the id of a decision from the traveller's event, the rule release and the watchlist revision:
// the same three always decide the same (DESIGN.md, principle 3).
func DecisionID(traveller, release string, listRevision int64) string {
	sum := sha256.Sum256([]byte(traveller + "|" + release + "|" + strconv.FormatInt(listRevision, 10)))
	return hex.EncodeToString(sum[:12])
}
