package access

import (
	"net"
	"net/http"
	"net/netip"
)

// Loopback reports whether addr, host:port, can be reached from this machine only.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip, bad := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || bad == nil && ip.IsLoopback())
}

// fromLoopback reports whether r was made on this machine. What a proxy says of where it came from counts for nothing.
func fromLoopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip, bad := netip.ParseAddr(host)
	return err == nil && bad == nil && ip.IsLoopback()
}
