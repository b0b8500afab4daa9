package event

// Record returns p as a record of traveller.presented.
func (p *Presented) Record(trace string) (Record, error) {
	return record(TopicPresented, string(p.Leg.ID()), p, p.Meta(trace))
}

// Record returns e as a record of traveller.enriched.
func (e *Enriched) Record(trace string) (Record, error) {
	return record(TopicEnriched, string(e.Leg.ID()), e, e.Meta(trace))
}

// Record returns s as a record of traveller.scored.
func (s *Scored) Record(trace string) (Record, error) {
	return record(TopicScored, string(s.Leg.ID()), s, s.Meta(trace))
}

// Record returns a as a record of advisory.issued; without a leg its key is the carrier.
func (a *Advisory) Record(trace string) (Record, error) {
	key := a.Message.Carrier
	if a.Leg.Carrier != "" {
		key = string(a.Leg.ID())
	}
	return record(TopicAdvisory, key, a, a.Meta(trace))
}

// Record returns w as a record of watchlist.changed.
func (w *WatchlistChanged) Record() (Record, error) {
	value, err := Encode(w)
	return Record{Topic: TopicWatchlist, Key: w.Entry.Key(), Value: value}, err
}

// Record returns r as a record of rules.released.
func (r *RulesReleased) Record() (Record, error) {
	value, err := Encode(r)
	return Record{Topic: TopicRules, Key: r.Release, Value: value}, err
}

func record(topic, key string, e Event, m Meta) (Record, error) {
	value, err := Encode(e)
	return Record{Topic: topic, Key: key, Value: value, Headers: m.Headers()}, err
}
