package data

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"klinikkbot/faq"
)

// longestLabel is what fits on a button (PRODUCT: at most 24 characters).
const longestLabel = 24

// medicine finds names of prescription medicines, which the law keeps off
// buttons and titles.
var medicine = regexp.MustCompile(`(?i)boto[xk]|botulin|toksin|toxin|dysport|azzalure|bocouture|xeomin|vistabel|alluzience|letybo|relfydess`)

var topicKinds = []string{faq.Booking, faq.Manage, faq.Human, faq.Smalltalk, faq.Unknown}

var topicFacts = []string{"hours", "address", "way", "phone", "practitioners", "cancelling", "age", "prices"}

// Knowledge reads what the matching engine is built from: faq.yaml, topics.yaml
// and words.yaml, each from dir where it stands there, else the built-in one.
// The danger rules are for the caller to add.
func Knowledge(dir string) (faq.Knowledge, []Fault) {
	var k faq.Knowledge
	entries, faults := entries(dir)
	k.Entries = entries
	topics, more := topics(dir)
	k.Topics, faults = topics, append(faults, more...)
	k.Words, more = words(dir)
	return k, append(faults, more...)
}

func entries(dir string) ([]faq.Entry, []Fault) {
	f := open(dir, "faq.yaml")
	var in struct {
		Entries []struct {
			ID, Label, Question, Answer string
			Related, Words, Phrasings   []string
		}
	}
	f.decode(&in)
	var out []faq.Entry
	ids := map[string]bool{}
	for _, e := range in.Entries {
		ids[e.ID] = true
	}
	seen := map[string]bool{}
	for i, e := range in.Entries {
		at := func(key string, rest ...any) []any { return append([]any{"entries", i, key}, rest...) }
		if e.ID == "" {
			f.fault(at("id"), "give it a short id of its own", "an entry has no id")
		}
		if seen[e.ID] {
			f.fault(at("id"), "rename one of them", "id %q stands twice", e.ID)
		}
		seen[e.ID] = true
		if strings.TrimSpace(e.Question) == "" {
			f.fault(at("question"), "write the published question", "entry %q has no question", e.ID)
		}
		if strings.TrimSpace(e.Answer) == "" {
			f.fault(at("answer"), "write the published answer", "entry %q has no answer", e.ID)
		}
		if e.Label == "" || utf8.RuneCountInString(e.Label) > longestLabel {
			f.fault(at("label"), "write one of at most 24 characters", "label %q of entry %q doesn't fit on a button", e.Label, e.ID)
		}
		if name := medicine.FindString(e.Label); name != "" {
			f.fault(at("label"), "say it without the name", "label %q of entry %q names a medicine (%s)", e.Label, e.ID, name)
		}
		for j, r := range e.Related {
			if !ids[r] || r == e.ID {
				f.fault(at("related", j), "use the id of another entry", "entry %q is related to %q, which is none", e.ID, r)
			}
		}
		out = append(out, faq.Entry{ID: e.ID, Label: e.Label, Question: e.Question, Answer: e.Answer,
			Related: e.Related, Words: e.Words, Phrasings: e.Phrasings})
	}
	if len(out) == 0 && len(f.faults) == 0 {
		f.fault(nil, "list the published questions under entries:", "has no entries")
	}
	return out, f.faults
}

func topics(dir string) ([]faq.Topic, []Fault) {
	f := open(dir, "topics.yaml")
	var in struct {
		Topics []struct {
			Topic, Kind, Fact string
			Phrasings         []string
		}
	}
	f.decode(&in)
	var out []faq.Topic
	seen := map[string]bool{}
	for i, t := range in.Topics {
		at := func(key string) []any { return []any{"topics", i, key} }
		if t.Topic == "" || seen[t.Topic] {
			f.fault(at("topic"), "give each topic a name of its own", "topic %q has no name or stands twice", t.Topic)
		}
		seen[t.Topic] = true
		if !slices.Contains(topicKinds, t.Kind) {
			f.fault(at("kind"), "use one of "+strings.Join(topicKinds, ", "), "topic %q has the unknown kind %q", t.Topic, t.Kind)
		}
		if t.Fact != "" && !slices.Contains(topicFacts, t.Fact) {
			f.fault(at("fact"), "use one of "+strings.Join(topicFacts, ", "), "topic %q has the unknown fact %q", t.Topic, t.Fact)
		}
		if len(t.Phrasings) == 0 {
			f.fault(at("phrasings"), "write how patients say it", "topic %q has no phrasings", t.Topic)
		}
		out = append(out, faq.Topic{Name: t.Topic, Kind: t.Kind, Fact: t.Fact, Phrasings: t.Phrasings})
	}
	return out, f.faults
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
