package gateway

import (
	_ "embed"
	"io"
	"net/http"

	"fairway/pkg/wire"
)

// openAPI describes the carriers' interface. A test in services/allinone holds it against a running gateway.
//
//go:embed openapi.json
var openAPI string

// document serves a text that anybody may read: it holds nothing about anybody.
func document(contentType, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "max-age=300")
		_, _ = io.WriteString(w, text)
	}
}

// documents serves the interface's description.
func documents(mux *http.ServeMux) {
	mux.HandleFunc("GET /v1/openapi.json", document(typeJSON, openAPI))
	mux.HandleFunc("GET /v1/schema", document("application/schema+json", wire.Schema))
}
