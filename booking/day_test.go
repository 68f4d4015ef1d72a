package booking

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
	_ "time/tzdata"
)

var oslo = func() *time.Location {
	z, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err)
	}
	return z
}()

func day(text string) Day {
	d, err := ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func minute(text string) Minute {
	m, err := ParseMinute(text)
	if err != nil {
		panic(err)
	}
	return m
}

// at is an instant in Oslo, "2026-12-03 10.30".
func at(text string) time.Time { return day(text[:10]).At(minute(text[11:]), oslo) }

func TestDay(t *testing.T) {
	d := day("2026-12-03")
	if d.String() != "2026-12-03" || d.Key() != "20261203" || d.Weekday() != time.Thursday || d.Slashed() != "03/12/2026" {
		t.Errorf("%v %v %v %v", d, d.Key(), d.Weekday(), d.Slashed())
	}
	if got := d.Add(29); got != day("2027-01-01") || got.Since(d) != 29 || !got.After(d) || got.Before(d) {
		t.Errorf("29 days on: %v", got)
	}
	if y, w := day("2027-01-01").Week(); y != 2026 || w != 53 {
		t.Errorf("week %d/%d", w, y)
	}
	for _, bad := range []string{"", "2026-02-29", "2026-13-01", "03.12.2026", "2026-1-1"} {
		if _, err := ParseDay(bad); !errors.Is(err, ErrDay) {
			t.Errorf("ParseDay(%q): %v", bad, err)
		}
	}
	if _, err := NewDay(2026, 2, 31); !errors.Is(err, ErrDay) {
		t.Error("31 February exists")
	}
	type holder struct{ On, Never Day }
	raw, err := json.Marshal(holder{On: d})
	var back holder
	if err != nil || json.Unmarshal(raw, &back) != nil || back != (holder{On: d}) || string(raw) != `{"On":"2026-12-03","Never":""}` {
		t.Errorf("JSON %s, %v, %v", raw, back, err)
	}
}

func TestMinute(t *testing.T) {
	for text, want := range map[string]Minute{"10.30": 630, "9.00": 540, "09:05": 545, "00.00": 0, "24.00": EndOfDay} {
		if got, err := ParseMinute(text); err != nil || got != want {
			t.Errorf("ParseMinute(%q) = %v, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "10", "24.01", "25.00", "10.60", "10.3", "-1.00", "+1.00", "10.30.00", "010.30"} {
		if _, err := ParseMinute(bad); !errors.Is(err, ErrMinute) {
			t.Errorf("ParseMinute(%q): %v", bad, err)
		}
	}
	if s := Minute(545).String(); s != "09.05" {
		t.Error(s)
	}
}

// T20, T21, T23: both changes of the clock, in whatever zone the server runs.
func TestClockChanges(t *testing.T) {
	for _, c := range []struct{ day, clock, utc string }{
		{"2026-03-28", "10.30", "2026-03-28T09:30:00Z"},
		{"2026-03-29", "01.59", "2026-03-29T00:59:00Z"},
		{"2026-03-29", "02.00", "2026-03-29T01:00:00Z"}, // skipped: the change itself
		{"2026-03-29", "02.30", "2026-03-29T01:00:00Z"},
		{"2026-03-29", "03.00", "2026-03-29T01:00:00Z"},
		{"2026-03-29", "10.30", "2026-03-29T08:30:00Z"},
		{"2026-03-29", "16.30", "2026-03-29T14:30:00Z"},
		{"2026-03-29", "24.00", "2026-03-29T22:00:00Z"},
		{"2026-10-25", "01.59", "2026-10-24T23:59:00Z"},
		{"2026-10-25", "02.30", "2026-10-25T00:30:00Z"}, // twice: the first
		{"2026-10-25", "03.00", "2026-10-25T02:00:00Z"},
		{"2026-10-25", "10.30", "2026-10-25T09:30:00Z"},
		{"2026-10-25", "24.00", "2026-10-25T23:00:00Z"},
	} {
		if got := at(c.day + " " + c.clock).UTC().Format(time.RFC3339); got != c.utc {
			t.Errorf("%s %s = %s, not %s", c.day, c.clock, got, c.utc)
		}
	}
	// Every instant of two years is found again, but for the doubled hour.
	for i := range 2 * 366 * 24 * 4 {
		now := at("2026-01-01 00.00").Add(time.Duration(i) * 15 * time.Minute)
		d, m := DayOf(now, oslo), MinuteOf(now, oslo)
		if back := d.At(m, oslo); !back.Equal(now) && !back.Add(time.Hour).Equal(now) {
			t.Fatalf("%v %v became %v, not %v", d, m, back, now)
		}
	}
	// A zone with the change at midnight, and one west of UTC.
	for zone, c := range map[string][2]string{
		"America/Santiago": {"2026-09-06", "2026-09-06T04:00:00Z"},
		"America/New_York": {"2026-03-08", "2026-03-08T05:00:00Z"},
	} {
		z, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := day(c[0]).At(0, z).UTC().Format(time.RFC3339); got != c[1] {
			t.Errorf("%s: %s", zone, got)
		}
	}
}
