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
	if from >= 0 && from < 6*60 && slices.ContainsFunc(p.items, func(it item) bool { return it.hint == nightHint }) {
		return false // "i natt" is the coming night
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

// combine gives the days of all items: those that stand side by side together,
// weekdays within the week or month named with them, all within what a
// preposition leaves.
func (p *parser) combine() (days []int, named, past, ambiguous bool) {
	for i := range p.items { // "i natt på lørdag" is Saturday's night
		if it := &p.items[i]; it.day && it.hint == nightHint && slices.ContainsFunc(p.items, func(o item) bool { return o.day && o.hint != nightHint && !o.past }) {
			it.day = false
		}
	}
	for i := range p.items { // "på mandag forrige uke"
		for _, j := range [...]int{i - 1, i + 1} {
			if j >= 0 && j < len(p.items) && p.items[i].bare && p.items[j].past && p.items[j].lo == p.today-7 && p.between2(min(p.items[i].b, p.items[j].b), max(p.items[i].a, p.items[j].a), joints) {
				p.items[i].past = true
			}
		}
	}
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
