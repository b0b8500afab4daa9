package service

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// Listen returns what is wrong with an address to listen on, host:port; the host may be empty for every interface and
// the port 0 for any.
func Listen(setting, addr string) error { return address(setting, addr, true) }

// Dial returns everything that is wrong with addresses of servers, host:port.
func Dial(setting string, addrs ...string) error {
	errs := make([]error, len(addrs))
	for i, a := range addrs {
		errs[i] = address(setting, a, false)
	}
	return errors.Join(errs...)
}

func address(setting, addr string, listen bool) error {
	host, port, err := net.SplitHostPort(addr)
	n, bad := strconv.ParseUint(port, 10, 16)
	if err != nil || bad != nil || !listen && (n == 0 || host == "") || strings.ContainsAny(host, " \t\n/@,") {
		return fmt.Errorf("%s: %q is no host:port, such as 127.0.0.1:8080", setting, addr)
	}
	return nil
}
