package gateway

import (
	"net/http/httptest"
	"testing"

	"fairway/pkg/access"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
)

func TestWhoMayAsk(t *testing.T) {
	all := journey.Carriers{{Code: "DEMO", Key: "demo-key"}, {Code: "QZ", Subject: "qz.example"}}
	keys, err := access.NewKeys("carrier", owners(all))
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{keys: keys, carriers: []*carrier{prepare(all[0]), prepare(all[1])}}
	for _, c := range []struct{ header, from, want string }{
		{"Bearer demo-key", "127.0.0.1:1", "DEMO"},
		{"Bearer demo-key", "[::1]:1", "DEMO"},
		{"Bearer demo-key", "192.0.2.1:1", ""},
		{"bearer demo-key", "127.0.0.1:1", "DEMO"}, // the scheme in any case
		{"Bearer other", "127.0.0.1:1", ""},
		{"Bearer ", "127.0.0.1:1", ""},
		{"demo-key", "127.0.0.1:1", ""},
		{"", "127.0.0.1:1", ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		r.Header.Set("Authorization", c.header)
		got := ""
		if found := s.identify(r); found != nil {
			got = found.Code
		}
		if got != c.want {
			t.Errorf("%q from %s is %q, want %q", c.header, c.from, got, c.want)
		}
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	valid := func() Config {
		c := DefaultConfig()
		c.Carriers = journey.Carriers{{Code: "ZX", KeyFile: "k"}}
		return c
	}
	if err := valid().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Config){
		"http":      func(c *Config) { c.HTTP = "" },
		"tls":       func(c *Config) { c.TLSCertFile = "x" },
		"client_ca": func(c *Config) { c.ClientCAFile = "x" },
		"max_body":  func(c *Config) { c.MaxBody = 1 },
		"feed":      func(c *Config) { c.FeedBytes = 1 },
		"brokers":   func(c *Config) { c.Kafka.Brokers = nil },
		"code":      func(c *Config) { c.Carriers[0].Code = "" },
		"key_file":  func(c *Config) { c.Carriers[0].KeyFile = "" },
		"deadline":  func(c *Config) { c.Carriers[0].Deadline = -1 },
		"default":   func(c *Config) { c.Carriers[0].Default = travel.Insufficient },
		"profile":   func(c *Config) { c.Carriers[0].Profile = "nowhere" },
		"twice":     func(c *Config) { c.Carriers = append(c.Carriers, c.Carriers[0]) },
	} {
		c := valid()
		change(&c)
		if c.Validate() == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
