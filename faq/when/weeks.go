package when

// modified reads what follows "neste", "denne", "forrige", "hver", "en".
func (p *parser) modified(k int, lead string) (item, int, bool) {
	f := p.f(k)
	if thisWords[lead] || lead == "den" && f == "her" {
		k--
		f = p.f(k)
	}
	switch {
	case f == "den" && p.f(k+1) == "her":
		return p.named(k+2, 't')
	case nextWords[f] && nextWords[p.f(k+1)]: // the one after next
		if it, n, ok := p.named(k+2, 'n'); ok && weekWords[p.f(k+2)] {
			return p.stretch(it.lo+7, it.hi+7), n, true
		}
	case p.nextWord(k):
		return p.named(k+1, 'n')
	case comingWords[f]:
		return p.named(k+1, 'c')
	case thisWords[f]:
		j := k + 1
		if thisWords[p.f(j)] || nextWords[p.f(j)] {
			return p.modified(j, "")
		}
		if afternoon(p.f(j)) || eveningSet[p.f(j)] {
			return p.relative(j, "i")
		}
		return p.named(j, 't')
	case lastWords[f]:
		if _, n, ok := p.named(k+1, 't'); ok && (f != "siste" || !p.monthAhead(n)) {
			return item{day: true, past: true, lo: p.today - 7, hi: p.today - 1}, n, true
		}
		if weekWords[p.f(k+1)] && f == "siste" {
			return p.weekOfMonth(k+1, -1)
		}
	case firstWords[f] && weekWords[p.f(k+1)]:
		return p.weekOfMonth(k+1, 0)
	case f == "andre" && weekWords[p.f(k+1)]:
		return p.weekOfMonth(k+1, 1)
	case everyWords[f] || oneWords[f] && f != "a" || f == "a":
		j := k + 1
		if p.f(j) == "annen" || p.f(j) == "eneste" || p.f(j) == "eller" && p.f(j+1) == "annen" {
			j++
			if p.f(j) == "annen" {
				j++
			}
		}
		if d, _, ok := weekdayOf(p.f(j)); ok && !shyDays[p.f(j)] {
			bits, n := p.moreDays(1<<d, j+1)
			return p.everyOf(bits), n, true
		}
		if weekendWord[p.f(j)] {
			return p.everyOf(3 << 5), j + 1, true
		}
		if workdayWord[p.f(j)] {
			return p.everyOf(31), j + 1, true
		}
		if everyWords[f] && everyDay[p.f(j)] {
			it := p.everyOf(127)
			it.week, it.period, it.open = 0, true, true
			return it, j + 1, true
		}
	}
	return item{}, 0, false
}

// moreDays reads the rest of "en mandag eller tirsdag".
func (p *parser) moreDays(bits, n int) (int, int) {
	for orWords[p.f(n)] || p.f(n) == "," {
		j := n + 1
		if oneWords[p.f(j)] {
			j++
		}
		d, _, ok := weekdayOf(p.f(j))
		if !ok || p.at(j+1).digits > 0 {
			break
		}
		bits, n = bits|1<<d, j+1
	}
	return bits, n
}

func (p *parser) monthAhead(n int) bool {
	if p.f(n) == "i" || p.f(n) == "av" || p.f(n) == "of" || p.f(n) == "in" {
		_, ok := monthOf(p.f(n + 1))
		return ok
	}
	return false
}

// weekOfMonth is the first (0), second (1) or last (-1) week that has most of
// its days in a month.
func (p *parser) weekOfMonth(k, which int) (item, int, bool) {
	if !p.monthAhead(k + 1) {
		return item{}, 0, false
	}
	it, n, ok := p.monthItem(k+2, "i")
	if !ok {
		return item{}, 0, false
	}
	_, y, m := p.monthNear(it.lo)
	mon := monday(dayOf(y, m, 1) + 3)
	if which < 0 {
		mon = monday(monthEnd(y, m) - 3)
	} else {
		mon += 7 * which
	}
	return p.stretch(mon, mon+6), n, true
}

func (p *parser) monthNear(day int) (int, int, int) {
	y, m, d := civil(day)
	return d, y, m
}

// named reads a weekday, weekend, week, month, year or season after "next"
// (n), "coming" (c) or "this" (t).
func (p *parser) named(k int, how byte) (item, int, bool) {
	if how == 'n' || how == 'c' {
		if n, unit, next, ok := p.count(k); ok && (unit == 'd' || unit == 'w' || unit == 'm') && (n > 1 || unit == 'd' && n > 1) {
			lo := p.today
			if unit == 'd' {
				lo++
			}
			return p.stretch(lo, p.later(n, unit).lo), next, true
		}
	}
	f := p.f(k)
	y, m, _ := civil(p.today)
	if d, _, ok := weekdayOf(f); ok {
		day := nearest(p.today, d)
		next := k + 1
		if how != 'n' {
			it := p.single(day)
			it.week, it.bare = 1<<d, true
			return p.withDate(it, next)
		}
		if it, n, ok := p.withDate(item{day: true, set: []int{day}, lo: day, hi: day, week: 1 << d, bare: true}, next); ok && n > next {
			return it, n, true
		}
		it := item{day: true, set: []int{day}, lo: day, hi: day, week: 1 << d, bare: true}
		if other := monday(p.today) + 7 + d; other > day {
			it.set, it.hi, it.ambiguous = append(it.set, other), other, true
		}
		return it, next, true
	}
	switch {
	case weekendWord[f]:
		sat, sun := p.weekend()
		it := p.stretch(sat, sun)
		if how == 'n' {
			it = p.stretch(sat, sun+7)
			it.set = append(p.days(sat, sun), p.days(sat+7, sun+7)...)
			it.ambiguous = true
		}
		it.week = 3 << 5
		return it, k + 1, true
	case workdayWord[f] && how != 't':
		d := p.today + 1
		for weekday(d) > 4 {
			d++
		}
		return p.single(d), k + 1, true
	case weekWords[f]:
		mon := monday(p.today)
		n := k + 1
		if how == 't' {
			return p.stretch(mon, mon+6), n, true
		}
		if how == 'n' && orWords[p.f(n)] && (p.f(n+1) == "neste" || p.f(n+1) == "uka") && p.f(n+2) == "der" {
			n = k + 1
		}
		return p.stretch(mon+7, mon+13), n, true
	case monthWords[f]:
		if how == 't' {
			return p.stretch(dayOf(y, m, 1), monthEnd(y, m)), k + 1, true
		}
		return p.stretch(dayOf(y, m+1, 1), monthEnd(y, m+1)), k + 1, true
	case yearWords[f] && p.at(k).raw != "ar":
		if how != 't' {
			y++
		}
		return p.stretch(dayOf(y, 1, 1), dayOf(y, 12, 31)), k + 1, true
	}
	if mm, ok := monthOf(f); ok && how != 't' {
		yy := y
		if mm <= m {
			yy++
		}
		return p.stretch(dayOf(yy, mm, 1), monthEnd(yy, mm)), k + 1, true
	} else if ok {
		return p.monthItem(k, "i")
	}
	if it, n, ok := p.season(k, "i"); ok {
		if how == 'n' && it.lo <= p.today {
			yy, mm, dd := civil(it.lo)
			y2, m2, _ := civil(it.hi)
			return p.stretch(dayOf(yy+1, mm, dd), monthEnd(y2+1, m2)), n, true
		}
		return it, n, true
	}
	return p.holidayItem(k, "i")
}
