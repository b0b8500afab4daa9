package event

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAReceiptNamesNobody makes the receipt of an advisory that holds all there can be of a person, and holds what is left
// of it: ids, and where the record belongs.
func TestAReceiptNamesNobody(t *testing.T) {
	adv := Advisory{V: 1, Kind: KindTraveller, Message: message(), Leg: leg(), Index: 1, Person: "3516aaf22b643131c7e6cfb4", Ref: "ZX410000205", Locator: "P2L9XZ",
		Document: "P:NGA:…354", Version: 2, Documents: []string{"d"}, NameKey: "n"}
	a := Acknowledge(&adv, 1791200000001, ByCUSRES)
	want := Acknowledged{V: 1, Message: message().ID, Index: 1, Version: 2, Carrier: "ZX", Leg: leg().ID(), At: 1791200000001, By: "cusres"}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r, err := a.Record("00-1-2-01")
	if err != nil || r.Topic != "advisory.acknowledged" || r.Key != "ZX-410-DXB-2026-10-05" {
		t.Errorf("%+v, %v", r, err)
	}
	meta := Meta{Message: message().ID, Carrier: "ZX", Index: 1, Trace: "00-1-2-01"}
	if diff := cmp.Diff(meta, ReadMeta(r.Headers)); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
	for _, private := range []string{"ZX410000205", "P2L9XZ", "354", "3516aa"} {
		if strings.Contains(string(r.Value), private) {
			t.Errorf("%s in %s", private, r.Value)
		}
	}
}

// TestAReceiptOfAnErrorHasNoLeg holds where the receipt of an advisory goes that was made of headers alone.
func TestAReceiptOfAnErrorHasNoLeg(t *testing.T) {
	a := Acknowledge(&Advisory{V: 1, Kind: KindTraveller, Message: message(), Index: 1}, 1, ByHTTP)
	if r, err := a.Record(""); err != nil || a.Leg != "" || r.Key != "ZX" || len(r.Headers) != 3 {
		t.Errorf("%+v, %v", r, err)
	}
}
