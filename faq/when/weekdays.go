package when

// weekdayItem reads a weekday, weekend or workday by itself.
func (p *parser) weekdayItem(k int, lead string) (item, int, bool) {
	f := p.f(k)
	switch {
	case workdayWord[f]:
		return p.everyOf(31), k + 1, true
	case weekendMany[f]:
		return p.everyOf(3 << 5), k + 1, true
	case weekendWord[f]:
		sat, sun := p.weekend()
		it := p.stretch(sat, sun)
		it.week = 3 << 5
		return it, k + 1, true
	}
	d, many, ok := weekdayOf(f)
	if !ok || shyDays[f] && !p.dayLike(k, lead) {
		return item{}, 0, false
	}
	n := k + 1
	if p.f(n) == "." && shyDays[f] || p.f(n) == "." && len(f) <= 4 {
		n++
	}
	if many {
		bits, m := p.moreDays(1<<d, n)
		if e, mm, ok := p.dayEnd(n); ok && mm > n {
			for x := d; ; x = (x + 1) % 7 {
				bits |= 1 << x
				if x == e {
					break
				}
			}
			m = mm
		}
		return p.everyOf(bits), m, true
	}
	it := p.single(nearest(p.today, d))
	it.week, it.bare = 1<<d, true
	if p.f(n) == "om" || p.f(n) == "in" {
		if c, unit, next, ok := p.count(n + 1); ok && unit == 'w' {
			day := p.today + ((d-weekday(p.today))%7+7)%7 + 7*c
			it = p.single(day)
			it.exact = true
			return it, next, true
		}
	}
	return p.withDate(it, n)
}

// dayEnd reads "til torsdager" after a plural weekday.
func (p *parser) dayEnd(n int) (int, int, bool) {
	if p.f(n) == "-" || untilWords[p.f(n)] {
		d, _, ok := weekdayOf(p.f(n + 1))
		return d, n + 2, ok
	}
	return 0, 0, false
}

// dayLike tells whether a short name such as "man" is a day here.
func (p *parser) dayLike(k int, lead string) bool {
	raw := p.at(k).raw
	if raw == "lør" || raw == "søn" || raw == "loer" || raw == "soen" {
		return true
	}
	if lead == "pa" || lead == "til" || lead == "te" || lead == "t" || lead == "den" {
		return raw != "man" || !p.at(k+1).word() || clockWords[p.f(k+1)]
	}
	next, prev := p.at(k+1), p.at(k-1)
	if next.digits > 0 && p.at(k).f != "fri" || clockWords[next.f] && raw != "fri" {
		return true
	}
	short := func(t tok) bool { _, ok := weekdayExact[t.f]; return ok }
	return next.f == "." && p.at(k+2).digits > 0 || (next.f == "-" || next.f == "/" || orWords[next.f]) && short(p.at(k+2)) || (prev.f == "-" || prev.f == "/" || orWords[prev.f]) && short(p.at(k-2)) || len(p.toks) == 1
}

// withDate joins a weekday and the date after it; if they disagree, the date
// and the day of that name nearest to it.
func (p *parser) withDate(it item, n int) (item, int, bool) {
	k := n
	for p.f(k) == "," || p.f(k) == "(" || p.f(k) == "." || p.f(k) == "d" {
		k++
	}
	d, m, ok := p.date(k, "weekday")
	if !ok || !d.exact && !d.past {
		return it, n, true
	}
	if p.f(m) == ")" {
		m++
	}
	return p.agree(it, d), m, true
}

func (p *parser) agree(wd, d item) item {
	if d.past || len(d.set) != 1 || len(wd.set) == 0 || wd.week>>weekday(d.lo)&1 == 1 {
		return d
	}
	day := wd.set[0]
	for x := d.lo - 3; x <= d.lo+3; x++ {
		if wd.week>>weekday(x)&1 == 1 && x >= p.today {
			day = x
		}
	}
	a, b := min(day, d.lo), max(day, d.lo)
	return item{day: true, set: []int{a, b}, lo: a, hi: b, ambiguous: true, exact: true}
}
