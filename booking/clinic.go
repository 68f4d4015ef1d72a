// Package booking holds the rules of the reception: what the clinic offers,
// when it is open, which times are free, until when a visit can be cancelled,
// and how names, numbers and times are read and written. It is pure: no
// Telegram, no Redis, no files, no clock of its own.
package booking

import "time"

// Clinic is one clinic as its data files describe it. It is read, never
// changed, so that any number of goroutines may share one.
type Clinic struct {
	Name        string
	Address     string
	Phone       string // as shown to patients; empty in the built-in example
	Responsible string // the medically responsible person
	Prices      string // address of the price list, empty if there is none
	Zone        *time.Location

	Hours         Week           // the clinic's usual week
	Practitioners []Practitioner // in the order in which they are offered
	Treatments    []Treatment    // in the order in which they are offered
	Closures      []Closure
	Openings      []Opening
	ShortDays     []ShortDay

	Step             time.Duration // visits start this far apart, whole minutes
	Notice           time.Duration // a visit can't be booked later than this before its start
	Hold             time.Duration // how long a chosen time is held for a patient
	RequestReminder  time.Duration // staff are reminded of an open request after this
	RequestExpires   time.Duration // an unanswered request ends after this
	CancelDeadline   time.Duration // counted on working days only, see Clinic.Deadline
	BufferBefore     time.Duration // part of a visit's claim, whole minutes
	BufferAfter      time.Duration
	NewPatientExtra  time.Duration // added to the visit of a patient who is new
	OfferHold        time.Duration // how long a waiting-list offer is held
	ConversationIdle time.Duration // a conversation with staff ends after this silence
	ScreeningValid   time.Duration // how long an outcome of the check holds

	Horizon   int // days ahead that can be booked, the last one included
	MaxPerDay int // visits a practitioner and day; 0 is no limit

	Confirm     string // ConfirmStaff or ConfirmAuto
	Reminders   []Reminder
	Quiet       Quiet
	Limits      Limits
	Retention   Retention
	SignedCheck string // who approved the check and when, empty until someone has
	Example     bool   // the built-in clinic, not a real one
}

// What Clinic.Confirm may be.
const (
	ConfirmStaff = "staff" // staff answer every request
	ConfirmAuto  = "auto"  // a request whose check ended well is confirmed at once
)

// Week is the opening hours of a week, by time.Weekday (Sunday is 0). A day's
// periods are in order and don't overlap; lunch is the gap between two.
type Week [7][]Period

// Period is a part of a day: From is included, To is not.
type Period struct{ From, To Minute }

// Practitioner is a person who sees patients.
type Practitioner struct {
	ID         string // stands in keys and buttons
	Name       string
	Telegram   int64 // user id, 0 if unknown
	Hours      Week
	From, To   Day      // first and last day at work, both included; zero is open
	Treatments []string // ids of treatments; empty is all
}

// Closure is a time in which nothing can be booked: from FromMinute on the day
// From to ToMinute on the day To, without a break, nights included.
type Closure struct {
	From, To     Day
	FromMinute   Minute // 0: from the beginning of the day
	ToMinute     Minute // 0: to the end of the day To
	Practitioner string // id; empty is the whole clinic
	Reason       string
}

// Opening is a day with hours of its own, on which the usual week, holidays
// and short days count for nothing. A closure is stronger.
type Opening struct {
	Day          Day
	Periods      []Period
	Practitioner string // id; empty is the whole clinic and all who work there
}

// ShortDay is a day that comes back every year with shorter hours than usual,
// or none. Easter counts from the first day of Easter (-1 is the day before).
type ShortDay struct {
	Day     Day // once, on this day; or
	Month   time.Month
	Date    int // every year on this date; or, if Month is 0 too,
	Easter  int // every year, days from Easter Sunday
	Periods []Period
	Closed  bool // no hours at all
}

// Reminder is one message before a visit.
type Reminder struct {
	Before   time.Duration
	Deadline bool // counted on working days from the cancelling deadline, else from the visit
}

// Quiet is the night in which nothing is sent unasked; From may be later than
// To, and the two alike mean no quiet time.
type Quiet struct{ From, To Minute }

// Limits keep one chat from filling the reception. 0 is no limit.
type Limits struct {
	OpenPerPatient  int // visits and requests to come, of one chat
	RequestsPerDay  int // requests of one chat in 24 h
	QuestionsPerDay int // questions sent on to the clinic, of one chat in 24 h
}

// Retention says how long things are kept.
type Retention struct {
	Booking   time.Duration // after the visit
	Outcome   time.Duration // of the check, after the visit
	Blocked   time.Duration // the block of the check, after it
	Questions time.Duration // the text of questions sent on
	Remember  time.Duration // "Husk meg"
	AccessLog time.Duration
}

// Treatment is an area that the clinic treats.
type Treatment struct {
	Code      string // the neutral service code of cards and lists, "A1"
	ID        string
	Label     string // on buttons: neutral, no medicine's name, at most 24 characters
	Published string // the line that the clinic has published, its source
	Minutes   int
	Medical   bool // for a medical reason: staff book it, not the bot
}

// The clinic has published that a treatment takes between these, by the
// number of areas.
const (
	MinMinutes = 5
	MaxMinutes = 30
)

// Practitioner finds one by id, nil if there is none.
func (c *Clinic) Practitioner(id string) *Practitioner {
	for i := range c.Practitioners {
		if c.Practitioners[i].ID == id {
			return &c.Practitioners[i]
		}
	}
	return nil
}

// Treatment finds one by id or by service code, nil if there is none.
func (c *Clinic) Treatment(id string) *Treatment {
	for i := range c.Treatments {
		if c.Treatments[i].ID == id || c.Treatments[i].Code == id {
			return &c.Treatments[i]
		}
	}
	return nil
}

// Minutes is how long a visit for these areas (ids or codes) takes: their
// minutes together, within the published 5 to 30, and more for a patient who
// is new. No area, or none that is known, gives the longest.
func (c *Clinic) Minutes(areas []string, newPatient bool) time.Duration {
	sum, seen := 0, map[string]bool{}
	for _, a := range areas {
		if t := c.Treatment(a); t != nil && !seen[t.ID] {
			seen[t.ID] = true
			sum += t.Minutes
		}
	}
	if sum == 0 {
		sum = MaxMinutes
	}
	length := time.Duration(min(max(sum, MinMinutes), MaxMinutes)) * time.Minute
	if newPatient {
		length += c.NewPatientExtra
	}
	return length
}

// Medical says that one of the areas is treated for a medical reason, so that
// staff must book it.
func (c *Clinic) Medical(areas []string) bool {
	for _, a := range areas {
		if t := c.Treatment(a); t != nil && t.Medical {
			return true
		}
	}
	return false
}

// Missing names the keys of clinic.yaml that the clinic must fill in before
// the program is its own, in the file's order.
func (c *Clinic) Missing() []string {
	var keys []string
	for _, k := range []struct {
		key   string
		empty bool
	}{
		{"name", c.Name == ""},
		{"address", c.Address == ""},
		{"phone", c.Phone == ""},
		{"responsible", c.Responsible == ""},
		{"signed_check", c.SignedCheck == ""},
		{"example", c.Example},
	} {
		if k.empty {
			keys = append(keys, k.key)
		}
	}
	return keys
}

// Awake moves an instant that falls into the quiet time back to its
// beginning, so that what is sent then comes too early rather than too late.
func (c *Clinic) Awake(t time.Time) time.Time {
	q, m, day := c.Quiet, MinuteOf(t, c.Zone), DayOf(t, c.Zone)
	switch {
	case q.From == q.To:
		return t
	case q.From < q.To:
		if m >= q.From && m < q.To {
			return day.At(q.From, c.Zone)
		}
	case m >= q.From:
		return day.At(q.From, c.Zone)
	case m < q.To:
		return day.Add(-1).At(q.From, c.Zone)
	}
	return t
}

// minutes is a duration in whole minutes, rounded up.
func minutes(d time.Duration) Minute { return Minute((d + time.Minute - 1) / time.Minute) }
