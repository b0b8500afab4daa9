package wire

import (
	_ "embed"
)

// Schema is the JSON form of a message as a JSON Schema (draft 2020-12), served by the gateway at /v1/schema. A test
// holds it against the types.
//
//go:embed schema.json
var Schema string
