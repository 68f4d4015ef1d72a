package when

import "strings"

func (p *parser) single(day int) item {
	return item{day: true, set: []int{day}, lo: day, hi: day}
}

// stretch is a period from lo to hi; one that is over is past.
func (p *parser) stretch(lo, hi int) item {
	return item{day: true, set: p.days(lo, hi), lo: lo, hi: hi, period: true, past: hi < p.today}
}

// everyOf is each day to the horizon whose weekday is in the bits.
func (p *parser) everyOf(bits int) item {
	it := item{day: true, lo: p.today, hi: p.last, week: bits}
	for d := p.today; d <= p.last; d++ {
		if bits>>weekday(d)&1 == 1 {
			it.set = append(it.set, d)
		}
	}
	if len(it.set) > 0 {
		it.lo, it.hi = it.set[0], it.set[len(it.set)-1]
	}
	return it
}

// nearest is the first such weekday after a day.
func nearest(day, wd int) int { return day + 1 + ((wd-weekday(day+1))%7+7)%7 }

func (p *parser) weekend() (int, int) {
	sat := monday(p.today) + 5
	return sat, sat + 1
}

var leads = set("pa i til te t for ti tel no na den")

// day reads a phrase that names days.
func (p *parser) day(i int) (item, int, bool) {
	k, lead := i, ""
	for n := 0; n < 2 && leads[p.f(k)] && k+1 < len(p.toks); n++ {
		if p.f(k) == "den" && p.f(k+1) != "her" && !thisWords[p.f(k+1)] && !nextWords[p.f(k+1)] && !comingWords[p.f(k+1)] && !lastWords[p.f(k+1)] {
			break
		}
		if beforeRaw[p.at(k).raw] || p.f(k) == "ti" && !weekDef[p.f(k+1)] {
			break
		}
		lead = p.f(k)
		k++
	}
	for _, read := range [...]func(int, string) (item, int, bool){p.relative, p.duration, p.modified, p.weekdayItem, p.weekItem, p.date, p.part, p.monthItem, p.holidayItem, p.season} {
		if it, n, ok := read(k, lead); ok {
			return it, n, true
		}
	}
	return item{}, 0, false
}

func (p *parser) relativeAfterI(i int) bool {
	_, _, ok := p.relative(i+1, "i")
	return ok
}

// relative reads days told from today: "i morgen", "i kveld", "i går".
func (p *parser) relative(k int, lead string) (item, int, bool) {
	f, raw := p.f(k), p.at(k).raw
	i := lead == "i"
	over := func() (item, int, bool) {
		return item{day: true, past: true, lo: p.today - 1, hi: p.today - 1}, k + 1, true
	}
	today := func(it item) (item, int, bool) {
		it.day, it.set, it.lo, it.hi = true, []int{p.today}, p.today, p.today
		return it, k + 1, true
	}
	switch {
	case i && (f == "dag" || f == "da" || f == "dags" || f == "daa"), f == "today", f == "idag", f == "todays":
		return today(item{})
	case f == "tomorrow" || f == "tomorow" || f == "tmrw" || f == "tomorrows" || f == "tommorow" || f == "tommorrow":
		return p.single(p.today + 1), k + 1, true
	case p.is(k, "day", "after", "tomorrow"):
		return p.single(p.today + 2), k + 3, true
	case p.f(k) == "dagen" && (p.f(k+1) == "etter" || p.f(k+1) == "atter") && p.f(k+2) == "i" && tomorrowWord(p.f(k+3)):
		return p.single(p.today + 2), k + 4, true
	case strings.HasPrefix(f, "over") && len(f) > 6 && (tomorrowWord(f[4:]) || f[4] == 'i' && tomorrowWord(f[5:])), f == "overimorgen":
		return p.single(p.today + 2), k + 1, true
	case i && f == "over" && tomorrowWord(p.f(k+1)):
		return p.single(p.today + 2), k + 2, true
	case f == "over" && p.f(k+1) == "i" && tomorrowWord(p.f(k+2)):
		return p.single(p.today + 2), k + 3, true
	case i && f != "morges" && (tomorrowWord(f) || tomorrowWord(strings.TrimSuffix(f, "s"))):
		return p.single(p.today + 1), k + 1, true
	case strings.HasPrefix(f, "morgendag") || strings.HasPrefix(f, "morradag") || strings.HasPrefix(f, "morgondag") || strings.HasPrefix(f, "marradag"):
		return p.single(p.today + 1), k + 1, true
	case (f == "marra" || f == "mara" || f == "morra" || f == "marro") && lead == "" && !p.weekdayAt(k-1) && p.f(k-1) != "om" && !thisWords[p.f(k-1)]:
		return p.single(p.today + 1), k + 1, true
	case f == "yesterday" || i && (f == "gar" || f == "garkveld" || f == "forgars" || f == "morges" || f == "jar" || f == "garkvell" || f == "fjor"):
		return over()
	case i && f == "natt":
		return today(item{time: true, from: -1, to: -1, hint: nightHint})
	case f == "tonight", i && eveningSet[f]:
		return today(band(17*60, 22*60, eveningHint))
	case (i || thisWords[lead]) && afternoon(f), afternoon(f) && strings.HasSuffix(f, "ens"):
		return today(band(12*60, 17*60, afternoonHint))
	case i && forenoon(f):
		return today(band(8*60, 12*60, forenoonHint))
	case i && (raw == "år" || raw == "aar"):
		y, _, _ := civil(p.today)
		return p.stretch(p.today, dayOf(y, 12, 31)), k + 1, true
	}
	return item{}, 0, false
}

// count reads a number and a unit: "to uker", "et par dager".
func (p *parser) count(k int) (n int, unit byte, next int, ok bool) {
	for p.f(k) == "ca" || p.f(k) == "rundt" || p.f(k) == "omtrent" || p.f(k) == "cirka" || p.f(k) == "sann" || p.f(k) == "." && p.f(k-1) == "ca" || p.f(k) == "about" {
		k++
	}
	switch {
	case (p.f(k) == "et" || p.f(k) == "eit" || p.f(k) == "a") && (p.f(k+1) == "par" || p.f(k+1) == "couple"):
		n, k = 2, k+2
		if p.f(k) == "of" || p.f(k) == "tre" {
			k++
		}
	case (p.f(k) == "et" || p.f(k) == "eit" || p.f(k) == "ett") && (p.f(k+1) == "halvt" || p.f(k+1) == "halvar"):
		if p.f(k+1) == "halvar" {
			return 6, 'm', k + 2, true
		}
		if yearWords[p.f(k+2)] {
			return 6, 'm', k + 3, true
		}
		return 0, 0, 0, false
	case p.f(k) == "halvtime" || (p.f(k) == "en" || p.f(k) == "ein") && p.f(k+1) == "halvtime":
		if p.f(k) != "halvtime" {
			k++
		}
		return 30, 'i', k + 1, true
	default:
		if n, ok = p.number(k); !ok || n > 999 {
			return 0, 0, 0, false
		}
		k++
		if p.f(k-1) == "en" && p.f(k) == "a" {
			k++
		}
	}
	half := p.f(k) == "og" && (p.f(k+2) == "halv" || p.f(k+2) == "halvt")
	if half {
		k += 3
	}
	f, raw := p.f(k), p.at(k).raw
	switch {
	case half && yearWords[f]:
		return 12*n + 6, 'm', k + 1, true
	case half && hourWords[f]:
		return 60*n + 30, 'i', k + 1, true
	case half:
		return 0, 0, 0, false
	case dayWords[f]:
		unit = 'd'
	case weekWords[f]:
		unit = 'w'
	case monthWords[f]:
		unit = 'm'
	case yearWords[f] && raw != "ar":
		unit = 'y'
	case hourWords[f] && (p.at(k-1).digits > 0 || f != "time" && f != "hour" || n > 1 || p.f(k-1) == "one"):
		unit = 'h'
	case minuteWords[f]:
		unit = 'i'
	default:
		return 0, 0, 0, false
	}
	k++
	if p.f(k) == "s" {
		k++
	}
	if p.f(k) == "tid" || p.f(k) == "time" && p.f(k-1) != "in" && strings.HasSuffix(f, "s") {
		k++
	}
	return n, unit, k, true
}

// later is the moment so much after now, as a day, or as day and time.
func (p *parser) later(n int, unit byte) item {
	var it item
	switch unit {
	case 'd':
		it = p.single(p.today + n)
	case 'w':
		it = p.single(p.today + 7*n)
	case 'm':
		it = p.single(addMonths(p.today, n))
	case 'y':
		it = p.single(addMonths(p.today, 12*min(n, 100)))
	default:
		minutes := n
		if unit == 'h' {
			minutes *= 60
		}
		t := p.now.Add(minuteSpan(minutes))
		it = p.single(dayOf(t.Year(), int(t.Month()), t.Day()))
		it.time, it.clock, it.asSaid, it.asSaidTo = true, true, true, true
		it.from = t.Hour()*60 + t.Minute()
		it.to = it.from
	}
	it.exact = true
	return it
}

// duration reads "om 14 dager", "sju veker fra no av".
func (p *parser) duration(k int, _ string) (item, int, bool) {
	if f := p.f(k); f == "om" || f == "in" || f == "omm" {
		if n, unit, next, ok := p.count(k + 1); ok {
			if m := p.fromNow(next); m > next {
				next = m
			}
			return p.later(n, unit), next, true
		}
		return item{}, 0, false
	}
	if n, unit, next, ok := p.count(k); ok {
		if m := p.fromNow(next); m > next {
			return p.later(n, unit), m, true
		}
	}
	return item{}, 0, false
}

func (p *parser) fromNow(k int) int {
	switch {
	case (p.f(k) == "fra" || p.f(k) == "from") && (p.f(k+1) == "na" || p.f(k+1) == "no" || p.f(k+1) == "now" || p.f(k+1) == "nu" || p.f(k+1) == "today"):
		if p.f(k+2) == "av" {
			return k + 3
		}
		return k + 2
	case (p.f(k) == "fra" || p.f(k) == "from") && p.f(k+1) == "i" && p.f(k+2) == "dag":
		return k + 3
	case (p.f(k) == "frem" || p.f(k) == "fram") && p.f(k+1) == "i" && p.f(k+2) == "tid":
		return k + 3
	}
	return 0
}

// counted reads a preposition with a number of days or weeks: "innen 14 dager".
func (p *parser) counted(kind, k int) (item, int, bool) {
	n, unit, next, ok := p.count(k)
	if !ok || unit == 'h' || unit == 'i' {
		return item{}, 0, false
	}
	it := p.later(n, unit)
	if m := p.fromNow(next); m > next {
		next = m
	}
	switch kind {
	case after:
		kind = from
	case before:
		kind = by
	}
	p.turn(&it, kind)
	return it, next, true
}
