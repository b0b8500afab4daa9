package curator

import (
	"net/http"
	"strings"

	"fairway/pkg/travel"
)

// removal asks to remove entries, named list/id.
type removal struct {
	Entries []string `json:"entries"`
}

// postRemoval puts the removal of entries before a second officer. What is not there cannot be removed: a wrong id is
// noticed now, and not when the person is stopped after all.
func (s *Service) postRemoval(w http.ResponseWriter, r *http.Request, officer string) {
	var asked removal
	if err := readBody(w, r, &asked); err != nil {
		reply(w, http.StatusUnprocessableEntity, Receipt{Error: err.Error()})
		return
	}
	names := make(map[string]bool, len(asked.Entries))
	for _, name := range asked.Entries {
		names[name] = true
	}
	now, err := s.present(r.Context(), names)
	if err != nil {
		reply(w, http.StatusServiceUnavailable, Receipt{Error: "the lists could not be read; nothing was submitted, send it again"})
		return
	}
	var remove []travel.ListEntry
	var absent []string
	for _, name := range asked.Entries {
		last, ok := now[name]
		switch {
		case !ok || last.Deleted:
			absent = append(absent, name)
		case names[name]:
			names[name] = false // once
			remove = append(remove, travel.ListEntry{ID: last.Entry.ID, List: last.Entry.List})
		}
	}
	if len(absent) > 0 {
		reply(w, http.StatusUnprocessableEntity, Receipt{Error: "no such entry, nothing was submitted: " + strings.Join(absent, ", ")})
		return
	}
	id, err := s.propose(r.Context(), officer, nil, remove, nil)
	if err != nil {
		reply(w, refusal(err), Receipt{Error: err.Error()})
		return
	}
	s.deps.Log.Info("removal waits for approval", "submission", id, "officer", officer, "entries", len(remove))
	reply(w, http.StatusCreated, Receipt{Submission: id, Entries: len(remove)})
}
