package screening

// denies tells whether the text denies, and whether nothing in it stands
// against that: the only way to No.
func (v *view) denies(no, over bool) (denies, safe bool) {
	denies, safe = no || over, true
	for _, p := range v.parts {
		nots := v.negations(p.span)
		switch {
		case v.third(p):
			// Somebody else's, whatever it is.
			denies = denies || v.notMe(p)
			continue
		case p.asked:
			// "nei, hvorfor spør dere?" denies; "nei, eller?" doesn't.
			if !no || !v.any(p.span, sAsk) {
				safe = false
			}
			continue
		case v.any(p.span, sNo) && v.any(p.span, sBooking):
			safe = false // "nei takk til time"
		}
		never, neverDenied := v.neverIn(p)
		apart := false
		for _, s := range v.apart {
			apart = apart || s.within(p.span)
		}
		unexplained, reasons := v.unexplained(p)
		if neverDenied || v.any(p.span, sExcept) && !apart || v.any(p.span, sWithout) && unexplained > 0 {
			safe = false
		}
		if len(nots) > 1 && !v.neverCovers(nots) {
			safe = false
		}
		switch {
		case never:
			denies = true
			if unexplained > 0 && !no || v.q.Within > 0 && apart || v.anyOutside(p, sOnly|sExcept) && !apart {
				safe = false
			}
		case len(nots) > 0 || p.carries:
			denies = true
			if unexplained > 0 || v.limited(p, no, over) {
				safe = false
			}
		case apart && (v.any(p.span, sOnly) || no || denies):
			denies = true
			if unexplained > 0 {
				safe = false
			}
		case over && v.overIn(p):
			if unexplained > 0 {
				safe = false
			}
		case v.any(p.span, sNo) && p.to-p.from == 1:
		default:
			if v.any(p.span, sSome|sOnly|sObject|sPast|sEnded|sRecent|sSeason|sAffirm|sLimit) || unexplained-reasons > 0 && !v.elsewhere(p) || !no && reasons > 0 {
				safe = false
			}
		}
	}
	return denies, safe
}

// limited: what is denied is only a part ("ikke hver dag", "ikke så bra",
// "ikke siden i går"), or the contrary of the condition ("ikke fint").
func (v *view) limited(p part, no, over bool) bool {
	since := false
	for _, m := range v.near {
		if m.within(p.span) && !v.isTopic(m.span) && !v.nearIsHarmless(m) {
			return true
		}
	}
	for i := p.from; i < p.to; i++ {
		if v.inNever(i) || v.inNames(i) {
			continue
		}
		is := v.is[i]
		if is&sWithout != 0 || is&sLong != 0 && !no && !over && len(v.names) == 0 {
			return true // "ikke uten", "ikke i fjor"
		}
		if is&(sLimit|sGood|sEnded) != 0 || is&(sRecent|sSeason) != 0 && !over {
			return true
		}
		if is&sNow != 0 && (v.q.Past == PastDoubt || v.q.Past == PastYes) {
			return true // not now: once, then?
		}
		if v.is[i]&sLonger != 0 && !over {
			return true
		}
		if is&(sAble|sBooking) != 0 && !no {
			return true
		}
		since = since || is&(sPast|sLong|sDay|sLastUnit) != 0 && is&sVerb == 0 && is&sFormerly == 0
		if is&sPast != 0 && is&sFinite != 0 && !v.saysNever(p) {
			return true // "var ikke det sist"
		}
		if is&sFormerly != 0 && v.q.Past != PastYes && !v.saysNever(p) {
			return true
		}
	}
	if !since || over {
		return false
	}
	if v.q.Within > 0 {
		for _, s := range v.spans {
			if s.within(p.span) && s.window && s.most >= v.q.Within-5 {
				return false
			}
		}
		return true
	}
	return v.q.Past != PastOver || !v.longAgo()
}

func (v *view) saysNever(p part) bool {
	return v.any(p.span, sEver)
}

// anyOutside: a word of these sorts that is no part of a phrase of "never".
func (v *view) anyOutside(p part, s sort) bool {
	for i := p.from; i < p.to; i++ {
		if v.is[i]&s != 0 && !v.inNever(i) {
			return true
		}
	}
	return false
}

func (v *view) inNever(i int) bool {
	for _, s := range v.never {
		if s.has(i) {
			return true
		}
	}
	return false
}

// neverIn: a part says no in words of its own, or says the contrary of that.
func (v *view) neverIn(p part) (never, denied bool) {
	for _, s := range v.never {
		if s.within(p.span) {
			if len(v.negations(span{p.from, s.from})) > 0 {
				denied = true
			} else {
				never = true
			}
		}
	}
	return never && !denied, denied
}

func (v *view) neverCovers(nots []int) bool {
	for _, i := range nots[1:] {
		covered := false
		for _, s := range v.never {
			covered = covered || s.has(i)
		}
		if !covered {
			return false
		}
	}
	return true
}

// overIn: the part tells of what is over.
func (v *view) overIn(p part) bool {
	return v.any(p.span, sPast|sEnded|sLong|sDay|sNumber|sSeason)
}

// notMe: "ikke jeg", "ikke meg" in a part about somebody else.
func (v *view) notMe(p part) bool {
	for i := p.from; i+1 < p.to; i++ {
		if v.is[i]&sNot != 0 && v.is[i+1]&sSelf != 0 {
			return true
		}
	}
	return false
}

// beside are the other questions' conditions in the text. Looked for only when
// something is left to explain.
func (v *view) beside() []span {
	if v.check == nil {
		return nil
	}
	if v.named == nil {
		v.named = map[*question][]span{}
		for _, q := range v.check.order {
			v.named[q] = q.names.find(v.ts, v.is, v.check.words.known)
		}
	}
	var out []span
	for q, spans := range v.named {
		if q != v.q {
			out = append(out, spans...)
		}
	}
	return out
}

// elsewhere: the part tells a condition of another question, which counts there.
func (v *view) elsewhere(p part) bool {
	for _, s := range v.beside() {
		if s.within(p.span) {
			return true
		}
	}
	return false
}

// denyable are the words that may stand in a denial without needing a reason.
const denyable = sPlain | sObject | sGood | sNot | sNo | sFirstNo | sIdiom | sSure | sSelf | sVerb | sBut | sJoin | sPast | sLong | sSeason | sRecent | sEnded | sNumber | sDay | sOnly | sExcept | sWithout | sSome | sAgeUnit | sLastUnit | sAgree

// besideAt: the word is another question's condition.
func (v *view) besideAt(i int) bool {
	for _, s := range v.beside() {
		if s.has(i) {
			return true
		}
	}
	return false
}

// unexplained counts the words of a part that no list explains, and those
// among them that explain a "nei".
func (v *view) unexplained(p part) (unknown, reasons int) {
	for i := p.from; i < p.to; i++ {
		if v.is[i]&denyable != 0 || v.own(i) {
			continue
		}
		known := false
		for _, s := range v.apart {
			known = known || s.has(i)
		}
		for _, m := range v.near {
			known = known || m.has(i) && (m.status == denied && v.isTopic(m.span) || m.status == so && v.nearIsHarmless(m))
		}
		if known {
			continue
		}
		unknown++
		if v.is[i]&(sReason|sOther|sBooking|sStill) != 0 {
			reasons++
		}
	}
	return unknown, reasons
}
