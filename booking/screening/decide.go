package screening

// decide is the order of the rules for one question. card holds the questions
// that the same text answers, if any.
func (c *Check) decide(q *question, a *analysis, card []string) (Reading, bool) {
	v := c.view(q, a)
	for _, other := range c.order {
		if other != q {
			if contains(card, other.Key) && a.saysNo() {
				v.apart = append(v.apart, other.apart.find(a.ts, a.is, c.words.known)...)
				v.topic = append(v.topic, other.topic.find(a.ts, a.is, c.words.known)...)
				v.topic = append(v.topic, other.never.find(a.ts, a.is, c.words.known)...)
			}
		}
	}
	yes := a.saysYes() || v.affirmed()
	hedged := a.any(a.whole(), sHedge) || a.signs || a.withholds()
	if q.Within > 0 {
		hedged = v.hedgedBesideTime() || a.signs || a.withholds()
	}

	fact, wasSo, wasOver, unclear := v.holds && !a.asked(), false, v.grown, false
	for _, m := range v.names {
		p := a.partOf(m.from)
		switch m.status {
		case so:
			if p.asked {
				unclear = true
			} else {
				fact = true
			}
		case past:
			wasSo = true
		case over:
			wasOver = true
		case doubt:
			unclear = true
		}
	}
	for _, m := range v.near {
		switch m.status {
		case so:
			if !v.nearIsHarmless(m) {
				unclear = true
			}
		case past:
			if !v.nearIsHarmless(m) {
				wasSo = true
			}
		case over:
			wasOver = true
		case doubt:
			if !v.nearIsHarmless(m) {
				unclear = true
			}
		}
	}
	if q.Catchall && card == nil && c.toldElsewhere(a) {
		fact = true
	}
	for _, p := range a.parts {
		// "kan ikke si at jeg ikke har det"
		if a.any(p.span, sDeny) && len(v.negations(p.span)) == 2 && len(v.names) == 0 && !v.third(p) && !p.asked {
			fact = true
		}
	}
	timeYes, timeNo, timeUnsure := false, false, false
	if q.Within > 0 {
		timeYes, timeNo, timeUnsure = v.timing()
	}

	switch {
	case hedged:
		return Unsure, true
	case timeYes && !timeNo && !timeUnsure && !a.asked():
		return Yes, true
	case fact && !wasSo && !unclear, fact && yes, v.holds && fact:
		return Yes, true
	case fact && q.Past != PastYes && wasSo:
		return Unsure, true
	case fact:
		return Yes, true
	case timeUnsure:
		return Unsure, true
	case wasSo:
		return Unsure, true
	}
	no := a.saysNo()
	if q.Past == PastOver && v.longAgo() && !a.any(a.whole(), sStill) && (no || a.any(a.whole(), sEnded)) {
		wasOver = true
	}
	denies, safe := v.denies(no, wasOver || timeNo)
	if yes || a.agrees() {
		if denies && safe || no || wasOver || timeNo || len(v.apart) > 0 || v.onlyOthers() || a.asked() || a.any(a.whole(), sBooking) {
			return Unsure, no
		}
		return Yes, true
	}
	if v.partly() && !no && !denies {
		return Yes, true
	}
	if unclear {
		return Unsure, true
	}
	if (denies || wasOver || timeNo) && safe {
		return No, true
	}
	return Unsure, false
}

// affirmed: "jeg er jo det", with nothing denied in that part.
func (v *view) affirmed() bool {
	for _, p := range v.parts {
		if v.any(p.span, sAffirm) && !v.any(p.span, sNot|sGood|sExcept) && !v.third(p) && !p.asked && p.lead != '&' {
			if unknown, _ := v.unexplained(p); unknown == 0 {
				return true
			}
		}
	}
	return false
}

// withholds: "det vet jeg ikke", "jeg vil ikke svare": knowing or saying is
// what is denied, not the condition.
func (a *analysis) withholds() bool {
	for _, p := range a.parts {
		for i := p.from; i < p.to; i++ {
			if a.is[i]&sKnow != 0 && a.is[i]&sSure == 0 && a.any(p.span, sNot) {
				return true
			}
		}
	}
	return false
}

func (a *analysis) asked() bool {
	for _, p := range a.parts {
		if p.asked {
			return true
		}
	}
	return false
}

// hedgedBesideTime leaves out words that here only measure ("nesten tre måneder").
func (v *view) hedgedBesideTime() bool {
	for i := range v.ts {
		if v.is[i]&sHedge != 0 && v.is[i]&(sBelow|sOver|sAbout|sSoon) == 0 {
			return true
		}
		if v.is[i]&sHedge != 0 && len(v.spans) == 0 {
			return true
		}
	}
	return false
}

// nearIsHarmless: a word that only names what is denied or set apart here.
func (v *view) nearIsHarmless(m mention) bool {
	p := v.partOf(m.from)
	if v.third(p) {
		return true
	}
	if v.q.Within > 0 {
		for _, list := range [][]span{v.never, v.apart} {
			for _, s := range list {
				if s.within(p.span) {
					return true
				}
			}
		}
		if len(v.spans) > 0 {
			return true
		}
	}
	for _, s := range v.apart {
		if p.has(s.from) && (v.isTopic(m.span) || v.any(p.span, sOnly)) {
			return true
		}
	}
	for _, s := range v.never {
		if p.has(s.from) && v.isTopic(m.span) {
			return true
		}
	}
	return false
}

func (v *view) isTopic(s span) bool { return inside(s, v.topic) }

// onlyOthers: all that is told is somebody else's.
func (v *view) onlyOthers() bool {
	for _, p := range v.parts {
		if v.third(p) {
			return true
		}
	}
	return false
}

// partly: "litt", "av og til" for a first part, and nothing denied after it.
func (v *view) partly() bool {
	some := false
	for i := range v.ts {
		first := v.parts[0].has(i)
		if v.is[i]&sSome != 0 {
			some = some || first
		} else if first && v.is[i]&(sPlain|sSelf|sOnly|sVerb) == 0 && !v.own(i) {
			return false
		}
		if v.is[i]&(sNot|sNo|sHedge|sWithout) != 0 || v.is[i]&sOther != 0 && !v.own(i) {
			return false
		}
	}
	return some && !v.asked()
}
