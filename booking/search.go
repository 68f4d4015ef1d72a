package booking

import (
	"slices"
	"time"
)

// search is one computation of free times.
type search struct {
	c        *Clinic
	w        Want
	length   Minute
	earliest time.Time                // no visit begins before this
	claims   map[string]map[Day]Taken // live claims by practitioner and day
	patient  map[Day]Taken            // the patient's own
}

// each gives all fitting slots in order of time until yield returns false. It
// is the only place where availability is computed.
func each(c *Clinic, taken Taken, w Want, now time.Time, yield func(Slot) bool) {
	s := search{c: c, w: w, length: minutes(w.Minutes), earliest: now,
		claims: map[string]map[Day]Taken{}, patient: map[Day]Taken{}}
	if s.length <= 0 || c.Step < time.Minute {
		return
	}
	counts := func(b Busy) bool {
		return b.Live(now) && b.Start < b.End && (b.By == "" || !slices.Contains(w.Own, b.By))
	}
	for _, b := range taken {
		if counts(b) {
			if s.claims[b.Practitioner] == nil {
				s.claims[b.Practitioner] = map[Day]Taken{}
			}
			s.claims[b.Practitioner][b.Day] = append(s.claims[b.Practitioner][b.Day], b)
		}
	}
	for _, b := range w.PatientBusy {
		if counts(b) {
			s.patient[b.Day] = append(s.patient[b.Day], b)
		}
	}

	today := DayOf(now, c.Zone)
	first, last := today, today.Add(c.Horizon)
	if !w.Staff {
		s.earliest = now.Add(c.Notice)
	}
	if w.FromDay.After(first) {
		first = w.FromDay
	}
	if !w.ToDay.IsZero() && (w.Staff || w.ToDay.Before(last)) {
		last = w.ToDay
	}
	for day := first; !day.After(last); day = day.Add(1) {
		if !s.asked(day) {
			continue
		}
		for _, slot := range s.day(day) {
			if !yield(slot) {
				return
			}
		}
	}
}

// asked says that the wish names the day, or at least doesn't exclude it.
func (s *search) asked(d Day) bool {
	return (len(s.w.Days) == 0 || slices.Contains(s.w.Days, d)) &&
		(len(s.w.Weekdays) == 0 || slices.Contains(s.w.Weekdays, d.Weekday())) &&
		!slices.Contains(s.w.Exclude, d) && !slices.Contains(s.w.ExcludeWeekdays, d.Weekday())
}

// day is the fitting slots of one day, one for each start, in order.
func (s *search) day(d Day) []Slot {
	type offer struct {
		Slot
		visits int
	}
	best := map[Minute]offer{}
	for i := range s.c.Practitioners {
		p := &s.c.Practitioners[i]
		if (s.w.Practitioner != "" && s.w.Practitioner != p.ID) || !p.does(s.c, s.w.Treatments) {
			continue
		}
		claims := s.claims[p.ID][d]
		visits := claims.visits()
		if s.c.MaxPerDay > 0 && visits >= s.c.MaxPerDay {
			continue
		}
		for _, slot := range s.starts(p, d, claims) {
			if o, ok := best[slot.Start]; !ok || visits < o.visits {
				best[slot.Start] = offer{slot, visits}
			}
		}
	}
	slots := make([]Slot, 0, len(best))
	for _, o := range best {
		slots = append(slots, o.Slot)
	}
	slices.SortFunc(slots, func(a, b Slot) int { return int(a.Start - b.Start) })
	return slots
}

// starts is one practitioner's fitting slots of a day. Starts stand a step
// apart from the beginning of each planned period: a closure takes starts
// away, but doesn't shift the others.
func (s *search) starts(p *Practitioner, d Day, claims Taken) []Slot {
	planned := s.c.plannedFor(p, d)
	if len(planned) == 0 {
		return nil
	}
	open := s.c.open(planned, d, p.ID)
	step := minutes(s.c.Step)
	var slots []Slot
	for _, period := range planned {
		for m := period.From; m+s.length <= period.To; m += step {
			slot := Slot{Span: Span{p.ID, d, m, m + s.length}}
			slot.Claim = Span{p.ID, d, m - minutes(s.c.BufferBefore), slot.End + minutes(s.c.BufferAfter)}
			if m < s.w.From || (s.w.To > 0 && m > s.w.To) || !inside(open, slot.Span) ||
				slot.Claim.Start < 0 || slot.Claim.End > EndOfDay ||
				claims.clash(slot.Claim) || s.patient[d].clash(slot.Claim) || !s.runs(slot) {
				continue
			}
			slots = append(slots, slot)
		}
	}
	return slots
}

// runs says that the slot begins late enough, and that the clock runs evenly
// through it: a start or an end that the clock skips, or a visit during which it is
// changed, would take another time than it says.
func (s *search) runs(slot Slot) bool {
	begin, end := slot.At(s.c.Zone), slot.Ends(s.c.Zone)
	return !begin.Before(s.earliest) && end.Sub(begin) == time.Duration(s.length)*time.Minute &&
		MinuteOf(begin, s.c.Zone) == slot.Start && MinuteOf(end, s.c.Zone) == slot.End%EndOfDay
}

// inside says that one of the periods holds the whole span.
func inside(periods []Period, s Span) bool {
	return slices.ContainsFunc(periods, func(p Period) bool { return p.From <= s.Start && s.End <= p.To })
}

// clash says that one of the claims has time in common with the span, whoever
// they are with.
func (t Taken) clash(s Span) bool {
	return slices.ContainsFunc(t, func(b Busy) bool { return b.clashes(s) })
}

// visits counts the visits among claims: the times proposed or held under one
// id are one.
func (t Taken) visits() int {
	n, seen := 0, map[string]bool{}
	for _, b := range t {
		if b.Block || (b.By != "" && seen[b.By]) {
			continue
		}
		seen[b.By] = true
		n++
	}
	return n
}

// does says that the practitioner does all of these treatments, each given by
// id or code.
func (p *Practitioner) does(c *Clinic, areas []string) bool {
	if len(p.Treatments) == 0 {
		return true
	}
	for _, a := range areas {
		if t := c.Treatment(a); t != nil {
			a = t.ID
		}
		if !slices.Contains(p.Treatments, a) {
			return false
		}
	}
	return true
}
