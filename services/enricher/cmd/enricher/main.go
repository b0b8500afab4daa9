// Command enricher runs the enricher service; see its README.
package main

import (
	"os"

	"fairway/pkg/service"
	"fairway/services/enricher"
)

func main() { os.Exit(service.Main("enricher", enricher.DefaultConfig, enricher.New)) }
