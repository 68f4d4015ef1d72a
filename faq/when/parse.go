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
		if f := p.f(i); f == "earliest" || f == "tidligste" || f == "tidligst" {
			p.soon = true
		}
		if (notWords[p.f(i)] || exceptWords[p.f(i)] || badWords[p.f(i)]) && !conditional[p.f(i-1)] {
			p.nots = append(p.nots, i)
		}
		i++
	}
}

var conditional = set("hvis om viss if dersom hvorfor korfor why")

// phrase reads one item at i, with its preposition.
func (p *parser) phrase(i int) (item, int, bool) {
	if betweenWord[p.f(i)] {
		if it, n, ok := p.between(i + 1); ok {
			return it, n, true
		}
	}
	kind, j := p.prep(i)
	if kind == before && p.meansFor(i) {
		return item{}, 0, false
	}
	if kind == from && workSet[p.f(j)] {
		return item{}, 0, false
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
		if kind == from && it.exact && it.hi > it.lo && !it.ambiguous { // "fra 7. til 9. desember"
			kind = plain
		}
	}
	if kind != plain && it.bare { // "før onsdag i neste uke"
		if w, m, ok := p.day(n); ok && w.period && w.hi-w.lo == 6 {
			d := weekday(it.lo)
			it, n = p.single(w.lo+d), m
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
