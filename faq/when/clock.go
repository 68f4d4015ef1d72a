package when

import "strings"

func band(lo, hi, hint int) item { return item{time: true, from: lo, to: hi, hint: hint} }

// clockItem is one time of day, or two.
func clockItem(a int, saidA bool, b int, saidB bool) item {
	return item{time: true, clock: true, from: a, to: b, asSaid: saidA, asSaidTo: saidB}
}

// time reads a part of the day or a clock time. Without a cue before it a
// number by itself is no time.
func (p *parser) time(k int, prepped bool) (item, int, bool) {
	if it, n, ok := p.band(k, prepped); ok {
		return it, n, true
	}
	j, cue := k, false
	for clockWords[p.f(j)] || p.f(j) == "at" && p.at(j+1).digits > 0 || cue && (p.f(j) == "." || p.f(j) == ":" || p.f(j) == "ca" || p.f(j) == "rundt" || p.f(j) == "er") {
		cue = true
		j++
	}
	if cue {
		p.cueAt = k
	}
	a, said, n, sure, ok := p.clock(j)
	if !ok {
		return item{}, 0, false
	}
	if a < 0 {
		if !cue && !sure {
			return item{}, 0, false
		}
		p.invalid = true
		return item{time: true}, n, true
	}
	// a second time: "10-12", "10 til 12"
	if p.f(n) == "-" || untilWords[p.f(n)] || p.f(n) == "to" {
		m := n + 1
		for clockWords[p.f(m)] || p.f(m) == "." {
			m++
		}
		if b, saidB, m, sureB, ok := p.clock(m); ok && b >= 0 && !p.unitAt(m) && !headcount[p.f(m)] && (cue || prepped || sure || sureB || p.at(j).digits > 0 && p.at(n+1).digits > 0 && p.hourLike(j) && p.hourLike(n+1)) && !(p.f(n) != "-" && !sure && !sureB && !cue && !prepped && p.at(j).digits == 0) {
			return clockItem(a, said, b, saidB), m, true
		}
	}
	switch {
	case p.unitAt(n) || headcount[p.f(n)]:
		return item{}, 0, false
	case cue || sure || p.bandAfter(n):
	case p.f(n) == "pa" && p.weekdayAt(n+1) && !article[p.f(j)] && (j == 0 || !p.at(j-1).word() && p.at(j-1).digits == 0): // "to på fredag"
	case !cue && (p.f(n) == "tusen" || p.f(n) == "-" && strings.HasPrefix(p.f(n+1), "tal")):
		return item{}, 0, false
	case prepped && p.at(j).digits == 4: // a year
		return item{}, 0, false
	case prepped && p.f(n) != "/" && !p.at(n).word():
	case prepped && !noun(p.f(n)) && !article[p.f(j)]:
	case p.at(j).digits > 0 && p.at(j).digits <= 2 && p.afterDay(j) && p.hourLike(j) && (p.at(n).f == "" || !p.at(n).word() && p.f(n) != "/" || orWords[p.f(n)]):
	default:
		return item{}, 0, false
	}
	it := clockItem(a, said, a, said)
	if h := p.f(n); orWords[h] && h != "and" || h == "/" { // "kl 10 eller 11"
		if m := n + 1; !p.monthAfter(m) {
			if b, saidB, m, sureB, ok := p.clock(m); ok && b >= 0 && !p.unitAt(m) && (cue || sure || sureB) && !headcount[p.f(m)] {
				it.to, it.asSaidTo = b, saidB
				return it, m, true
			}
		}
	}
	return it, n, true
}

// hourLike tells whether bare figures can be an hour.
func (p *parser) hourLike(k int) bool {
	t := p.at(k)
	return t.digits > 0 && t.digits <= 2 && t.num <= 24 && t.num > 0
}

func (p *parser) afterDay(k int) bool {
	return len(p.items) > 0 && p.items[len(p.items)-1].day && p.items[len(p.items)-1].b == k
}

func (p *parser) unitAt(n int) bool {
	f := p.f(n)
	return dayWords[f] || weekWords[f] || monthWords[f] || yearWords[f] && p.at(n).raw != "ar" || hourWords[f] || minuteWords[f] || f == "kr" || f == "kroner" || f == "prosent" || f == "ml" || f == "enheter" || f == "%" || f == "ganger" || f == "uker"
}

// noun tells whether a word after "før to" shows that it counted things.
func noun(f string) bool {
	return headcount[f] || f == "behandlinger" || f == "barn" || f == "timer" || f == "dose" || f == "andre" || f == "omrader"
}

// bandAfter tells whether a part of the day follows, as in "fire om morran".
func (p *parser) bandAfter(n int) bool {
	f := p.f(n)
	if f == "om" || f == "pa" || f == "in" || f == "i" {
		n++
		if p.f(n) == "the" {
			n++
		}
		_, _, ok := p.band(n, false)
		return ok || nightSet[p.f(n)] || p.f(n) == "dagen"
	}
	return false
}

// band reads a part of the day.
func (p *parser) band(k int, prepped bool) (item, int, bool) {
	f := p.f(k)
	lead := p.f(k - 1)
	if prepped && (f == "i") {
		return item{}, 0, false
	}
	switch {
	case earlySet[f]:
		if n := k + 1; afternoon(p.f(n)) || forenoon(p.f(n)) || eveningSet[p.f(n)] {
			return p.band(n, prepped)
		} else if (p.f(n) == "pa" || p.f(n) == "om") && (afternoon(p.f(n+1)) || forenoon(p.f(n+1)) || eveningSet[p.f(n+1)]) {
			return p.band(n+1, prepped)
		}
		return band(0, 10*60, morningHint), k + 1, true
	case afternoon(f):
		return band(12*60, 17*60, afternoonHint), k + 1, true
	case f == "afternoon" || f == "afternoons":
		return band(12*60, 17*60, afternoonHint), k + 1, true
	case forenoon(f):
		return band(8*60, 12*60, forenoonHint), k + 1, true
	case eveningSet[f]:
		return band(17*60, 22*60, eveningHint), k + 1, true
	case morningSet[f] && !(lead == "god" || lead == "good"):
		return band(0, 10*60, morningHint), k + 1, true
	case lunchSet[f]:
		return band(11*60, 13*60, noHint), k + 1, true
	case f == "midt" && p.f(k+1) == "pa" && (p.f(k+2) == "dagen" || p.f(k+2) == "dan" || p.f(k+2) == "dag" || p.f(k+2) == "dagn"):
		return band(11*60, 13*60, dayHint), k + 3, true
	case f == "middagstid" || f == "midday":
		return band(11*60, 13*60, dayHint), k + 1, true
	case f == "midnatt" || f == "midnight" || f == "midnott":
		return clockItem(0, true, 0, true), k + 1, true
	case f == "noon":
		return clockItem(12*60, true, 12*60, true), k + 1, true
	case nightSet[f] && f != "night" || f == "night" && lead != "nights":
		return item{time: true, from: -1, to: -1, hint: nightHint}, k + 1, true
	case f == "pa" && (p.f(k+1) == "dagen" || p.f(k+1) == "dagtid"):
		return item{time: true, from: -1, to: -1, hint: dayHint}, k + 2, true
	case prepped && workSet[f]:
		return item{time: true, from: 8 * 60, to: 16 * 60, prepped: true, fixed: true}, k + 1, true
	}
	return item{}, 0, false
}

// clock reads a time of day without its cue. m is -1 for one that there
// isn't; said means that it needs no reading; sure that it can be nothing else.
func (p *parser) clock(k int) (m int, said bool, next int, sure, ok bool) {
	t := p.at(k)
	if t.f == "halv" || t.f == "half" && p.f(k+1) == "past" {
		j := k + 1
		if t.f == "half" {
			j++
		}
		h, ok := p.number(j)
		if !ok || h < 1 || h > 24 {
			return 0, false, 0, false, false
		}
		if t.f == "half" {
			return h%24*60 + 30, h > 12, j + 1, true, true
		}
		return (h*60 - 30) % 1440, h > 12, j + 1, true, true
	}
	if q := t.f; q == "kvart" || q == "kvarter" || q == "kvar" || q == "quarter" || q == "kvartal" && false || q == "kvartet" {
		if off, n, ok := p.offset(15, k+1); ok {
			return off, false, n, true, true
		}
		return 0, false, 0, false, false
	}
	n, isNum := p.number(k)
	if !isNum {
		return 0, false, 0, false, false
	}
	if n <= 30 && t.digits <= 2 {
		j := k + 1
		if minuteWords[p.f(j)] {
			j++
		}
		if off, m, ok := p.offset(n, j); ok {
			return off, false, m, true, true
		}
	}
	switch {
	case t.digits == 4:
		if n/100 > 24 || n%100 > 59 || n == 2400 {
			return -1, true, k + 1, false, true
		}
		// four figures that look like a year are none without a cue
		return n/100*60 + n%100, true, k + 1, n < 1900 || n > 2100, true
	case t.digits == 3:
		if n/100 > 24 || n%100 > 59 {
			return 0, false, 0, false, false
		}
		return n/100*60 + n%100, t.raw[0] == '0', k + 1, false, true
	case t.digits > 4:
		return 0, false, 0, false, false
	}
	next = k + 1
	if s := p.f(next); (s == ":" || s == ".") && !p.at(next).gap && p.at(next+1).digits == 2 && !p.at(next+1).gap && t.digits > 0 {
		min := p.at(next + 1).num
		if n > 24 || min > 59 || n == 24 && min > 0 {
			return -1, true, next + 2, s == ":" || n <= 24, true
		}
		m, said = n*60+min, t.digits == 2
		m, said, next = p.ampm(m, said, next+2)
		return m % 1440, said, next, true, true
	}
	if n > 24 {
		return -1, true, k + 1, false, true
	}
	said = t.digits == 2 && t.raw[0] == '0' || n > 12 || n == 0
	m = n * 60
	// "sju tyve", "8 30"
	if v, ok := p.number(next); ok && p.at(next).gap && (clockWords[p.f(k-1)] || p.f(k-1) == "." && clockWords[p.f(k-2)]) && (v == 15 || v == 20 || v == 30 || v == 45 || v == 10 || v == 40 || v == 50) && !p.monthAfter(next) && !p.unitAt(next+1) && p.f(next+1) != "." {
		if v == 30 && p.at(next).digits == 0 || p.at(next).digits == 2 || p.at(next).digits == 0 {
			return (m + v) % 1440, said, next + 1, true, true
		}
	}
	if m2, said2, n2 := p.ampm(m, said, next); n2 > next {
		return m2, said2, n2, true, true
	}
	if p.f(next) == "o" && p.f(next+1) == "clock" || p.f(next) == "oclock" {
		return m % 1440, said, next + 1, true, true
	}
	return m % 1440, said, next, false, true
}

func (p *parser) ampm(m int, said bool, n int) (int, bool, int) {
	switch p.f(n) {
	case "pm":
		if m < 12*60 {
			m += 12 * 60
		}
		return m, true, n + 1
	case "am":
		if m >= 12*60 {
			m -= 12 * 60
		}
		return m, true, n + 1
	}
	if p.f(n) == "p" && p.f(n+2) == "m" || p.f(n) == "a" && p.f(n+1) == "." && p.f(n+2) == "m" {
		if p.f(n) == "p" && m < 12*60 {
			m += 12 * 60
		}
		return m, true, n + 3
	}
	return m, said, n
}

var article = set("en ein ei et a")

// offset reads "over tre", "på halv åtte", after the minutes.
func (p *parser) offset(min, k int) (int, int, bool) {
	sign := 0
	switch f := p.f(k); {
	case f == "over" || f == "past" || f == "after":
		sign = 1
	case f == "pa" || f == "to" || f == "i" && min == 15:
		sign = -1
	default:
		return 0, 0, false
	}
	j, half := k+1, 0
	if p.f(j) == "halv" {
		half, j = 30, j+1
	}
	h, ok := p.number(j)
	if !ok || h < 1 || h > 24 || p.at(j).digits > 2 || p.monthAfter(j) || p.f(j+1) == "." && p.at(j+2).digits > 0 || p.f(j+1) == "/" {
		return 0, 0, false
	}
	if half == 0 && (p.unitAt(j+1) || article[p.f(j)] && p.at(j+1).word() && !p.bandAfter(j+1)) {
		return 0, 0, false
	}
	m := h*60 - half + sign*min
	return (m + 1440) % 1440, j + 1, true
}
