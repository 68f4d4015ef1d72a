package screening

import "slices"

// Step is one answer given: to a card, or to one question.
type Step struct {
	Card     int      `json:"card"`
	Question string   `json:"question,omitempty"` // empty: the whole card was answered
	Reading  Reading  `json:"reading"`
	Told     []string `json:"told,omitempty"` // questions answered yes by the same text
}

// Progress is how far a check has come. Its zero value is a check not yet
// begun. It holds health answers: keep it only while the check runs.
type Progress struct {
	Steps []Step `json:"steps,omitempty"`
	// Told are questions answered yes by something said outside the check.
	Told []string `json:"told,omitempty"`
	// Only, where not empty, are the only questions of this check, asked one by one.
	Only []string `json:"only,omitempty"`
	// Unclear: the last answer to what is now on the screen could not be read.
	Unclear bool `json:"unclear,omitempty"`
}

// Ask is what to show now.
type Ask struct {
	Card     int      // counted from 1
	Cards    int      // how many there are
	Keys     []string // the lines to show
	Question string   // the one question to show by itself; empty: the card
	Age      bool     // the buttons are Under 18, 18–64, 65 eller eldre
	Intro    string   // the card's own introduction, mostly empty
	Again    bool     // asked a second time: the answer was not understood
}

// About begins a check of some questions only, each asked by itself: when a
// condition is told of later, or the day moves.
func (c *Check) About(keys ...string) Progress {
	p := Progress{Only: []string{}}
	for _, key := range c.Keys() {
		if slices.Contains(keys, key) {
			p.Only = append(p.Only, key)
		}
	}
	if len(p.Only) == 0 {
		return Progress{}
	}
	return p
}

// Tell notes conditions told of outside the check's own questions (see Told) as
// yes. Keys that are no question's are left out.
func (c *Check) Tell(p Progress, keys ...string) Progress {
	told := slices.Clone(p.Told)
	for _, key := range keys {
		if _, ok := c.questions[key]; ok && !slices.Contains(told, key) {
			told = append(told, key)
		}
	}
	p.Told = told
	return p
}

// Answers are the answers so far. A card that was opened by yes or unsure, and
// each of whose questions was then answered no, leaves them all unsure:
// something had been said to apply, and it isn't known what.
func (c *Check) Answers(p Progress) Answers {
	answers, _ := c.replay(p)
	return answers
}

func (c *Check) replay(p Progress) (answers Answers, opened map[int]bool) {
	answers, opened = Answers{}, map[int]bool{}
	set := func(key string, r Reading) {
		if old, ok := answers[key]; ok && old == Yes && r != Yes {
			return // once told, a later no to the rest of the card doesn't lift it
		}
		if _, ok := c.questions[key]; ok {
			answers[key] = r
		}
	}
	for _, key := range p.Told {
		set(key, Yes)
	}
	for _, s := range p.Steps {
		for _, key := range s.Told {
			set(key, Yes)
		}
		switch {
		case s.Question != "":
			set(s.Question, s.Reading)
		case s.Card < 0 || s.Card >= len(c.cards):
		case s.Reading == No:
			for _, key := range c.cards[s.Card].Keys {
				if _, ok := answers[key]; !ok {
					set(key, No)
				}
			}
		default:
			opened[s.Card] = true
		}
	}
	for card := range opened {
		keys := c.cards[card].Keys
		if !slices.ContainsFunc(keys, func(key string) bool { return answers[key] != No }) {
			for _, key := range keys {
				answers[key] = Unsure
			}
		}
	}
	return answers, opened
}

// Next gives what to ask now; false when the check has its outcome.
func (c *Check) Next(p Progress) (Ask, bool) {
	answers, opened := c.replay(p)
	if _, done := c.outcome(p, answers); done {
		return Ask{}, false
	}
	if len(p.Only) > 0 {
		for i, key := range p.Only {
			if _, ok := answers[key]; !ok && c.questions[key] != nil {
				return Ask{Card: i + 1, Cards: len(p.Only), Keys: []string{key}, Question: key, Age: key == Age, Again: p.Unclear}, true
			}
		}
		return Ask{}, false
	}
	for i, card := range c.cards {
		var left []string
		for _, key := range card.Keys {
			if _, ok := answers[key]; !ok {
				left = append(left, key)
			}
		}
		if len(left) == 0 {
			continue
		}
		ask := Ask{Card: i + 1, Cards: len(c.cards), Keys: left, Age: left[0] == Age, Intro: card.Intro, Again: p.Unclear}
		if opened[i] || len(left) == 1 || ask.Age {
			ask.Keys = left[:1]
			ask.Question = left[0]
		}
		return ask, true
	}
	return Ask{}, false
}

// Outcome judges a check under way: see Judge.
func (c *Check) Outcome(p Progress) (Outcome, bool) {
	answers, _ := c.replay(p)
	return c.outcome(p, answers)
}

func (c *Check) outcome(p Progress, answers Answers) (Outcome, bool) {
	keys := c.Keys()
	if len(p.Only) > 0 {
		// What was told beside the questions asked counts as well.
		keys = slices.Clone(p.Only)
		for key := range answers {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return c.judge(answers, keys)
}

// Take takes the answer to what Next asks: a button's reading, or, with an
// empty reading, a typed text. again says that the text could not be read and
// the same must be asked once more, with buttons; a second time it counts as
// unsure. An answer to a check that has its outcome changes nothing.
func (c *Check) Take(p Progress, button Reading, text string) (next Progress, again bool) {
	ask, ok := c.Next(p)
	if !ok {
		return p, false
	}
	step := Step{Card: ask.Card - 1, Question: ask.Question, Reading: button}
	clear := true
	switch button {
	case Yes, No, Unsure:
	case Senior:
		if !ask.Age {
			step.Reading = Unsure
		}
	default:
		if ask.Question != "" {
			step.Reading, clear = c.readOne(ask.Question, text)
			step.Told = c.others(text, ask.Question, step.Reading)
		} else {
			a := c.readCard(ask.Keys, text)
			step.Reading, step.Told, clear = a.Reading, a.Told, a.Clear
		}
	}
	asksAgain := step.Reading == Unsure && ask.Question != "" && c.questions[ask.Question].Unsure == LeadsAgain
	if (!clear || asksAgain) && !p.Unclear {
		p.Unclear = true
		p = c.Tell(p, step.Told...)
		_, more := c.Next(p)
		return p, more
	}
	p.Unclear = false
	p.Steps = append(slices.Clone(p.Steps), step)
	return p, false
}

// Back takes the last answer back; false when there is none. An age under 18,
// once said, stays said.
func (c *Check) Back(p Progress) (Progress, bool) {
	if len(p.Steps) == 0 || c.Answers(p)[Age] == Yes {
		return p, false
	}
	p.Steps = slices.Clone(p.Steps[:len(p.Steps)-1])
	p.Unclear = false
	return p, true
}
