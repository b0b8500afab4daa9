// Command gateway runs the gateway service; see its README.
package main

import (
	"os"

	"fairway/pkg/service"
	"fairway/services/gateway"
)

func main() { os.Exit(service.Main("gateway", gateway.DefaultConfig, gateway.New)) }
