package watchlist

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// full says to measure on every name, as the figures in README.md are and as CI does. Otherwise one in so many is
// measured: enough to see that something broke.
var full = flag.Bool("full", os.Getenv("FAIRWAY_CI") != "", "measure recall and false alerts on every name")

// oneIn is n, or 1 where everything is measured.
func oneIn(n int) int {
	if *full && !testing.Short() {
		return 1
	}
	return n
}

// openShared opens a file of the name data beside the checkout, or skips the test when there is none.
func openShared(t testing.TB, file string) io.Reader {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		f, err := os.Open(filepath.Join(dir, "..", "shared", "names", file))
		if err != nil {
			continue
		}
		t.Cleanup(func() { f.Close() })
		if !strings.HasSuffix(file, ".gz") {
			return f
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	t.Skipf("no name data: %s is not beside the checkout", file)
	return nil
}

func readShared(t testing.TB, file string) [][]string {
	t.Helper()
	r := csv.NewReader(openShared(t, file))
	r.FieldsPerRecord, r.LazyQuotes, r.Comment = -1, true, '#'
	rows, err := r.ReadAll()
	if err != nil && len(rows) == 0 {
		t.Fatal(err)
	}
	return rows
}

// publicLists are the people of the public UN and US lists.
func publicLists(t testing.TB) []travel.ListEntry {
	t.Helper()
	return append(unList(t), ofacList(t)...)
}

func unList(t testing.TB) []travel.ListEntry {
	t.Helper()
	var doc struct {
		People []struct {
			ID      string `xml:"DATAID"`
			First   string `xml:"FIRST_NAME"`
			Second  string `xml:"SECOND_NAME"`
			Third   string `xml:"THIRD_NAME"`
			Fourth  string `xml:"FOURTH_NAME"`
			Aliases []struct {
				Quality string `xml:"QUALITY"`
				Name    string `xml:"ALIAS_NAME"`
			} `xml:"INDIVIDUAL_ALIAS"`
			Births []struct {
				Type string `xml:"TYPE_OF_DATE"`
				Date string `xml:"DATE"`
				Year string `xml:"YEAR"`
			} `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
		} `xml:"INDIVIDUALS>INDIVIDUAL"`
	}
	if err := xml.NewDecoder(openShared(t, "un_consolidated_2026-02-27.xml.gz")).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	var out []travel.ListEntry
	for _, p := range doc.People {
		parts := strings.Fields(p.First + " " + p.Second + " " + p.Third + " " + p.Fourth)
		if len(parts) == 0 {
			continue
		}
		e := travel.ListEntry{ID: "UN" + p.ID, List: "un", Action: travel.ActNoBoard}
		e.Surname, e.Given = travel.Name(parts[len(parts)-1]), travel.Name(strings.Join(parts[:len(parts)-1], " "))
		for _, a := range p.Aliases {
			if a.Name != "" && a.Quality != "Low" {
				e.OtherNames = append(e.OtherNames, travel.Name(a.Name))
			}
		}
		for _, b := range p.Births {
			if d := travel.Date(b.Date); b.Type == "EXACT" && d.Valid() {
				e.Birth = travel.BirthDate(d)
			} else if e.Birth == "" && travel.Date(b.Year).Valid() {
				e.Birth = travel.BirthDate(b.Year)
			}
		}
		out = append(out, e)
	}
	return out
}

func ofacList(t testing.TB) []travel.ListEntry {
	t.Helper()
	aliases := make(map[string][]travel.Name)
	for _, r := range readShared(t, "ofac_alt_bench.csv.gz") {
		if len(r) > 3 {
			aliases[r[0]] = append(aliases[r[0]], travel.Name(r[3]))
		}
	}
	var out []travel.ListEntry
	for _, r := range readShared(t, "ofac_sdn_bench.csv.gz") {
		if len(r) < 12 || r[2] != "individual" {
			continue
		}
		surname, given, _ := strings.Cut(r[1], ",")
		out = append(out, travel.ListEntry{
			ID: "US" + r[0], List: "us", Action: travel.ActNoBoard, Surname: travel.Name(surname),
			Given: travel.Name(strings.TrimSpace(given)), OtherNames: aliases[r[0]], Birth: ofacBirth(r[11]),
		})
	}
	return out
}

func ofacBirth(remarks string) travel.BirthDate {
	_, s, ok := strings.Cut(remarks, "DOB ")
	if !ok {
		return ""
	}
	s, _, _ = strings.Cut(s, ";")
	s = strings.Trim(strings.TrimPrefix(s, "circa "), ". ")
	for _, f := range [...][2]string{{"02 Jan 2006", "2006-01-02"}, {"Jan 2006", "2006-01"}, {"2006", "2006"}} {
		if d, err := time.Parse(f[0], s); err == nil {
			return travel.BirthDate(d.Format(f[1]))
		}
	}
	return ""
}

// innocents are invented travellers whose names are in Latin letters.
func innocents(t testing.TB) []travel.Traveller {
	t.Helper()
	var out []travel.Traveller
	for _, r := range readShared(t, "yente_negatives_global_half.csv.gz")[1:] {
		if latin(r[0]) {
			out = append(out, travel.Traveller{
				Surname: mrz(r[3]), Given: mrz(r[1] + " " + r[2]), Birth: travel.BirthDate(r[5]),
			})
		}
	}
	return out
}

func latin(s string) bool {
	for _, r := range s {
		if r > 0x24f {
			return false
		}
	}
	return true
}

// mrz writes a name as a travel document would.
func mrz(s string) travel.Name { return travel.Name(name.Normalise(nil, s, name.ICAO)) }
