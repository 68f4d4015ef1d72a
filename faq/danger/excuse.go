package danger

// found is a sign that stands in a text and that nothing excuses.
type found struct {
	group   int
	acute   bool
	pattern string
	span
}

// most is how many places of one sign are tried for an excuse. A text with
// more of them is told in earnest.
const most = 32

// patience is how many words are tried for one text before excuses are no
// longer looked for: so much of it is no slip of the tongue, and the answer
// must not wait.
const patience = 100_000

// each yields one sign of each group that stands in a text unexcused.
func (r *Rules) each(text string, yield func(found)) {
	t := r.read(text)
	defer t.free()
	r.signs(t, func(found) bool { return true }, yield)
}

// signs yields the first sign of each group that nothing excuses and that
// counts.
func (r *Rules) signs(t *reading, counts func(found) bool, yield func(found)) {
	var done [128]bool
	for _, a := range t.touched {
		for _, s := range r.byKey[a] {
			if s.group < len(done) && done[s.group] {
				continue
			}
			tries := 0
			t.find(s.pattern, func(at span) bool {
				f := found{s.group, s.acute, s.text, at}
				tries++
				if tries < most && r.excused(t, f) || !counts(f) {
					return tries < 4*most
				}
				if s.group < len(done) {
					done[s.group] = true
				}
				yield(f)
				return false
			})
		}
	}
}

// eachDuring is each for a text that answers a question of the check.
func (r *Rules) eachDuring(text, question, reading string, yield func(found)) {
	t := r.read(text)
	defer t.free()
	r.signs(t, func(f found) bool {
		return r.groups[f.group].Question != question || r.happening(t, f, reading)
	}, yield)
}

// happening tells whether a sign is told as happening now rather than as an
// answer.
func (r *Rules) happening(t *reading, f found, reading string) bool {
	clause := t.words[f.from].clause
	near := func(s span) bool {
		return t.words[s.from].clause <= t.words[f.to].clause && t.words[s.to].clause >= clause
	}
	if reading == "no" {
		turned := false
		for _, w := range t.words[:f.from+1] {
			turned = turned || r.turns[w.key]
		}
		return turned && t.stands(r.now, near)
	}
	if t.stands(r.now, func(span) bool { return true }) {
		return true
	}
	return f.acute && !t.stands(r.habit, func(s span) bool { return t.words[s.from].sentence == t.words[f.from].sentence })
}

// excused tells whether any excuse covers a sign.
func (r *Rules) excused(t *reading, f found) bool {
	for i := range r.excuses {
		if t.steps > patience {
			return false
		}
		e := &r.excuses[i]
		if !e.of[f.group] || f.acute && !e.Acute {
			continue
		}
		if t.stands(e.when, func(s span) bool { return e.covers(t, s, f) }) {
			return true
		}
	}
	return false
}

// covers tells whether an excuse that stands at s covers the sign f.
func (e *excuse) covers(t *reading, s span, f found) bool {
	if t.words[s.from].sentence != t.words[s.to].sentence {
		return false // no excuse is put together of two sentences
	}
	from, to := t.words[f.from], t.words[f.to]
	overlaps := func(o span) bool {
		return t.words[o.from].sentence <= to.sentence && t.words[o.to].sentence >= from.sentence
	}
	within := func(o span) bool {
		a, b := t.words[o.from], t.words[o.to]
		switch e.Reach {
		case "near":
			return a.pos-to.pos <= 4 && from.pos-b.pos <= 4 && overlaps(o)
		case "clause":
			return a.clause <= to.clause && b.clause >= from.clause
		case "after", "sentence":
			return overlaps(o)
		}
		return true
	}
	if !within(s) || e.Reach == "after" && !e.leads(t, s, f) {
		return false
	}
	if len(e.with) > 0 && !t.stands(e.with, func(o span) bool { return overlaps(o) && within(o) }) {
		return false
	}
	return !t.stands(e.unless, overlaps)
}

// leads tells whether the question that begins at s reaches to the sign: near
// enough, and with nobody's own story between.
func (e *excuse) leads(t *reading, s span, f found) bool {
	reach := 8
	if f.acute {
		reach = 5
	}
	if s.from > f.from || t.words[f.from].pos-t.words[s.to].pos > reach {
		return false
	}
	between := func(o span) bool { return o.from > s.to && o.to <= f.to }
	if t.stands(e.between, between) {
		return false
	}
	if t.words[s.to].clause != t.words[f.to].clause {
		return !f.acute && !t.stands(e.across, between)
	}
	return true
}
