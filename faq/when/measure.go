package when

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// Row is a labelled message, as in dates-dev.jsonl.
type Row struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	Dates   []Date   `json:"dates"`
	From    *Minute  `json:"from"`
	To      *Minute  `json:"to"`
	Flag    *string  `json:"flag"`
	Exclude []string `json:"exclude,omitempty"`
	NorSID  string   `json:"norsid,omitempty"`
}

// ReadRows reads labelled messages, one JSON object a line. The error names
// the line.
func ReadRows(r io.Reader) ([]Row, error) {
	var rows []Row
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		if len(s.Bytes()) == 0 {
			continue
		}
		var row Row
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		rows = append(rows, row)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("labelled messages: %w", err)
	}
	return rows, nil
}

// Count says how many of N rows are right.
type Count struct {
	N     int `json:"n"`
	Days  int `json:"days"`
	Times int `json:"times"`
	Flag  int `json:"flag"`
	Right int `json:"right"` // all three
}

// Miss is a row that was read otherwise than labelled.
type Miss struct {
	Row               Row
	Got               Wish
	Days, Times, Flag bool // which of the three are right
}

// Report is how well rows were read: other people's sentences (those with
// norsid) apart from the others.
type Report struct {
	NorSID Count  `json:"norsid"`
	Own    Count  `json:"own"`
	Misses []Miss `json:"-"`
}

// All adds the two parts.
func (r Report) All() Count {
	a, b := r.NorSID, r.Own
	return Count{a.N + b.N, a.Days + b.Days, a.Times + b.Times, a.Flag + b.Flag, a.Right + b.Right}
}

// Measure reads every row as at now and compares. Days that run on without a
// gap to the horizon are open ended, so there the first day is compared; for
// invalid, past and none the flag is the answer.
func Measure(rows []Row, now time.Time, o Options) Report {
	var r Report
	for _, row := range rows {
		got := Parse(row.Text, now, o)
		last := dayOf(now.Year(), int(now.Month()), now.Day()) + 365
		if o.Location != nil {
			n := now.In(o.Location)
			last = dayOf(n.Year(), int(n.Month()), n.Day()) + 365
		}
		if o.Horizon > 0 {
			last += o.Horizon - 365
		}
		want := ""
		if row.Flag != nil {
			want = *row.Flag
		}
		flag := want == got.Flag && slices.Equal(row.Exclude, got.Exclude)
		days, times := flag, flag
		if want != Invalid && want != Past && want != None {
			days = sameDays(row.Dates, got.Dates, last)
			times = sameMinute(row.From, got.From) && sameMinute(row.To, got.To)
		}
		c := &r.Own
		if row.NorSID != "" {
			c = &r.NorSID
		}
		c.N++
		add(&c.Days, days)
		add(&c.Times, times)
		add(&c.Flag, flag)
		add(&c.Right, days && times && flag)
		if !days || !times || !flag {
			r.Misses = append(r.Misses, Miss{row, got, days, times, flag})
		}
	}
	return r
}

func add(n *int, right bool) {
	if right {
		*n++
	}
}

func sameMinute(a, b *Minute) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func sameDays(want, got []Date, last int) bool {
	if openEnded(want, last) {
		return openEnded(got, last) && want[0] == got[0]
	}
	return slices.Equal(want, got)
}

// openEnded tells whether days run from the first to the horizon without a gap.
func openEnded(days []Date, last int) bool {
	if len(days) < 2 {
		return false
	}
	first := dayOf(days[0].Year, int(days[0].Month), days[0].Day)
	end := days[len(days)-1]
	return dayOf(end.Year, int(end.Month), end.Day) == last && last-first+1 == len(days)
}
