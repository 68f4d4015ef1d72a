// Package when reads days and times of day out of what a patient types, in
// Norwegian as it is spoken and misspelt, with some English, Swedish and
// Danish. It is pure: the moment "now" and the opening hours are arguments.
//
// A message goes through four steps: words and figures (lex.go), each looked
// up in small vocabularies (words.go); phrases that name a day (days.go,
// dates.go) or a time (clock.go); and the whole message put together from
// them (parse.go, join.go).
package when

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a day of the calendar, without a time or a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// String gives the date as YYYY-MM-DD.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText makes a date a JSON string.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Date) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	if err != nil {
		return fmt.Errorf("date: %w", err)
	}
	*d = Date{t.Year(), t.Month(), t.Day()}
	return nil
}

// Minute is a time of day: minutes after midnight, 0 to 1439.
type Minute int

// String gives the time as HH:MM.
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", int(m)/60, int(m)%60) }

// MarshalText makes a time a JSON string.
func (m Minute) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads HH:MM.
func (m *Minute) UnmarshalText(b []byte) error {
	t, err := time.Parse("15:04", string(b))
	if err != nil {
		return fmt.Errorf("time of day: %w", err)
	}
	*m = Minute(t.Hour()*60 + t.Minute())
	return nil
}

// What a Wish's Flag can be; empty means a plain wish.
const (
	Invalid   = "invalid"   // no such date or time; no days, no times
	Past      = "past"      // only what is over; no days, no times
	Not       = "not"       // Exclude says what is excluded
	Earliest  = "earliest"  // the first available, or any time at all
	Ambiguous = "ambiguous" // Dates holds both readings
	None      = "none"      // no day and no time in the text
)

// Wish is what a text says about when.
type Wish struct {
	Dates    []Date   // every day allowed, in order; empty if none is named
	From, To *Minute  // earliest and latest start; nil where open
	Exclude  []string // "mon" to "sun", or YYYY-MM-DD
	Flag     string   // one of the constants, or empty
}

// Verdict is a Wish in the form in which it is measured; embed it to add keys.
type Verdict struct {
	Dates   []Date   `json:"dates"`
	From    *Minute  `json:"from"`
	To      *Minute  `json:"to"`
	Flag    *string  `json:"flag"`
	Exclude []string `json:"exclude,omitempty"`
}

// Verdict gives the wish with an empty list instead of no list of days, and
// nil instead of an empty flag.
func (w Wish) Verdict() Verdict {
	v := Verdict{Dates: w.Dates, From: w.From, To: w.To, Exclude: w.Exclude}
	if v.Dates == nil {
		v.Dates = []Date{}
	}
	if w.Flag != "" {
		v.Flag = &w.Flag
	}
	return v
}

// MarshalJSON writes the verdict.
func (w Wish) MarshalJSON() ([]byte, error) { return json.Marshal(w.Verdict()) }

// Options are the clinic's frame. Zero values mean 09:00 to 17:00, 365 days,
// and the zone of now.
type Options struct {
	Open, Close Minute
	Horizon     int // days after today, the last included
	Location    *time.Location
}

// Parse reads a text. It never fails: a text without a day or time gives
// Flag None.
func Parse(text string, now time.Time, o Options) Wish {
	if o.Open == 0 && o.Close == 0 {
		o.Open, o.Close = 9*60, 17*60
	}
	if o.Horizon <= 0 {
		o.Horizon = 365
	}
	if o.Location != nil {
		now = now.In(o.Location)
	}
	p := &parser{now: now, open: int(o.Open), close: int(o.Close), toks: lex(text)}
	p.today = dayOf(now.Year(), int(now.Month()), now.Day())
	p.last = p.today + o.Horizon
	p.scan()
	return p.join()
}
