// Package danger finds danger signs in what a patient writes: trouble
// breathing or swallowing, a swollen throat, double vision, a wish to die.
//
// It runs on every incoming text, before anything else, in microseconds and
// without any state. The rules are the clinic's (a Book): groups of signs with
// a level each, made of lists of words as people write them, and excuses, the
// contexts in which a sign is none ('jeg holdt på å dø av latter'). Words are
// recognised through slips of the finger. A sign is never muted by a negation
// unless an excuse says so, and none does for level 113: "får nesten ikke
// puste" holds a negation too.
package danger

import (
	"slices"
)

// Level says how soon help is needed, and from whom.
type Level string

const (
	None     Level = ""
	Clinic   Level = "klinikk"   // the clinic, in its hours
	SameDay  Level = "samme-dag" // the clinic or legevakt, today
	Life     Level = "livet"     // a wish to die or to harm oneself
	Level113 Level = "113"       // an ambulance, now
)

// rank orders the levels: where several signs stand in a text, the highest
// decides. 113 goes before Life, since its notice is about the next minutes.
var rank = map[Level]int{None: 0, Clinic: 1, SameDay: 2, Life: 3, Level113: 4}

// Book is the rules as the clinic writes them. Patterns are explained at
// Rules.pattern.
type Book struct {
	Words    map[string][]string // named lists of words: <name> in a pattern
	Ordinary []string            // words that are never a misspelt word of a rule
	Groups   []Group
	Excuses  []Excuse
	Now      []string // patterns that tell of something happening now
	Turns    []string // words with which the story turns: "men"
	Habit    []string // patterns that tell of something that comes and goes, or has long been so
}

// Group is the signs of one kind.
type Group struct {
	Name     string   // what Why tells
	Level    string   // "113", "samme-dag", "klinikk" or "livet"
	Comment  string   // for the person who reads the rules
	Question string   // the question of the check that asks for it: "svelg", "pust", "ansikt" or none
	Acute    []string // patterns that by their wording tell of this very moment
	Signs    []string // the other patterns
}

// Excuse is a context in which signs are none.
type Excuse struct {
	Name    string
	Comment string
	Of      []string // groups; none means all
	When    []string // patterns: any of them excuses, within Reach of the sign
	With    []string // and one of these must stand there too, in the sign's sentence, if there are any
	Unless  []string // none of these may stand in the sentence
	Between []string // reach "after": none of these may stand between it and the sign's end
	Across  []string // reach "after": nor these, where a comma stands between
	Acute   bool     // excuses acute signs too
	Reach   string   // "near" (3 words), "after" (it comes first), "clause", "sentence" or "text"
}

// Rules are a Book made ready. They are safe for use by several goroutines.
type Rules struct {
	vocabulary
	groups  []group
	excuses []excuse
	now     []pattern
	habit   []pattern
	turns   map[string]bool
	byKey   [][]signRef // atom -> the signs to try when it stands in the text
}

type group struct {
	Group
	level Level
}

type signRef struct {
	group int
	acute bool
	pattern
}

type excuse struct {
	Excuse
	of                                  []bool // by group
	when, with, unless, between, across []pattern
}

// Find gives the highest level of the danger signs in a text, None where there
// is none.
func (r *Rules) Find(text string) Level {
	best := None
	r.each(text, func(f found) {
		if l := r.groups[f.group].level; rank[l] > rank[best] {
			best = l
		}
	})
	return best
}

// Why tells which rules found danger signs in a text, the most serious first:
// the group, and the pattern that stands in the text ("svelg: <ikke> + <svelge>").
// It never holds the patient's words.
func (r *Rules) Why(text string) []string {
	var at []found
	r.each(text, func(f found) { at = append(at, f) })
	slices.SortStableFunc(at, func(a, b found) int {
		return rank[r.groups[b.group].level] - rank[r.groups[a.group].level]
	})
	var rules []string
	for _, f := range at {
		rules = append(rules, r.groups[f.group].Name+": "+f.pattern)
	}
	return rules
}

// Excusable tells whether a text holds signs and all of them may be an answer
// to one of the check's questions on swallowing, breathing or the face. Only
// such a text has to wait for the conversation's state; FindDuring then
// judges it. Without state it is an alarm like any other.
func (r *Rules) Excusable(text string) bool {
	any, all := false, true
	r.each(text, func(f found) {
		any = true
		all = all && r.groups[f.group].Question != ""
	})
	return any && all
}

// FindDuring is Find while the check asks a question and the text was read as
// "yes", "no" or "unsure" for it. For svelg, pust and ansikt the signs that the
// question asks for are an answer, not an alarm, unless they are told as
// happening now; with "no" they are an alarm only where a "men" turns to what
// happens now ('nei, men nå får jeg ikke puste'). Signs of anything else alarm
// as ever. Any other question, and any other reading, changes nothing.
func (r *Rules) FindDuring(question, text, reading string) Level {
	if !r.asks(question) || reading != "yes" && reading != "no" && reading != "unsure" {
		return r.Find(text)
	}
	best := None
	r.eachDuring(text, question, reading, func(f found) {
		if l := r.groups[f.group].level; rank[l] > rank[best] {
			best = l
		}
	})
	return best
}

// asks tells whether any group's signs are what a question asks for.
func (r *Rules) asks(question string) bool {
	if question == "" {
		return false
	}
	for _, g := range r.groups {
		if g.Question == question {
			return true
		}
	}
	return false
}
