// Package screening is the check of who can't be given a time in the chat: a
// self-declaration of fixed questions on cards. It asks (Next), takes an
// answer (Take), lets it be corrected (Back) and judges (Judge); it reads
// typed answers as yes, no or unsure (Read) and finds what a text tells of
// the writer herself (Told).
//
// Everything here is a pure function of its arguments. A Check is read-only
// once made and may be used from many goroutines.
//
// One error is dangerous: reading a yes, or a doubt, as no. So a text is read
// as no only when each of its parts is explained; all else is unsure.
package screening

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Age is the key of the question of age, whose buttons are ages.
const Age = "under18"

// Reading is what an answer says.
type Reading string

const (
	Yes    Reading = "yes"
	No     Reading = "no"
	Unsure Reading = "unsure"
	// Senior is an answer to Age only: 65 or more. It is not under 18, and a
	// practitioner decides. Read says No for it; Take keeps it.
	Senior Reading = "senior"
)

// Outcome is all that is kept of a check.
type Outcome string

const (
	OK      Outcome = "ok"      // no to everything
	Review  Outcome = "review"  // a practitioner must speak with her first
	Blocked Outcome = "blocked" // no time in the chat; a call is offered
	Under18 Outcome = "under18" // no time by law
)

// What a question's yes and unsure lead to, as the data file says it.
const (
	LeadsBlock  = "block"
	LeadsReview = "review"
	LeadsAgain  = "again" // asked once more, then the check stops; unsure only
)

// Modes of showing the questions.
const (
	ModeCards = "cards" // as the cards say
	ModeOne   = "one"   // one by one
	ModeList  = "list"  // the age, then all the others as one list
)

// What telling of a condition in the past means.
const (
	PastOver  = "over"  // long ago is no, recently is unsure
	PastDoubt = "doubt" // always unsure
	PastYes   = "yes"   // the question asks about the past itself
)

// Question is one point of the check. The lists of words are for typed answers;
// their notation is explained at the top of screening.yaml.
type Question struct {
	Key    string `yaml:"key"`
	Text   string `yaml:"text"`   // asked by itself
	Short  string `yaml:"short"`  // its line on a card
	Yes    string `yaml:"yes"`    // LeadsBlock or LeadsReview
	Unsure string `yaml:"unsure"` // LeadsReview or LeadsAgain
	Source string `yaml:"source"`

	Past     string   `yaml:"past"`
	Within   int      `yaml:"within"`   // days: a span of time that is shorter is yes, longer is no; 0: spans don't answer
	Grown    int      `yaml:"grown"`    // days: a child that old is no; 0: a child's age doesn't answer
	Medicine bool     `yaml:"medicine"` // an unknown word may be a medicine's name
	Catchall bool     `yaml:"catchall"` // any condition told of counts here
	Names    []string `yaml:"names"`
	Always   []string `yaml:"always"`
	Near     []string `yaml:"near"`
	Apart    []string `yaml:"apart"`
	Never    []string `yaml:"never"`
	Topic    []string `yaml:"topic"`
}

// Card is a group of questions that one "Nei" answers.
type Card struct {
	Keys  []string `yaml:"keys"`
	Intro string   `yaml:"intro"`
}

// Definition is the whole check as the clinic writes it (screening.yaml).
type Definition struct {
	Version   string     `yaml:"version"`
	Mode      string     `yaml:"mode"`
	Questions []Question `yaml:"questions"`
	Cards     []Card     `yaml:"cards"`
	Words     Words      `yaml:"words"`
}

// Check is a definition made ready for use.
type Check struct {
	def       Definition
	cards     []Card // as shown in this mode
	questions map[string]*question
	order     []*question
	words     lexicon
	hash      string
}

// question is a Question with its phrases made ready.
type question struct {
	Question
	names, always, near, apart, never, topic phrases
}

// New makes a check of a definition that has been found free of faults
// (data.Screening does that).
func New(def Definition) *Check {
	c := &Check{def: def, questions: map[string]*question{}}
	known := vocabulary{}
	c.words = def.Words.ready(known)
	for _, q := range def.Questions {
		r := &question{Question: q}
		r.names = known.conditions(q.Names)
		r.always = known.ready(q.Always)
		r.near = known.conditions(q.Near)
		r.apart = known.exact(q.Apart)
		r.never = known.exact(q.Never)
		r.topic = known.ready(q.Topic)
		c.questions[q.Key] = r
		c.order = append(c.order, r)
	}
	c.words.known = known
	c.cards = cardsOf(def)
	text, _ := json.Marshal(def) // plain values: can't fail
	sum := sha256.Sum256(text)
	c.hash = hex.EncodeToString(sum[:8])
	return c
}

func cardsOf(def Definition) []Card {
	if def.Mode != ModeOne && def.Mode != ModeList {
		return def.Cards
	}
	var cards []Card
	var rest []string
	for _, card := range def.Cards {
		for _, key := range card.Keys {
			if key == Age || def.Mode == ModeOne {
				cards = append(cards, Card{Keys: []string{key}})
			} else {
				rest = append(rest, key)
			}
		}
	}
	if len(rest) > 0 {
		cards = append(cards, Card{Keys: rest})
	}
	return cards
}

// Hash names this version of the check: its questions, cards, consequences and
// words. An outcome is kept with it. 16 hexadecimal digits.
func (c *Check) Hash() string { return c.hash }

// Version is the clinic's own name of this version.
func (c *Check) Version() string { return c.def.Version }

// Question gives a question by its key.
func (c *Check) Question(key string) (Question, bool) {
	q, ok := c.questions[key]
	if !ok {
		return Question{}, false
	}
	return q.Question, true
}

// Keys lists the keys of all questions in the order in which they are asked.
func (c *Check) Keys() []string {
	var keys []string
	for _, card := range c.cards {
		keys = append(keys, card.Keys...)
	}
	return keys
}

// Answers holds one reading a question.
type Answers map[string]Reading

// Judge gives the outcome of answers, and whether there is one yet. A block
// ends the check at once; anything else is known only when every question is
// answered. Only a no to every question gives OK.
func (c *Check) Judge(answers Answers) (Outcome, bool) {
	return c.judge(answers, c.Keys())
}

func (c *Check) judge(answers Answers, keys []string) (Outcome, bool) {
	outcome, open := OK, false
	for _, key := range keys {
		q, known := c.questions[key]
		switch r, answered := answers[key]; {
		case !known:
			continue
		case !answered:
			open = true
		case r == No:
		case key == Age && r == Yes:
			return Under18, true
		case r == Yes && q.Yes == LeadsBlock, r == Unsure && q.Unsure == LeadsAgain:
			outcome = Blocked
		case outcome != Blocked:
			outcome = Review
		}
	}
	if outcome == Blocked {
		return Blocked, true
	}
	if open {
		return "", false
	}
	return outcome, true
}
