// Package faq says what a patient's message wants and which of the clinic's
// published answers says it.
//
// A message goes through a row of small steps: cleaned, cut into words, each
// word repaired, put into bokmål, taken apart and stemmed (read.go, spell.go);
// then judged by two witnesses, a linear model over words and letters
// (model.go) and a word index of all phrasings (lexical.go); and at last a
// verdict with margins (decide.go). Everything is built at start from the
// clinic's own texts, always with the same result, and never changed after, so
// an Engine may be used from any number of goroutines.
package faq

import (
	"errors"
	"fmt"
)

// Kinds of message: what the patient wants.
const (
	FAQ       = "faq"
	Booking   = "booking"
	Manage    = "manage"
	Human     = "human"
	Emergency = "emergency"
	Smalltalk = "smalltalk"
	Unknown   = "unknown"
)

// Decisions: what may be sent.
const (
	Answer  = "answer"  // the entry's published answer
	Suggest = "suggest" // "did you mean", with Suggestions
	None    = "none"    // no entry
)

// Level is how grave a danger sign is: "113", "samme-dag", "klinikk", "livet",
// or "" for none. All but "klinikk" make the message an emergency.
type Level string

// Mild is the level of a reported side effect that the clinic itself answers.
const Mild Level = "klinikk"

// Entry is one published question with its answer, word for word.
type Entry struct {
	ID        string
	Label     string // on buttons: at most 24 characters, no medicine's name
	Question  string
	Answer    string
	Related   []string // ids of entries that patients ask for next
	Words     []string // key words that alone mean this entry
	Phrasings []string // ways in which patients ask it
}

// Topic is something that patients write about which no published answer says.
type Topic struct {
	Name      string
	Kind      string // booking, manage, human, smalltalk or unknown
	Fact      string // which of the clinic's own facts answers it, or ""
	Phrasings []string
}

// Words is what the engine knows of Norwegian beyond the phrasings.
type Words struct {
	Stop     []string            // words that carry no meaning of their own
	Synonyms map[string][]string // a family's name and its members
	Known    []string            // everyday words that are spelt right, so that none is taken for a slip
	Forms    map[string]string   // dialect, nynorsk, English or short form -> bokmål, one or more words
}

// Knowledge is all that an engine is built from.
type Knowledge struct {
	Entries []Entry
	Topics  []Topic
	Words   Words
	Danger  func(text string) Level // finds danger signs; may be nil
}

// Evidence is one thing that spoke for the verdict.
type Evidence struct {
	What   string  // "word", "words", "repaired", "phrasing", "danger"
	Value  string  // the word, or the nearest known phrasing
	Weight float64 // how much; comparable only with its own kind of evidence
}

// Meaning is what a message wants.
type Meaning struct {
	Kind        string
	Decision    string
	Entry       string   // id of the entry to send; "" unless Decision is Answer
	Score       float64  // 0 to 1: how sure the verdict is
	Suggestions []string // at most three ids, best first; never nil
	Level       Level
	Fact        string // which of the clinic's facts answers, or ""
	Topic       string // the topic it was taken for, or ""
	Why         []Evidence
}

// Engine understands messages. It is safe for concurrent use.
type Engine struct {
	entries []Entry
	byID    map[string]int
	classes []class
	reader  *reader
	model   *model
	index   *index
	danger  func(string) Level
}

// class is what the model tells apart: one entry, or one topic.
type class struct {
	name  string
	kind  string
	entry string // id, for kind faq
	fact  string
}

// ErrKnowledge is wrapped by every error of New.
var ErrKnowledge = errors.New("faq: knowledge can't be used")

// New builds an engine. The same knowledge always gives the same engine.
func New(k Knowledge) (*Engine, error) {
	if len(k.Entries) == 0 {
		return nil, fmt.Errorf("%w: no entries", ErrKnowledge)
	}
	e := &Engine{entries: k.Entries, byID: map[string]int{}, danger: k.Danger}
	var examples []example
	add := func(text string, weight float32) {
		examples = append(examples, example{text: text, class: len(e.classes), weight: weight})
	}
	for i, entry := range k.Entries {
		if _, twice := e.byID[entry.ID]; twice || entry.ID == "" {
			return nil, fmt.Errorf("%w: entry id %q is empty or stands twice", ErrKnowledge, entry.ID)
		}
		e.byID[entry.ID] = i
		add(entry.Question, 1)
		for _, p := range entry.Phrasings {
			add(p, 1)
		}
		for _, w := range entry.Words {
			add(w, 0.5)
		}
		for _, s := range passages(entry.Answer) {
			add(s, 0.3)
		}
		e.classes = append(e.classes, class{name: entry.ID, kind: FAQ, entry: entry.ID})
	}
	for _, t := range k.Topics {
		switch t.Kind {
		case Booking, Manage, Human, Smalltalk, Unknown:
		default:
			return nil, fmt.Errorf("%w: topic %q has kind %q", ErrKnowledge, t.Name, t.Kind)
		}
		for _, p := range t.Phrasings {
			add(p, 1)
		}
		e.classes = append(e.classes, class{name: t.Name, kind: t.Kind, fact: t.Fact})
	}
	e.reader = newReader(k.Words, examples)
	e.model, e.index = learn(e.reader, examples, len(e.classes))
	return e, nil
}

// Entry gives the entry with this id.
func (e *Engine) Entry(id string) (Entry, bool) {
	i, ok := e.byID[id]
	if !ok {
		return Entry{}, false
	}
	return e.entries[i], true
}

// Entries gives all entries in their published order. Don't change them.
func (e *Engine) Entries() []Entry { return e.entries }
