package when

import (
	"slices"
	"sort"
)

func merge(a, b []int) []int {
	s := append(slices.Clone(a), b...)
	sort.Ints(s)
	return slices.Compact(s)
}

func meet(a, b []int) []int {
	var s []int
	for _, d := range a {
		if _, ok := slices.BinarySearch(b, d); ok {
			s = append(s, d)
		}
	}
	return s
}

// between reads what follows "mellom": two days or two times.
func (p *parser) between(k int) (item, int, bool) {
	and := func(n int) bool {
		return orWords[p.f(n)] && p.f(n) != "eller" || p.f(n) == "-" || untilWords[p.f(n)] || p.f(n) == "a"
	}
	// "jul og nyttår": what lies between the two
	if _, _, n, ok := p.holiday(k); ok && and(n) {
		a, _, _ := p.holidayItem(k, "")
		if b, m, ok := p.holidayItem(n+1, ""); ok {
			if b.lo > a.hi {
				return p.stretch(a.hi+1, b.lo-1), m, true
			}
			return p.stretch(p.today, b.lo-1), m, true
		}
	}
	if it, n, ok := p.day(k); ok && !it.time {
		if it.exact && it.hi > it.lo && !it.ambiguous {
			return it, n, true
		}
		if and(n) && !it.past && len(it.set) > 0 {
			if r, m, ok := p.span(it, n+1); ok {
				return r, m, true
			}
		}
	}
	// "den 10. og 15." without a month
	if d, n, dotted, ok := p.ordinal(k); ok && dotted && and(n) {
		if e, m, dotted, ok := p.ordinal(n + 1); ok && dotted && e > d && p.at(k).digits > 0 && m < len(p.toks) {
			if it, m, ok := p.bareSpan(d, e, m); ok {
				return it, m, true
			}
		}
	}
	j := k
	for clockWords[p.f(j)] || p.f(j) == "." {
		j++
	}
	a, said, n, _, ok := p.clock(j)
	if ok && a >= 0 && and(n) {
		m := n + 1
		for clockWords[p.f(m)] || p.f(m) == "." {
			m++
		}
		if b, saidB, m, _, ok := p.clock(m); ok && b >= 0 && !p.unitAt(m) {
			return clockItem(a, said, b, saidB), m, true
		}
	}
	return item{}, 0, false
}

func (p *parser) bareSpan(d, e, n int) (item, int, bool) {
	a, _, _ := p.ofMonth(d, n)
	if len(a.set) != 1 || e > 31 {
		return item{}, 0, false
	}
	it := p.stretch(a.lo, a.lo+e-d)
	it.period, it.exact = false, true
	return it, n, true
}

// join puts the items together.
func (p *parser) join() Wish {
	if p.invalid {
		return Wish{Flag: Invalid}
	}
	p.negate()
	p.follow()
	var w Wish
	exclude := p.excluded()
	days, named, past, ambiguous := p.combine()
	if len(exclude.dates)+len(exclude.week) > 0 {
		w.Flag = Not
		days = exclude.remove(days)
		for d, name := range dayNames {
			if exclude.week[d] {
				w.Exclude = append(w.Exclude, name)
			}
		}
		for _, d := range exclude.dates {
			w.Exclude = append(w.Exclude, dateOf(d).String())
		}
	}
	from, to, timed := p.times()
	if w.Flag == "" && p.isPast(days, named, past, from, to) {
		return Wish{Flag: Past}
	}
	for _, d := range days {
		w.Dates = append(w.Dates, dateOf(d))
	}
	if from >= 0 {
		m := Minute(from)
		w.From = &m
	}
	if to >= 0 {
		m := Minute(to)
		w.To = &m
	}
	switch {
	case w.Flag != "":
	case p.soon || p.anytime && len(days) == 0:
		w.Flag = Earliest
	case ambiguous:
		w.Flag = Ambiguous
	case len(days) == 0 && !timed:
		w.Flag = None
	}
	return w
}

func (p *parser) isPast(days []int, named, past bool, from, to int) bool {
	if past && len(days) == 0 {
		return true
	}
	if !named || len(days) != 1 || days[0] != p.today || to < 0 {
		return false
	}
	now := p.now.Hour()*60 + p.now.Minute()
	return to < now || from < 0 && to <= now
}

// follow lets a weekday next to a date without one say whether they agree:
// "4. desember (torsdag)".
func (p *parser) follow() {
	for i := 0; i+1 < len(p.items); i++ {
		a, b := &p.items[i], &p.items[i+1]
		if !a.day || !b.day || !a.exact || a.hi != a.lo || !b.bare || a.neg || b.neg || a.past || i+2 < len(p.items) && p.items[i+2].bare {
			continue
		}
		if p.between2(a.b, b.a, brackets) {
			*a = keep(p.agree(*b, *a), *a)
			b.day = false
		}
	}
}

func keep(it, old item) item {
	it.a, it.b = old.a, old.b
	return it
}

var brackets = set("( , en pa som er")

// between2 tells whether only these words stand from a to b.
func (p *parser) between2(a, b int, words map[string]bool) bool {
	for i := a; i < b; i++ {
		if !words[p.f(i)] {
			return false
		}
	}
	return true
}

var (
	lightBefore = set("pa en ein ei i til te for om den det noen nokon alle helst pa a the on hver dager fra akkurat time denne noko")
	lightAfter  = set("gar passer kan funker er jeg eg a det sa bra fungerer har du vi ej i ae og alltid da dessverre dessverre desverre vel vil kunne doesn't doesnt does det dette den kjem komme meg mae works work for blir mulig me je")
	links       = set("og eller , pa i en and or samt til te ei ein heller ikke ikkje itj")
)

// negate finds what each "not" is said of: what follows at once, with the
// items linked to it; else what stands before it in the clause.
func (p *parser) negate() {
	for _, k := range p.nots {
		found := false
		for i := range p.items {
			it := &p.items[i]
			if it.a <= k {
				continue
			}
			start := k + 1
			if p.f(start) == "fra" || p.f(start) == "from" || p.f(start) == "for" {
				start++
			}
			if p.between2(start, it.a, lightBefore) || p.f(k-1) == "kan" && p.between2(start, it.a, goWords) {
				found = true
				it.neg = true
				for j := i + 1; j < len(p.items) && p.between2(p.items[j-1].b, p.items[j].a, links) && (p.items[j].day || !p.items[i].day) && !p.items[j].open; j++ {
					p.items[j].neg = true
				}
			}
			break
		}
		if found || exceptWords[p.f(k)] {
			continue
		}
		for i := len(p.items) - 1; i >= 0; i-- {
			it := &p.items[i]
			if it.b > k {
				continue
			}
			if it.day && k > it.b && p.between2(it.b, k, lightAfter) && !p.condition(it.a) && !(p.f(k+1) != "" && after2[p.f(k+1)]) {
				it.neg = true
				for j := i - 1; j >= 0 && p.items[j].day && p.between2(p.items[j].b, p.items[j+1].a, links); j-- {
					p.items[j].neg = true
				}
			}
			break
		}
	}
}

var goWords = set("pa en i komme mote ta ga ha noe den til")
var after2 = set("sant gjort fullt opptatt sa")

// condition tells whether the clause before a begins with a question.
func (p *parser) condition(a int) bool {
	for i := a - 1; i >= max(0, a-4); i-- {
		if conditional[p.f(i)] {
			return true
		}
	}
	return false
}

type exclusion struct {
	week  map[int]bool
	dates []int
}

func (e exclusion) remove(days []int) []int {
	return slices.DeleteFunc(days, func(d int) bool {
		_, hit := slices.BinarySearch(e.dates, d)
		return hit || e.week[weekday(d)]
	})
}

// excluded lists what is negated; a band turns into a limit.
func (p *parser) excluded() exclusion {
	e := exclusion{week: map[int]bool{}}
	for i := range p.items {
		it := &p.items[i]
		if !it.neg {
			continue
		}
		switch {
		case it.day && it.week != 0 && !it.exact:
			for d := range 7 {
				if it.week>>d&1 == 1 {
					e.week[d] = true
				}
			}
		case it.day:
			e.dates = merge(e.dates, it.set)
		case it.time && !it.clock && !it.prepped:
			switch it.hint {
			case morningHint, forenoonHint:
				it.from, it.to, it.prepped = it.to, -1, true
			case afternoonHint, eveningHint:
				it.from, it.to, it.prepped = -1, it.from, true
			default:
				it.time = false
			}
			continue
		case it.time:
			it.time = false
		}
		it.day, it.time = false, false
	}
	for i := range p.items {
		if p.items[i].neg && !p.items[i].time {
			p.items[i].hint = 0
		}
	}
	if len(e.week)+len(e.dates) > 0 { // "alle dager unntatt tirsdag" names no day
		for i := range p.items {
			if it := &p.items[i]; it.day && it.open && it.period {
				it.day = false
			}
		}
	}
	return e
}

// combine gives the days of all items: those that stand side by side together,
// weekdays within the week or month named with them, all within what a
// preposition leaves.
func (p *parser) combine() (days []int, named, past, ambiguous bool) {
	var periods, points, limits []item
	for i, it := range p.items {
		if !it.day {
			continue
		}
		named = true
		if it.past || len(it.set) == 0 {
			past = past || it.past
			continue
		}
		switch {
		case it.open && !p.orBefore(i):
			limits = append(limits, it)
		case it.period && it.week == 0 && !it.exact && !p.orBefore(i) && !p.orAfter(i):
			periods = append(periods, it)
		default:
			points = append(points, it)
		}
	}
	var frame []int
	for _, it := range periods {
		frame = merge(frame, it.set)
		ambiguous = ambiguous || it.ambiguous
	}
	for i, it := range points {
		if it.week != 0 && !it.exact && len(periods) > 0 {
			var in []int
			for _, d := range frame {
				if it.week>>weekday(d)&1 == 1 {
					in = append(in, d)
				}
			}
			if len(in) > 0 {
				points[i].set, points[i].ambiguous = in, false
				points[i].bare = false
			} else if past = true; it.bare {
				points[i].set = nil
			}
		}
		if it.bare && len(limits) > 0 && len(periods) == 0 {
			in := it.set
			for _, l := range limits {
				if l.lo > p.today {
					in = p.weekdaysIn(it.week, l.set)
				} else {
					in = meet(in, l.set)
				}
			}
			if len(in) > 0 {
				points[i].set = in
			}
		}
		ambiguous = ambiguous || points[i].ambiguous
		days = merge(days, points[i].set)
	}
	if len(points) == 0 || len(days) == 0 && !past {
		days = frame
	} else if len(periods) > 0 && len(meet(days, frame)) == 0 && !past {
		days = merge(days, frame)
	}
	for i, l := range limits {
		ambiguous = ambiguous || l.ambiguous
		if len(days) == 0 && i == 0 && len(points) == 0 {
			days = slices.Clone(l.set)
		} else if m := meet(days, l.set); len(m) > 0 {
			days = m
		}
	}
	return days, named, past, ambiguous
}

func (p *parser) weekdaysIn(bits int, days []int) []int {
	var in []int
	for _, d := range days {
		if bits>>weekday(d)&1 == 1 {
			in = append(in, d)
		}
	}
	return in
}

// orBefore and orAfter tell whether "or" ties an item to another day.
func (p *parser) orBefore(i int) bool {
	if i == 0 {
		return false
	}
	k, day := p.items[i].a-1, false
	for j := i - 1; j >= 0; j-- {
		day = day || p.items[j].day
	}
	for ; k > 0 && lightBefore[p.f(k)]; k-- {
	}
	return day && (p.f(k) == "eller" || p.f(k) == "or" || p.f(k) == "elle" || p.f(k) == "hell")
}

func (p *parser) orAfter(i int) bool {
	return i+1 < len(p.items) && p.orBefore(i+1)
}

// times gives the earliest and latest start, -1 where open.
func (p *parser) times() (from, to int, any bool) {
	from, to = -1, -1
	clocks := false
	for _, it := range p.items {
		if it.time && it.clock {
			clocks = true
		}
	}
	points, openFrom, openTo := false, false, false
	var lo, hi []int
	for i, it := range p.items {
		if !it.time || it.from < 0 && it.to < 0 {
			continue
		}
		if clocks && !it.clock && !it.prepped {
			continue
		}
		any = true
		a, b := it.from, it.to
		if it.clock {
			hint := p.hintNear(i)
			if a >= 0 {
				a = p.reading(a, it.asSaid, hint)
			}
			if b >= 0 {
				b = p.reading(b, it.asSaidTo, hint)
			}
			if a >= 0 && b >= 0 && b < a {
				switch {
				case it.from < it.to && b+720 < 1440 && !it.asSaidTo:
					b += 720
				case orWords[p.f(it.a+1)] || it.from > it.to:
					a, b = b, a
				}
			}
		}
		if it.prepped {
			if a >= 0 && !openFrom {
				openFrom = true
				from = max(from, a)
			}
			if b >= 0 {
				openTo = true
				to = b
			}
			continue
		}
		points = true
		lo, hi = append(lo, a), append(hi, b)
	}
	if points {
		a, b := slices.Min(lo), slices.Max(hi)
		switch {
		case openFrom && !openTo:
			from = min(from, a)
			if !clocks {
				from, to = max(from, a), b
			}
		case openTo && !openFrom:
			to = max(to, b)
			if !clocks {
				from = a
				to = b
			}
		case !openFrom:
			from, to = a, b
		}
	}
	return from, to, any
}

// hintNear is what the nearest part of the day says of a clock time.
func (p *parser) hintNear(i int) int {
	best, hint := 1<<30, noHint
	for _, it := range p.items {
		if it.hint == noHint || it.neg {
			continue
		}
		d := it.a - p.items[i].b
		if d < 0 {
			d = p.items[i].a - it.b + 1
		}
		if d < best {
			best, hint = d, it.hint
		}
	}
	return hint
}

// reading says which of the two times a clock face shows is meant.
func (p *parser) reading(m int, said bool, hint int) int {
	if said {
		return m
	}
	other := (m + 720) % 1440
	am, pm := min(m, other), max(m, other)
	switch hint {
	case morningHint:
		if m >= 720 && m < 780 {
			return m
		}
		return am
	case nightHint:
		if am < 6*60 {
			return am
		}
		return pm
	case eveningHint:
		if pm < 16*60 {
			return am
		}
		return pm
	case afternoonHint:
		return pm
	case forenoonHint:
		if am >= 6*60 {
			return am
		}
	case dayHint:
		if pm < 18*60 {
			return pm
		}
	}
	for _, x := range [...]int{m, other} {
		if x >= p.open && x <= p.close {
			return x
		}
	}
	return m
}
