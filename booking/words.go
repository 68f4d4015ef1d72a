package booking

import (
	"fmt"
	"time"
)

// Names words days and times. The words come from the clinic's texts; the
// order of a date is Norwegian.
type Names struct {
	Weekdays [7]string // by time.Weekday: Sunday first
	Short    [7]string // the same, short, as on buttons
	Months   [12]string
	At       string         // stands before a time of day
	Zone     *time.Location // the clinic's; every instant is worded in it
}

// Long is weekday, date, month, year and time.
func (n *Names) Long(t time.Time) string {
	return n.DayLong(DayOf(t, n.Zone)) + n.clock(t)
}

// Near is Long without the year.
func (n *Names) Near(t time.Time) string {
	return n.DayNear(DayOf(t, n.Zone)) + n.clock(t)
}

// ShortTime is Near with short weekday and figures, short enough for a button of 24 characters.
func (n *Names) ShortTime(t time.Time) string {
	return n.DayShort(DayOf(t, n.Zone)) + n.clock(t)
}

// WeekdayTime is weekday and time, for what happens within a week.
func (n *Names) WeekdayTime(t time.Time) string {
	return n.Weekdays[DayOf(t, n.Zone).Weekday()] + n.clock(t)
}

// DayLong is weekday, date, month and year.
func (n *Names) DayLong(d Day) string { return fmt.Sprintf("%s %d", n.DayNear(d), d.Year) }

// DayNear is weekday, date and month.
func (n *Names) DayNear(d Day) string {
	return fmt.Sprintf("%s %d. %s", n.Weekdays[d.Weekday()], d.Date, n.Months[d.Month-1])
}

// DayShort is short weekday, date and month in figures.
func (n *Names) DayShort(d Day) string {
	return fmt.Sprintf("%s %d.%d.", n.Short[d.Weekday()], d.Date, int(d.Month))
}

func (n *Names) clock(t time.Time) string {
	return " " + n.At + " " + MinuteOf(t, n.Zone).String()
}

// Slashed is the day as the clinic's form writes it, "03/12/2026".
func (d Day) Slashed() string { return fmt.Sprintf("%02d/%02d/%04d", d.Date, int(d.Month), d.Year) }
