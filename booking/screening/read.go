package screening

import "strings"

// Texts with more words than this are nobody's answer to a question.
const mostWords = 150

// Read reads a typed answer to one question: Yes, No or Unsure, never Senior.
// Reading is about the writer, in the sense and time of the question. A fact
// that belongs to another question ("nei, men jeg ammer") is not in the
// reading; Told finds it. An unknown question reads as Unsure.
func (c *Check) Read(key, text string) Reading {
	r, _ := c.readOne(key, text)
	if r == Senior {
		return No
	}
	return r
}

// readOne also tells whether an unsure is an answer (a hedge, a condition that
// a practitioner must look at) or a text that could not be read.
func (c *Check) readOne(key, text string) (r Reading, clear bool) {
	q, ok := c.questions[key]
	if !ok {
		return Unsure, false
	}
	a := c.analyse(text)
	if len(a.ts) == 0 || len(a.ts) > mostWords {
		return Unsure, false
	}
	if key == Age {
		return c.readAge(a)
	}
	return c.decide(q, a, nil)
}

// CardAnswer is what a typed answer says to a card.
type CardAnswer struct {
	Reading Reading  // No: no to all that the card shows; Yes: something applies
	Told    []string // the questions, on any card, that the text answers yes
	Clear   bool     // false: the text could not be read, ask again
}

// ReadCard reads a typed answer to card number card, counted from 1.
func (c *Check) ReadCard(card int, text string) CardAnswer {
	if card < 1 || card > len(c.cards) {
		return CardAnswer{Reading: Unsure}
	}
	return c.readCard(c.cards[card-1].Keys, text)
}

func (c *Check) readCard(keys []string, text string) CardAnswer {
	answer := CardAnswer{Reading: Unsure}
	a := c.analyse(text)
	if len(a.ts) == 0 || len(a.ts) > mostWords || len(keys) == 0 {
		return answer
	}
	no, yes, clear, here := 0, 0, false, false
	for _, key := range keys {
		q := c.questions[key]
		if q == nil || key == Age {
			continue
		}
		r, sure := c.decide(q, a, keys)
		switch r {
		case No:
			no++
		case Yes:
			yes++
		}
		clear = clear || sure
		if !q.Catchall && c.tells(q, a, false) {
			answer.Told = append(answer.Told, key)
			here = true
		}
	}
	answer.Told = append(answer.Told, c.toldBeside(a, keys)...)
	switch {
	case here:
		answer.Reading = Yes
	case no == len(keys):
		answer.Reading = No
	case yes > 0 && yes+no == len(keys), a.saysYes() && yes == len(keys):
		answer.Reading = Yes
	}
	answer.Clear = clear || answer.Reading != Unsure || len(answer.Told) > 0
	return answer
}

// Told gives the keys of the questions whose condition the text tells of the
// writer: "jeg er forresten gravid". Denied, somebody else's, asked about in
// general or only supposed, it is not told. Nothing is told of the age but
// being under 18.
func (c *Check) Told(text string) []string {
	a := c.analyse(text)
	if len(a.ts) == 0 || len(a.ts) > mostWords {
		return nil
	}
	return c.toldBeside(a, nil)
}

func (c *Check) toldBeside(a *analysis, but []string) []string {
	var told []string
	for _, key := range c.Keys() {
		q := c.questions[key]
		if contains(but, key) {
			continue
		}
		if key == Age {
			if c.tellsMinor(a) {
				told = append(told, key)
			}
		} else if c.tells(q, a, true) {
			told = append(told, key)
		}
	}
	return told
}

// others are the conditions told of in an answer to one question that belong
// to others.
func (c *Check) others(text, key string, r Reading) []string {
	a := c.analyse(text)
	if len(a.ts) == 0 || len(a.ts) > mostWords {
		return nil
	}
	return c.toldBeside(a, []string{key})
}

func contains(list []string, s string) bool {
	for _, each := range list {
		if each == s {
			return true
		}
	}
	return false
}

// part is a run of words with one subject: between stops, commas, "men".
type part struct {
	span
	lead    rune // what parts it from the one before: 0, '.', ',', 'm' (but), '&' (and)
	asked   bool
	carries bool // a denial reaches into it from the part before ("ikke astma, kols eller emfysem")
	unclear bool // it may or may not
}

// analysis is a text taken apart, the same for every question.
type analysis struct {
	ts    []token
	is    []sort
	parts []part
	spans []timeSpan
	signs bool                 // a doubtful emoji
	named map[*question][]span // each question's conditions; see view.beside
}

func (c *Check) analyse(text string) *analysis {
	a := &analysis{ts: tokens(text)}
	for i, t := range a.ts {
		// "neeei", "jaa"
		if c.words.known[t.fold] == 0 && (t.text[0] < '0' || t.text[0] > '9') {
			if once := squeeze(t.text); c.words.known[once]&written != 0 {
				a.ts[i].text, a.ts[i].fold, a.ts[i].special = once, once, false
			}
		}
	}
	for _, sign := range c.words.signs {
		a.signs = a.signs || strings.Contains(text, sign)
	}
	if len(a.ts) > mostWords {
		return a
	}
	a.is = make([]sort, len(a.ts))
	mark := func(sp span, s sort) {
		for i := sp.from; i < sp.to; i++ {
			a.is[i] |= s
		}
	}
	for _, each := range c.words.sorts {
		for _, sp := range each.phrases.find(a.ts, a.is, c.words.known) {
			free := true
			if each.sort == sHedge {
				for i := sp.from; i < sp.to; i++ {
					free = free && a.is[i]&(sSure|sIdiom) == 0
				}
			}
			if free && each.sort == sNot {
				// One denial, whatever its words: "ingen ting".
				mark(span{sp.from, sp.from + 1}, sNot)
				mark(span{sp.from + 1, sp.to}, sPlain)
			} else if free {
				mark(sp, each.sort)
			}
		}
	}
	for i, t := range a.ts {
		if _, ok := c.words.numbers[t.text]; ok {
			a.is[i] |= sNumber
		} else if _, ok := c.words.numbers[t.fold]; ok && !t.special {
			a.is[i] |= sNumber
		} else if t.text[0] >= '0' && t.text[0] <= '9' {
			a.is[i] |= sNumber
		}
		if _, ok := c.words.days[t.text]; ok {
			a.is[i] |= sDay
		} else if _, ok := c.words.days[t.fold]; ok && !t.special {
			a.is[i] |= sDay
		}
		if a.is[i]&(sHedge|sIdiom) != 0 && a.is[i]&sSure == 0 {
			a.is[i] &^= sNot
		}
	}
	a.divide()
	a.spans = c.timeSpans(a)
	return a
}

// divide finds the parts.
func (a *analysis) divide() {
	start, lead := 0, rune(0)
	end := func(to int, next rune) {
		if to > start {
			p := part{span: span{start, to}, lead: lead}
			p.asked = a.ts[to-1].asked || a.is[start]&sAsk != 0
			for i := start + 1; i < to && a.is[i-1]&(sBut|sJoin|sNo) != 0; i++ {
				p.asked = p.asked || a.is[i]&sAsk != 0
			}
			a.parts = append(a.parts, p)
		}
		start, lead = to, next
	}
	for i, t := range a.ts {
		switch {
		case i == 0:
		case a.is[i]&sBut != 0 && a.is[i-1]&sBut == 0:
			end(i, 'm')
		case t.after != 0:
			end(i, t.after)
		case a.is[i]&sAnd != 0 && i+1 < len(a.ts) && a.is[i+1]&(sSelf|sFinite|sNot|sNo|sYes) != 0:
			end(i, '&')
		}
	}
	end(len(a.ts), 0)
	for n := 1; n < len(a.parts); n++ {
		p, before := &a.parts[n], a.parts[n-1]
		denies := before.carries || a.any(before.span, sNot) && !a.any(before.span, sHedge)
		if p.lead != ',' || !denies || a.any(p.span, sSelf|sFinite|sYes|sNot|sNo|sOnly|sExcept|sStill) {
			continue
		}
		listed := false
		for m := n; m < len(a.parts) && (m == n || a.parts[m].lead == ','); m++ {
			listed = listed || a.any(a.parts[m].span, sJoin)
		}
		p.carries, p.unclear = listed, !listed
	}
}

// squeeze writes each run of one letter once.
func squeeze(word string) string {
	var b strings.Builder
	last := rune(-1)
	for _, r := range word {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

func (a *analysis) any(s span, sorts sort) bool {
	for i := s.from; i < s.to; i++ {
		if a.is[i]&sorts != 0 {
			return true
		}
	}
	return false
}

func (a *analysis) whole() span { return span{0, len(a.ts)} }

func (a *analysis) partOf(i int) part {
	for _, p := range a.parts {
		if p.has(i) {
			return p
		}
	}
	return part{}
}

// saysYes: a word of yes stands anywhere. "jo" is one only where a part
// begins or ends, since inside it is a filler.
func (a *analysis) saysYes() bool {
	for _, p := range a.parts {
		for i := p.from; i < p.to; i++ {
			if a.is[i]&sYes != 0 {
				return true
			}
		}
		if a.is[p.from]&sFirstYes != 0 || a.is[p.to-1]&sFirstYes != 0 {
			return true
		}
	}
	return false
}

// agrees: a word such as "stemmer" in a part that denies nothing.
func (a *analysis) agrees() bool {
	for _, p := range a.parts {
		if a.any(p.span, sAgree) && !a.any(p.span, sNot|sNo|sHedge|sWithout) && !p.asked {
			return true
		}
	}
	return false
}

// saysNo: "nei" in a part that isn't asked. The English "no", which is "now" in
// some dialects, counts alone or before a stop.
func (a *analysis) saysNo() bool {
	for n, p := range a.parts {
		if p.asked && !(p.to-p.from > 1 && a.is[p.from]&sNo != 0 && a.any(p.span, sAsk)) {
			continue
		}
		for i := p.from; i < p.to; i++ {
			if a.is[i]&sNo != 0 && a.is[i]&sHedge == 0 {
				return true
			}
		}
		if n == 0 && a.is[0]&sFirstNo != 0 && (p.to == 1 || a.any(span{1, p.to}, sNot)) {
			return true
		}
		if n == 0 && a.is[0]&sFirstNo != 0 && p.to == 2 {
			return true // "no asthma"
		}
	}
	return false
}
