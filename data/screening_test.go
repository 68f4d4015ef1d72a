package data

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"klinikkbot/booking/screening"
)

type labelled struct {
	Question, Text string
	Reading        screening.Reading
}

func readLabelled(t *testing.T, path string) []labelled {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, l)
	}
	return out
}

// Typed answers are read right, and a yes or an unsure is never read as no.
func TestTypedAnswers(t *testing.T) {
	check, faults := Screening("")
	if check == nil {
		t.Fatal(faults)
	}
	files, _ := filepath.Glob("../booking/screening/testdata/*.jsonl")
	if len(files) == 0 {
		t.Fatal("no labelled answers")
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			set := readLabelled(t, path)
			right := 0
			for _, l := range set {
				got := check.Read(l.Question, l.Text)
				if got == l.Reading {
					right++
					continue
				}
				t.Logf("%s: %q is %s, read as %s", l.Question, l.Text, l.Reading, got)
				if got == screening.No {
					t.Errorf("dangerous: %s: %q is %s, read as no", l.Question, l.Text, l.Reading)
				}
			}
			share := float64(right) / float64(len(set))
			t.Logf("%d of %d right, %.1f %%", right, len(set), 100*share)
			if share < 0.95 {
				t.Errorf("%.1f %% right, want 95", 100*share)
			}
		})
	}
}
