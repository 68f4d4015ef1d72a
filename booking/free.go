package booking

import "time"

// Span is a part of a practitioner's day: Start is included, End is not, so
// that two spans that only touch don't overlap. It never crosses midnight.
type Span struct {
	Practitioner string
	Day          Day
	Start, End   Minute
}

// Overlaps says that both are the same practitioner's and have time in common.
func (s Span) Overlaps(o Span) bool { return s.Practitioner == o.Practitioner && s.clashes(o) }

// clashes says that both have time in common, whoever's they are.
func (s Span) clashes(o Span) bool { return s.Day == o.Day && s.Start < o.End && o.Start < s.End }

// Busy is a claim on a practitioner's time, the visit's buffers included:
// hold, request, appointment, blocked time, proposal and offer alike.
type Busy struct {
	Span
	Until time.Time // when a hold lapses; zero is firm
	By    string    // the draft or booking that claims it, empty for none
	Block bool      // blocked time, which is no visit and doesn't count in MaxPerDay
}

// Live says that the claim still counts: it is firm, or its hold runs on
// after now.
func (b Busy) Live(now time.Time) bool { return b.Until.IsZero() || b.Until.After(now) }

// Taken is all that is claimed, in any order.
type Taken []Busy

// Slot is a time that can be booked: the visit itself, as it is told to the
// patient, and the claim with its buffers, as it is written down.
type Slot struct {
	Span
	Claim Span
}

// At is the instant at which the visit begins.
func (s Slot) At(zone *time.Location) time.Time { return s.Day.At(s.Start, zone) }

// Ends is the instant at which the visit ends.
func (s Slot) Ends(zone *time.Location) time.Time { return s.Day.At(s.End, zone) }

// Want is what a time must be like. The zero value of each field asks for
// nothing.
type Want struct {
	Minutes         time.Duration  // the visit's length, from Clinic.Minutes
	Practitioner    string         // id; empty is any who is free
	Treatments      []string       // the practitioner must do all of these
	FromDay         Day            // first day; zero is today
	ToDay           Day            // last day, included; zero is the horizon
	From            Minute         // earliest start
	To              Minute         // latest start, included; 0 is open
	Days            []Day          // only these days; empty is all
	Weekdays        []time.Weekday // only on these days of the week; empty is all
	Exclude         []Day          // none of these days
	ExcludeWeekdays []time.Weekday
	Own             []string // drafts and bookings whose claims never count: the one being made, the one being moved
	PatientBusy     Taken    // the patient's own visits, with whomever
	Staff           bool     // staff book: no notice is needed and ToDay may lie past the horizon; the past stays past
}

// Free lists every time that fits, in order of time. With any practitioner
// each start is listed once, with the one who has the fewest visits that day;
// of equals, the first in the clinic's order.
//
// It, Nearest, FreeDays and Fits share one computation, so that what is shown
// as free is what Fits accepts at the same instant.
func Free(c *Clinic, taken Taken, w Want, now time.Time) []Slot {
	var slots []Slot
	each(c, taken, w, now, func(s Slot) bool {
		slots = append(slots, s)
		return true
	})
	return slots
}

// Nearest is the first n of Free, without looking further.
func Nearest(c *Clinic, taken Taken, w Want, now time.Time, n int) []Slot {
	var slots []Slot
	if n > 0 {
		each(c, taken, w, now, func(s Slot) bool {
			slots = append(slots, s)
			return len(slots) < n
		})
	}
	return slots
}

// FreeDays lists the days of a month on which at least one time fits. It looks
// at the whole of the month, for staff also past the horizon.
func FreeDays(c *Clinic, taken Taken, w Want, year int, month time.Month, now time.Time) []Day {
	first := Day{year, month, 1}
	last := dayOf(first.noon().AddDate(0, 1, -1))
	if w.FromDay.IsZero() || w.FromDay.Before(first) {
		w.FromDay = first
	}
	if w.ToDay.IsZero() || w.ToDay.After(last) {
		w.ToDay = last
	}
	var days []Day
	each(c, taken, w, now, func(s Slot) bool {
		if n := len(days); n == 0 || days[n-1] != s.Day {
			days = append(days, s.Day)
		}
		return true
	})
	return days
}

// Fits says whether a time shown earlier can be booked now, and gives it as it
// would be booked: with the length of w and the buffers of today.
func Fits(c *Clinic, taken Taken, w Want, at Span, now time.Time) (Slot, bool) {
	w.Practitioner, w.FromDay, w.ToDay = at.Practitioner, at.Day, at.Day
	var found Slot
	ok := false
	each(c, taken, w, now, func(s Slot) bool {
		if s.Start == at.Start && s.Practitioner == at.Practitioner {
			found, ok = s, true
		}
		return !ok
	})
	return found, ok
}
