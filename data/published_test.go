package data

import (
	"os"
	"slices"
	"strings"
	"testing"

	"klinikkbot/faq/norsk"
)

// published is what the clinic has on its page around its questions and
// answers: the heading before them, the booking form after them.
var (
	heading = strings.Fields("Botox Ofte stilte spørsmål")
	form    = strings.Fields("Informasjon og timebestilling • Date Format: DD slash MM slash YYYY")
)

// The published page is exactly the heading, each question with its answer in
// order, and the form: nothing added, left out or moved, letter for letter but
// for white space.
func TestPublishedWordForWord(t *testing.T) {
	text, err := os.ReadFile("../faq/testdata/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	rest := strings.Fields(string(text))
	take := func(what string, want []string) {
		t.Helper()
		for i, w := range want {
			if i >= len(rest) {
				t.Fatalf("%s goes on after the published text ends: %q", what, strings.Join(want[i:], " "))
			}
			if rest[i] != w {
				t.Fatalf("%s, word %d: have %q, published is %q (… %s)", what, i+1, w, rest[i],
					strings.Join(rest[max(0, i-5):min(len(rest), i+6)], " "))
			}
		}
		rest = rest[len(want):]
	}
	all, faults := entries("")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	take("heading", heading)
	for _, e := range all {
		take("question of "+e.ID, strings.Fields(e.Question))
		take("answer of "+e.ID, strings.Fields(e.Answer))
	}
	take("form", form)
	if len(rest) > 0 {
		t.Errorf("not in faq.yaml: %q", strings.Join(rest, " "))
	}
}

// White space is not compared above, so the list items are looked at here: each
// stands on a line of its own.
func TestListItemsOnLinesOfTheirOwn(t *testing.T) {
	all, _ := entries("")
	items := 0
	for _, e := range all {
		for _, line := range strings.Split(e.Answer, "\n") {
			if i := strings.LastIndex(line, "•"); i > 0 {
				t.Errorf("%s: %q doesn't begin its line", e.ID, line[i:])
			} else if i == 0 {
				items++
			}
		}
	}
	if items != 25 {
		t.Errorf("%d list items, published are 25", items)
	}
}

func TestEntries(t *testing.T) {
	all, faults := entries("")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var ids []string
	stands := map[string]string{} // how the engine reads a phrasing -> where it stands
	once := func(text, id string) {
		t.Helper()
		words := norsk.Words(text)
		for i, w := range words {
			words[i] = norsk.Fold(w)
		}
		key := strings.Join(words, " ")
		if key == "" {
			t.Errorf("%s: the phrasing %q has no words", id, text)
		}
		if other, twice := stands[key]; twice {
			t.Errorf("%q stands under %s and %s", text, other, id)
		}
		stands[key] = id
	}
	for _, e := range all {
		ids = append(ids, e.ID)
		if n := len(e.Related); n < 2 || n > 3 {
			t.Errorf("%s has %d related entries, want 2 or 3", e.ID, n)
		}
		if len(e.Phrasings) < 130 {
			t.Errorf("%s has %d phrasings, want at least 130", e.ID, len(e.Phrasings))
		}
		once(e.Question, e.ID)
		for _, p := range e.Phrasings {
			once(p, e.ID)
		}
	}
	want := []string{"hva-er-botox", "behandlingen", "omrader", "gode-resultater", "nar-effekt", "varighet",
		"medisinske-tilstander", "hvem-kan-ikke", "smerte", "samme-dag", "bivirkninger"}
	if !slices.Equal(ids, want) {
		t.Errorf("entries are %q, want %q", ids, want)
	}
}
