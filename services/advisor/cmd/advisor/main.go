// Command advisor runs the advisor service; see its README.
package main

import (
	"os"

	"fairway/pkg/service"
	"fairway/services/advisor"
)

func main() { os.Exit(service.Main("advisor", advisor.DefaultConfig, advisor.New)) }
