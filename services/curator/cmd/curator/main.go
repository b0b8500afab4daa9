// Command curator runs the curator service; see its README.
package main

import (
	"os"

	"fairway/pkg/service"
	"fairway/services/curator"
)

func main() { os.Exit(service.Main("curator", curator.DefaultConfig, curator.New)) }
