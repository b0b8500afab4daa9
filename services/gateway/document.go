package gateway

import (
	_ "embed"
	"io"
	"net/http"
)

// openAPI describes the carriers' interface. It is one document: the schema of a message is in it too. Tests hold it
// against the handler and the types, and in services/allinone against a running gateway.
//
//go:embed openapi.json
var openAPI string

// index says where to go.
const index = `{"service":"Fairway for carriers","description":"/v1/openapi.json","schema":"/v1/schema","messages":"/v1/messages",` +
	`"advisories":"/v1/advisories","stream":"/v1/advisories/stream","acknowledge":"/v1/advisories/ack"}
`

// document serves a text that anybody may read: it holds nothing about anybody.
func document(contentType, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "max-age=300")
		_, _ = io.WriteString(w, text)
	}
}
