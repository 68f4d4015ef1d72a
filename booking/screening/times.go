package screening

import (
	"strconv"
	"strings"
)

// timeSpan is a length of time in a text, in days.
type timeSpan struct {
	span
	least, most int
	window      bool // "de siste tre månedene": not a point in time
}

const endless = 1 << 20

func (c *Check) number(a *analysis, i int) (float64, bool) {
	if a.is[i]&sNumber == 0 {
		return 0, false
	}
	t := a.ts[i]
	if n, err := strconv.ParseFloat(strings.TrimSuffix(t.text, "+"), 64); err == nil {
		return n, true
	}
	if n, ok := c.words.numbers[t.text]; ok {
		return float64(n), true
	}
	if n, ok := c.words.numbers[t.fold]; ok && !t.special {
		return float64(n), true
	}
	return 0, false
}

// timeSpans finds "for fem uker siden", "over et halvt år", "2-3 mnd".
func (c *Check) timeSpans(a *analysis) []timeSpan {
	var out []timeSpan
	for i := range a.ts {
		if a.is[i]&sDay == 0 {
			continue
		}
		unit, ok := c.words.days[a.ts[i].text]
		if !ok {
			unit = c.words.days[a.ts[i].fold]
		}
		j := i - 1
		low, high := 0.0, 0.0
		half := j >= 0 && a.is[j]&(sHalf|sHalfMore) != 0
		if half {
			low, high = 0.5, 0.5
			if a.is[j]&sHalfMore != 0 {
				low, high = 1.5, 1.5
			}
			j--
			if j >= 0 && a.is[j]&sNumber != 0 {
				j--
			}
			// "tre og en halv"
			if j >= 1 && a.is[j]&sJoin != 0 && a.is[j-1]&sNumber != 0 {
				n, _ := c.number(a, j-1)
				low, high, j = low+n, high+n, j-2
			}
		} else if j >= 0 && a.is[j]&sCouple != 0 {
			low, high, j = 2, 3, j-1
			if j >= 0 && a.is[j]&sNumber != 0 {
				j--
			}
		} else if n, ok := 0.0, false; j >= 0 {
			if n, ok = c.number(a, j); !ok {
				continue
			}
			low, high, j = n, n, j-1
			if j >= 0 && a.ts[j+1].after == 0 {
				if m, ok := c.number(a, j); ok && m < n {
					low, j = m, j-1
				} else if a.is[j]&(sJoin|sPlain) != 0 && j >= 1 {
					if m, ok := c.number(a, j-1); ok && m < n {
						low, j = m, j-2
					}
				}
			}
		} else {
			continue
		}
		if high > 5000 {
			continue
		}
		s := timeSpan{span: span{j + 1, i + 1}, least: int(low * float64(unit)), most: int(high*float64(unit) + 0.5)}
		not, over, below, about := false, false, false, false
		for k := max(j-3, 0); k <= j; k++ {
			not = not || a.is[k]&sNot != 0
			over = over || a.is[k]&sOver != 0
			below = below || a.is[k]&(sBelow|sSoon) != 0
			about = about || a.is[k]&sAbout != 0
			s.window = s.window || k == j && a.is[k]&sLastUnit != 0
		}
		switch {
		case over && !not || not && below:
			s.least, s.most = s.least+s.least/15, endless
		case below && !not:
			s.least, s.most = s.least*3/4, s.most-s.most/15
		case over:
			s.least = 0
		case not:
			s.most = endless
		case about:
			s.least, s.most = s.least*4/5, s.most*6/5
		}
		out = append(out, s)
	}
	return out
}

// timing answers a question about the last so many days from the spans of
// time in a text.
func (v *view) timing() (yes, no, unsure bool) {
	const margin = 5
	for _, s := range v.spans {
		p := v.partOf(s.from)
		if s.window || v.third(p) {
			continue
		}
		apart := false
		for _, o := range v.apart {
			apart = apart || o.within(p.span)
		}
		switch {
		case apart || p.asked || s.from > 0 && v.is[s.from-1]&sAhead != 0:
			unsure = true
		case s.least > v.q.Within+margin:
			// "jeg er 52 år" is an age
			no = no || v.any(span{s.to, p.to}, sSince) || !v.any(p.span, sSelf)
		case s.most < v.q.Within-margin:
			yes = true
		default:
			unsure = true
		}
	}
	for i, t := range v.ts {
		if n, err := strconv.Atoi(t.text); err == nil && n >= 1980 && n <= 2024 && !v.third(v.partOf(i)) {
			no = true
		}
	}
	return yes, no, unsure
}
