// Command scorer runs the scorer service; see its README.
package main

import (
	"os"

	"fairway/pkg/service"
	"fairway/services/scorer"
)

func main() { os.Exit(service.Main("scorer", scorer.DefaultConfig, scorer.New)) }
