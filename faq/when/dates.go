package when

import (
	"strings"
	"time"
)

func minuteSpan(n int) time.Duration { return time.Duration(n) * time.Minute }

// bad marks the text as naming a date or time that there isn't.
func (p *parser) bad(next int) (item, int, bool) {
	p.invalid = true
	return item{day: true, exact: true}, next, true
}

// full is a date with its year; it stays past the horizon.
func (p *parser) full(y, m, d, next int) (item, int, bool) {
	if y < 100 {
		y += 2000
	}
	if !real(y, m, d) {
		return p.bad(next)
	}
	it := p.single(dayOf(y, m, d))
	it.exact = true
	if it.lo < p.today {
		it.set, it.past = nil, true
	}
	return it, next, true
}

// coming is a date without a year: the next one, today included.
func (p *parser) coming(m, d, next int) (item, int, bool) {
	y, _, _ := civil(p.today)
	for yy := y; yy <= y+1; yy++ {
		if real(yy, m, d) && dayOf(yy, m, d) >= p.today {
			return p.full(yy, m, d, next)
		}
	}
	return p.bad(next)
}

// ofMonth is the next such day of a month: "den 15.".
func (p *parser) ofMonth(d, next int) (item, int, bool) {
	if d < 1 || d > 31 {
		return p.bad(next)
	}
	y, m, _ := civil(p.today)
	for i := 0; i < 13; i++ {
		yy, mm := y+(m-1+i)/12, (m-1+i)%12+1
		if real(yy, mm, d) && dayOf(yy, mm, d) >= p.today {
			return p.full(yy, mm, d, next)
		}
	}
	return p.bad(next)
}

// ordinal reads "15.", "15de", "femtende" or plain figures; dotted tells
// whether it is said as an ordinal.
func (p *parser) ordinal(k int) (n, next int, dotted, ok bool) {
	t := p.at(k)
	if t.digits > 0 {
		if t.digits > 2 {
			return 0, 0, false, false
		}
		next = k + 1
		switch {
		case p.f(next) == "." && !p.at(next).gap && !(p.at(next+1).digits > 0 && !p.at(next+1).gap):
			return t.num, next + 1, true, true
		case ordinalEnds[p.f(next)] && !p.at(next).gap:
			return t.num, next + 1, true, true
		}
		return t.num, next, false, true
	}
	n, ok = ordinals[t.f]
	if t.f == "attende" { // eighteenth in some books, eighth as spoken
		n = 8
		if t.raw == "attende" {
			n = 18
		}
	}
	if n == 0 {
		return 0, 0, false, false
	}
	return n, k + 1, true, ok
}

// monthAfter tells whether the number at k is a day of a month.
func (p *parser) monthAfter(k int) bool {
	_, next, _, ok := p.ordinal(k)
	if !ok {
		_, ok = p.number(k)
		next = k + 1
	}
	if !ok {
		return false
	}
	_, ok = monthOf(p.f(next))
	return ok && p.f(next) != "mar"
}

// date reads one date, or several of one month.
func (p *parser) date(k int, lead string) (item, int, bool) {
	t := p.at(k)
	den := (t.f == "den" || t.f == "the" || t.f == "d" || t.f == "dan") && p.at(k+1).f != ""
	if den {
		k++
		if p.f(k) == "." {
			k++
		}
		t = p.at(k)
	}
	if t.digits > 0 {
		if it, n, ok := p.figures(k, lead); ok {
			return it, n, true
		}
	}
	if m, ok := monthOf(t.f); ok && t.f != "mars_" { // "december 3rd"
		if d, n, _, ok := p.ordinal(k + 1); ok && p.at(k+1).digits > 0 && p.f(n) != ":" && !(p.f(n) == "." && p.at(n+1).digits > 0) && lead != "i" && d <= 31 && englishMonth(t.f, p.f(n-1)) {
			return p.dayMonth(d, m, n)
		}
		return item{}, 0, false
	}
	d, n, dotted, ok := p.ordinal(k)
	if !ok {
		if v, isNum := numbers[t.f]; isNum && v > 0 && v <= 31 && p.monthAfter(k) {
			d, n, ok = v, k+1, true
		} else {
			return item{}, 0, false
		}
	}
	if p.f(n) == "of" {
		n++
	}
	if m, ok := monthOf(p.f(n)); ok && (p.f(n) != "mar" || dotted) {
		return p.dayMonth(d, m, n+1)
	}
	if (p.f(n) == "i" || p.f(n) == "juledag") && dotted {
		if p.f(n) == "juledag" && d <= 3 {
			return p.coming(12, 24+d, n+1)
		}
		if m, mn, dot, ok := p.ordinal(n + 1); ok && dot && m >= 1 && m <= 12 && (p.f(n+2) != "i") {
			return p.dayMonth(d, m, mn)
		}
		if m, ok := monthOf(p.f(n + 1)); ok {
			return p.dayMonth(d, m, n+2)
		}
	}
	if it, m, ok := p.series(d, n); ok {
		return it, m, true
	}
	if m, ok := p.monthLater(n); ok && (dotted || den) && d <= 31 {
		return p.coming(m, d, n)
	}
	if den && (t.digits > 0 || dotted) || lead == "weekday" && dotted && t.digits > 0 && p.f(n) != "/" {
		if p.at(k).digits == 0 && !dateOrdinal(p.f(n)) || p.f(n) == "s" || headcount[p.f(n)] || strings.HasPrefix(p.f(n), "stj") {
			return item{}, 0, false
		}
		return p.ofMonth(d, n)
	}
	if lead == "weekday" && t.digits > 0 && d >= 25 && d <= 31 && p.f(n) != ":" {
		return p.ofMonth(d, n)
	}
	if dotted && t.digits > 0 && d >= 1 && d <= 31 && !clockWords[p.f(k-1)] && (p.at(n).word() || p.f(n) == "-" || lead == "pa") && !headcount[p.f(n)] {
		if p.at(n).gap || p.f(n) == "-" {
			if it, m, ok := p.bareRange(d, n); ok {
				return it, m, true
			}
		}
		if lead == "pa" {
			return p.ofMonth(d, n)
		}
	}
	return item{}, 0, false
}

// dateOrdinal tells whether a word can follow "den tiende"; a noun can't.
func dateOrdinal(f string) bool {
	return f == "" || f == "." || f == "," || f == "?" || f == "!" || f == "-" || clockWords[f] || orWords[f] || after1[f]
}

var after1 = set("etter for hvis om pa men passer er kan helst gar ca til mellom fra rundt takk funker")

func englishMonth(month, last string) bool {
	return month != "mar" || ordinalEnds[last]
}

// dayMonth reads the year after a day and month, if there is one.
func (p *parser) dayMonth(d, m, n int) (item, int, bool) {
	j := n
	if p.f(j) == "." && p.at(j+1).digits > 0 {
		j++
	}
	for p.f(j) == "," || p.f(j) == "i" || p.f(j) == "-" || p.f(j) == "'" {
		j++
	}
	y, yn := p.year(j, j == n)
	switch {
	case nextWords[p.f(j)] && yearWords[p.f(j+1)]:
		now, _, _ := civil(p.today)
		return p.full(now+1, m, d, j+2)
	case yn > 0:
		return p.full(y, m, d, yn)
	}
	if p.f(n) == "." && len(p.f(n-1)) <= 4 {
		n++
	}
	return p.coming(m, d, n)
}

// year reads four figures, or two that can't be a time.
func (p *parser) year(j int, two bool) (int, int) {
	t := p.at(j)
	switch {
	case t.digits == 4 && t.num >= 1900 && t.num < 2200:
		return t.num, j + 1
	case two && t.digits == 2 && t.num >= 25 && t.num <= 40 && p.f(j+1) != ":" && !(p.f(j+1) == "." && p.at(j+2).digits > 0):
		return 2000 + t.num, j + 1
	}
	return 0, 0
}

// figures reads dates written in figures only: day first, or ISO.
func (p *parser) figures(k int, lead string) (item, int, bool) {
	a := p.at(k)
	switch a.digits {
	case 4: // 2026-12-03
		if s := p.f(k + 1); (s == "-" || s == "/" || s == ".") && p.at(k+2).digits > 0 && p.at(k+2).digits <= 2 && p.f(k+3) == s && p.at(k+4).digits > 0 && p.at(k+4).digits <= 2 && a.num >= 1900 {
			return p.full(a.num, p.at(k+2).num, p.at(k+4).num, k+5)
		}
		return item{}, 0, false
	case 8: // 03122026 or 20261203
		if y := a.num % 10000; y >= 1990 && y < 2100 {
			return p.full(y, a.num/10000%100, a.num/1000000, k+1)
		}
		if y := a.num / 10000; y >= 1990 && y < 2100 {
			return p.full(y, a.num/100%100, a.num%100, k+1)
		}
		return item{}, 0, false
	case 6:
		if y := a.num % 100; y >= 26 && y <= 40 && real(2000+y, a.num/100%100, a.num/10000) {
			return p.full(y, a.num/100%100, a.num/10000, k+1)
		}
		return item{}, 0, false
	case 1, 2:
	default:
		return item{}, 0, false
	}
	s, b := p.f(k+1), p.at(k+2)
	if b.digits == 4 && s != "-" && s != "." && s != "/" || b.digits == 0 || b.digits > 2 {
		if p.at(k+1).digits > 0 && p.at(k+1).digits <= 2 && b.digits == 4 && b.num >= 2000 && b.num < 2100 { // 15 12 2026
			return p.full(b.num, p.at(k+1).num, a.num, k+3)
		}
		return item{}, 0, false
	}
	if s != "/" && s != "." && s != "-" || s != "." && (p.at(k+1).gap || b.gap) || p.f(k-1) == "/" {
		return item{}, 0, false
	}
	n := k + 3
	s2, c := p.f(k+3), p.at(k+4)
	if (s2 == "/" || s2 == "." || s2 == "-" && s != "." || s2 == "-" && !p.at(k+3).gap && c.digits == 4) && c.digits > 0 && !(s == "." && s2 == "-" && c.digits < 4 && p.f(k+5) == ".") && !(s == "/" && s2 == "-" && p.f(k+5) == "/") && (!c.gap || c.digits == 4 || s2 == "." && c.digits == 2 && c.num > 25) {
		if c.digits == 4 || c.digits == 2 {
			return p.full(c.num, b.num, a.num, k+5)
		}
		return item{}, 0, false
	}
	if s == "-" {
		return item{}, 0, false
	}
	trailing := s == "." && s2 == "." && !p.at(k+3).gap
	if s == "." && b.gap && !trailing {
		return item{}, 0, false
	}
	if trailing {
		n++
	}
	if y, yn := p.year(n, false); yn > 0 {
		return p.full(y, b.num, a.num, yn)
	}
	if s == "." && !trailing && b.num == 0 && b.digits == 1 {
		return item{}, 0, false
	}
	if s == "." && !trailing && p.clockDot(k, lead) || s == "." && trailing && b.num > 12 && a.num < 24 {
		return item{}, 0, false
	}
	if a.num == 24 && b.num == 7 && s == "/" {
		return item{}, 0, false
	}
	return p.coming(b.num, a.num, n)
}

// clockDot tells whether "13.30" is a time and not a date.
func (p *parser) clockDot(k int, lead string) bool {
	h, b := p.at(k).num, p.at(k+2)
	if h > 24 || b.digits != 2 || b.num > 59 {
		return false
	}
	if b.num == 0 || b.num > 12 || h == 0 || lead == "clock" {
		return true
	}
	if b.num%5 != 0 || h < 7 || h > 20 {
		return false
	}
	if len(p.items) > 0 && p.items[len(p.items)-1].day && p.items[len(p.items)-1].b >= k-1 {
		return true
	}
	if lead == "weekday" {
		d, _, ok := weekdayOf(p.f(k - 1))
		y, _, _ := civil(p.today)
		return ok && !(real(y, b.num, h) && weekday(dayOf(y, b.num, h)) == d)
	}
	return false
}
