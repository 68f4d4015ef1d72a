package when

// series reads "10.-15. januar", "10. og 12. desember", after the first number.
func (p *parser) series(d, n int) (item, int, bool) {
	ds, ranges := []int{d}, false
	for len(ds) < 12 {
		sep := p.f(n)
		if !(sep == "-" || untilWords[sep] || orWords[sep] || sep == "," || sep == "/") {
			return item{}, 0, false
		}
		j := n + 1
		if p.is(j, "og", "med") {
			j += 2
		}
		if p.f(j) == "den" || p.f(j) == "the" {
			j++
		}
		e, m, _, ok := p.ordinal(j)
		if !ok || e < 1 || e > 31 {
			return item{}, 0, false
		}
		ranges = ranges || sep == "-" || untilWords[sep] || sep == "og" && p.f(n-3) != "" && p.isBetween(n)
		ds, n = append(ds, e), m
		if mm, ok := monthOf(p.f(n)); ok {
			return p.seriesOf(ds, mm, n+1, ranges)
		}
	}
	return item{}, 0, false
}

func (p *parser) isBetween(n int) bool {
	for i := n; i >= max(0, n-4); i-- {
		if betweenWord[p.f(i)] {
			return true
		}
	}
	return false
}

func (p *parser) seriesOf(ds []int, month, n int, ranges bool) (item, int, bool) {
	end, next, _ := p.dayMonth(ds[len(ds)-1], month, n)
	if end.past || len(end.set) == 0 {
		return end, next, true
	}
	y, _, _ := civil(end.lo)
	if !real(y, month, ds[0]) {
		return p.bad(next)
	}
	if ranges && len(ds) == 2 {
		lo := dayOf(y, month, ds[0])
		it := p.stretch(lo, end.lo)
		it.period, it.exact = false, true
		return it, next, true
	}
	it := end
	for _, d := range ds[:len(ds)-1] {
		if x, _, _ := p.coming(month, d, n); len(x.set) == 1 {
			it.set = merge(it.set, x.set)
			it.lo, it.hi = min(it.lo, x.lo), max(it.hi, x.lo)
		}
	}
	return it, next, true
}

// bareRange reads "10.-12." without a month.
func (p *parser) bareRange(d, n int) (item, int, bool) {
	if p.f(n) != "-" && !untilWords[p.f(n)] {
		return item{}, 0, false
	}
	e, m, dotted, ok := p.ordinal(n + 1)
	if !ok || !dotted || e < d || p.at(n+1).digits == 0 {
		return item{}, 0, false
	}
	a, _, _ := p.ofMonth(d, m)
	if len(a.set) != 1 {
		return a, m, true
	}
	it := p.stretch(a.lo, a.lo+e-d)
	it.period, it.exact = false, true
	return it, m, true
}

// monthLater is the month of "mandag 11. eller tirsdag 12. januar".
func (p *parser) monthLater(n int) (int, bool) {
	if !orWords[p.f(n)] && p.f(n) != "," && p.f(n) != "-" && !untilWords[p.f(n)] {
		return 0, false
	}
	for j := n; j < n+9 && j < len(p.toks); j++ {
		t := p.at(j)
		if m, ok := monthOf(t.f); ok {
			return m, true
		}
		if !(orWords[t.f] || t.f == "," || t.f == "-" || t.f == "." || untilWords[t.f] || t.digits > 0 && t.digits <= 2 || t.f == "den" || p.weekdayAt(j)) {
			return 0, false
		}
	}
	return 0, false
}

// dayRange joins an item with one after "til": "mandag til onsdag".
func (p *parser) dayRange(it item, n int) (item, int, bool) {
	j := n
	switch {
	case p.f(n) == "-" || p.f(n) == "tom":
		j = n + 1
	case p.f(n) == "t" && p.f(n+1) == "/" && p.f(n+2) == "m":
		j = n + 3
	case (untilWords[p.f(n)]) && p.is(n+1, "og", "med"):
		j = n + 3
	case (p.f(n) == "frem" || p.f(n) == "fram") && untilWords[p.f(n+1)]:
		j = n + 2
	case untilWords[p.f(n)] || p.f(n) == "through":
		j = n + 1
	}
	if j == n || it.past || it.ambiguous || len(it.set) == 0 || weekWords[p.f(j)] && p.at(j+1).digits == 0 {
		return it, n, false
	}
	return p.span(it, j)
}

// span is the days from it to the item at j.
func (p *parser) span(it item, j int) (item, int, bool) {
	other, m, ok := p.day(j)
	if !ok || other.past || len(other.set) == 0 || other.time {
		return it, 0, false
	}
	hi := other.hi
	if other.bare {
		d := weekday(other.lo)
		hi = nearest(it.lo, d)
	}
	if other.exact && hi < it.lo {
		return it, 0, false
	}
	r := p.stretch(it.lo, hi)
	r.period, r.exact = false, true
	if hi < it.lo {
		return it, 0, false
	}
	return r, m, true
}
