package when

// monthItem reads a month, with a year if one follows.
func (p *parser) monthItem(k int, lead string) (item, int, bool) {
	f := p.f(k)
	m, ok := monthOf(f)
	if !ok || shyMonths[f] && lead != "i" && lead != "til" && f != "mai" || f == "mar" && p.at(k).raw == "mår" {
		return item{}, 0, false
	}
	n := k + 1
	y, mm, _ := civil(p.today)
	yy := y
	if m < mm {
		yy++
	}
	j := n
	if p.f(j) == "i" {
		j++
	}
	if v, yn := p.year(n, false); yn > 0 {
		yy, n = v, yn
	} else if nextWords[p.f(j)] && yearWords[p.f(j+1)] {
		yy, n = y+1, j+2
	}
	return p.stretch(dayOf(yy, m, 1), monthEnd(yy, m)), n, true
}

var shyMonths = set("jan mar may des sep march nov jun aug apr dec")

// part reads "slutten av januar", "midt i desember", "tidlig i neste måned".
func (p *parser) part(k int, lead string) (item, int, bool) {
	f := p.f(k)
	which := partWords[f]
	switch {
	case earlySet[f]:
		which = 1
	case f == "sent" || f == "seint" || f == "late" || f == "sein" || f == "sen":
		which = 3
	case (f == "forste" || f == "andre" || f == "siste") && p.f(k+1) == "halvdel":
		k++
		if which = 2; f == "forste" {
			which = 4
		} else {
			which = 5
		}
	case which == 0:
		return item{}, 0, false
	}
	n := k + 1
	if p.f(n) == "av" || p.f(n) == "i" || p.f(n) == "of" || p.f(n) == "in" || p.f(n) == "pa" || p.f(n) == "utpa" {
		n++
	} else if f != "slutten" && f != "begynnelsen" && f != "midten" && f != "starten" && f != "mid" && f != "medio" && f != "primo" && f != "ultimo" && f != "midt" && f != "early" && f != "late" {
		return item{}, 0, false
	}
	if p.f(n) == "the" {
		n++
	}
	if p.f(n) == "maneden" || p.f(n) == "manaden" || p.f(n) == "mnd" || p.f(n) == "manen" {
		it := p.monthPart(p.today, which, true)
		return it, n + 1, true
	}
	if p.f(n) == "aret" {
		y, _, _ := civil(p.today)
		return p.yearPart(y, which), n + 1, true
	}
	if weekDef[p.f(n)] {
		return p.weekPart(monday(p.today), which), n + 1, true
	}
	it, next, ok := p.monthItem(n, "i")
	if !ok {
		if it, next, ok = p.modified(n, ""); !ok || !it.period {
			if p.f(n) == "nyaret" || p.f(n) == "nytt" {
				y, _, _ := civil(p.today)
				return p.monthPart(dayOf(y+1, 1, 1), which, false), n + 1, true
			}
			return item{}, 0, false
		}
	}
	switch long := it.hi - it.lo; {
	case long == 6:
		return p.weekPart(it.lo, which), next, true
	case long >= 27 && long <= 30:
		return p.monthPart(it.lo, which, false), next, true
	case long == 364 || long == 365:
		y, _, _ := civil(it.lo)
		return p.yearPart(y, which), next, true
	}
	return it, next, true
}

// monthPart is the beginning (1), middle (2), end (3) or a half (4, 5) of the
// month of a day; the next year's if this one's is over.
func (p *parser) monthPart(day, which int, this bool) item {
	y, m, _ := civil(day)
	for {
		lo, hi := dayOf(y, m, 1), monthEnd(y, m)
		switch which {
		case 1:
			hi = lo + 9
		case 2:
			lo, hi = lo+10, lo+19
		case 3:
			lo += 20
		case 4:
			hi = lo + 14
		case 5:
			lo += 15
		}
		if hi >= p.today || this || y < 2000 {
			return p.stretch(lo, hi)
		}
		if lo < dayOf(y, m, 1) {
			return p.stretch(lo, hi)
		}
		y++
	}
}

// yearPart is January, May to August, December or a half.
func (p *parser) yearPart(y, which int) item {
	return p.stretch(dayOf(y, [...]int{1, 1, 5, 12, 1, 7}[which], 1), monthEnd(y, [...]int{1, 1, 8, 12, 6, 12}[which]))
}

// weekPart is Monday and Tuesday, Wednesday, or Thursday and Friday.
func (p *parser) weekPart(mon, which int) item {
	lo, hi := mon, mon+1
	switch which {
	case 2:
		lo, hi = mon+2, mon+2
	case 3, 5:
		lo, hi = mon+3, mon+4
	}
	return p.stretch(lo, hi)
}

// holiday reads the name of a feast: its days in a year.
func (p *parser) holiday(k int) (days func(y int) (int, int), name string, next int, ok bool) {
	fixed := func(m, a, m2, b int) func(int) (int, int) {
		return func(y int) (int, int) { return dayOf(y, m, a), dayOf(y, m2, b) }
	}
	moving := func(a, b int) func(int) (int, int) {
		return func(y int) (int, int) { e := easter(y); return e + a, e + b }
	}
	n := k + 1
	switch p.f(k) {
	case "christmas", "xmas":
		return fixed(12, 24, 12, 26), "jul", n, p.f(k-1) != "of"
	case "jul", "jula", "julen", "julehelga", "julehelgen", "jol", "jola", "julo", "joli", "julehelg":
		return fixed(12, 24, 12, 26), "jul", n, true
	case "julaften", "juleaften", "julafta", "julaftan", "joleftan", "julekvelden":
		return fixed(12, 24, 12, 24), "", n, true
	case "lillejulaften", "veslejulaftan", "lillejuleaften":
		return fixed(12, 23, 12, 23), "", n, true
	case "romjul", "romjula", "romjulen", "romjola", "romjol", "mellomjula", "rumjula", "romjulo":
		return fixed(12, 27, 12, 31), "", n, true
	case "nyttar", "nyttarsdag", "nyar", "nyttaret", "nyttarsdagen", "nytar":
		return fixed(1, 1, 1, 1), "ny", n, true
	case "nyttarsaften", "nyttarsaftan", "nyarsaften", "nyttarsafta":
		return fixed(12, 31, 12, 31), "", n, true
	case "new":
		if p.f(n) == "year" || p.f(n) == "years" || p.f(n) == "year's" {
			if p.f(n+1) == "eve" {
				return fixed(12, 31, 12, 31), "", n + 2, true
			}
			return fixed(1, 1, 1, 1), "ny", n + 1, true
		}
	case "paske", "paska", "pasken", "easter", "poska", "paskeferien", "paskeferie", "paskehelga", "paskehelgen", "paskan":
		return moving(-3, 1), "", n, true
	case "skjartorsdag", "skjertorsdag":
		return moving(-3, -3), "", n, true
	case "langfredag":
		return moving(-2, -2), "", n, true
	case "paskeaften", "paskeaftan":
		return moving(-1, -1), "", n, true
	case "pinse", "pinsa", "pinsen":
		return moving(48, 50), "", n, true
	case "juleferien", "juleferie", "joleferien":
		return fixed(12, 24, 12, 31), "", n, true
	}
	return nil, "", 0, false
}

func (p *parser) holidayItem(k int, _ string) (item, int, bool) {
	days, name, n, ok := p.holiday(k)
	if !ok {
		if p.f(k) == "nyaret" {
			y, _, _ := civil(p.today)
			return p.stretch(dayOf(y+1, 1, 1), monthEnd(y+1, 1)), k + 1, true
		}
		return item{}, 0, false
	}
	// "mellom jul og nyttår" and "jul og nyttår" without "mellom" differ; the
	// first is read by between.
	_ = name
	y, _, _ := civil(p.today)
	lo, hi := days(y)
	if hi < p.today {
		lo, hi = days(y + 1)
	}
	if v, yn := p.year(n, false); yn > 0 {
		lo, hi = days(v)
		n = yn
	}
	it := p.stretch(lo, hi)
	it.exact = lo == hi
	return it, n, true
}

// season reads a season: the one we are in to its end, else the next.
func (p *parser) season(k int, lead string) (item, int, bool) {
	f, raw := p.f(k), p.at(k).raw
	var m int
	switch {
	case f == "vinter" || f == "vinteren" || f == "vintern" || f == "winter" || f == "vintaren" || f == "vinterens":
		m = 12
	case raw == "våren" || raw == "vaaren" || raw == "vårn" || f == "spring" || raw == "vår" && (lead == "i" || lead == "til") || raw == "vaar" || f == "var" && lead == "i" || f == "varen" && (untilWords[lead] || p.f(k-1) == "av"):
		m = 3
	case f == "sommer" || f == "sommeren" || f == "sommern" || f == "sommar" || f == "sommaren" || f == "summer" || f == "sommerferien" || f == "sommarferien" || f == "sommerferie" || f == "summar" || f == "somarn":
		m = 6
	case raw == "høst" || raw == "høsten" || raw == "hausten" || raw == "haust" || raw == "hoest" || raw == "hoesten" || f == "autumn" || f == "host" && lead == "i" || f == "hosten" && untilWords[lead] || raw == "høstn":
		m = 9
	default:
		return item{}, 0, false
	}
	n := k + 1
	y, _, _ := civil(p.today)
	if m == 12 {
		y--
	}
	if v, yn := p.year(n, false); yn > 0 {
		return p.stretch(dayOf(v, m, 1), dayOf(v, m+3, 1)-1), yn, true
	}
	for dayOf(y, m+3, 1)-1 < p.today {
		y++
	}
	if nextWords[p.f(n)] && yearWords[p.f(n+1)] {
		now, _, _ := civil(p.today)
		y, n = now+1, n+2
	}
	return p.stretch(dayOf(y, m, 1), dayOf(y, m+3, 1)-1), n, true
}
