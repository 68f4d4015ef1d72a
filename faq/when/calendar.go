package when

import "time"

// Days are counted from 1970-01-01, a Thursday; weekdays from Monday, 0.

func dayOf(y, m, d int) int {
	return int(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func civil(day int) (y, m, d int) {
	t := time.Unix(int64(day)*86400, 0).UTC()
	return t.Year(), int(t.Month()), t.Day()
}

func dateOf(day int) Date {
	y, m, d := civil(day)
	return Date{y, time.Month(m), d}
}

func weekday(day int) int { return ((day+3)%7 + 7) % 7 }

func monday(day int) int { return day - weekday(day) }

func monthEnd(y, m int) int { return dayOf(y, m+1, 1) - 1 }

func monthLen(y, m int) int { return monthEnd(y, m) - dayOf(y, m, 1) + 1 }

func real(y, m, d int) bool {
	return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= monthLen(y, m)
}

// addMonths keeps the day of the month, or takes the month's last day.
func addMonths(day, n int) int {
	y, m, d := civil(day)
	y, m = y+(m-1+n)/12, (m-1+n)%12+1
	return dayOf(y, m, min(d, monthLen(y, m)))
}

// isoMonday is the Monday of an ISO week, and whether the year has that week.
func isoMonday(y, week int) (int, bool) {
	first := monday(dayOf(y, 1, 4))
	day := first + 7*(week-1)
	return day, week >= 1 && day < monday(dayOf(y+1, 1, 4))
}

// easter is Easter Sunday (the Gregorian rule).
func easter(y int) int {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return dayOf(y, n/31, n%31+1)
}
