package watchlist

import "testing"

func TestZZ(t *testing.T) {
	ix := Build(newCrowd(t, 5).list(100_000))
	for _, dob := range []bool{true, false} {
		who := newCrowd(t, 77).travellers(1000, dob)
		var s Scratch
		v := ix.view()
		scored, hits, res, touched, op := 0, 0, 0, 0, 0
		by := map[int]int{}
		for i := range who {
			s.ready(&v)
			w := &who[i]
			s.hits = s.hits[:0]
			s.tokens.Parse(string(w.Surname), string(w.Given), "")
			s.prepare(&v)
			s.query.born = newBirth(w.Birth)
			s.query.plan()
			v.gather(&s)
			touched += len(s.touched)
			if s.query.open != 0 {
				op++
			}
			for _, id := range s.touched {
				m := s.mark[id] | s.query.open
				s.mark[id] = 0
				if s.query.enough[m] {
					scored++
					k := 0
					for b := m; b != 0; b &= b - 1 {
						k++
					}
					by[s.query.n*10+k]++
					if _, ok := v.score(&s, &ix.names[id]); ok {
						hits++
					}
				}
			}
			s.touched = s.touched[:0]
			res += len(ix.MatchNames(nil, w, today, &s))
		}
		t.Log(dob, "touched", touched, "open", op, "scored", scored, "hits", hits, "results", res, by)
	}
}
