package when

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func oslo(t testing.TB) *time.Location {
	t.Helper()
	l, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func labelled(t testing.TB) time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, oslo(t)) }

func measured(t *testing.T, path string) Report {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := ReadRows(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	r := Measure(rows, labelled(t), Options{})
	for _, m := range r.Misses {
		got, _ := m.Got.MarshalJSON()
		flag := "null"
		if m.Row.Flag != nil {
			flag = *m.Row.Flag
		}
		t.Logf("%s %q\n  want %s %v %v %s %v\n  got  %s", m.Row.ID, m.Row.Text, short(m.Row.Dates), m.Row.From, m.Row.To, flag, m.Row.Exclude, short2(string(got)))
	}
	t.Logf("%s: norsid %+v, own %+v", filepath.Base(path), r.NorSID, r.Own)
	return r
}

func short(d []Date) string {
	s := ""
	for i, x := range d {
		if i > 7 && i < len(d)-1 {
			continue
		}
		s += x.String() + " "
	}
	return s
}

func short2(s string) string {
	if len(s) > 260 {
		return s[:110] + " ... " + s[len(s)-110:]
	}
	return s
}

// The development set lies outside the repository: part of it is other
// people's.
func TestDevelopmentSet(t *testing.T) {
	dir := os.Getenv("EVAL_DIR")
	if dir == "" {
		t.Skip("EVAL_DIR is not set: the folder with dates-dev.jsonl")
	}
	atLeast(t, measured(t, filepath.Join(dir, "dates-dev.jsonl")), 98)
}

func atLeast(t *testing.T, r Report, percent int) {
	t.Helper()
	all := r.All()
	if all.Days*100 < percent*all.N || all.Times*100 < percent*all.N || all.Flag*100 < percent*all.N {
		t.Errorf("of %d rows days %d, times %d, flag %d right; want %d %% of each", all.N, all.Days, all.Times, all.Flag, percent)
	}
}
