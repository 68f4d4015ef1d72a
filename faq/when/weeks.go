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
	case nextWords[f]:
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
		j := k
		if n, unit, next, ok := p.count(j); ok && (unit == 'd' || unit == 'w' || unit == 'm') && (n > 1 || unit == 'd' && n > 1) {
			end := p.later(n, unit).lo
			return p.stretch(p.today, end), next, true
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

// weekItem reads "uke 49", "te uka", "uka etter neste".
func (p *parser) weekItem(k int, lead string) (item, int, bool) {
	f := p.f(k)
	if !weekWords[f] {
		return item{}, 0, false
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
	if p.f(n) == "her" {
		return p.stretch(mon, mon+6), n + 1, true
	}
	switch {
	case untilWords[lead] || lead == "ti":
		it := p.stretch(mon, mon+13)
		it.ambiguous = true
		return it, n, true
	case lead == "i" && weekLead[p.f(k-2)], p.f(k-1) == "av":
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
		if !(isRange || orWords[p.f(n)] || p.f(n) == ",") || t.digits == 0 || t.digits > 2 || p.f(j+1) == ":" || p.f(j+1) == "." && p.at(j+2).digits > 0 || j > n+1 && isRange == false && false {
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
