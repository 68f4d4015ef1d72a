package when

import "time"

// item is a phrase that names days, a time, or both ("i kveld").
type item struct {
	a, b int // its tokens: first, and the one after the last

	day       bool
	set       []int // the days, in order
	lo, hi    int   // where it begins and ends, not cut at today
	week      int   // weekdays as bits, Monday 1; 0 if it isn't named by weekdays
	bare      bool  // a weekday that means the nearest one
	period    bool  // a week, month, season, part of a year
	open      bool  // made by a preposition: narrows what else is named
	exact     bool  // a single date
	past      bool
	ambiguous bool
	neg       bool

	time     bool
	clock    bool // a clock time or two; else a band
	from, to int  // minutes; -1 where open
	asSaid   bool // written so that it needs no reading
	asSaidTo bool
	prepped  bool
	hint     int // what a band says of a clock time near it
	fixed    bool
}

const (
	noHint = iota
	morningHint
	forenoonHint
	dayHint
	afternoonHint
	eveningHint
	nightHint
)

const (
	plain = iota
	before
	by
	after
	from
)

type parser struct {
	now         time.Time
	today, last int
	open, close int
	toks        []tok
	items       []item
	nots        []int // where a "not" stands
	soon        bool  // the first available
	anytime     bool
	invalid     bool
	cueAt       int
}

func (p *parser) at(i int) tok {
	if i < 0 || i >= len(p.toks) {
		return tok{}
	}
	return p.toks[i]
}

func (p *parser) f(i int) string { return p.at(i).f }

// is tells whether these folded words stand from i on.
func (p *parser) is(i int, words ...string) bool {
	for k, w := range words {
		if p.f(i+k) != w {
			return false
		}
	}
	return true
}

// number reads figures or a number word.
func (p *parser) number(i int) (int, bool) {
	t := p.at(i)
	if t.digits > 0 {
		return t.num, t.num >= 0
	}
	n, ok := numbers[t.f]
	return n, ok && t.raw != "å"
}

func (p *parser) scan() {
	for i := 0; i < len(p.toks); {
		if n := p.soonest(i); n > i {
			i = n
			continue
		}
		if it, n, ok := p.phrase(i); ok && n > i {
			it.a, it.b = i, n
			p.items = append(p.items, it)
			i = n
			continue
		}
		if (notWords[p.f(i)] || exceptWords[p.f(i)]) && !conditional[p.f(i-1)] {
			p.nots = append(p.nots, i)
		}
		i++
	}
}

var conditional = set("hvis om viss if dersom hvorfor korfor why")

var (
	soonWords  = set("snarest asap straks omgaende soonest fortest raskest tidligst kjappest snarast fortast raskast tidlegast earliest omgaaende")
	fastWords  = set("fort snart raskt kjapt tidlig tidleg snarlig snarleg snogt kvikt fortt tidli soon early quickly forte snar fast")
	asWords    = set("som so sum as")
	soWords    = set("sa so as")
	canWords   = set("mulig mogleg muligt mogeleg mulgi muli moglig rad possible radelig det du dere dokker jeg ae mule maulig mulie")
	firstWords = set("forste fyrste first fosste neste tidligste tidlegaste nermeste narmeste next earliest fyste foste snareste forst fyrst raskeste hurtigste")
	freeWords  = set("ledige ledig mulige moglege available ledie ledigee ledge beste free ledige mogelege opening ledigtime appointment slot ledi leie time timen timeluke luka")
	anyDay     = set("dag time timer dager klokkeslett")
)

// soonest reads a wish for the first available time, or any time.
func (p *parser) soonest(i int) int {
	f := p.f(i)
	switch {
	case soWords[f] && fastWords[p.f(i+1)] && (asWords[p.f(i+2)] || canWords[p.f(i+2)]):
		p.soon = true
		if canWords[p.f(i+3)] {
			return i + 4
		}
		return i + 3
	case soonWords[f] && canWords[p.f(i+1)]:
		p.soon = true
		return i + 2
	case (f == "tidligst" || f == "tidlegast" || f == "earliest") && i+1 < len(p.toks):
		if freeWords[p.f(i+1)] {
			p.soon = true
			return i + 2
		}
		return 0 // "tidligst kl 12" is a preposition
	case soonWords[f]:
		p.soon = true
		return i + 1
	case firstWords[f] && freeWords[p.f(i+1)]:
		p.soon = true
		return i + 2
	case firstWords[f] && p.f(i+1) == "og" && p.f(i+2) == "beste":
		p.soon = true
		return i + 3
	case firstWords[f] && f != "neste" && f != "next" && p.at(i-1).raw != "på" && freeWords[p.f(i+2)] && (p.is(i+1, "mulig") || p.is(i+1, "mulige")):
		p.soon = true
		return i + 3
	case p.is(i, "med", "en", "gang") || p.is(i, "med", "ein", "gong") || p.is(i, "as", "soon", "as") || p.is(i, "med", "det", "samme"):
		p.soon = true
		return i + 3
	case (f == "nar" || f == "ner" || f == "narr") && (asWords[p.f(i+1)] || p.f(i+1) == "sa") && (p.f(i+2) == "helst" || p.f(i+2) == "hels"):
		p.anytime = true
		return i + 3
	case f == "nar" && p.f(i+1) == "helst":
		p.anytime = true
		return i + 2
	case anyDay[f] && p.f(i+1) == "som" && p.f(i+2) == "helst", p.f(i) == "tid" && p.f(i+1) == "som" && p.f(i+2) == "helst":
		p.anytime = true
		return i + 3
	case p.is(i, "any", "time") || p.is(i, "any", "day"):
		p.anytime = true
		return i + 2
	case f == "anytime" || f == "whenever" || f == "nasomhelst" || f == "narsomhelst" || f == "nårsomhelst":
		p.anytime = true
		return i + 1
	case (f == "samme" || f == "same") && (p.f(i+1) == "nar" || p.f(i+1) == "hvilken" || p.f(i+1) == "kva" || p.f(i+1) == "ka") || p.is(i, "likegyldig", "nar"):
		p.anytime = true
		return i + 2
	case p.is(i, "ingen", "rolle") || p.is(i, "inga", "rolle"):
		p.anytime = true
		if p.f(i+2) == "nar" {
			return i + 3
		}
		return i + 2
	}
	return 0
}

var headcount = set("stykk stk personer person folk gjester mennesker pers stykker stykkje personar people mann en_ plass venner")

// prep reads a preposition; kind plain if there is none.
func (p *parser) prep(i int) (kind, next int) {
	f := p.f(i)
	if notWords[f] {
		j := i + 1
		for p.f(j) == "noe" || p.f(j) == "sa" || p.f(j) == "da" || p.f(j) == "noko" || p.f(j) == "nokka" || p.f(j) == "for" && p.f(j+1) == "for" {
			j++
		}
		k, n := p.prep(j)
		switch {
		case k == before || p.f(j) == "for" && n == j:
			return from, max(n, j+1)
		case k == after:
			return by, n
		case k == by && p.f(j) == "senere":
			return by, n
		}
		return plain, i
	}
	than := p.f(i+1) == "enn" || p.f(i+1) == "en" || p.f(i+1) == "than"
	switch {
	case beforeRaw[p.at(i).raw]:
		return before, i + 1
	case f == "for" && p.ascii() && (p.holidayAhead(i+1) || workSet[p.f(i+1)] || lunchSet[p.f(i+1)]):
		return before, i + 1
	case (f == "tidligere" || f == "tidlegare" || f == "earlier") && than:
		return before, i + 2
	case (f == "senere" || f == "seinere" || f == "seinare" || f == "later") && than:
		if notWords[p.f(i-1)] {
			return by, i + 2
		}
		return after, i + 2
	case f == "innen" || f == "innan" || f == "inna" || f == "senest" || f == "seinast" || f == "seinest" || f == "inntil" || f == "until" || f == "by" || f == "inom" || f == "innafor" || f == "tom" || f == "within":
		return by, i + 1
	case (f == "frem" || f == "fram") && untilWords[p.f(i+1)]:
		return by, i + 2
	case untilWords[f] && p.is(i+1, "og", "med"):
		return by, i + 3
	case f == "fra" || f == "from" || f == "ifra" || f == "fran" || f == "fom" || f == "starting":
		if p.is(i+1, "og", "med") {
			return from, i + 3
		}
		return from, i + 1
	case f == "tidligst" || f == "tidlegast" || f == "earliest":
		return from, i + 1
	case f == "etter" || f == "atter" || f == "efter" || f == "after" || f == "ette" || f == "etterr" || f == "eter" || f == "itter" || f == "ettr" || f == "past" && p.f(i-1) != "half":
		return after, i + 1
	case (f == "itte" || f == "atte" && p.at(i).raw == "ætte") && p.f(i+1) != "pa" && !p.weekdayAt(i+1):
		return after, i + 1
	case f == "over" && (p.holidayAhead(i+1) || weekendWord[p.f(i+1)]):
		return after, i + 1
	}
	return plain, i
}

var beforeRaw = set("før foer føre førr foere fyre before føer førre")

func (p *parser) ascii() bool {
	for _, t := range p.toks {
		for _, r := range t.raw {
			if r == 'æ' || r == 'ø' || r == 'å' {
				return false
			}
		}
	}
	return true
}

func (p *parser) weekdayAt(i int) bool {
	_, _, ok := weekdayOf(p.f(i))
	return ok
}

func (p *parser) holidayAhead(i int) bool {
	_, _, _, ok := p.holiday(i)
	return ok
}

// phrase reads one item at i, with its preposition.
func (p *parser) phrase(i int) (item, int, bool) {
	if betweenWord[p.f(i)] {
		if it, n, ok := p.between(i + 1); ok {
			return it, n, true
		}
	}
	kind, j := p.prep(i)
	if kind == before && p.at(i).raw == "førr" && !clockWords[p.f(j)] {
		if _, ok := p.number(j); ok && !p.monthAfter(j) { // dialect for "for": so many people
			kind, j = plain, i
		}
	}
	if kind != plain {
		if it, n, ok := p.counted(kind, j); ok {
			return it, n, true
		}
		for f := p.f(j); f == "pa" || f == "i" && !p.relativeAfterI(j) || f == "om" || f == "ca" || f == "cirka" || f == "rundt" || f == "at"; f = p.f(j) {
			if f == "om" {
				if _, _, _, ok := p.count(j + 1); ok {
					break
				}
			}
			j++
		}
	}
	it, n, ok := p.dayOrTime(j, kind != plain)
	if !ok {
		return item{}, 0, false
	}
	if it.day {
		if r, m, ok := p.dayRange(it, n); ok {
			it, n = r, m
			if kind == from {
				kind = plain
			}
		}
	}
	if it.time && it.clock && it.to > it.from && kind == from {
		kind = plain
	}
	if m := p.onwards(n); m > n && kind == plain {
		kind, n = from, m
	}
	if kind != plain {
		p.turn(&it, kind)
	}
	return it, n, true
}

// onwards reads "or later" after an item.
func (p *parser) onwards(n int) int {
	switch {
	case (orWords[p.f(n)]) && (p.f(n+1) == "senere" || p.f(n+1) == "seinere" || p.f(n+1) == "seinare" || p.f(n+1) == "later" || p.f(n+1) == "utover" || p.f(n+1) == "fremover" || p.f(n+1) == "framover" || p.f(n+1) == "etter"):
		if p.f(n+1) == "etter" {
			if _, _, ok := p.dayOrTime(n+2, true); ok {
				return 0
			}
		}
		return n + 2
	case p.f(n) == "utover" || p.f(n) == "onwards" || p.f(n) == "fremover" || p.f(n) == "framover":
		return n + 1
	}
	return 0
}

// turn applies a preposition.
func (p *parser) turn(it *item, kind int) {
	if it.day {
		it.open, it.period, it.bare, it.exact, it.week = true, false, false, false, 0
		switch {
		case it.past && kind != from && kind != after:
			return
		case kind == before:
			it.lo, it.hi = p.today, it.lo-1
		case kind == by:
			it.lo = p.today
		case kind == after:
			it.lo, it.hi = it.hi+1, p.last
		case kind == from:
			it.hi = p.last
		}
		it.past = it.hi < p.today
		it.set = p.days(it.lo, it.hi)
	}
	if it.time && (!it.day || it.clock) {
		it.prepped = true
		switch kind {
		case before:
			it.to, it.asSaidTo = it.from, it.asSaid
			it.from = -1
		case by:
			it.from = -1
		case after:
			it.from, it.asSaid = it.to, it.asSaidTo
			it.to = -1
		case from:
			it.to = -1
		}
	} else if it.day {
		it.time = false
	}
}

// days lists lo to hi, cut at today and the horizon.
func (p *parser) days(lo, hi int) []int {
	lo, hi = max(lo, p.today), min(hi, p.last)
	if hi < lo {
		return nil
	}
	s := make([]int, 0, hi-lo+1)
	for d := lo; d <= hi; d++ {
		s = append(s, d)
	}
	return s
}

func (p *parser) dayOrTime(i int, prepped bool) (item, int, bool) {
	if clockWords[p.f(i)] || p.f(i) == "at" || p.f(i) == "@" {
		if it, n, ok := p.time(i, prepped); ok {
			return it, n, true
		}
	}
	if it, n, ok := p.day(i); ok {
		return it, n, true
	}
	return p.time(i, prepped)
}
