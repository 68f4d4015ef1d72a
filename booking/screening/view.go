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
	check               *Check
	grown               bool // a child too old to be nursed is told of
	holds               bool // named in words that hold whatever the tense
}

func (c *Check) view(q *question, a *analysis) *view {
	v := &view{analysis: a, q: q, check: c}
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
			v.grown = true
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
			if v.is[i]&sPossessive == 0 {
				return false
			}
			continue
		}
		named = named || v.mentioned(i)
		governed := i > p.from && v.is[i-1]&sGoverning != 0
		if v.is[i]&sOther != 0 && v.is[i]&sPast == 0 && !v.own(i) && !governed && (!named || i > p.from && v.is[i-1]&sAmong != 0) {
			found = true
		}
	}
	return found
}

// ofWriter: the writer stands in the part as more than an owner.
func (v *view) ofWriter(p part) bool {
	for i := p.from; i < p.to; i++ {
		if v.is[i]&sSelf != 0 && v.is[i]&sPossessive == 0 {
			return true
		}
	}
	return false
}

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
		// "ikke alvorlig astma", "aldri så gravid"
		for i := before[0] + 1; i < s.from; i++ {
			if v.is[i]&sLimit != 0 || v.is[i]&denyable == 0 && !v.own(i) && !v.besideAt(i) {
				return doubt
			}
		}
		// "ikke lenger"
		for i := p.from; i < p.to; i++ {
			if v.is[i]&sLonger != 0 {
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
					if v.is[j]&sLonger != 0 {
						return v.ago(p)
					}
				}
				return denied
			}
			return doubt
		}
		if v.is[i]&(sPlain|sSelf|sVerb|sNo) == 0 || v.is[i]&(sRelative|sAnd) != 0 {
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
		if v.longAgo() && v.any(v.whole(), sEnded|sLonger) {
			return over
		}
	}
	return past
}

// longAgo looks at the whole text, since the time often stands in a part of
// its own.
func (v *view) longAgo() bool {
	all := v.whole()
	for _, p := range v.parts {
		// "men ikke sluttet"
		for i, denied := p.from, false; i < p.to; i++ {
			denied = denied || v.is[i]&sNot != 0
			if denied && v.is[i]&sEnded != 0 {
				return false
			}
		}
	}
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
