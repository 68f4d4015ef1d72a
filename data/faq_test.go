package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKnowledgeFaults(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("faq.yaml", `entries:
  - {id: a, label: Botox, question: Hva, answer: Svar}
  - {id: a, label: En merkelapp som er altfor lang til en knapp, question: Hva, answer: ""}
  - {id: b, label: Kort, question: Hva, answer: Svar, related: [c]}
`)
	write("topics.yaml", `topics:
  - {topic: t, kind: other, phrasings: [x]}
  - {topic: u, kind: unknown, fact: moon, phrasings: [x]}
`)
	k, faults := Knowledge(dir)
	var all []string
	for _, f := range faults {
		all = append(all, f.Error())
	}
	got := strings.Join(all, "\n")
	for _, want := range []string{
		`faq.yaml:2: label "Botox" of entry "a" names a medicine`, `faq.yaml:3: id "a" stands twice`,
		`faq.yaml:3: entry "a" has no answer`, `doesn't fit on a button`, `faq.yaml:4: entry "b" is related to "c"`,
		`topics.yaml:2: topic "t" has the unknown kind "other"`, `topics.yaml:3: topic "u" has the unknown fact "moon"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no fault %q in:\n%s", want, got)
		}
	}
	if len(k.Entries) != 3 || len(k.Topics) != 2 {
		t.Errorf("%d entries and %d topics", len(k.Entries), len(k.Topics))
	}
}
