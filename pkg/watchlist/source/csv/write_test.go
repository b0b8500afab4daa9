package csv

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"fairway/pkg/travel"
)

// write writes entries as [Read] reads them, one row for each document. Line breaks become spaces.
// What the columns cannot hold is lost: dates and places of documents, and ";" in other names.
func write(w io.Writer, entries []travel.ListEntry) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns[:]); err != nil {
		return fmt.Errorf("writing the watchlist: %w", err)
	}
	oneLine := strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
	for i := range entries {
		for _, row := range rows(&entries[i]) {
			for k := range row {
				row[k] = oneLine.Replace(row[k])
			}
			if err := out.Write(row); err != nil {
				return fmt.Errorf("writing the watchlist: %w", err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing the watchlist: %w", err)
	}
	return nil
}

func rows(e *travel.ListEntry) [][]string {
	others := make([]string, len(e.OtherNames))
	for i, n := range e.OtherNames {
		others[i] = strings.ReplaceAll(string(n), ";", " ")
	}
	docs := e.Documents
	if len(docs) == 0 {
		docs = make([]travel.Document, 1)
	}
	rows := make([][]string, len(docs))
	for i, d := range docs {
		rows[i] = []string{
			e.ID, e.List, e.Category, string(e.Action), string(e.Surname), string(e.Given), strings.Join(others, ";"),
			string(e.Birth), string(e.Nationality), d.Type, string(d.Issuer), string(d.Number), string(e.ValidUntil), e.Caveat,
		}
	}
	return rows
}
