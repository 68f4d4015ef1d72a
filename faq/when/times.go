package when

import "slices"

// times gives the earliest and latest start, -1 where open.
func (p *parser) times() (from, to int, any bool) {
	from, to = -1, -1
	clocks := false
	for _, it := range p.items {
		if it.time && it.clock {
			clocks = true
		}
	}
	points, openFrom, openTo := false, false, false
	var lo, hi []int
	for i, it := range p.items {
		if !it.time || it.from < 0 && it.to < 0 {
			continue
		}
		if clocks && !it.clock && !it.prepped {
			continue
		}
		any = true
		a, b := it.from, it.to
		if it.clock {
			hint := p.hintNear(i)
			if a >= 0 {
				a = p.reading(a, it.asSaid, hint)
			}
			if b >= 0 {
				b = p.reading(b, it.asSaidTo, hint)
			}
			if a >= 0 && b >= 0 && b < a {
				switch {
				case it.from < it.to && b+720 < 1440 && !it.asSaidTo:
					b += 720
				case orWords[p.f(it.a+1)] || it.from > it.to:
					a, b = b, a
				}
			}
		}
		if it.prepped {
			if a >= 0 && !openFrom {
				openFrom = true
				from = max(from, a)
			}
			if b >= 0 {
				openTo = true
				to = b
			}
			continue
		}
		points = true
		lo, hi = append(lo, a), append(hi, b)
	}
	if points {
		a, b := slices.Min(lo), slices.Max(hi)
		switch {
		case openFrom && !openTo:
			from = min(from, a)
			if !clocks {
				from, to = max(from, a), b
			}
		case openTo && !openFrom:
			to = max(to, b)
			if !clocks {
				from = a
				to = b
			}
		case !openFrom:
			from, to = a, b
		}
	}
	if openFrom && openTo && !points && from > to { // "før åtte eller etter fire"
		return -1, -1, any
	}
	return from, to, any
}

// hintNear is what the nearest part of the day says of a clock time.
func (p *parser) hintNear(i int) int {
	best, hint := 1<<30, noHint
	for _, it := range p.items {
		if it.hint == noHint || it.neg {
			continue
		}
		d := it.a - p.items[i].b
		if d < 0 {
			d = p.items[i].a - it.b + 1
		}
		if d < best {
			best, hint = d, it.hint
		}
	}
	return hint
}

// reading says which of the two times a clock face shows is meant.
func (p *parser) reading(m int, said bool, hint int) int {
	if said {
		return m
	}
	other := (m + 720) % 1440
	am, pm := min(m, other), max(m, other)
	switch hint {
	case morningHint:
		if m >= 720 && m < 780 {
			return m
		}
		return am
	case nightHint:
		if am < 6*60 {
			return am
		}
		return pm
	case eveningHint:
		if pm < 16*60 {
			return am
		}
		return pm
	case afternoonHint:
		return pm
	case forenoonHint:
		if am >= 6*60 {
			return am
		}
	case dayHint:
		if pm < 18*60 {
			return pm
		}
	}
	for _, x := range [...]int{m, other} {
		if x >= p.open && x <= p.close {
			return x
		}
	}
	return m
}
