package screening

// status of a condition named in a text.
type status byte

const (
	denied  status = iota // not so
	so                    // so, of the writer, now
	past                  // was so
	over                  // was so, long ago
	another               // somebody else's
	doubt                 // can't be told
)

// mention is a place where a question's words stand.
type mention struct {
	span
	status status
}

// view is a text seen by one question.
type view struct {
	*analysis
	q                   *question
	names, near         []mention
	apart, never, topic []span
	beside              []span // words that other questions explain
	holds               bool   // named in words that hold whatever the tense
}

func (c *Check) view(q *question, a *analysis) *view {
	v := &view{analysis: a, q: q}
	known := c.words.known
	v.never = q.never.find(a.ts, a.is, known)
	v.apart = q.apart.find(a.ts, a.is, known)
	v.topic = q.topic.find(a.ts, a.is, known)
	names := q.names.find(a.ts, a.is, known)
	near := q.near.find(a.ts, a.is, known)
	for _, n := range names {
		if !inside(n, v.never) && !insideLarger(n, v.apart) {
			v.names = append(v.names, mention{span: n})
		}
	}
	for _, n := range near {
		if inside(n, v.never) || inside(n, names) || inside(n, v.apart) {
			continue
		}
		v.near = append(v.near, mention{span: n})
	}
	for _, sp := range a.spans {
		if q.Grown > 0 && sp.least >= q.Grown && len(v.names) == 0 && !v.any(v.partOf(sp.from).span, sEnded) && !v.ofWriter(v.partOf(sp.from)) {
			v.never = append(v.never, v.partOf(sp.from).span)
		}
	}
	for _, n := range q.always.find(a.ts, a.is, known) {
		if p := v.partOf(n.from); !v.third(p) && len(v.negations(span{p.from, n.to})) == 0 {
			v.holds = true
		}
	}
	// The mentions' own negators ("kan ikke svelge") don't deny them.
	for i := range v.names {
		v.names[i].status = v.judge(v.names[i].span)
	}
	for i := range v.near {
		v.near[i].status = v.judge(v.near[i].span)
	}
	return v
}

// inside tells whether a span lies in one of a list.
func inside(s span, list []span) bool {
	for _, o := range list {
		if s.within(o) {
			return true
		}
	}
	return false
}

func insideLarger(s span, list []span) bool {
	for _, o := range list {
		if s.within(o) && o.to-o.from > s.to-s.from {
			return true
		}
	}
	return false
}

func (v *view) inNames(i int) bool {
	for _, n := range v.names {
		if n.has(i) {
			return true
		}
	}
	return false
}

// third: the part speaks of somebody else and not of the writer: a word for
// another person that stands before any condition and isn't governed by a
// preposition ("etter fødselen av sønnen").
func (v *view) third(p part) bool {
	found, named := false, false
	for i := p.from; i < p.to; i++ {
		if v.is[i]&sSelf != 0 {
			if !possessive[v.ts[i].text] {
				return false
			}
			continue
		}
		named = named || v.mentioned(i)
		governed := i > p.from && governing[v.ts[i-1].text]
		if v.is[i]&sOther != 0 && v.is[i]&sPast == 0 && !v.own(i) && !governed && (!named || i > p.from && v.ts[i-1].text == "i") {
			found = true
		}
	}
	return found
}

// ofWriter: the writer stands in the part as more than an owner.
func (v *view) ofWriter(p part) bool {
	for i := p.from; i < p.to; i++ {
		if v.is[i]&sSelf != 0 && !possessive[v.ts[i].text] {
			return true
		}
	}
	return false
}

var (
	possessive = map[string]bool{"min": true, "my": true}
	governing  = map[string]bool{"av": true, "til": true, "med": true, "fra": true, "etter": true, "for": true, "by": true, "from": true, "with": true, "of": true, "after": true}
)

// mentioned: the word belongs to a condition.
func (v *view) mentioned(i int) bool {
	for _, list := range [][]mention{v.names, v.near} {
		for _, m := range list {
			if m.has(i) {
				return true
			}
		}
	}
	return false
}

// own: the word belongs to the question itself, such as a child in ammer.
func (v *view) own(i int) bool {
	for _, list := range [][]span{v.topic, v.never} {
		for _, s := range list {
			if s.has(i) {
				return true
			}
		}
	}
	return v.inNames(i)
}

// negations in a stretch, those inside a name left out.
func (v *view) negations(s span) []int {
	var out []int
	for i := s.from; i < s.to; i++ {
		if v.is[i]&sNot != 0 && !v.inNames(i) {
			out = append(out, i)
		}
	}
	return out
}

// judge finds what is said of the words at s.
func (v *view) judge(s span) status {
	p := v.partOf(s.from)
	before := v.negations(span{p.from, s.from})
	isPast := v.any(p.span, sPast|sEnded)
	isStill := v.any(p.span, sStill)
	if v.third(p) {
		return another
	}
	if p.unclear {
		return doubt
	}
	if v.q.Within > 0 {
		// Some other treatment's time.
		for _, o := range v.apart {
			if o.within(p.span) {
				return doubt
			}
		}
	}
	for i := p.from; i < s.from; i++ {
		if v.is[i]&sExcept != 0 {
			return so
		}
	}
	if v.any(span{p.from, s.from}, sWithout) {
		return doubt
	}
	n := len(before)
	if p.carries && n == 0 {
		return denied
	}
	if n > 0 {
		if v.any(p.span, sDeny) && n >= 2 {
			return so
		}
		if n > 1 {
			return doubt
		}
		// "ikke sluttet å amme"
		for i := before[0]; i < s.from; i++ {
			if v.is[i]&sEnded != 0 && v.is[i]&sFinite == 0 {
				return so
			}
		}
		// A new sentence without a stop: "ikke gravid jeg ammer".
		for i := before[0] + 2; i < s.from; i++ {
			if v.is[i]&sFinite != 0 || v.is[i]&sSelf != 0 && i+1 < len(v.ts) && v.is[i+1]&sVerb != 0 {
				return doubt
			}
		}
		if v.any(span{s.to, p.to}, sNot) && !v.tail(s.to, p.to) {
			return doubt
		}
		// "ikke lenger"
		for i := p.from; i < p.to; i++ {
			if lengerFold[v.ts[i].fold] {
				return v.ago(p)
			}
		}
		return denied
	}
	// "astma har jeg ikke": nothing but plain words up to the negation and after it.
	for i := s.to; i < p.to; i++ {
		if v.is[i]&sNot != 0 && !v.inNames(i) {
			if v.tail(i+1, p.to) {
				for j := i; j < p.to; j++ {
					if lengerFold[v.ts[j].fold] {
						return v.ago(p)
					}
				}
				return denied
			}
			return doubt
		}
		if v.is[i]&(sPlain|sSelf|sVerb|sNo) == 0 || v.ts[i].fold == "som" || v.ts[i].fold == "og" {
			break
		}
	}
	if v.any(span{s.to, p.to}, sNot) && !v.q.Catchall {
		if v.any(span{s.from, s.to}, sNot) {
			return so // its own
		}
		if isPast && !isStill {
			return v.ago(p)
		}
		return so
	}
	if isPast && !isStill {
		return v.ago(p)
	}
	return so
}

var lengerFold = map[string]bool{"lenger": true, "lengre": true, "lengur": true, "lengere": true, "anymore": true}

// tail: the rest of a part adds nothing.
func (v *view) tail(from, to int) bool {
	for i := from; i < to; i++ {
		if v.is[i]&(sPlain|sSelf|sVerb|sNo|sNot|sPast|sReason) == 0 || v.is[i]&(sYes|sExcept|sOnly|sBut) != 0 {
			return false
		}
	}
	return true
}

// ago: something was so; how the question looks at that.
func (v *view) ago(p part) status {
	switch v.q.Past {
	case PastYes:
		return so
	case PastOver:
		if v.longAgo() && v.any(v.whole(), sEnded) {
			return over
		}
	}
	return past
}

// longAgo looks at the whole text, since the time often stands in a part of
// its own.
func (v *view) longAgo() bool {
	all := v.whole()
	if v.any(all, sRecent) {
		return false
	}
	if len(v.spans) > 0 {
		for _, s := range v.spans {
			if s.least < 180 {
				return false
			}
		}
		return true
	}
	return v.any(all, sLong)
}

// decide is the order of the rules for one question. card holds the questions
// that the same text answers, if any.
func (c *Check) decide(q *question, a *analysis, card []string) (Reading, bool) {
	v := c.view(q, a)
	for _, other := range c.order {
		if other != q {
			v.beside = append(v.beside, other.names.find(a.ts, a.is, c.words.known)...)
			if contains(card, other.Key) && a.saysNo() {
				v.apart = append(v.apart, other.apart.find(a.ts, a.is, c.words.known)...)
				v.topic = append(v.topic, other.topic.find(a.ts, a.is, c.words.known)...)
				v.topic = append(v.topic, other.never.find(a.ts, a.is, c.words.known)...)
			}
		}
	}
	yes := a.saysYes()
	hedged := a.any(a.whole(), sHedge) || a.signs || a.withholds()
	if q.Within > 0 {
		hedged = v.hedgedBesideTime() || a.signs || a.withholds()
	}

	fact, wasSo, wasOver, unclear := v.holds && !a.asked(), false, false, false
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
		if denies || no || wasOver || timeNo || len(v.apart) > 0 || v.onlyOthers() || a.asked() || a.any(a.whole(), sBooking) {
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

// denies tells whether the text denies, and whether nothing in it stands
// against that: the only way to No.
func (v *view) denies(no, over bool) (denies, safe bool) {
	denies, safe = no || over, true
	for _, p := range v.parts {
		nots := v.negations(p.span)
		third := v.third(p)
		never, neverDenied := false, false
		for _, s := range v.never {
			if s.within(p.span) {
				if len(v.negations(span{p.from, s.from})) > 0 {
					neverDenied = true
				} else {
					never = true
				}
			}
		}
		apart := false
		for _, s := range v.apart {
			apart = apart || s.within(p.span)
		}
		unexplained, reasons := v.unexplained(p)
		switch {
		case third:
			// Somebody else's, whatever it is.
			if v.any(p.span, sNo|sNot) && !v.any(p.span, sSelf) && !no && !v.notMe(p) {
				continue
			}
			if v.notMe(p) {
				denies = true
			}
			continue
		case p.asked:
			// "nei, hvorfor spør dere?" denies; "nei, eller?" doesn't.
			if !no || !v.any(p.span, sAsk) {
				safe = false
			}
			continue
		}
		if neverDenied {
			safe = false
		}
		if q := v.q; q.Past == PastDoubt && v.any(p.span, sNow) || q.Past == PastYes && q.Within == 0 && v.any(p.span, sNow) {
			safe = false // not now: once, then?
		}
		excepted := v.any(p.span, sExcept)
		if excepted && !apart {
			safe = false
		}
		if len(nots) > 1 && !v.neverCovers(nots) {
			safe = false
		}
		switch {
		case never && !neverDenied:
			denies = true
			if unexplained > 0 && !no {
				safe = false
			}
		case len(nots) > 0 || p.carries:
			if v.longer(p) && !over {
				safe = false
			}
			if unexplained == 0 {
				if !no && v.any(p.span, sBooking|sAble) {
					safe = false
				}
				denies = true
			} else if !no || v.any(p.span, sAble) || v.any(p.span, sOnly|sExcept) {
				safe = false
			}
		case apart && (v.any(p.span, sOnly) || no || denies):
			denies = true
			if unexplained > 0 {
				safe = false
			}
		case v.any(p.span, sWithout):
			if unexplained > 0 {
				safe = false
			}
		case over && v.overIn(p):
		case v.any(p.span, sNo) && p.to-p.from <= 1:
		default:
			if v.any(p.span, sSome) || v.any(p.span, sPast) && v.any(p.span, sVerb) && !over {
				safe = false
			}
			if unexplained-reasons > 0 && !v.elsewhere(p) {
				safe = false
			}
			if !no && reasons > 0 {
				safe = false
			}
			if v.any(p.span, sOnly) {
				safe = false
			}
		}
	}
	return denies, safe
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

func (v *view) longer(p part) bool {
	for i := p.from; i < p.to; i++ {
		if lengerFold[v.ts[i].fold] {
			return true
		}
	}
	return false
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

// elsewhere: the part tells a condition of another question, which counts there.
func (v *view) elsewhere(p part) bool {
	for _, s := range v.beside {
		if s.within(p.span) {
			return true
		}
	}
	return false
}

// unexplained counts the words of a part that no list explains, and those
// among them that explain a "nei".
func (v *view) unexplained(p part) (unknown, reasons int) {
	const plain = sPlain | sNot | sNo | sFirstNo | sIdiom | sSure | sSelf | sVerb | sBut | sJoin | sPast | sLong | sSeason | sRecent | sEnded | sNumber | sDay | sOnly | sExcept | sWithout | sSome | sAgeUnit
	for i := p.from; i < p.to; i++ {
		if v.is[i]&plain != 0 || v.own(i) {
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
