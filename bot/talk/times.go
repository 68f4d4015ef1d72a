package talk

import (
	"strings"
	"time"

	"klinikkbot/booking"
	"klinikkbot/faq/when"
)

func (t *turn) want() booking.Want {
	return booking.Want{Minutes: t.length(), Treatments: t.Areas, Own: []string{t.Draft}}
}

// times makes sure that the calendars have been read.
func (t *turn) times() bool {
	if !t.w.Read.Times {
		t.need.Times = true
		return false
	}
	return true
}

// askTimes offers the three nearest times.
func (t *turn) askTimes() {
	if !t.times() {
		return
	}
	t.At = Times
	t.Offered = booking.Nearest(t.w.Clinic, t.w.Taken, t.want(), t.w.Now, 3)
	t.offer("times", "")
}

// offer shows t.Offered as buttons.
func (t *turn) offer(key, wish string) {
	if len(t.Offered) == 0 {
		t.card(t.w.Texts.Say("no_times", "tlf", t.phone()), []Button{t.button(t.label("b_other_day"), string(t.At), "days")}, t.nav())
		return
	}
	var rows [][]Button
	for i, s := range t.Offered {
		label := t.w.Texts.Names.ShortTime(s.At(t.w.Clinic.Zone))
		rows = append(rows, []Button{t.button(label, string(t.At), "t"+number(i))})
	}
	rows = append(rows, []Button{t.button(t.label("b_first"), string(t.At), "first"), t.button(t.label("b_other_day"), string(t.At), "days")}, t.nav())
	t.card(t.w.Texts.Say(key, "onske", wish), rows...)
}

// askDays shows the days of a month that have free times.
func (t *turn) askDays() {
	if !t.times() {
		return
	}
	c, today := t.w.Clinic, booking.DayOf(t.w.Now, t.w.Clinic.Zone)
	if t.Month.IsZero() {
		t.Month = today
	}
	free := map[booking.Day]bool{}
	for _, d := range booking.FreeDays(c, t.w.Taken, t.want(), t.Month.Year, t.Month.Month, t.w.Now) {
		free[d] = true
	}
	first := booking.Day{Year: t.Month.Year, Month: t.Month.Month, Date: 1}
	var rows [][]Button
	var head []Button
	for i := range 7 {
		head = append(head, t.button(t.w.Texts.Names.Short[(i+1)%7], "days", "none"))
	}
	rows = append(rows, head)
	for d := first.Add(-(int(first.Weekday()) + 6) % 7); d.Before(first) || d.Month == first.Month; {
		var row []Button
		for range 7 {
			switch {
			case d.Month == first.Month && free[d]:
				row = append(row, t.button(number(d.Date), "days", "d"+d.Key()))
			default:
				row = append(row, t.button("·", "days", "none"))
			}
			d = d.Add(1)
		}
		rows = append(rows, row)
	}
	var move []Button
	if first.After(today) {
		move = append(move, t.button("‹", "days", "m"+first.Add(-1).Key()))
	}
	last := today.Add(c.Horizon)
	next := first.Add(31)
	next = booking.Day{Year: next.Year, Month: next.Month, Date: 1}
	if !next.After(last) {
		move = append(move, t.button("›", "days", "m"+next.Key()))
	}
	if len(move) > 0 {
		rows = append(rows, move)
	}
	rows = append(rows, []Button{t.button(t.label("b_first"), "days", "first")}, t.nav())
	t.card(t.w.Texts.Say("calendar", "maned", t.w.Texts.Names.Months[first.Month-1]+" "+number(first.Year)), rows...)
}

// askHours shows the free times of a day.
func (t *turn) askHours() {
	if !t.times() {
		return
	}
	w := t.want()
	w.FromDay, w.ToDay = t.Day, t.Day
	t.Offered = booking.Nearest(t.w.Clinic, t.w.Taken, w, t.w.Now, 48)
	if len(t.Offered) == 0 {
		t.say("day_full", "dag", t.w.Texts.Names.DayNear(t.Day))
		t.near(t.Day)
		return
	}
	var rows [][]Button
	var row []Button
	for i, s := range t.Offered {
		row = append(row, t.button(s.Start.String(), "hours", "t"+number(i)))
		if len(row) == 4 {
			rows, row = append(rows, row), nil
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	rows = append(rows, []Button{t.button(t.label("b_other_day"), "hours", "days")}, t.nav())
	t.card(t.w.Texts.Say("hours", "dag", t.w.Texts.Names.DayLong(t.Day)), rows...)
}

// near offers the three nearest times from a day on, or the first ones.
func (t *turn) near(d booking.Day) {
	w := t.want()
	w.FromDay = d
	t.At = Times
	t.Offered = booking.Nearest(t.w.Clinic, t.w.Taken, w, t.w.Now, 3)
	if len(t.Offered) == 0 {
		t.Offered = booking.Nearest(t.w.Clinic, t.w.Taken, t.want(), t.w.Now, 3)
	}
	t.offer("times_near", "")
}

func (t *turn) pressTimes(value string) {
	if !t.times() {
		return
	}
	switch {
	case value == "days":
		t.to(Days)
	case value == "first":
		if first := booking.Nearest(t.w.Clinic, t.w.Taken, t.want(), t.w.Now, 1); len(first) == 1 {
			t.choose(first[0])
			return
		}
		t.to(Times)
	case strings.HasPrefix(value, "d"), strings.HasPrefix(value, "m"):
		at, err := time.Parse("20060102", value[1:])
		if err != nil {
			t.again()
			return
		}
		d := booking.DayOf(at, time.UTC)
		if value[0] == 'm' {
			t.Month = d
			t.to(Days)
			return
		}
		t.Day = d
		t.to(Hours)
	case strings.HasPrefix(value, "t"):
		for i := range t.Offered {
			if value == "t"+number(i) {
				t.choose(t.Offered[i])
				return
			}
		}
		t.again()
	default: // an empty field of the calendar
		t.toast = t.label("no_times_day")
	}
}

// choose holds a time and asks for the name.
func (t *turn) choose(s booking.Slot) {
	slot, ok := booking.Fits(t.w.Clinic, t.w.Taken, t.want(), s.Span, t.w.Now)
	if !ok {
		t.say("taken_taken")
		t.near(s.Day)
		return
	}
	t.deed = booking.Hold{ID: t.Draft, Patient: t.w.Chat, Slot: slot, Old: t.Slot, Until: t.w.Now.Add(t.w.Clinic.Hold)}
	t.Slot, t.Until = slot, t.w.Now.Add(t.w.Clinic.Hold)
	switch {
	case t.Name == "":
		t.to(Name)
	case t.Phone == "":
		t.to(Phone)
	default:
		t.to(Summary)
	}
}

// renew lets the hold last from now on, as every answer does.
func (t *turn) renew() {
	if t.Call || t.Slot == (booking.Slot{}) {
		return
	}
	t.Until = t.w.Now.Add(t.w.Clinic.Hold)
	t.deed = booking.Hold{ID: t.Draft, Patient: t.w.Chat, Slot: t.Slot, Old: t.Slot, Until: t.Until}
}

// held says until when the time is held.
func (t *turn) held() string {
	if t.Call {
		return ""
	}
	return t.w.Texts.Say("held", "tid", t.w.Texts.Names.Near(t.Slot.At(t.w.Clinic.Zone)), "kl", booking.MinuteOf(t.Until, t.w.Clinic.Zone).String())
}

// takeTimes reads a time chosen or a day wished in words.
func (t *turn) takeTimes(text string) bool {
	if !t.times() {
		return true
	}
	var labels []string
	for _, s := range t.Offered {
		labels = append(labels, t.w.Texts.Names.ShortTime(s.At(t.w.Clinic.Zone)))
	}
	if plain(text) == strings.ToLower(t.label("b_first")) {
		t.pressTimes("first")
		return true
	}
	if t.At != Days {
		if i, ok := t.choice(text, labels); ok {
			t.choose(t.Offered[i])
			return true
		}
	}
	return t.wish(text)
}

// wish takes days and times typed in words.
func (t *turn) wish(text string) bool {
	c := t.w.Clinic
	wish := when.Parse(text, t.w.Now, when.Options{Location: c.Zone, Horizon: c.Horizon})
	switch wish.Flag {
	case "none":
		return false
	case "invalid":
		t.say("date_invalid")
		t.again()
		return true
	case "past":
		t.say("date_past")
		t.again()
		return true
	}
	w := t.want()
	for _, d := range wish.Dates {
		if day, err := booking.ParseDay(d.String()); err == nil {
			w.Days = append(w.Days, day)
		}
	}
	for _, x := range wish.Exclude {
		if day, err := booking.ParseDay(x); err == nil {
			w.Exclude = append(w.Exclude, day)
		} else {
			for i, n := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
				if n == x {
					w.ExcludeWeekdays = append(w.ExcludeWeekdays, time.Weekday(i))
				}
			}
		}
	}
	if wish.From != nil {
		w.From = booking.Minute(*wish.From)
	}
	if wish.To != nil {
		w.To = booking.Minute(*wish.To)
	}
	if t.At == Hours && len(w.Days) == 0 {
		w.Days = []booking.Day{t.Day}
	}
	found := booking.Nearest(c, t.w.Taken, w, t.w.Now, 3)
	if len(found) == 1 && len(w.Days) == 1 && wish.From != nil && wish.To != nil && *wish.From == *wish.To {
		t.choose(found[0])
		return true
	}
	if len(found) == 0 {
		t.say("wish_full")
		if len(w.Days) > 0 {
			t.near(w.Days[0])
		} else {
			t.to(Times)
		}
		return true
	}
	t.At, t.Offered = Times, found
	t.offer("times_wish", text)
	return true
}
