package curator

import (
	"net/http"

	"fairway/pkg/access"
	"fairway/pkg/web"
)

// owners are the officers as package access knows them.
func owners(all []Officer) []access.Owner {
	owners := make([]access.Owner, len(all))
	for i, o := range all {
		owners[i] = access.Owner{Name: o.Name, KeyFile: o.KeyFile, Key: o.Key}
	}
	return owners
}

// as runs h for the officer who made the request, and refuses everybody else.
func (s *Service) as(h func(http.ResponseWriter, *http.Request, string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := s.keys.Identify(r)
		if name == "" {
			web.AskForKey(w)
			web.Fail(w, http.StatusUnauthorized, "send an officer's key as 'Authorization: Bearer KEY'")
			return
		}
		h(w, r, name)
	}
}
