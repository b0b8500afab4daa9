package stream

import (
	"context"
	"errors"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// Header is one record header; the same type as event.Header.
type Header = struct {
	Key   string
	Value []byte
}

// Record is one record read from a topic.
type Record struct {
	Topic     string
	Partition int32
	Offset    int64
	Key       []byte
	Value     []byte
	Headers   []Header
	Time      time.Time
}

// Out is one record to produce; the same type as event.Record. Records of one key keep their order.
type Out = struct {
	Topic   string
	Key     string
	Value   []byte
	Headers []Header
}

// Result is what became of one record: outputs, or an error.
type Result struct {
	Out []Out
	Err error
}

// Step handles consecutive records of one partition and returns one result each, in order. It may return fewer when
// the last one returned has an error. It is called concurrently for different partitions, never for the same one,
// and must not keep the records.
type Step func(ctx context.Context, recs []Record) []Result

// Each makes a Step of a function that handles one record.
func Each(f func(ctx context.Context, r Record) ([]Out, error)) Step {
	return func(ctx context.Context, recs []Record) []Result {
		results := make([]Result, 0, len(recs))
		for i := range recs {
			out, err := f(ctx, recs[i])
			results = append(results, Result{out, err})
			if err != nil && !rejects(err) {
				break
			}
		}
		return results
	}
}

// rejected is an error that is the record's own fault. Every other is that of a dependency that is down.
type rejected struct{ error }

func (r rejected) Unwrap() error { return r.error }

// Reject marks err as the record's own fault: it will be dead-lettered.
func Reject(err error) error { return rejected{err} }

// rejects reports whether err was made by [Reject]; if not, the record is to be tried again.
func rejects(err error) bool {
	var r rejected
	return errors.As(err, &r)
}

func (c Config) fromKafka(r *kgo.Record) Record {
	h := make([]Header, len(r.Headers))
	for i := range r.Headers {
		h[i] = Header{r.Headers[i].Key, r.Headers[i].Value}
	}
	return Record{r.Topic[len(c.Prefix):], r.Partition, r.Offset, r.Key, r.Value, h, r.Timestamp}
}

func (c *Config) toKafka(o *Out) *kgo.Record {
	h := make([]kgo.RecordHeader, len(o.Headers))
	for i := range o.Headers {
		h[i] = kgo.RecordHeader{Key: o.Headers[i].Key, Value: o.Headers[i].Value}
	}
	r := &kgo.Record{Topic: c.Prefix + o.Topic, Value: o.Value, Headers: h}
	if o.Key != "" {
		r.Key = []byte(o.Key)
	}
	return r
}
