package when

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// brief writes a wish on one line: days (a..b for a run of three or more),
// times, flag, exclusions.
func brief(w Wish) string {
	var out []string
	for i := 0; i < len(w.Dates); {
		j := i
		for j+1 < len(w.Dates) && number(w.Dates[j+1]) == number(w.Dates[j])+1 {
			j++
		}
		switch {
		case j-i >= 2:
			out = append(out, w.Dates[i].String()[2:]+".."+w.Dates[j].String()[2:])
		default:
			for _, d := range w.Dates[i : j+1] {
				out = append(out, d.String()[2:])
			}
		}
		i = j + 1
	}
	if w.From != nil || w.To != nil {
		s := "-"
		if w.From != nil {
			s = w.From.String() + s
		}
		if w.To != nil {
			s += w.To.String()
		}
		out = append(out, s)
	}
	if w.Flag != "" {
		out = append(out, w.Flag)
	}
	return strings.Join(append(out, w.Exclude...), " ")
}

func number(d Date) int { return dayOf(d.Year, int(d.Month), d.Day) }

func check(t *testing.T, now time.Time, rows [][2]string) {
	t.Helper()
	for _, r := range rows {
		if got := brief(Parse(r[0], now, Options{})); got != r[1] {
			t.Errorf("%s, %q: got %q, want %q", now.Format("Mon 2006-01-02 15:04"), r[0], got, r[1])
		}
	}
}

// Each row of the table of days.
func TestDays(t *testing.T) {
	const toEnd = "..27-11-23"
	check(t, labelled(t), [][2]string{
		{"torsdag", "26-11-26"}, {"på torsdag", "26-11-26"}, {"til torsdag", "26-11-26"}, {"te torsda", "26-11-26"}, {"førstkommende torsdag", "26-11-26"}, {"denne torsdagen", "26-11-26"}, {"mandag", "26-11-30"},
		{"neste torsdag", "26-11-26 26-12-03 ambiguous"}, {"next thursday", "26-11-26 26-12-03 ambiguous"}, {"neste helg", "26-11-28 26-11-29 26-12-05 26-12-06 ambiguous"}, {"neste mandag", "26-11-30"},
		{"torsdag i neste uke", "26-12-03"}, {"torsdag om en uke", "26-12-03"}, {"mandag om en uke", "26-11-30"},
		{"helga", "26-11-28 26-11-29"}, {"te helgå", "26-11-28 26-11-29"},
		{"denne uka", "26-11-23..26-11-29"}, {"i november", "26-11-23..26-11-30"}, {"i høst", "26-11-23..26-11-30"},
		{"neste uke", "26-11-30..26-12-06"}, {"neste veke", "26-11-30..26-12-06"}, {"neste uga", "26-11-30..26-12-06"}, {"uke 49", "26-11-30..26-12-06"}, {"uke 53", "26-12-28..27-01-03"}, {"uke 1", "27-01-04..27-01-10"}, {"uke 48", "26-11-23..26-11-29"}, {"uke 47", "27-11-22 27-11-23"},
		{"te uka", "26-11-23..26-12-06 ambiguous"}, {"til uka", "26-11-23..26-12-06 ambiguous"},
		{"om 14 dager", "26-12-07"}, {"om tre uker", "26-12-14"}, {"om to måneder", "27-01-23"}, {"om et år", "27-11-23"}, {"om 13 timer", "26-11-23 23:00-23:00"}, {"om 20 timer", "26-11-24 06:00-06:00"},
		{"15. november", "27-11-15"}, {"23. november", "26-11-23"}, {"den 15.", "26-12-15"}, {"den 23.", "26-11-23"}, {"den 31.", "26-12-31"},
		{"01/12", "26-12-01"}, {"13/25/2026", "invalid"}, {"12/25/2026", "invalid"}, {"5/6/27", "27-06-05"}, {"3. mars 2029", "29-03-03"},
		{"torsdag 4. desember", "26-12-03 26-12-04 ambiguous"}, {"fredag 4. desember", "26-12-04"},
		{"i januar", "27-01-01..27-01-31"}, {"neste måned", "26-12-01..26-12-31"}, {"neste år", "27-01-01" + toEnd},
		{"begynnelsen av januar", "27-01-01..27-01-10"}, {"midten av januar", "27-01-11..27-01-20"}, {"slutten av januar", "27-01-21..27-01-31"}, {"slutten av februar", "27-02-21..27-02-28"},
		{"i vinter", "26-12-01..27-02-28"}, {"til våren", "27-03-01..27-05-31"}, {"til sommeren", "27-06-01..27-08-31"},
		{"i jula", "26-12-24..26-12-26"}, {"romjula", "26-12-27..26-12-31"}, {"nyttår", "27-01-01"}, {"i påska", "27-03-25..27-03-29"},
		{"innen fredag", "26-11-23..26-11-27"}, {"senest fredag", "26-11-23..26-11-27"}, {"før fredag", "26-11-23..26-11-26"}, {"før neste uke", "26-11-23..26-11-29"},
		{"fra fredag", "26-11-27" + toEnd}, {"etter fredag", "26-11-28" + toEnd}, {"etter neste uke", "26-12-07" + toEnd},
		{"mellom jul og nyttår", "26-12-27..26-12-31"}, {"", "none"}, {"i går", "past"}, {"forrige torsdag", "past"}, {"29. februar", "invalid"},
		{"ikke mandag", "not mon"}, {"når som helst", "earliest"}, {"når som helst på fredag", "26-11-27"},
	})
	for text, want := range map[string]struct{ days, first int }{"torsdager": {52, 26}, "en torsdag": {52, 26}, "mandager": {53, 23}, "helger": {104, 28}, "hverdager": {262, 23}} {
		w := Parse(text, labelled(t), Options{})
		if len(w.Dates) != want.days || w.Dates[0].Day != want.first || w.Flag != "" {
			t.Errorf("%q: %d days from %v, flag %q; want %d from day %d", text, len(w.Dates), w.Dates[0], w.Flag, want.days, want.first)
		}
	}
}

// Each row of the table of times.
func TestTimes(t *testing.T) {
	check(t, labelled(t), [][2]string{
		{"tidlig", "00:00-10:00"}, {"om morran", "00:00-10:00"}, {"på morgenen", "00:00-10:00"}, {"formiddag", "08:00-12:00"}, {"lunsj", "11:00-13:00"}, {"midt på dagen", "11:00-13:00"}, {"ettermiddag", "12:00-17:00"}, {"kveld", "17:00-22:00"},
		{"før lunsj", "-11:00"}, {"etter lunsj", "13:00-"}, {"før kl 12", "-12:00"}, {"etter kl 12", "12:00-"}, {"etter jobb", "16:00-"}, {"før jobb", "-08:00"},
		{"mellom 10 og 12", "10:00-12:00"}, {"10-12", "10:00-12:00"}, {"fra kl 10", "10:00-"},
		{"klokka fem", "17:00-17:00"}, {"kl 3", "15:00-15:00"}, {"halv tre", "14:30-14:30"}, {"kl 6", "06:00-06:00"}, {"halv åtte", "07:30-07:30"}, {"kl 03", "03:00-03:00"}, {"kl 0300", "03:00-03:00"}, {"kl 18", "18:00-18:00"}, {"halv seks", "05:30-05:30"}, {"kl 9", "09:00-09:00"}, {"kl 5", "17:00-17:00"},
		{"klokka fire om morran", "04:00-04:00"}, {"klokka seks på kvelden", "18:00-18:00"}, {"helst rundt kl 10", "10:00-10:00"}, {"ca. 14.30", "14:30-14:30"},
		{"kl 27", "invalid"}, {"for 6 personer i Oslo", "none"}, {"i dag kl 08:30", "past"}, {"i dag kl 10", "26-11-23 10:00-10:00"},
	})
	got := brief(Parse("kl 6 eller halv åtte", labelled(t), Options{Open: 12 * 60, Close: 20 * 60}))
	if got != "18:00-19:30" {
		t.Errorf("opening hours 12-20: got %s", got)
	}
}

func TestJSON(t *testing.T) {
	for text, want := range map[string]string{
		"torsdag etter kl 16": `{"dates":["2026-11-26"],"from":"16:00","to":null,"flag":null}`,
		"ikke i morgen":       `{"dates":[],"from":null,"to":null,"flag":"not","exclude":["2026-11-24"]}`,
		"ja takk":             `{"dates":[],"from":null,"to":null,"flag":"none"}`,
	} {
		got, err := json.Marshal(Parse(text, labelled(t), Options{}))
		if err != nil || string(got) != want {
			t.Errorf("%q: %s, %v; want %s", text, got, err, want)
		}
	}
}

// Days are days of the calendar: neither clock change moves one.
func TestClockChanges(t *testing.T) {
	l := oslo(t)
	for _, now := range []time.Time{
		time.Date(2027, 3, 27, 23, 30, 0, 0, l), time.Date(2027, 3, 28, 0, 30, 0, 0, l), time.Date(2027, 3, 28, 3, 30, 0, 0, l),
		time.Date(2026, 10, 24, 23, 30, 0, 0, l), time.Date(2026, 10, 25, 0, 30, 0, 0, l), time.Date(2026, 10, 25, 2, 30, 0, 0, l), time.Date(2026, 10, 25, 23, 59, 0, 0, l),
	} {
		today := dayOf(now.Year(), int(now.Month()), now.Day())
		for text, days := range map[string]int{"i dag": 0, "i morgen": 1, "i overmorgen": 2, "om en uke": 7, "om 14 dager": 14} {
			if w := Parse(text, now, Options{}); len(w.Dates) != 1 || number(w.Dates[0]) != today+days {
				t.Errorf("%v, %q: %v", now, text, w.Dates)
			}
		}
	}
	// one hour on at half past two, when the clock goes back: half past two
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)
	if got := brief(Parse("om 1 time", first, Options{Location: l})); got != "26-10-25 02:30-02:30" {
		t.Errorf("om 1 time at %v: %s", first.In(l), got)
	}
	// the zone decides the day
	if got := brief(Parse("i dag", time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC), Options{Location: l})); got != "26-11-24" {
		t.Errorf("i dag at half past midnight in Oslo: %s", got)
	}
}

// On whatever day it is said.
func TestOtherDays(t *testing.T) {
	l := oslo(t)
	check(t, time.Date(2027, 1, 1, 12, 0, 0, 0, l), [][2]string{{"mandag", "27-01-04"}, {"neste mandag", "27-01-04"}, {"neste uke", "27-01-04..27-01-10"}, {"uke 53", "27-01-01..27-01-03"}, {"uke 1", "27-01-04..27-01-10"}, {"i vinter", "27-01-01..27-02-28"}, {"1. januar", "27-01-01"}, {"i jula", "27-12-24..27-12-26"}, {"forrige uke", "past"}})
	check(t, time.Date(2028, 2, 29, 8, 0, 0, 0, l), [][2]string{{"i morgen", "28-03-01"}, {"om et år", "29-02-28"}, {"29. februar", "28-02-29"}, {"om en måned", "28-03-29"}, {"i påska", "28-04-13..28-04-17"}})
	check(t, time.Date(2026, 11, 28, 9, 0, 0, 0, l), [][2]string{{"i helga", "26-11-28 26-11-29"}, {"lørdag", "26-12-05"}, {"denne uka", "26-11-28 26-11-29"}, {"neste søndag", "26-11-29 26-12-06 ambiguous"}})
	check(t, time.Date(2026, 12, 31, 23, 59, 0, 0, l), [][2]string{{"i morgen", "27-01-01"}, {"nyttår", "27-01-01"}, {"neste måned", "27-01-01..27-01-31"}, {"i dag kl 12", "past"}, {"31. des", "26-12-31"}})
}

var seeds = []string{
	"torsdag i neste uke etter kl. 16", "mellom 7. og 11. desember", "10.-15. januar", "31/02/2027", "ikke mandag, men tirsdag", "fem over halv to på mandag", "imorratidlig", "kl 24:00 i natt", "uke 53", "om 999 år", "om 13 timer", "99999999999", "12.12.12.12", "1-2-3-4", "kl kl kl", "mellom og", "før før før", "ikke ikke", "neste neste uke", "siste uka i februar", "29. februar", "den", "i", "halv", "kvart på", "\xff\xfe", "å", "1/1/1", "9999-12-31", "førr én", "til til til", "mandag til", "første uka i mai", "slutten av", "å i dag eller i morgen eller",
}

// Whatever is typed, whenever: no panic, days in order and once each, none
// before today, none past the horizon unless it is one date named as such,
// times of day, and a flag without days where it says so.
func FuzzParse(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, int64(1795420800+i*86400*13), 365)
	}
	f.Fuzz(func(t *testing.T, text string, unix int64, horizon int) {
		if unix < 0 || unix > 4102444800 || horizon < 1 || horizon > 800 {
			return
		}
		now := time.Unix(unix, 0).UTC()
		w := Parse(text, now, Options{Horizon: horizon})
		today := dayOf(now.Year(), int(now.Month()), now.Day())
		beyond := 0
		for i, d := range w.Dates {
			n := number(d)
			if n < today || i > 0 && n <= number(w.Dates[i-1]) || dateOf(n) != d {
				t.Fatalf("%q at %v: days %v", text, now, w.Dates)
			}
			if n > today+horizon {
				beyond++
			}
		}
		if beyond > strings.Count(text, "")*2 || beyond > 0 && len(w.Dates) > 0 && beyond == len(w.Dates) && beyond > 40 {
			t.Fatalf("%q at %v: %d days past the horizon", text, now, beyond)
		}
		for _, m := range []*Minute{w.From, w.To} {
			if m != nil && (*m < 0 || *m >= 1440) {
				t.Fatalf("%q: time %d", text, *m)
			}
		}
		switch w.Flag {
		case Invalid, Past, None:
			if len(w.Dates) > 0 || w.From != nil || w.To != nil || w.Exclude != nil {
				t.Fatalf("%q: %s with %+v", text, w.Flag, w)
			}
		case Not:
			if len(w.Exclude) == 0 {
				t.Fatalf("%q: not, but nothing excluded", text)
			}
		case "", Earliest, Ambiguous:
		default:
			t.Fatalf("%q: flag %q", text, w.Flag)
		}
		if again := Parse(text, now, Options{Horizon: horizon}); !slices.Equal(again.Dates, w.Dates) {
			t.Fatalf("%q: not the same twice", text)
		}
		if _, err := json.Marshal(w); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	now := labelled(b)
	for _, text := range []string{"torsdag etter kl 16", "ja takk", "etter jul", "Hei! Jeg lurte på om dere har noe ledig torsdag eller fredag i neste uke, helst etter kl. 14?"} {
		b.Run(text[:7], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(text, now, Options{})
			}
		})
	}
}
