package screening

import (
	"strings"
	"unicode"

	"klinikkbot/faq/norsk"
)

// token is one word of an answer.
type token struct {
	text, fold string
	special    bool // written with a letter beyond a–z
	after      rune // what stands before it: 0, ',' or '.'
	asked      bool // a question mark follows
}

// tokens takes a text apart. Digits and letters that touch are parted
// ("12uker"); an apostrophe joins ("don't").
func tokens(text string) []token {
	rs := []rune(norsk.Clean(text))
	var out []token
	var word []rune
	after := rune(0)
	flush := func() {
		if len(word) == 0 {
			return
		}
		t := token{text: string(word), after: after}
		t.fold = norsk.Fold(t.text)
		t.special = strings.ContainsFunc(t.text, func(r rune) bool { return r > 127 })
		out = append(out, t)
		word, after = word[:0], 0
	}
	at := func(i int) rune {
		if i < 0 || i >= len(rs) {
			return ' '
		}
		return rs[i]
	}
	for i, r := range rs {
		digit := unicode.IsDigit(r)
		switch {
		case digit || unicode.IsLetter(r) || unicode.Is(unicode.Mn, r):
			if n := len(word); n > 0 && unicode.IsDigit(word[n-1]) != digit {
				flush()
			}
			word = append(word, r)
		case r == '\'':
		case r == '.' && unicode.IsLetter(at(i-1)) && !unicode.IsLetter(at(i-2)) && unicode.IsLetter(at(i+1)) && !unicode.IsLetter(at(i+2)):
			// "m.s."
		case (r == '.' || r == ',') && unicode.IsDigit(at(i-1)) && unicode.IsDigit(at(i+1)):
			word = append(word, '.')
		case r == '+' && unicode.IsDigit(at(i-1)):
			word = append(word, r)
		default:
			flush()
			switch {
			case r == ' ':
			case r == '-' && at(i-1) != ' ' && at(i+1) != ' ':
			case r == ',' || r == '(' || r == ')' || r == '-' || r == ':' || r == '/':
				if after != '.' {
					after = ','
				}
			default: // also signs such as emoji
				if r == '?' && len(out) > 0 {
					out[len(out)-1].asked = true
				}
				after = '.'
			}
		}
	}
	flush()
	return out
}

// vocabulary is every whole word that any list holds, folded and as written: a
// word of it is never taken for a slip of another.
type vocabulary map[string]writing

type writing byte

const (
	folded  writing = 1 << iota // so written without æ, ø, å
	written                     // so written
)

type element struct {
	text, fold string
	special    bool
	exact      bool
	short      bool // a word one letter shorter may be a slip of it too
	kind       byte // 'w' whole, 'p' prefix, 's' suffix, 'g' gap
	runes      int
}

type phrase []element

// phrases is a list made ready: by the first word, and those that can't be
// looked up so.
type phrases struct {
	first map[string][]phrase
	rest  []phrase
	long  []phrase // begin with a word long enough for slips
}

// exact makes a list ready whose words must be written as they are: a slip
// must not make a text look like a denial, or like somebody else's.
func (v vocabulary) exact(list []string) phrases {
	p := v.ready(list)
	p.long = nil
	for _, each := range p.first {
		for _, ph := range each {
			for i := range ph {
				ph[i].exact = true
			}
		}
	}
	for _, ph := range p.rest {
		for i := range ph {
			ph[i].exact = true
		}
	}
	return p
}

// conditions makes a list of conditions ready: there a slip is forgiven sooner,
// since it leads away from no.
func (v vocabulary) conditions(list []string) phrases {
	p := v.ready(list)
	for _, each := range p.first {
		for _, ph := range each {
			for i := range ph {
				ph[i].short = true
			}
		}
	}
	return p
}

func (e element) shorter() int {
	if e.short {
		return 1
	}
	return 0
}

// ready makes a list ready, slips of the finger forgiven.
func (v vocabulary) ready(list []string) phrases {
	p := phrases{first: map[string][]phrase{}}
	for _, line := range list {
		var ph phrase
		for _, field := range strings.Fields(line) {
			if field == ".." {
				ph = append(ph, element{kind: 'g'})
				continue
			}
			kind := byte('w')
			if rest, ok := strings.CutSuffix(field, "~"); ok {
				field, kind = rest, 'p'
			} else if rest, ok := strings.CutPrefix(field, "~"); ok {
				field, kind = rest, 's'
			}
			ts := tokens(field)
			for i, t := range ts {
				e := element{text: t.text, fold: t.fold, special: t.special, kind: 'w', runes: len([]rune(t.fold))}
				if kind == 'p' && i == len(ts)-1 || kind == 's' && i == 0 {
					e.kind = kind
				}
				if e.kind == 'w' {
					v[e.fold] |= folded
					v[e.text] |= written
				}
				ph = append(ph, e)
			}
		}
		if len(ph) == 0 || ph[0].kind == 'g' {
			continue
		}
		if ph[0].kind == 'w' {
			p.first[ph[0].fold] = append(p.first[ph[0].fold], ph)
			if ph[0].runes >= slipLength {
				p.long = append(p.long, ph)
			}
		} else {
			p.rest = append(p.rest, ph)
		}
	}
	return p
}

const (
	slipLength  = 6 // letters from which one slip is forgiven
	slipsLength = 9 // and two
	gapWords    = 4
)

// letters writes the Swedish and the Danish and Norwegian letters alike.
var letters = strings.NewReplacer("ä", "æ", "ö", "ø")

// same tells whether a word is the one meant. Letters beyond a–z may be
// written with a–z, but not the other way: "får" is not "far", nor "noe" "no";
// and a word that is one of its own stays that: "for" is not "før".
func (e element) same(t token, known vocabulary) bool {
	switch e.kind {
	case 'p':
		if t.special && !e.special {
			// The part that must agree may still be plain.
			return strings.HasPrefix(t.text, e.text)
		}
		if strings.HasPrefix(t.fold, e.fold) {
			return true
		}
		head := []rune(t.fold)
		return !e.exact && e.runes >= slipLength+1 && len(head) > e.runes && known[t.fold] == 0 && head[0] == []rune(e.fold)[0] &&
			norsk.Distance(string(head[:e.runes]), e.fold, 1) <= 1
	case 's':
		return strings.HasSuffix(t.fold, e.fold)
	}
	if t.fold == e.fold {
		return t.text == e.text || e.special && (t.special && letters.Replace(t.text) == letters.Replace(e.text) || !t.special && known[t.text]&written == 0)
	}
	if e.exact || e.runes < slipLength || len(t.fold) < slipLength-e.shorter() || known[t.fold] != 0 || t.fold[0] != e.fold[0] {
		return false
	}
	slips := 1
	if e.runes >= slipsLength {
		slips = 2
	}
	return norsk.Distance(t.fold, e.fold, slips) <= slips
}

// span is a run of tokens, to not included.
type span struct{ from, to int }

func (s span) has(i int) bool     { return i >= s.from && i < s.to }
func (s span) within(o span) bool { return s.from >= o.from && s.to <= o.to }

// find gives every place where one of the phrases stands. A gap never reaches
// over a word that denies, so that "svelger ikke helt fint" is not "svelger fint".
func (p phrases) find(ts []token, is []sort, known vocabulary) []span {
	var out []span
	for i, t := range ts {
		for _, ph := range p.first[t.fold] {
			if to, ok := ph.match(ts, is, i, known); ok {
				out = append(out, span{i, to})
			}
		}
		for _, ph := range p.rest {
			if to, ok := ph.match(ts, is, i, known); ok {
				out = append(out, span{i, to})
			}
		}
		if len(t.fold) >= slipLength-1 && known[t.fold] == 0 {
			for _, ph := range p.long {
				if to, ok := ph.match(ts, is, i, known); ok {
					out = append(out, span{i, to})
				}
			}
		}
	}
	return out
}

func (p phrase) match(ts []token, is []sort, at int, known vocabulary) (to int, ok bool) {
	gap := 0
	for n, e := range p {
		if e.kind == 'g' {
			gap += gapWords
			continue
		}
		found := false
		for ; at < len(ts); at++ {
			if n > 0 && (ts[at].after == '.' && gap == 0 || ts[at].after == ',' && gap == 0) {
				return 0, false
			}
			if e.same(ts[at], known) {
				found = true
				at++
				break
			}
			if gap == 0 || is[at]&(sNot|sNo|sWithout) != 0 {
				return 0, false
			}
			gap--
		}
		if !found {
			return 0, false
		}
		gap = 0
	}
	return at, true
}
