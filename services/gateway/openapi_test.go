package gateway

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// TestDescriptionNamesEveryField holds the description against the types: a field that it does not name is none to a
// carrier, and one that may be left out must not be demanded.
func TestDescriptionNamesEveryField(t *testing.T) {
	var doc struct {
		Components struct {
			Schemas map[string]struct {
				Required   []string
				Properties map[string]struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal([]byte(openAPI), &doc); err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]any{"Answer": Answer{}, "TravellerAnswer": TravellerAnswer{}, "Finding": travel.Finding{}, "Page": Page{}, "Notice": FeedAdvisory{},
		"Receipts": Receipts{}, "Receipt": Receipt{}, "ReceiptsAnswer": ReceiptsAnswer{}, "ReceiptError": ReceiptError{}} {
		var fields, always []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(of)) {
			field, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if field == "" || field == "-" {
				continue
			}
			if fields = append(fields, field); options != "omitempty" {
				always = append(always, field)
			}
		}
		described := []string{}
		for field := range doc.Components.Schemas[name].Properties {
			described = append(described, field)
		}
		required := slices.Clone(doc.Components.Schemas[name].Required)
		for _, s := range [][]string{fields, always, described, required} {
			slices.Sort(s)
		}
		if diff := cmp.Diff([][]string{fields, always}, [][]string{described, required}); diff != "" {
			t.Errorf("%s: fields, and those always there (-type +described):\n%s", name, diff)
		}
	}
	for name, want := range map[string][]string{
		"Answer": {statusComplete, statusPartial, statusPending, statusRejected, statusInPart, statusAcknowledged},
		"Notice": {statusComplete, statusRejected, statusInPart},
	} {
		if diff := cmp.Diff(want, doc.Components.Schemas[name].Properties["status"].Enum); diff != "" {
			t.Errorf("%s: statuses (-constants +described):\n%s", name, diff)
		}
	}
}
