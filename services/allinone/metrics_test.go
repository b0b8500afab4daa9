package allinone_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
)

var (
	metricName = regexp.MustCompile(`\bfairway_[a-z0-9_]+`)
	selector   = regexp.MustCompile(`\b(fairway_[a-z0-9_]+)\{([^}]*)\}`)
	equals     = regexp.MustCompile(`([a-z_]+)="([^"]*)"`)
)

// fromTheStart are series that no alert names by a label, but that somebody will: increase() of a counter that begins at
// 1 is 0.
var fromTheStart = []string{
	"fairway_gateway_answers_total status=partial", "fairway_gateway_answers_total status=rejected", "fairway_gateway_answers_total carrier=DEMO",
	"fairway_gateway_unscreened_total", "fairway_gateway_refused_total", "fairway_gateway_not_produced_total",
	"fairway_gateway_acknowledgements_total result=refused", "fairway_gateway_acknowledgements_total result=unknown",
	"fairway_gateway_acknowledgements_total result=not_stored",
	"fairway_decoder_messages_total result=decoded", "fairway_decoder_messages_total result=rejected", "fairway_decoder_series_total result=complete",
	"fairway_scorer_decisions_total outcome=no_board", "fairway_scorer_unfounded_total rule=list/no_board_name",
	"fairway_scorer_rule_results_total value=error", "fairway_scorer_rule_not_evaluable_total rule=list/no_board_name",
	"fairway_advisor_cases_total result=refused", "fairway_advisor_cases_total kind=confirmation_withdrawn", "fairway_advisor_advisories_total outcome=hold",
	"fairway_stream_dead_letters_total service=advisor", "fairway_stream_retries_total service=enricher", "fairway_stream_panics_total service=scorer",
	"fairway_dependency_ready dependency=redis", "fairway_dependency_ready service=gateway", "fairway_dependency_ready service=decoder",
	"fairway_reload_failed what=rules", "fairway_reload_failed what=officer_keys", "fairway_reload_success_timestamp_seconds what=rules",
}

// TestAlertsAndPanelsNameWhatIsThere holds that every metric of an alert, of its advice and of a dashboard exists in a
// process that has answered a good message and a bad one, and every label value that an alert looks for from the start: an alert on
// what is not there never fires.
func TestAlertsAndPanelsNameWhatIsThere(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	has := p.series(t)
	for _, from := range fromTheStart {
		if !has[from] {
			t.Errorf("%s is not there from the start", from)
		}
	}
	texts := alertsAndPanels(t)
	for _, text := range texts {
		for _, s := range selector.FindAllStringSubmatch(text, -1) {
			for _, l := range equals.FindAllStringSubmatch(s[2], -1) {
				if !has[s[1]+" "+l[1]+"="+l[2]] {
					t.Errorf("%s{%s=%q} is not there from the start: %s", s[1], l[1], l[2], text)
				}
			}
		}
	}
	good := inSet("UNOY", nil)(invented{"QUORNDALE", "MIRABEL", "1981-03-14", "GBR", "Q4400199"}, "R1")
	for _, body := range [][]byte{good, []byte("UNB+UNOA:4'")} {
		if _, _, err := p.request("POST", "/v1/messages", allinone.DemoKey, "", body); err != nil {
			t.Fatal(err)
		}
	}
	has = p.series(t)
	for _, text := range texts {
		for _, name := range metricName.FindAllString(text, -1) {
			if !has[name] {
				t.Errorf("there is no %s: %s", name, text)
			}
		}
	}
}

// series are the names of all series of a process, and "name label=value" of each label.
func (p *process) series(t *testing.T) map[string]bool {
	t.Helper()
	families, err := p.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, f := range families {
		has[f.GetName()] = true
		for _, m := range f.Metric {
			if m.Histogram != nil {
				has[f.GetName()+"_bucket"] = true
			}
			for _, l := range m.Label {
				has[f.GetName()+" "+l.GetName()+"="+l.GetValue()] = true
			}
		}
	}
	return has
}

// alertsAndPanels are the expressions and texts of deploy/prometheus and deploy/grafana.
func alertsAndPanels(t *testing.T) []string {
	t.Helper()
	var alerts struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr         string
				Labels, Annotations map[string]string
			}
		}
	}
	read(t, "../../deploy/prometheus/alerts.yml", yaml.Unmarshal, &alerts)
	tests, err := os.ReadFile("../../deploy/prometheus/alerts_test.yml")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range alerts.Groups[0].Rules {
		if s := r.Labels["severity"]; s != "critical" && s != "warning" {
			t.Errorf("alert %s has severity %q", r.Alert, s)
		}
		for _, want := range []string{"fires", "is silent"} {
			if !strings.Contains(string(tests), "name: "+r.Alert+" "+want+"\n") {
				t.Errorf("alert %s has no test that it %s", r.Alert, want)
			}
		}
		texts = append(texts, r.Expr, r.Annotations["look"])
	}
	var board struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	read(t, "../../deploy/grafana/dashboards/fairway.json", func(b []byte, v any) error { return json.Unmarshal(b, v) }, &board)
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			texts = append(texts, target.Expr)
		}
	}
	if len(texts) < 40 {
		t.Fatalf("found only %d expressions", len(texts))
	}
	return texts
}

func read(t *testing.T, file string, decode func([]byte, any) error, into any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = decode(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
