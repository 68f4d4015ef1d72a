package when

// weekItem reads "uke 49", "te uka", "uka etter neste".
func (p *parser) weekItem(k int, lead string) (item, int, bool) {
	f := p.f(k)
	if !weekWords[f] {
		return item{}, 0, false
	}
	if p.is(k+1, "after", "next") {
		mon := monday(p.today) + 14
		return p.stretch(mon, mon+6), k + 3, true
	}
	n := k + 1
	for p.f(n) == "nr" || p.f(n) == "nummer" || p.f(n) == "." {
		n++
	}
	if p.at(n).digits > 0 && p.at(n).digits <= 2 {
		return p.weekNumber(n)
	}
	n = k + 1
	mon := monday(p.today)
	if weekDef[f] && (p.f(n) == "etter" || p.at(n).raw == "før") {
		if nextWords[p.f(n+1)] {
			m := n + 2
			if weekWords[p.f(m)] {
				m++
			}
			return p.stretch(mon+14, mon+20), m, true
		}
		if it, m, ok := p.day(n + 1); ok && !it.past {
			if p.at(n).raw == "før" {
				return p.stretch(monday(it.lo)-7, monday(it.lo)-1), m, true
			}
			return p.stretch(monday(it.hi)+7, monday(it.hi)+13), m, true
		}
	}
	if !weekDef[f] {
		return item{}, 0, false
	}
	if p.f(n) == "etter" && !p.at(n+1).word() && p.at(n+1).digits == 0 {
		return p.stretch(mon+7, mon+13), n + 1, true
	}
	if p.f(n) == "her" {
		return p.stretch(mon, mon+6), n + 1, true
	}
	switch {
	case untilWords[lead] || lead == "ti":
		it := p.stretch(mon, mon+13)
		it.ambiguous = true
		return it, n, true
	case lead == "i" && weekLead[p.f(k-2)], p.f(k-1) == "av", p.f(k-1) == "hele", p.f(k-1) == "heile":
		return p.stretch(mon, mon+6), n, true
	}
	return item{}, 0, false
}

var weekLead = set("senere seinere seinare tidlig utpa ut midt sent seint slutt senare later")

// weekNumber reads ISO weeks: "49", "49 og 50", "49-51", a year after it.
func (p *parser) weekNumber(n int) (item, int, bool) {
	first := p.at(n).num
	lo, ok := p.weekOf(first, 0)
	if !ok {
		p.invalid = true
		return item{day: true}, n + 1, true
	}
	it, n := p.stretch(lo, lo+6), n+1
	if p.at(n).digits == 4 && p.at(n).num > 2000 && p.at(n).num < 2100 {
		if lo, ok := p.weekOf(first, p.at(n).num); ok {
			return p.stretch(lo, lo+6), n + 1, true
		}
	}
	for {
		j := n + 1
		isRange := p.f(n) == "-" || untilWords[p.f(n)]
		if weekWords[p.f(j)] {
			j++
		}
		t := p.at(j)
		if !(isRange || orWords[p.f(n)] || p.f(n) == ",") || t.digits == 0 || t.digits > 2 || p.f(j+1) == ":" || p.f(j+1) == "." && p.at(j+2).digits > 0 {
			return it, n, true
		}
		mon, ok := p.weekOf(t.num, 0)
		if !ok {
			return it, n, true
		}
		if isRange && mon > it.hi {
			it = p.stretch(it.lo, mon+6)
		} else {
			it.set = merge(it.set, p.days(mon, mon+6))
			it.lo, it.hi = min(it.lo, mon), max(it.hi, mon+6)
		}
		n = j + 1
	}
}

// weekOf is the Monday of a week that isn't over, of a year or the next.
func (p *parser) weekOf(week, year int) (int, bool) {
	if year > 0 {
		return isoMonday(year, week)
	}
	y, _, _ := civil(p.today)
	for _, yy := range [...]int{y - 1, y, y + 1, y + 2} {
		if mon, ok := isoMonday(yy, week); ok && mon+6 >= p.today {
			return mon, true
		}
	}
	return 0, false
}
