// Command decoder runs the decoder service; see its README.
package main

import (
	"os"

	"fairway/pkg/service"
	"fairway/services/decoder"
)

func main() { os.Exit(service.Main("decoder", decoder.DefaultConfig, decoder.New)) }
