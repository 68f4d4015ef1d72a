package screening

// tells: the text tells the question's condition of the writer. beside: the
// question was not what was asked, so the text must carry the whole sense.
func (c *Check) tells(q *question, a *analysis, beside bool) bool {
	v := c.view(q, a)
	if v.any(v.whole(), sYes) && len(v.parts) == 1 && !beside && len(v.names) == 0 {
		return false
	}
	for _, m := range v.names {
		p := v.partOf(m.from)
		if m.status != so || v.any(p.span, sHedge) {
			continue
		}
		if q.Within > 0 && beside && len(v.near) == 0 {
			continue
		}
		if !p.asked || v.ofSelf(p, m.span) {
			return true
		}
	}
	if q.Within > 0 && len(v.near) > 0 && !a.asked() && !a.any(a.whole(), sHedge) {
		yes, no, unsure := v.timing()
		medicine := false
		for _, m := range v.near {
			medicine = medicine || m.status != denied && m.status != another && v.isTopic(m.span)
		}
		return yes && !no && !unsure && medicine && v.any(v.whole(), sSelf|sVerb|sPast)
	}
	return false
}

// ofSelf: in a question, the writer says it of herself on the way: "kan jeg
// komme når jeg ammer?".
func (v *view) ofSelf(p part, s span) bool {
	for i := p.from; i < s.from; i++ {
		if v.is[i]&sSelf != 0 && (i+1 == s.from || i+1 < s.from && v.is[i+1]&sFinite != 0 && s.from-i <= 5 && i > p.from+1) {
			return i+1 < s.from || v.is[s.from]&sFinite != 0
		}
	}
	return false
}

// toldElsewhere: any other question's condition is told.
func (c *Check) toldElsewhere(a *analysis) bool {
	for _, q := range c.order {
		if !q.Catchall && q.Key != Age && c.tells(q, a, true) {
			return true
		}
	}
	return false
}
