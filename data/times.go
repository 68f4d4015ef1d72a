package data

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"klinikkbot/booking"
)

// week reads the hours of a week; one with no hours at all is a fault.
func (f *file) week(path []any, raw rawWeek) booking.Week {
	var week booking.Week
	any := false
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		d := slices.Index(weekdays, key)
		if d < 0 {
			f.fault(under(path, key), "write mon, tue, wed, thu, fri, sat or sun", "unknown weekday %q", key)
			continue
		}
		week[d] = f.periods(under(path, key), raw[key])
		any = any || len(raw[key]) > 0
	}
	if !any {
		f.fault(path, `write at least one day, such as mon: ["09.00-17.00"]`, "no hours")
	}
	return week
}

// periods reads "09.00-12.00", in order and without overlap.
func (f *file) periods(path []any, raw []string) []booking.Period {
	var periods []booking.Period
	for i, text := range raw {
		from, to, ok := strings.Cut(strings.ReplaceAll(text, "–", "-"), "-")
		a, err := booking.ParseMinute(strings.TrimSpace(from))
		b, err2 := booking.ParseMinute(strings.TrimSpace(to))
		switch {
		case !ok || err != nil || err2 != nil:
			f.fault(under(path, i), `write it as "09.00-17.00", in quotation marks`, "no such hours: %q", text)
		case b <= a:
			f.fault(under(path, i), "write the earlier time first", "%q ends before it begins", text)
		case len(periods) > 0 && a < periods[len(periods)-1].To:
			f.fault(under(path, i), "write the day's hours in order, without overlap", "%q begins before the hours before it end", text)
		default:
			periods = append(periods, booking.Period{From: a, To: b})
		}
	}
	return periods
}

func under(path []any, step any) []any { return append(append([]any{}, path...), step) }

// day reads "2026-12-03"; an empty one is the zero Day if that is allowed.
func (f *file) day(path []any, text string, emptyAllowed bool) booking.Day {
	if text == "" && emptyAllowed {
		return booking.Day{}
	}
	d, err := booking.ParseDay(text)
	if err != nil {
		f.fault(path, "write year, month and day, such as 2026-12-03", "no such day: %q", text)
	}
	return d
}

func (f *file) minute(path []any, text string) booking.Minute {
	m, err := booking.ParseMinute(text)
	if err != nil {
		f.fault(path, `write it as "09.00", in quotation marks`, "no such time: %q", text)
	}
	return m
}

func (f *file) atLeast(path []any, n, least int) {
	if n < least {
		f.fault(path, "write "+strconv.Itoa(least)+" or more", "%v is %d", path[len(path)-1], n)
	}
}

var dayDuration = regexp.MustCompile(`^([0-9]{1,4})d$`)

// duration reads "2s", "10m", "24h", "30d"; never negative.
func (f *file) duration(path []any, text string, least time.Duration) time.Duration {
	d, err := time.ParseDuration(text)
	if g := dayDuration.FindStringSubmatch(text); g != nil {
		days, _ := strconv.Atoi(g[1])
		d, err = time.Duration(days)*24*time.Hour, nil
	}
	switch {
	case text == "":
		f.fault(path, "write a duration such as 2s, 10m, 24h or 30d", "%v is missing", path[len(path)-1])
	case err != nil || d < 0:
		f.fault(path, "write a duration such as 2s, 10m, 24h or 30d", "no such duration: %q", text)
	case d < least:
		f.fault(path, "write "+least.String()+" or more", "%q is too short", text)
	}
	return d
}

// whole reads a duration that must be in whole minutes, since visits begin and
// end on the minute.
func (f *file) whole(path []any, text string, least time.Duration) time.Duration {
	d := f.duration(path, text, least)
	if d%time.Minute != 0 {
		f.fault(path, "write whole minutes", "%q", text)
	}
	return d
}

func (f *file) durations(c *booking.Clinic, raw *rawClinic) {
	r, at := &raw.Durations, func(key string) []any { return []any{key} }
	c.Step = f.whole(at("step"), r.Step, time.Minute)
	c.BufferBefore = f.whole(at("buffer_before"), r.BufferBefore, 0)
	c.BufferAfter = f.whole(at("buffer_after"), r.BufferAfter, 0)
	c.NewPatientExtra = f.whole(at("new_patient_extra"), r.NewPatientExtra, 0)
	c.Notice = f.duration(at("notice"), r.Notice, 0)
	c.CancelDeadline = f.duration(at("cancel_deadline"), r.CancelDeadline, 0)
	const least = time.Second // what runs out must run for a while
	c.Hold = f.duration(at("hold"), r.Hold, least)
	c.RequestReminder = f.duration(at("request_reminder"), r.RequestReminder, least)
	c.RequestExpires = f.duration(at("request_expires"), r.RequestExpires, least)
	c.OfferHold = f.duration(at("offer_hold"), r.OfferHold, least)
	c.ConversationIdle = f.duration(at("conversation_idle"), r.ConversationIdle, least)
	c.ScreeningValid = f.duration(at("screening_valid"), r.ScreeningValid, least)

	keep := func(key, text string) time.Duration { return f.duration([]any{"retention", key}, text, least) }
	k := &raw.Retention
	c.Retention = booking.Retention{
		Booking: keep("booking", k.Booking), Outcome: keep("outcome", k.Outcome), Blocked: keep("blocked", k.Blocked),
		Questions: keep("questions", k.Questions), Remember: keep("remember", k.Remember), AccessLog: keep("access_log", k.AccessLog),
	}
	for i, rem := range raw.Reminders {
		path := []any{"reminders", i}
		if (rem.BeforeDeadline == "") == (rem.BeforeVisit == "") {
			f.fault(path, "write one of before_deadline and before_visit", "a reminder needs its time")
		} else if rem.BeforeDeadline != "" {
			c.Reminders = append(c.Reminders, booking.Reminder{Before: f.duration(under(path, "before_deadline"), rem.BeforeDeadline, 0), Deadline: true})
		} else {
			c.Reminders = append(c.Reminders, booking.Reminder{Before: f.duration(under(path, "before_visit"), rem.BeforeVisit, least)})
		}
	}
	if raw.Quiet != "" {
		from, to, _ := strings.Cut(raw.Quiet, "-")
		c.Quiet = booking.Quiet{From: f.minute(at("quiet"), strings.TrimSpace(from)), To: f.minute(at("quiet"), strings.TrimSpace(to))}
	}
}
