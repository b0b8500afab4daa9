package curator

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/projection"
)

// TestReadmeTellsWhatIsReadAndWritten holds the README's two sections against the topics and keys that the code names, and
// against the records it makes.
func TestReadmeTellsWhatIsReadAndWritten(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sections, _ := strings.Cut(string(readme), "\n## Reads\n")
	reads, sections, _ := strings.Cut(sections, "\n## Writes\n")
	writes, _, _ := strings.Cut(sections, "\n## ")
	named := map[string]string{
		"TopicWatchlist": event.TopicWatchlist, "TopicProposal": event.TopicProposal, "TopicCase": event.TopicCase,
		"Document": projection.Document, "Authorisation": projection.Authorisation, "Clearance": projection.Clearance,
		"Ready":              projection.Ready,
		"WatchlistChanged{V": event.TopicWatchlist, "Proposal{V": event.TopicProposal, "CaseEvent{V": event.TopicCase, // made, to be written
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`(?:event|projection)\.((?:Topic|Document|Authorisation|Clearance|Ready|History)\w*|\w+\{V)`).FindAllStringSubmatch(string(code), -1) {
			section := writes
			if strings.HasPrefix(m[1], "Topic") {
				section = reads
			}
			value, ok := named[m[1]]
			if found[value] = true; !ok || !strings.Contains(section, "`"+value) {
				t.Errorf("%s uses %s (%q), of which the README does not tell", file, m[1], value)
			}
		}
	}
	for _, topic := range regexp.MustCompile("`([a-z]+\\.[a-z]+)`").FindAllStringSubmatch(reads+writes, -1) {
		if topic[1] != "redis.prefix" && !found[topic[1]] {
			t.Errorf("the README tells of %s, and nothing here uses it", topic[1])
		}
	}
}
