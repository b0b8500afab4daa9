package access

import "testing"

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:8082": true, "[::1]:8082": true, "localhost:0": true, "127.8.0.1:1": true, "[::ffff:127.0.0.1]:1": true,
		"0.0.0.0:9100": false, ":9100": false, "[::]:9100": false, "192.0.2.1:9100": false, "localhost.example:1": false, "": false, "127.0.0.1": false} {
		if got := Loopback(addr); got != want {
			t.Errorf("%q: got %v", addr, got)
		}
	}
}
