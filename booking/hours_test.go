package booking

import (
	"fmt"
	"testing"
	"time"
)

func week(text ...string) Week {
	var w Week
	for d := time.Monday; d <= time.Friday; d++ {
		w[d] = periods(text...)
	}
	return w
}

// periods reads "09.00-12.00".
func periods(text ...string) []Period {
	var ps []Period
	for _, s := range text {
		ps = append(ps, Period{minute(s[:5]), minute(s[6:])})
	}
	return ps
}

func testClinic() *Clinic {
	usual := week("09.00-12.00", "12.30-17.00")
	return &Clinic{
		Name: "Klinikk Trondheim", Zone: oslo, Hours: usual,
		Practitioners: []Practitioner{{ID: "a", Hours: usual}, {ID: "b", Hours: usual}},
		ShortDays: []ShortDay{
			{Month: time.December, Date: 24, Closed: true},
			{Month: time.December, Date: 31, Periods: periods("09.00-12.00")},
			{Easter: -1, Closed: true},
			{Easter: -4, Periods: periods("09.00-12.00")},
		},
		Step: 30 * time.Minute, Horizon: 365, CancelDeadline: 24 * time.Hour,
	}
}

func TestHolidays(t *testing.T) {
	for year, want := range map[int][]string{
		2026: {"01-01", "04-02", "04-03", "04-05", "04-06", "05-01", "05-14", "05-17", "05-24", "05-25", "12-25", "12-26"},
		2027: {"01-01", "03-25", "03-26", "03-28", "03-29", "05-01", "05-06", "05-16", "05-17", "12-25", "12-26"}, // 17 May is Whit Monday too
	} {
		var got []string
		for d := (Day{year, 1, 1}); d.Year == year; d = d.Add(1) {
			if Holiday(d) {
				got = append(got, d.String()[5:])
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%d: %v, not %v", year, got, want)
		}
	}
}

func TestHours(t *testing.T) {
	c := testClinic()
	b := c.Practitioner("b")
	b.From, b.To = day("2026-12-02"), day("2027-12-31")
	c.Closures = []Closure{
		{From: day("2027-07-05"), To: day("2027-07-25")},
		{From: day("2026-12-03"), To: day("2026-12-04"), FromMinute: minute("15.00"), ToMinute: minute("10.00")}, // T14: across midnight
		{From: day("2026-12-07"), To: day("2026-12-07"), FromMinute: minute("09.00"), ToMinute: minute("11.00"), Practitioner: "a"},
		{From: day("2026-12-12"), To: day("2026-12-12"), FromMinute: minute("12.00")}, // on an opening's hours too
	}
	c.Openings = []Opening{
		{Day: day("2026-12-12"), Periods: periods("10.00-14.00")},
		{Day: day("2026-12-13"), Periods: periods("10.00-14.00"), Practitioner: "a"},
		{Day: day("2027-05-17"), Periods: periods("10.00-11.00")},
	}
	for _, tc := range []struct{ day, clinic, a, b string }{
		{"2026-12-01", "09.00-12.00 12.30-17.00", "09.00-12.00 12.30-17.00", ""}, // b begins the day after
		{"2026-12-02", "09.00-12.00 12.30-17.00", "09.00-12.00 12.30-17.00", "09.00-12.00 12.30-17.00"},
		{"2026-12-03", "09.00-12.00 12.30-15.00", "09.00-12.00 12.30-15.00", "09.00-12.00 12.30-15.00"},
		{"2026-12-04", "10.00-12.00 12.30-17.00", "10.00-12.00 12.30-17.00", "10.00-12.00 12.30-17.00"},
		{"2026-12-05", "", "", ""},
		{"2026-12-07", "09.00-12.00 12.30-17.00", "11.00-12.00 12.30-17.00", "09.00-12.00 12.30-17.00"},
		{"2026-12-12", "10.00-12.00", "10.00-12.00", "10.00-12.00"},
		{"2026-12-13", "", "10.00-14.00", ""},
		{"2026-12-24", "", "", ""},
		{"2026-12-25", "", "", ""},
		{"2026-12-31", "09.00-12.00", "09.00-12.00", "09.00-12.00"},
		{"2027-03-24", "09.00-12.00", "09.00-12.00", "09.00-12.00"}, // the day before Maundy Thursday
		{"2027-03-25", "", "", ""},
		{"2027-05-17", "10.00-11.00", "10.00-11.00", "10.00-11.00"}, // an opening on a holiday
		{"2027-07-05", "", "", ""},
		{"2027-07-25", "", "", ""},
		{"2027-07-26", "09.00-12.00 12.30-17.00", "09.00-12.00 12.30-17.00", "09.00-12.00 12.30-17.00"},
		{"2028-12-24", "", "", ""}, // a Sunday
	} {
		d := day(tc.day)
		for _, g := range []struct {
			who, want string
			got       []Period
		}{{"clinic", tc.clinic, c.On(d)}, {"a", tc.a, c.HoursOf(c.Practitioner("a"), d)}, {"b", tc.b, c.HoursOf(b, d)}} {
			s := ""
			for i, p := range g.got {
				if i > 0 {
					s += " "
				}
				s += p.From.String() + "-" + p.To.String()
			}
			if s != g.want {
				t.Errorf("%s %s: %q, not %q", tc.day, g.who, s, g.want)
			}
		}
	}
}

func TestOpenAt(t *testing.T) {
	c := testClinic()
	c.Closures = []Closure{{From: day("2027-07-05"), To: day("2027-07-25")}}
	for _, tc := range []struct {
		now  string
		open bool
		next string
	}{
		{"2026-12-03 08.59", false, "2026-12-03 09.00"},
		{"2026-12-03 09.00", true, "2026-12-03 12.30"},
		{"2026-12-03 12.00", false, "2026-12-03 12.30"}, // lunch
		{"2026-12-03 16.59", true, "2026-12-04 09.00"},
		{"2026-12-03 17.00", false, "2026-12-04 09.00"},
		{"2026-12-04 17.00", false, "2026-12-07 09.00"},
		{"2026-12-23 18.00", false, "2026-12-28 09.00"}, // Christmas
		{"2027-03-24 12.00", false, "2027-03-30 09.00"}, // Easter
		{"2027-03-28 05.00", false, "2027-03-30 09.00"}, // past the change of the clock
		{"2027-07-02 17.00", false, "2027-07-26 09.00"}, // summer
	} {
		now := at(tc.now).In(time.UTC)
		next, ok := c.NextOpening(now)
		if c.OpenAt(now) != tc.open || !ok || !next.Equal(at(tc.next)) {
			t.Errorf("%s: open %v, next %v %v", tc.now, c.OpenAt(now), next, ok)
		}
	}
	c.Hours = Week{}
	if next, ok := c.NextOpening(at("2026-12-03 08.59")); ok {
		t.Errorf("never open, yet opens %v", next)
	}
}

// The cancelling deadline, against counting minute by minute.
func TestDeadline(t *testing.T) {
	c := testClinic()
	for _, tc := range []struct {
		visit string
		hours int
		want  string
	}{
		{"2026-12-03 10.30", 24, "2026-12-02 10.30"},
		{"2026-12-07 10.00", 24, "2026-12-04 10.00"}, // Monday to Friday
		{"2026-12-07 10.00", 48, "2026-12-03 10.00"},
		{"2026-12-07 10.00", 2, "2026-12-07 08.00"},
		{"2026-12-07 10.00", 10, "2026-12-07 00.00"}, // not the end of Friday
		{"2026-12-07 10.00", 12, "2026-12-04 22.00"},
		{"2026-12-05 10.00", 24, "2026-12-04 10.00"}, // a Saturday that is open
		{"2026-12-28 09.00", 24, "2026-12-23 09.00"}, // Christmas, and its short day
		{"2027-01-04 09.00", 48, "2026-12-29 09.00"}, // New Year's Eve is no working day
		{"2027-03-30 10.00", 24, "2027-03-23 10.00"}, // Easter; the clock changes within
		{"2026-03-30 10.00", 24, "2026-03-27 10.00"}, // the clock changes on the Sunday
		{"2026-10-26 10.00", 24, "2026-10-23 10.00"},
		{"2027-05-18 10.00", 24, "2027-05-14 10.00"}, // 17 May
	} {
		c.CancelDeadline = time.Duration(tc.hours) * time.Hour
		start := at(tc.visit)
		if got := c.Deadline(start.UTC()); !got.Equal(at(tc.want)) {
			t.Errorf("%s - %d h: %v, not %s", tc.visit, tc.hours, got.In(oslo), tc.want)
		}
		if last := at(tc.want); !c.InTime(start, last) || c.InTime(start, last.Add(time.Second)) {
			t.Errorf("%s: the deadline itself is in time, a second later is not", tc.visit)
		}
	}
	c.CancelDeadline = 2 * time.Second
	if got := c.Deadline(at("2026-12-07 10.00")); !got.Equal(at("2026-12-07 10.00").Add(-2 * time.Second)) {
		t.Errorf("2 s: %v", got)
	}
	c.CancelDeadline = 24 * time.Hour
	for d := day("2025-01-01"); d.Year < 2035; d = d.Add(1) {
		if !c.WorkingDay(d) {
			continue
		}
		want := d.Add(-1)
		for want.Weekday() == time.Saturday || want.Weekday() == time.Sunday || Holiday(want) || c.ShortDay(want) != nil {
			want = want.Add(-1)
		}
		for _, m := range []Minute{540, 630, 1020} {
			if got := c.Deadline(d.At(m, oslo)); !got.Equal(want.At(m, oslo)) {
				t.Fatalf("%v %v: %v, not %v", d, m, got, want)
			}
		}
	}
}

func TestReminders(t *testing.T) {
	c := testClinic()
	c.Quiet = Quiet{minute("21.00"), minute("08.00")}
	for _, tc := range []struct {
		visit string
		r     Reminder
		want  string
	}{
		{"2026-12-03 10.30", Reminder{24 * time.Hour, true}, "2026-12-01 10.30"}, // a working day before Wednesday
		{"2026-12-07 10.30", Reminder{24 * time.Hour, true}, "2026-12-03 10.30"},
		{"2026-12-03 10.30", Reminder{3 * time.Hour, false}, "2026-12-02 21.00"}, // 07.30 is night: the evening before
		{"2026-12-03 11.00", Reminder{3 * time.Hour, false}, "2026-12-03 08.00"},
	} {
		if got := c.RemindAt(tc.r, at(tc.visit)); !got.Equal(at(tc.want)) {
			t.Errorf("%s %v: %v, not %s", tc.visit, tc.r, got.In(oslo), tc.want)
		}
	}
	c.Quiet = Quiet{minute("01.00"), minute("06.00")}
	if got := c.Awake(at("2026-12-03 03.00")); !got.Equal(at("2026-12-03 01.00")) {
		t.Error(got)
	}
}
