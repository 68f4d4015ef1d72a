package data

import (
	"slices"
	"strings"
	"time"

	"klinikkbot/booking"
)

// rawClinic is clinic.yaml as it is written. Days, times and durations are
// read from text, so that a fault can say what was meant.
type rawClinic struct {
	Example     bool     `yaml:"example"`
	Name        string   `yaml:"name"`
	Address     string   `yaml:"address"`
	Phone       string   `yaml:"phone"`
	Responsible string   `yaml:"responsible"`
	Prices      string   `yaml:"prices"`
	Timezone    string   `yaml:"timezone"`
	Hours       rawWeek  `yaml:"hours"`
	SignedCheck string   `yaml:"signed_check"`
	Horizon     int      `yaml:"horizon"`
	MaxPerDay   int      `yaml:"max_per_day"`
	Confirm     string   `yaml:"confirm"`
	Quiet       string   `yaml:"quiet"`
	Durations   rawTimes `yaml:",inline"`

	Practitioners []struct {
		ID         string   `yaml:"id"`
		Name       string   `yaml:"name"`
		Telegram   int64    `yaml:"telegram"`
		Hours      rawWeek  `yaml:"hours"`
		From       string   `yaml:"from"`
		To         string   `yaml:"to"`
		Treatments []string `yaml:"treatments"`
	} `yaml:"practitioners"`
	Closures []struct {
		From         string `yaml:"from"`
		To           string `yaml:"to"`
		FromTime     string `yaml:"from_time"`
		ToTime       string `yaml:"to_time"`
		Practitioner string `yaml:"practitioner"`
		Reason       string `yaml:"reason"`
	} `yaml:"closures"`
	Openings []struct {
		Day          string   `yaml:"day"`
		Hours        []string `yaml:"hours"`
		Practitioner string   `yaml:"practitioner"`
	} `yaml:"openings"`
	ShortDays []struct {
		Date   string   `yaml:"date"`
		Easter *int     `yaml:"easter"`
		Hours  []string `yaml:"hours"`
	} `yaml:"short_days"`
	Reminders []struct {
		BeforeDeadline string `yaml:"before_deadline"`
		BeforeVisit    string `yaml:"before_visit"`
	} `yaml:"reminders"`
	Limits struct {
		OpenPerPatient  int `yaml:"open_per_patient"`
		RequestsPerDay  int `yaml:"requests_per_day"`
		QuestionsPerDay int `yaml:"questions_per_day"`
	} `yaml:"limits"`
	Retention struct {
		Booking   string `yaml:"booking"`
		Outcome   string `yaml:"outcome"`
		Blocked   string `yaml:"blocked"`
		Questions string `yaml:"questions"`
		Remember  string `yaml:"remember"`
		AccessLog string `yaml:"access_log"`
	} `yaml:"retention"`
}

// rawTimes are the durations at the top of the file.
type rawTimes struct {
	Step             string `yaml:"step"`
	Notice           string `yaml:"notice"`
	BufferBefore     string `yaml:"buffer_before"`
	BufferAfter      string `yaml:"buffer_after"`
	NewPatientExtra  string `yaml:"new_patient_extra"`
	Hold             string `yaml:"hold"`
	RequestReminder  string `yaml:"request_reminder"`
	RequestExpires   string `yaml:"request_expires"`
	CancelDeadline   string `yaml:"cancel_deadline"`
	OfferHold        string `yaml:"offer_hold"`
	ConversationIdle string `yaml:"conversation_idle"`
	ScreeningValid   string `yaml:"screening_valid"`
}

// rawWeek is a week's hours by the day's key.
type rawWeek map[string][]string

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} // by time.Weekday

// Clinic reads clinic.yaml, and treatments.yaml for what its practitioners do.
// The faults are those of both files; with any, the clinic is nil.
func Clinic(dir string) (*booking.Clinic, []Fault) {
	treatments, faults := Treatments(dir)
	f := open(dir, "clinic.yaml")
	var raw rawClinic
	f.decode(&raw)
	if len(f.faults) > 0 {
		return nil, append(faults, f.faults...)
	}
	c := &booking.Clinic{
		Name: raw.Name, Address: raw.Address, Phone: raw.Phone, Responsible: raw.Responsible, Prices: raw.Prices,
		SignedCheck: raw.SignedCheck, Example: raw.Example, Confirm: raw.Confirm,
		Horizon: raw.Horizon, MaxPerDay: raw.MaxPerDay, Limits: booking.Limits(raw.Limits),
		Treatments: treatments,
	}
	if strings.TrimSpace(c.Name) == "" {
		f.fault([]any{"name"}, "write the clinic's name", "no name")
	}
	zone, err := time.LoadLocation(raw.Timezone)
	if err != nil || raw.Timezone == "" || raw.Timezone == "Local" {
		f.fault([]any{"timezone"}, "write Europe/Oslo", "unknown zone %q", raw.Timezone)
	}
	c.Zone = zone
	if c.Phone != "" {
		if _, shown, err := booking.Phone(c.Phone); err != nil {
			f.fault([]any{"phone"}, "write the number that patients call, or leave it empty", "phone: %v", err)
		} else {
			c.Phone = shown
		}
	}
	if c.Prices != "" && !strings.HasPrefix(c.Prices, "https://") {
		f.fault([]any{"prices"}, "write an address that begins with https://, or leave it empty", "prices: not a secure address")
	}
	if c.Confirm != booking.ConfirmStaff && c.Confirm != booking.ConfirmAuto {
		f.fault([]any{"confirm"}, "write staff or auto", "confirm %q", c.Confirm)
	}
	f.atLeast([]any{"horizon"}, c.Horizon, 1)
	f.atLeast([]any{"max_per_day"}, c.MaxPerDay, 0)
	f.atLeast([]any{"limits", "open_per_patient"}, c.Limits.OpenPerPatient, 0)
	f.atLeast([]any{"limits", "requests_per_day"}, c.Limits.RequestsPerDay, 0)
	f.atLeast([]any{"limits", "questions_per_day"}, c.Limits.QuestionsPerDay, 0)

	c.Hours = f.week([]any{"hours"}, raw.Hours)
	f.practitioners(c, &raw)
	f.closures(c, &raw)
	f.openings(c, &raw)
	f.shortDays(c, &raw)
	f.durations(c, &raw)
	if faults = append(faults, f.faults...); len(faults) > 0 {
		return nil, faults
	}
	return c, nil
}

func (f *file) practitioners(c *booking.Clinic, raw *rawClinic) {
	if len(raw.Practitioners) == 0 {
		f.fault([]any{"practitioners"}, "list at least one practitioner", "no practitioners")
	}
	for i, p := range raw.Practitioners {
		at := func(key string) []any { return []any{"practitioners", i, key} }
		if !idForm.MatchString(p.ID) {
			f.fault(at("id"), "write 1 to 16 of a-z and 0-9", "id %q", p.ID)
		}
		if c.Practitioner(p.ID) != nil {
			f.fault(at("id"), "give each practitioner an id of their own", "id %q is used twice", p.ID)
		}
		if strings.TrimSpace(p.Name) == "" {
			f.fault(at("name"), "write the name that patients see", "practitioner %q has no name", p.ID)
		}
		who := booking.Practitioner{ID: p.ID, Name: p.Name, Telegram: p.Telegram, Treatments: p.Treatments,
			Hours: f.week(at("hours"), p.Hours), From: f.day(at("from"), p.From, true), To: f.day(at("to"), p.To, true)}
		if !who.From.IsZero() && !who.To.IsZero() && who.To.Before(who.From) {
			f.fault(at("to"), "write a last day that is not before the first", "practitioner %q ends before beginning", p.ID)
		}
		for d, periods := range who.Hours {
			for _, period := range periods {
				if !covered(period, c.Hours[d]) {
					f.fault([]any{"practitioners", i, "hours", weekdays[d]}, "widen the clinic's hours, or shorten these",
						"%s-%s is outside the clinic's hours of %s", period.From, period.To, weekdays[d])
				}
			}
		}
		for k, id := range p.Treatments {
			if c.Treatments != nil && !slices.ContainsFunc(c.Treatments, func(t booking.Treatment) bool { return t.ID == id }) {
				f.fault([]any{"practitioners", i, "treatments", k}, "write an id from treatments.yaml", "unknown treatment %q", id)
			}
		}
		c.Practitioners = append(c.Practitioners, who)
	}
}

// covered says that one of the periods holds p.
func covered(p booking.Period, periods []booking.Period) bool {
	return slices.ContainsFunc(periods, func(q booking.Period) bool { return q.From <= p.From && p.To <= q.To })
}

func (f *file) closures(c *booking.Clinic, raw *rawClinic) {
	for i, r := range raw.Closures {
		at := func(key string) []any { return []any{"closures", i, key} }
		before := len(f.faults)
		cl := booking.Closure{From: f.day(at("from"), r.From, false), To: f.day(at("to"), r.To, true),
			Practitioner: r.Practitioner, Reason: r.Reason}
		if r.To == "" {
			cl.To = cl.From
		}
		if r.FromTime != "" {
			cl.FromMinute = f.minute(at("from_time"), r.FromTime)
		}
		if r.ToTime != "" {
			if cl.ToMinute = f.minute(at("to_time"), r.ToTime); cl.ToMinute == 0 {
				f.fault(at("to_time"), "write 24.00 on the day before", "the closure ends at 00.00")
			}
		}
		f.known(c, at("practitioner"), r.Practitioner)
		if len(f.faults) == before && (cl.To.Before(cl.From) || (cl.To == cl.From && cl.ToMinute > 0 && cl.ToMinute <= cl.FromMinute)) {
			f.fault(at("to"), "write an end that is after the beginning", "the closure ends before it begins")
		}
		c.Closures = append(c.Closures, cl)
	}
}

func (f *file) openings(c *booking.Clinic, raw *rawClinic) {
	for i, r := range raw.Openings {
		at := func(key string) []any { return []any{"openings", i, key} }
		if len(r.Hours) == 0 {
			f.fault(at("hours"), "write the hours, or a closure instead", "the opening has no hours")
		}
		f.known(c, at("practitioner"), r.Practitioner)
		c.Openings = append(c.Openings, booking.Opening{Day: f.day(at("day"), r.Day, false),
			Periods: f.periods(at("hours"), r.Hours), Practitioner: r.Practitioner})
	}
}

func (f *file) known(c *booking.Clinic, path []any, practitioner string) {
	if practitioner != "" && c.Practitioner(practitioner) == nil {
		f.fault(path, "write an id from practitioners, or leave it out", "unknown practitioner %q", practitioner)
	}
}

func (f *file) shortDays(c *booking.Clinic, raw *rawClinic) {
	for i, r := range raw.ShortDays {
		at := func(key string) []any { return []any{"short_days", i, key} }
		s := booking.ShortDay{Periods: f.periods(at("hours"), r.Hours), Closed: len(r.Hours) == 0}
		switch {
		case (r.Date == "") == (r.Easter == nil):
			f.fault([]any{"short_days", i}, "write one of date and easter", "a short day needs its day")
		case r.Easter != nil:
			if s.Easter = *r.Easter; s.Easter < -60 || s.Easter > 60 {
				f.fault(at("easter"), "write days from the first day of Easter, -60 to 60", "easter %d", s.Easter)
			}
		default:
			if d, err := booking.ParseDay(r.Date); err == nil {
				s.Day = d
			} else if t, err := time.Parse("2.1.2006", strings.TrimSuffix(r.Date, ".")+".2024"); err == nil { // a leap year
				s.Month, s.Date = t.Month(), t.Day()
			} else {
				f.fault(at("date"), `write "24.12" for every year, or 2026-12-24 for one`, "no such day: %q", r.Date)
			}
		}
		c.ShortDays = append(c.ShortDays, s)
	}
}
