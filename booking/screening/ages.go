package screening

import "strings"

// readAge reads an answer to Age: yes is under 18.
func (c *Check) readAge(a *analysis) (Reading, bool) {
	r, clear := c.age(a)
	yes := a.saysYes()
	switch {
	case yes && (r == No || r == Senior || a.saysNo()):
		return Unsure, false
	case yes && r == "":
		if a.asked() || a.any(a.whole(), sBooking|sNot) || c.hedgesAge(a) {
			return Unsure, false
		}
		return Yes, true
	case r != "":
		return r, clear
	}
	return Unsure, false
}

func (c *Check) hedgesAge(a *analysis) bool {
	for i := range a.ts {
		if a.is[i]&sHedge != 0 && a.is[i]&(sSoon|sAbout|sBelow|sOver) == 0 {
			return true
		}
	}
	return a.signs
}

// age is what the ages, years and words of a text say; empty: nothing.
func (c *Check) age(a *analysis) (Reading, bool) {
	if c.hedgesAge(a) {
		return Unsure, true
	}
	q := &question{}
	v := &view{analysis: a, q: q}
	var said []Reading
	for _, p := range a.parts {
		if p.asked || v.third(p) {
			continue
		}
		said = append(said, c.agesIn(v, p)...)
	}
	var r Reading
	for _, each := range said {
		switch {
		case r == "" || r == each:
			r = each
		case r == No && each == Senior, r == Senior && each == No:
			r = Senior
		default:
			return Unsure, false
		}
	}
	if r != "" {
		return r, r != Unsure
	}
	if !a.saysNo() {
		return "", false
	}
	if _, safe := v.denies(true, false); !safe {
		return Unsure, false
	}
	return No, true
}

// agesIn gives what each age or word of age in a part says.
func (c *Check) agesIn(v *view, p part) []Reading {
	var out []Reading
	has := func(s sort) bool { return v.any(p.span, s) }
	not := has(sNot)
	// The buttons' own words.
	if p.to-p.from == 2 && v.ts[p.from].text == "18" && v.ts[p.from+1].text == "64" {
		return []Reading{No}
	}
	if has(sSenior) && !not {
		return []Reading{Senior}
	}
	if has(sMinor) {
		if v.any(span{p.from, v.first(p, sMinor)}, sNot) {
			return []Reading{Unsure}
		}
		return []Reading{Yes}
	}
	soon, years := has(sSoon) && !has(sTurned), 0
	for _, s := range v.spans {
		if s.from > p.from && s.within(p.span) && v.is[s.from-1]&sAhead != 0 {
			soon, years = true, s.least/365
		}
	}
	for i := p.from; i < p.to; i++ {
		n, to, ok := c.ageAt(v.analysis, p, i)
		if !ok {
			continue
		}
		from := i
		i = to - 1
		out = append(out, c.classify(v, p, span{from, to}, n, soon, years, not))
	}
	if len(out) == 0 && has(sAdult) {
		if not {
			return []Reading{Unsure}
		}
		return []Reading{No}
	}
	return out
}

func (v *view) first(p part, s sort) int {
	for i := p.from; i < p.to; i++ {
		if v.is[i]&s != 0 {
			return i
		}
	}
	return p.to
}

// ageAt reads a number of years at i: "42", "førtito", "to og førti", "1979".
func (c *Check) ageAt(a *analysis, p part, i int) (n, to int, ok bool) {
	f, ok := c.number(a, i)
	to = i + 1
	if !ok {
		if n, ok = c.compound(a.ts[i]); !ok {
			return 0, 0, false
		}
		f = float64(n)
	}
	n = int(f)
	written := a.ts[i].text[0] < '0' || a.ts[i].text[0] > '9'
	if written && n > 0 && n < 10 {
		// "to og førti", else a word such as "en"
		if i+2 < p.to && a.is[i+1]&sJoin != 0 {
			if tens, ok := c.number(a, i+2); ok && tens >= 20 && int(tens)%10 == 0 {
				return int(tens) + n, i + 3, true
			}
		}
		return 0, 0, false
	}
	if written && n >= 20 && n%10 == 0 && to < p.to {
		if ones, ok := c.number(a, to); ok && ones > 0 && ones < 10 {
			n, to = n+int(ones), to+1
		}
	}
	if to < p.to && a.is[to]&sDay != 0 && a.is[to]&sAgeUnit == 0 {
		return 0, 0, false // weeks, months
	}
	if i > 0 && a.is[i-1]&sAhead != 0 && to < p.to && a.is[to]&sDay != 0 {
		return 0, 0, false // "om to år"
	}
	return n, to, true
}

// compound reads "tjueåtte" and "sekstenåring".
func (c *Check) compound(t token) (int, bool) {
	word := t.fold
	for _, unit := range c.words.ageUnits {
		if rest, ok := strings.CutSuffix(word, unit); ok && rest != "" {
			word = rest
			break
		}
	}
	if n, ok := c.words.numbers[word]; ok && word != t.fold && n >= 10 {
		return n, true
	}
	for tens, n := range c.words.numbers {
		if n < 20 || n%10 != 0 {
			continue
		}
		if rest, ok := strings.CutPrefix(word, tens); ok && rest != "" {
			if ones, ok := c.words.numbers[rest]; ok && ones > 0 && ones < 10 {
				return n + ones, true
			}
		}
	}
	return 0, false
}

func (c *Check) classify(v *view, p part, at span, n int, soon bool, years int, not bool) Reading {
	has := func(s sort) bool { return v.any(p.span, s) }
	if n >= 1900 && n <= 2100 || has(sBorn) && n < 100 && n >= 0 && !has(sAgeUnit) {
		if n < 30 {
			n += 2000
		} else if n < 100 {
			n += 1900
		}
		switch {
		case not || n < 1910:
			return Unsure
		case n <= c.words.bornAdult && n <= c.words.bornAdult-46: // 65 this year
			return Senior
		case n <= c.words.bornAdult:
			return No
		case n >= c.words.bornMinor:
			return Yes
		}
		return Unsure
	}
	unknown, reasons := v.unexplained(p)
	unknown -= reasons + v.count(p, sTurned|sBorn|sAdult|sAbout|sSoon|sOver|sBelow)
	for i := at.from; i < at.to; i++ {
		if v.is[i]&denyable == 0 {
			unknown--
		}
	}
	switch {
	case n < 10 || n > 110:
		return Unsure
	case n >= 18 && has(sRecent|sSeason) && !has(sTurned|sSoon|sAgeUnit|sSelf):
		return Unsure // a day
	case unknown > 0 && n >= 18 || has(sBooking):
		return Unsure // the time, a price, somebody's looks
	case years > 0:
		switch {
		case n-years < 18:
			return Yes
		case n-years < 20:
			return Unsure
		}
		return No
	case has(sOver) && n >= 17:
		if n == 17 {
			return Unsure
		}
		if not {
			if n == 18 {
				return Yes
			}
			return Unsure
		}
		if n >= 64 {
			return Senior
		}
		return No
	case has(sBelow) && !has(sSoon):
		switch {
		case n > 18 && !not, n < 18 && not:
			return Unsure
		case not:
			return No
		}
		return Yes
	case soon && n <= 18:
		if not && n < 18 {
			return Unsure
		}
		return Yes
	case not && n == 18:
		return Yes
	case not:
		return Unsure
	case n < 18:
		if has(sPast) && !has(sTurned) {
			return Unsure
		}
		return Yes
	case n == 18:
		if has(sSeason|sRecent|sSome|sLimit) && !has(sTurned) {
			return Unsure
		}
		return No
	case n >= 65:
		return Senior
	}
	return No
}

func (v *view) count(p part, s sort) int {
	n := 0
	for i := p.from; i < p.to; i++ {
		if v.is[i]&s != 0 {
			n++
		}
	}
	return n
}

// tellsMinor: "jeg er 16".
func (c *Check) tellsMinor(a *analysis) bool {
	if r, _ := c.age(a); r != Yes {
		return false
	}
	v := &view{analysis: a, q: &question{}}
	for _, p := range a.parts {
		if v.any(p.span, sSelf) && !p.asked && len(c.agesIn(v, p)) > 0 && (v.any(p.span, sAgeUnit|sMinor|sSoon) || p.to-p.from <= 4) {
			return true
		}
	}
	return false
}
