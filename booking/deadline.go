package booking

import "time"

// WorkingDay says that d counts for deadlines: Monday to Friday, no public
// holiday, no short day. Closures don't matter, so that one that is added
// later never makes a cancellation late that was in time when it was promised.
func (c *Clinic) WorkingDay(d Day) bool {
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday && !Holiday(d) && c.ShortDay(d) == nil
}

// Deadline is the last instant, included, at which a visit that begins at
// start can be cancelled in time.
func (c *Clinic) Deadline(start time.Time) time.Time { return c.WorkingBefore(start, c.CancelDeadline) }

// InTime says that cancelling or moving at now is in time for a visit that
// begins at start.
func (c *Clinic) InTime(start, now time.Time) bool { return !now.After(c.Deadline(start)) }

// WorkingBefore goes back from t by d, counted on working days only, each of
// 24 hours by the clock on the wall: 24 h before Monday 10.00 is Friday 10.00.
// The day of t itself always counts, since what happens then happens on a day
// of work.
func (c *Clinic) WorkingBefore(t time.Time, d time.Duration) time.Time {
	day, m := DayOf(t, c.Zone), MinuteOf(t, c.Zone)
	into := time.Duration(m)*time.Minute + t.Sub(t.Truncate(time.Minute)) // of the day
	for d > into {
		d -= into
		into = 24 * time.Hour
		for day = day.Add(-1); !c.WorkingDay(day); {
			day = day.Add(-1)
		}
	}
	into -= d
	return day.At(Minute(into/time.Minute), c.Zone).Add(into % time.Minute)
}

// RemindAt is when a reminder of a visit that begins at start is sent: moved
// out of the quiet time, to the evening before it. It may lie in the past,
// and is then not sent.
func (c *Clinic) RemindAt(r Reminder, start time.Time) time.Time {
	if r.Deadline {
		return c.Awake(c.WorkingBefore(c.Deadline(start), r.Before))
	}
	return c.Awake(start.Add(-r.Before))
}
