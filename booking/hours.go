package booking

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/no"
)

// easter is the first day of Easter, from which the movable days are counted.
var easter = &cal.Holiday{Func: cal.CalcEasterOffset}

// holidays are Norway's public ones. The library's list has no Sundays, so the
// first days of Easter and of Whitsun are added.
var holidays = &cal.Calendar{Cacheable: true, Holidays: append(slices.Clone(no.Holidays),
	easter, &cal.Holiday{Offset: 49, Func: cal.CalcEasterOffset})}

// Holiday says that d is a public holiday in Norway.
func Holiday(d Day) bool {
	actual, _, _ := holidays.IsHoliday(d.noon())
	return actual
}

// on says that the short day falls on d.
func (s *ShortDay) on(d Day) bool {
	switch {
	case !s.Day.IsZero():
		return s.Day == d
	case s.Month != 0:
		return s.Month == d.Month && s.Date == d.Date
	}
	sunday, _ := easter.Calc(d.Year)
	return dayOf(sunday).Add(s.Easter) == d
}

// ShortDay finds the clinic's rule for a short day, nil if d is none.
func (c *Clinic) ShortDay(d Day) *ShortDay {
	for i := range c.ShortDays {
		if c.ShortDays[i].on(d) {
			return &c.ShortDays[i]
		}
	}
	return nil
}

// on is the part of d that the closure covers, empty if it covers none.
func (cl *Closure) on(d Day) Period {
	if d.Before(cl.From) || d.After(cl.To) {
		return Period{}
	}
	p := Period{0, EndOfDay}
	if d == cl.From {
		p.From = cl.FromMinute
	}
	if d == cl.To && cl.ToMinute > 0 {
		p.To = cl.ToMinute
	}
	return p
}

// openings joins the periods of the day's openings for who (empty: the whole
// clinic), and says whether there is any.
func (c *Clinic) openings(d Day, who string) (periods []Period, any bool) {
	for _, o := range c.Openings {
		if o.Day == d && o.Practitioner == who {
			periods, any = append(periods, o.Periods...), true
		}
	}
	return join(periods), any
}

// planned is when the clinic would be open on d if nothing were closed.
func (c *Clinic) planned(d Day) []Period {
	if periods, any := c.openings(d, ""); any {
		return periods
	}
	if Holiday(d) {
		return nil
	}
	usual := c.Hours[d.Weekday()]
	if s := c.ShortDay(d); s != nil {
		if s.Closed {
			return nil
		}
		return common(usual, s.Periods)
	}
	return usual
}

// plannedFor is when the practitioner would see patients on d if nothing were
// closed.
func (c *Clinic) plannedFor(p *Practitioner, d Day) []Period {
	if (!p.From.IsZero() && d.Before(p.From)) || (!p.To.IsZero() && d.After(p.To)) {
		return nil
	}
	if periods, any := c.openings(d, p.ID); any {
		return periods
	}
	if periods, any := c.openings(d, ""); any {
		return periods
	}
	return common(c.planned(d), p.Hours[d.Weekday()])
}

// open takes the closures of the clinic, and those of who, out of periods.
func (c *Clinic) open(periods []Period, d Day, who string) []Period {
	for i := range c.Closures {
		if cl := &c.Closures[i]; cl.Practitioner == "" || cl.Practitioner == who {
			periods = without(periods, cl.on(d))
		}
	}
	return periods
}

// On is when the clinic is open on d: the usual week with its gaps, holidays,
// short days, openings and closures counted in. Nil is closed.
func (c *Clinic) On(d Day) []Period { return c.open(c.planned(d), d, "") }

// HoursOf is when the practitioner sees patients on d.
func (c *Clinic) HoursOf(p *Practitioner, d Day) []Period {
	return c.open(c.plannedFor(p, d), d, p.ID)
}

// OpenAt says that the clinic is open at t; lunch is closed. An opening of one
// practitioner alone does not count, since the telephone may be unattended.
func (c *Clinic) OpenAt(t time.Time) bool {
	m := MinuteOf(t, c.Zone)
	for _, p := range c.On(DayOf(t, c.Zone)) {
		if p.From <= m && m < p.To {
			return true
		}
	}
	return false
}

// NextOpening is the first instant after t at which the clinic opens; false if
// it stays closed for more than a year.
func (c *Clinic) NextOpening(t time.Time) (time.Time, bool) {
	day := DayOf(t, c.Zone)
	for range 400 {
		for _, p := range c.On(day) {
			if opens := day.At(p.From, c.Zone); opens.After(t) {
				return opens, true
			}
		}
		day = day.Add(1)
	}
	return time.Time{}, false
}

// join puts periods in order and makes one of those that touch.
func join(periods []Period) []Period {
	sorted := slices.Clone(periods)
	slices.SortFunc(sorted, func(a, b Period) int { return int(a.From - b.From) })
	var joined []Period
	for _, p := range sorted {
		if n := len(joined); n > 0 && p.From <= joined[n-1].To {
			joined[n-1].To = max(joined[n-1].To, p.To)
		} else if p.From < p.To {
			joined = append(joined, p)
		}
	}
	return joined
}

// common is what is in both lists.
func common(a, b []Period) []Period {
	var both []Period
	for _, p := range a {
		for _, q := range b {
			if from, to := max(p.From, q.From), min(p.To, q.To); from < to {
				both = append(both, Period{from, to})
			}
		}
	}
	return join(both)
}

// without takes a part out of periods.
func without(periods []Period, out Period) []Period {
	if out.From >= out.To {
		return periods
	}
	var rest []Period
	for _, p := range periods {
		if to := min(p.To, out.From); p.From < to {
			rest = append(rest, Period{p.From, to})
		}
		if from := max(p.From, out.To); from < p.To {
			rest = append(rest, Period{from, p.To})
		}
	}
	return rest
}
