package booking

import (
	"errors"
	"fmt"
	"time"
)

// Day is a day of the calendar, without a clock and without a zone. The zero
// Day is no day. Days can be compared with == and be keys of a map; as text
// and in JSON a Day is "2026-12-03".
type Day struct {
	Year  int
	Month time.Month
	Date  int // day of the month, from 1
}

// Minute is a time of day in minutes after midnight, as a clock on the wall
// shows it: 0 to 1440 (midnight at the end of the day). It prints as "10.30".
type Minute int

// EndOfDay is midnight at the end of a day.
const EndOfDay Minute = 24 * 60

// ErrDay means that a text is no day of the calendar.
var ErrDay = errors.New("no such day")

// ErrMinute means that a text is no time of day.
var ErrMinute = errors.New("no such time of day")

// NewDay gives the day with these numbers; one that does not exist (31/2) is
// ErrDay.
func NewDay(year int, month time.Month, date int) (Day, error) {
	d := dayOf(time.Date(year, month, date, 12, 0, 0, 0, time.UTC))
	if d.Year != year || d.Month != month || d.Date != date {
		return Day{}, fmt.Errorf("%w: %d-%d-%d", ErrDay, year, int(month), date)
	}
	return d, nil
}

// ParseDay reads "2026-12-03".
func ParseDay(text string) (Day, error) {
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		return Day{}, fmt.Errorf("%w: %q", ErrDay, text)
	}
	return dayOf(t), nil
}

// ParseMinute reads "10.30", "10:30" or "9.00"; "24.00" is the end of the day.
func ParseMinute(text string) (Minute, error) {
	for i, r := range text {
		if r != '.' && r != ':' {
			continue
		}
		hour, minute := text[:i], text[i+1:]
		if len(hour) < 1 || len(hour) > 2 || len(minute) != 2 || !figures(hour) || !figures(minute) {
			break
		}
		h, m := number(hour), number(minute)
		if h > 24 || m > 59 || (h == 24 && m > 0) {
			break
		}
		return Minute(h*60 + m), nil
	}
	return 0, fmt.Errorf("%w: %q", ErrMinute, text)
}

func figures(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// number is the value of a text of figures.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// DayOf is the day that the calendar in zone shows at t.
func DayOf(t time.Time, zone *time.Location) Day { return dayOf(t.In(zone)) }

// MinuteOf is the time that the clock in zone shows at t, seconds dropped.
func MinuteOf(t time.Time, zone *time.Location) Minute {
	t = t.In(zone)
	return Minute(t.Hour()*60 + t.Minute())
}

func dayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// noon is an instant that stands for the day in calculations.
func (d Day) noon() time.Time { return time.Date(d.Year, d.Month, d.Date, 12, 0, 0, 0, time.UTC) }

// IsZero says that d is no day.
func (d Day) IsZero() bool { return d == Day{} }

func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Date) }

// Key is the day as it stands in the names of Redis' keys, "20261203".
func (d Day) Key() string { return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Date) }

// Add is the day n days later, or earlier if n is negative.
func (d Day) Add(n int) Day { return dayOf(d.noon().AddDate(0, 0, n)) }

// Since is the number of days from earlier to d.
func (d Day) Since(earlier Day) int { return int(d.noon().Sub(earlier.noon()) / (24 * time.Hour)) }

// Compare is negative, zero or positive as d is before, the same as or after o.
func (d Day) Compare(o Day) int { return d.noon().Compare(o.noon()) }

// Before says that d is earlier than o.
func (d Day) Before(o Day) bool { return d.Compare(o) < 0 }

// After says that d is later than o.
func (d Day) After(o Day) bool { return d.Compare(o) > 0 }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.noon().Weekday() }

// Week is the ISO week of the day and the year that the week belongs to.
func (d Day) Week() (year, week int) { return d.noon().ISOWeek() }

// At is the instant at which the clock in zone shows minute on that day. An
// hour that the clock skips in spring gives the instant of the change; one
// that it shows twice in autumn gives the first. EndOfDay is the next day's
// first instant.
func (d Day) At(minute Minute, zone *time.Location) time.Time {
	if minute >= EndOfDay {
		return d.Add(int(minute/EndOfDay)).At(minute%EndOfDay, zone)
	}
	t := time.Date(d.Year, d.Month, d.Date, int(minute)/60, int(minute)%60, 0, 0, zone)
	begin, end := t.ZoneBounds()
	if shown := MinuteOf(t, zone); dayOf(t) != d || shown != minute {
		// Skipped: t is the requested time in the offset before or after it.
		if dayOf(t).After(d) || (dayOf(t) == d && shown > minute) {
			return begin
		}
		return end
	}
	if !begin.IsZero() { // shown twice?
		_, now := t.Zone()
		_, before := begin.Add(-time.Second).Zone()
		first := t.Add(-time.Duration(before-now) * time.Second)
		if before > now && first.Before(begin) && dayOf(first) == d && MinuteOf(first, zone) == minute {
			return first
		}
	}
	return t
}

// MarshalText writes "2026-12-03"; the zero Day is empty.
func (d Day) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Day) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	*d, err = ParseDay(string(text))
	return err
}

func (m Minute) String() string { return fmt.Sprintf("%02d.%02d", int(m)/60, int(m)%60) }
