package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"fairway/pkg/population"
	"fairway/pkg/travel"
	"fairway/services/allinone"
)

// heavyRate is how many travellers a second flow while a heavy message is posted.
const heavyRate = 500

// heavies are messages that cost more than others: the one that once held up a country for a quarter of an hour, the
// largest body there may be, and the largest list that is taken.
func heavies(now time.Time) map[string]string {
	day, list := now.AddDate(0, 0, 1).Format("060102"), strings.Builder{}
	head := "UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+" + day + ":0615+17++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:TN17'NAD+MS+++ZX'TDT+20+ZX410+++ZX'" +
		"LOC+125+DXB'DTM+189:" + day + "1915:201'LOC+87+LHR'DTM+232:" + day + "2345:201'"
	for i := range travel.MostPeople {
		fmt.Fprintf(&list, "NAD+FL+++BERGSTROEM:A%s'ATT+2++F'DTM+329:870312'NAT+2+SWE'RFF+ABO:P%d'DOC+P:110:111+X%07d'DTM+36:310815'LOC+91+SWE'", letters(i), i, i)
	}
	tail := "UNT+1+1'UNZ+1+17'"
	return map[string]string{
		"300,000 empty NAD, 3.9 MB":                 head + strings.Repeat("NAD+FL+++++'\n", 300_000) + tail,
		"1,200,000 RFF about one person, 15.6 MB":   head + "NAD+FL+++BERGSTROEM:ASTA'" + strings.Repeat("RFF+AVF:ABC'\n", 1_200_000) + tail,
		"a list of 15,000 people, each of them new": head + list.String() + tail,
	}
}

// letters writes n in capitals.
func letters(n int) string {
	return string([]byte{byte('A' + n%26), byte('A' + n/26%26), byte('A' + n/676%26), byte('A' + n/17576%26)})
}

// heavy posts each heavy message while others flow, and prints what everybody got: alone first, then with it, in one run.
func (b *bench) heavy(ctx context.Context, w io.Writer) error {
	b.people = population.New(7, time.Now().UTC())
	if _, err := b.post(ctx, heavyRate, 5*time.Second); err != nil {
		return err
	}
	fmt.Fprintln(w, "| beside | p50 / p99 / p99.9 ms of 500 travellers/s | times the p99 alone | its own answer |\n|---|---|---|---|")
	for name, body := range heavies(time.Now().UTC()) {
		alone, err := b.post(ctx, heavyRate, 10*time.Second)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| nothing | %.1f / %.1f / %.1f | | |\n", alone.P50, alone.P99, alone.P999)
		said := make(chan string, 1)
		time.AfterFunc(3*time.Second, func() { said <- b.postHeavy(ctx, body) })
		with, err := b.post(ctx, heavyRate, 10*time.Second)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s | %.1f / %.1f / %.1f, %d lost | %.2f | %s |\n", name, with.P50, with.P99, with.P999, with.Lost, with.P99/alone.P99, <-said)
	}
	return nil
}

// postHeavy posts a message and returns in words what came of it, and when.
func (b *bench) postHeavy(ctx context.Context, body string) string {
	begin := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+b.system.Addr+"/v1/messages", strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Authorization", "Bearer "+allinone.DemoKey)
	req.Header.Set("Accept", "application/json")
	res, err := b.client.Do(req)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err.Error()
	}
	status, _, _ := bytes.Cut(answer[bytes.Index(answer, []byte(`"status":`))+len(`"status":`):], []byte(","))
	return fmt.Sprintf("%d %s after %d ms", res.StatusCode, status, time.Since(begin).Milliseconds())
}
