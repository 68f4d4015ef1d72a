package screening

import (
	"strings"
	"unicode"

	"klinikkbot/faq/norsk"
)

// Words are the clinic's lists for reading typed answers, whatever the
// question. What each is for stands in screening.yaml.
type Words struct {
	Yes      []string `yaml:"yes"`
	FirstYes []string `yaml:"first_yes"` // yes only as the first word of its part
	Agree    []string `yaml:"agree"`     // yes unless something in the part denies
	No       []string `yaml:"no"`
	FirstNo  []string `yaml:"first_no"`
	Not      []string `yaml:"not"`
	Without  []string `yaml:"without"`
	Idioms   []string `yaml:"idioms"`
	Sure     []string `yaml:"sure"`
	Hedge    []string `yaml:"hedge"`
	Others   []string `yaml:"others"`
	Self     []string `yaml:"self"`
	Verbs    []string `yaml:"verbs"`
	Finite   []string `yaml:"finite"`
	Able     []string `yaml:"able"`
	Deny     []string `yaml:"deny"`
	Only     []string `yaml:"only"`
	But      []string `yaml:"but"`
	Except   []string `yaml:"except"`
	Some     []string `yaml:"some"`
	Past     []string `yaml:"past"`
	Ended    []string `yaml:"ended"`
	Still    []string `yaml:"still"`
	Long     []string `yaml:"long"`
	Recent   []string `yaml:"recent"`
	Seasons  []string `yaml:"seasons"`
	Now      []string `yaml:"now"`
	Know     []string `yaml:"know"`
	Ask      []string `yaml:"ask"`
	Booking  []string `yaml:"booking"`
	Joins    []string `yaml:"joins"`
	Plain    []string `yaml:"plain"`
	Reasons  []string `yaml:"plain_reason"`
	Signs    []string `yaml:"doubtful_signs"`

	BornAdult int            `yaml:"born_adult"` // born this year or earlier: 18 or more
	BornMinor int            `yaml:"born_minor"` // born this year or later: under 18
	Minor     []string       `yaml:"minor"`
	Adult     []string       `yaml:"adult"`
	Senior    []string       `yaml:"senior"`
	Soon      []string       `yaml:"soon"`
	Turned    []string       `yaml:"turned"`
	Over      []string       `yaml:"over"`
	Below     []string       `yaml:"below"`
	About     []string       `yaml:"about"`
	Born      []string       `yaml:"born"`
	AgeUnits  []string       `yaml:"age_units"`
	LastUnit  []string       `yaml:"last_unit"` // before a span of time: a window, not a point
	Half      []string       `yaml:"half"`
	Couple    []string       `yaml:"couple"`
	Numbers   map[string]int `yaml:"numbers"`
	Days      map[string]int `yaml:"days"`
}

// A sort is what a word may be in an answer; a word may be several.
type sort uint64

const (
	sYes sort = 1 << iota
	sFirstYes
	sAgree
	sNo
	sFirstNo
	sNot
	sWithout
	sIdiom
	sSure
	sHedge
	sOther
	sSelf
	sVerb
	sFinite
	sAble
	sDeny
	sOnly
	sBut
	sExcept
	sSome
	sPast
	sEnded
	sStill
	sLong
	sRecent
	sSeason
	sNow
	sKnow
	sAsk
	sBooking
	sJoin
	sPlain
	sReason
	sMinor
	sAdult
	sSenior
	sSoon
	sTurned
	sOver
	sBelow
	sAbout
	sBorn
	sAgeUnit
	sLastUnit
	sHalf
	sCouple
	sNumber
	sDay
)

// lexicon is Words made ready.
type lexicon struct {
	sorts []struct {
		sort    sort
		phrases phrases
	}
	numbers, days        map[string]int
	signs                []string
	bornAdult, bornMinor int
	known                vocabulary
}

func (w Words) ready(known vocabulary) lexicon {
	l := lexicon{numbers: map[string]int{}, days: map[string]int{}, signs: w.Signs, bornAdult: w.BornAdult, bornMinor: w.BornMinor, known: known}
	add := func(s sort, list []string) {
		l.sorts = append(l.sorts, struct {
			sort    sort
			phrases phrases
		}{s, known.ready(list)})
	}
	for _, each := range []struct {
		sort sort
		list []string
	}{
		{sYes, w.Yes}, {sFirstYes, w.FirstYes}, {sAgree, w.Agree}, {sNo, w.No}, {sFirstNo, w.FirstNo}, {sNot, w.Not}, {sWithout, w.Without},
		{sIdiom, w.Idioms}, {sSure, w.Sure}, {sHedge, w.Hedge}, {sOther, w.Others}, {sSelf, w.Self}, {sVerb, w.Verbs}, {sFinite, w.Finite},
		{sAble, w.Able}, {sDeny, w.Deny}, {sOnly, w.Only}, {sBut, w.But}, {sExcept, w.Except}, {sSome, w.Some}, {sPast, w.Past}, {sEnded, w.Ended},
		{sStill, w.Still}, {sLong, w.Long}, {sRecent, w.Recent}, {sSeason, w.Seasons}, {sNow, w.Now}, {sKnow, w.Know}, {sAsk, w.Ask}, {sBooking, w.Booking}, {sJoin, w.Joins},
		{sPlain, w.Plain}, {sReason, w.Reasons}, {sMinor, w.Minor}, {sAdult, w.Adult}, {sSenior, w.Senior}, {sSoon, w.Soon}, {sTurned, w.Turned},
		{sOver, w.Over}, {sBelow, w.Below}, {sAbout, w.About}, {sBorn, w.Born}, {sAgeUnit, w.AgeUnits}, {sLastUnit, w.LastUnit}, {sHalf, w.Half}, {sCouple, w.Couple},
	} {
		add(each.sort, each.list)
	}
	for _, m := range []struct {
		from map[string]int
		to   map[string]int
	}{{w.Numbers, l.numbers}, {w.Days, l.days}} {
		for word, n := range m.from {
			m.to[norsk.Clean(word)] = n
			if _, ok := m.to[norsk.Fold(norsk.Clean(word))]; !ok {
				m.to[norsk.Fold(norsk.Clean(word))] = n
			}
			known[norsk.Fold(norsk.Clean(word))] |= folded
		}
	}
	return l
}

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
		return e.runes >= slipLength+1 && len(head) > e.runes && known[t.fold] == 0 && head[0] == []rune(e.fold)[0] &&
			norsk.Distance(string(head[:e.runes]), e.fold, 1) <= 1
	case 's':
		return strings.HasSuffix(t.fold, e.fold)
	}
	if t.fold == e.fold {
		return t.text == e.text || e.special && (t.special && letters.Replace(t.text) == letters.Replace(e.text) || !t.special && known[t.text]&written == 0)
	}
	if e.runes < slipLength || len(t.fold) < slipLength || known[t.fold] != 0 || t.fold[0] != e.fold[0] {
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
		if len(t.fold) >= slipLength && known[t.fold] == 0 {
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
