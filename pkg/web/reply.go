package web

import (
	"net/http"

	"github.com/segmentio/encoding/json"
)

// TypeJSON is the media type of an answer in JSON.
const TypeJSON = "application/json"

// Reply answers with v in JSON, and a line's end for whoever reads it in a terminal.
func Reply(w http.ResponseWriter, status int, v any) {
	b, err := json.Append(nil, v, 0)
	if err != nil {
		http.Error(w, "internal", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", TypeJSON)
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n'))
}

// Fail answers a request that cannot be done with what is wrong, and what to do: {"error":"…"}.
func Fail(w http.ResponseWriter, status int, what string) {
	Reply(w, status, struct {
		Error string `json:"error"`
	}{what})
}

// AskForKey says how whoever is not known can say who they are. The status and the words are for the caller to give.
func AskForKey(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Bearer realm="fairway"`)
}
