package booking

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func starts(slots []Slot) string {
	s := ""
	for _, x := range slots {
		s += x.Day.String()[5:] + " " + x.Start.String() + x.Practitioner + " "
	}
	return s
}

func claim(who, d, from, to string) Busy {
	return Busy{Span: Span{who, day(d), minute(from), minute(to)}}
}

func TestFree(t *testing.T) {
	now := at("2026-12-03 09.10") // a Thursday
	hold := claim("a", "2026-12-03", "14.00", "14.30")
	hold.Until, hold.By = now.Add(time.Minute), "draft"
	lapsed := hold
	lapsed.Until = now
	block := claim("a", "2026-12-03", "14.00", "14.30")
	block.Block = true
	visit := claim("a", "2026-12-03", "14.00", "14.30")
	visit.By = "K-AAAA"
	base := Want{Minutes: 30 * time.Minute, Practitioner: "a", ToDay: day("2026-12-03"), From: minute("13.00"), To: minute("15.00")}
	all, without14 := "12-03 13.00a 12-03 13.30a 12-03 14.00a 12-03 14.30a 12-03 15.00a ", "12-03 13.00a 12-03 13.30a 12-03 14.30a 12-03 15.00a "
	for name, tc := range map[string]struct {
		set   func(c *Clinic, w *Want)
		taken Taken
		want  string
	}{
		"nothing taken":              {nil, nil, all},
		"T13 back to back":           {nil, Taken{visit}, without14},
		"T04 overlap, other start":   {nil, Taken{claim("a", "2026-12-03", "13.50", "14.10")}, "12-03 13.00a 12-03 14.30a 12-03 15.00a "},
		"T05 another's hold":         {nil, Taken{hold}, without14},
		"a lapsed hold":              {nil, Taken{lapsed}, all},
		"T06 one's own hold":         {func(c *Clinic, w *Want) { w.Own = []string{"draft"} }, Taken{hold}, all},
		"claims without an id":       {func(c *Clinic, w *Want) { w.Own = []string{""} }, Taken{claim("a", "2026-12-03", "14.00", "14.30")}, without14},
		"the other practitioner's":   {nil, Taken{claim("b", "2026-12-03", "14.00", "14.30")}, all},
		"T11 any who is free":        {func(c *Clinic, w *Want) { w.Practitioner = "" }, Taken{visit}, "12-03 13.00b 12-03 13.30b 12-03 14.00b 12-03 14.30b 12-03 15.00b "},
		"T12 the patient's other":    {func(c *Clinic, w *Want) { w.PatientBusy = Taken{claim("b", "2026-12-03", "14.00", "14.30")} }, nil, without14},
		"most visits a day":          {func(c *Clinic, w *Want) { c.MaxPerDay = 1 }, Taken{visit}, ""},
		"a block is no visit":        {func(c *Clinic, w *Want) { c.MaxPerDay = 1 }, Taken{block}, without14},
		"three proposals, one visit": {func(c *Clinic, w *Want) { c.MaxPerDay = 2 }, Taken{visit, {Span: Span{"a", day("2026-12-03"), 600, 630}, By: "K-AAAA"}}, without14},
		"buffers":                    {func(c *Clinic, w *Want) { c.BufferBefore, c.BufferAfter = 5*time.Minute, 10*time.Minute }, Taken{visit}, "12-03 13.00a 12-03 15.00a "},
		"notice":                     {func(c *Clinic, w *Want) { c.Notice = 5 * time.Hour }, nil, "12-03 14.30a 12-03 15.00a "},
		"notice to the second":       {func(c *Clinic, w *Want) { c.Notice = 4*time.Hour + 50*time.Minute + time.Second }, nil, "12-03 14.30a 12-03 15.00a "},
		"staff need no notice":       {func(c *Clinic, w *Want) { c.Notice = 5 * time.Hour; w.Staff = true }, nil, all},
		"longer":                     {func(c *Clinic, w *Want) { w.Minutes = 61 * time.Minute }, Taken{visit}, "12-03 14.30a 12-03 15.00a "},
		"excluded day":               {func(c *Clinic, w *Want) { w.Exclude = []Day{day("2026-12-03")} }, nil, ""},
		"excluded weekday":           {func(c *Clinic, w *Want) { w.ExcludeWeekdays = []time.Weekday{time.Thursday} }, nil, ""},
		"other weekday":              {func(c *Clinic, w *Want) { w.Weekdays = []time.Weekday{time.Friday} }, nil, ""},
		"other days":                 {func(c *Clinic, w *Want) { w.Days = []Day{day("2026-12-04")} }, nil, ""},
		"no such practitioner":       {func(c *Clinic, w *Want) { w.Practitioner = "x" }, nil, ""},
		"does not do it": {func(c *Clinic, w *Want) {
			c.Practitioners[0].Treatments = []string{"hals"}
			w.Treatments = []string{"panne"}
		}, nil, ""},
		"past the horizon": {func(c *Clinic, w *Want) { c.Horizon = 3; w.FromDay, w.ToDay = day("2026-12-07"), day("2026-12-09") }, nil, ""},
		"no length":        {func(c *Clinic, w *Want) { w.Minutes = 0 }, nil, ""},
		"T14 closed across midnight": {func(c *Clinic, w *Want) {
			c.Closures = []Closure{{From: day("2026-12-02"), To: day("2026-12-03"), FromMinute: minute("23.00"), ToMinute: minute("14.10")}}
		}, nil, "12-03 14.30a 12-03 15.00a "},
	} {
		c, w := testClinic(), base
		if tc.set != nil {
			tc.set(c, &w)
		}
		got := Free(c, tc.taken, w, now.UTC())
		if starts(got) != tc.want {
			t.Errorf("%s: %q, not %q", name, starts(got), tc.want)
		}
		for _, s := range got { // T09: what is shown is what fits
			if fits, ok := Fits(c, tc.taken, w, s.Span, now); !ok || fits != s {
				t.Errorf("%s: %v was shown and doesn't fit", name, s)
			}
		}
	}
}

// T15: three weeks of summer closure, and more, don't end the search.
func TestSearchGoesToTheHorizon(t *testing.T) {
	c := testClinic()
	c.Closures = []Closure{{From: day("2027-06-01"), To: day("2027-11-21")}}
	w := Want{Minutes: 30 * time.Minute}
	now := at("2027-05-31 16.40")
	if got := starts(Nearest(c, nil, w, now, 3)); got != "11-22 09.00a 11-22 09.30a 11-22 10.00a " {
		t.Error(got)
	}
	if got := FreeDays(c, nil, w, 2027, time.July, now); len(got) != 0 {
		t.Error(got)
	}
	if got := FreeDays(c, nil, w, 2027, time.November, now); len(got) != 7 || got[0] != day("2027-11-22") || got[6] != day("2027-11-30") {
		t.Error(got)
	}
	c.Horizon = 60
	if got := Nearest(c, nil, w, now, 3); len(got) != 0 {
		t.Error(got)
	}
	if got := Nearest(c, nil, w, now, 0); got != nil {
		t.Error(got)
	}
}

// T18: an old button, and hours that have changed since.
func TestFits(t *testing.T) {
	c := testClinic()
	now, w := at("2026-12-03 08.00"), Want{Minutes: 30 * time.Minute}
	old := Span{"a", day("2026-12-03"), minute("16.30"), minute("17.00")}
	if _, ok := Fits(c, nil, w, old, now); !ok {
		t.Error("does not fit")
	}
	w.Minutes = 45 * time.Minute
	if _, ok := Fits(c, nil, w, old, now); ok {
		t.Error("a longer visit ends after closing time")
	}
	w.Minutes = 30 * time.Minute
	c.Practitioners[0].Hours = week("09.00-16.00")
	if _, ok := Fits(c, nil, w, old, now); ok {
		t.Error("fits after the hours were changed")
	}
}

// T20 to T23: a clinic that is open all night on the days of the change.
func TestFreeAcrossClockChanges(t *testing.T) {
	for _, tc := range []struct{ day, now, want string }{
		{"2026-03-29", "2026-03-28 12.00", "00.00 00.30 01.00 03.00 03.30 04.00 "}, // no clock shows 02.00
		{"2026-10-25", "2026-10-24 12.00", "00.00 00.30 01.00 01.30 02.00 03.00 03.30 04.00 "},
	} {
		c := testClinic()
		c.Hours = Week{}
		c.Openings = []Opening{{Day: day(tc.day), Periods: periods("00.00-24.00")}}
		c.Notice = 9 * time.Hour // T22: ends on the day of the change
		w := Want{Minutes: 30 * time.Minute, Practitioner: "a", FromDay: day(tc.day), ToDay: day(tc.day), To: minute("04.00")}
		got := ""
		for _, s := range Free(c, nil, w, at(tc.now)) {
			got += s.Start.String() + " "
			if s.Ends(oslo).Sub(s.At(oslo)) != 30*time.Minute {
				t.Errorf("%v lasts %v", s, s.Ends(oslo).Sub(s.At(oslo)))
			}
		}
		if got != tc.want {
			t.Errorf("%s: %q, not %q", tc.day, got, tc.want)
		}
	}
}

// Free agrees with a slow and obvious model, which looks at every minute of
// every day by itself. The planned hours are taken as given: TestHours has them.
func TestFreeAgreesWithModel(t *testing.T) {
	r := rand.New(rand.NewPCG(20261124, 1))
	found := 0
	for i := range 2000 {
		c, taken, w, now := randomCase(r)
		got, want := Free(c, taken, w, now), model(c, taken, w, now)
		if !slices.Equal(got, want) {
			t.Fatalf("case %d, now %v, %+v\ntaken %v\nfast %s\nslow %s", i, now, w, taken, starts(got), starts(want))
		}
		found += len(got)
		n := r.IntN(5)
		if near := Nearest(c, taken, w, now, n); !slices.Equal(near, want[:min(n, len(want))]) {
			t.Fatalf("case %d: nearest %s", i, starts(near))
		}
		var days []Day
		if month := now.In(oslo).Month(); w.Staff && w.ToDay.IsZero() { // the calendar reaches past the horizon
			w.ToDay = dayOf(time.Date(2026, month+1, 0, 12, 0, 0, 0, time.UTC))
			want = model(c, taken, w, now)
		}
		for _, s := range want {
			if s.Day.Year == 2026 && s.Day.Month == now.In(oslo).Month() && !slices.Contains(days, s.Day) {
				days = append(days, s.Day)
			}
		}
		if free := FreeDays(c, taken, w, 2026, now.In(oslo).Month(), now); !slices.Equal(free, days) {
			t.Fatalf("case %d: days %v, not %v", i, free, days)
		}
	}
	if found < 20000 {
		t.Errorf("only %d slots in all cases: they test nothing", found)
	}
}

func randomCase(r *rand.Rand) (*Clinic, Taken, Want, time.Time) {
	months := []string{"2026-03-24", "2026-04-01", "2026-05-12", "2026-10-22", "2026-12-20"}
	first := day(months[r.IntN(len(months))])
	now := first.At(Minute(r.IntN(1440)), oslo).Add(time.Duration(r.IntN(60)) * time.Second)
	some := func() Day { return first.Add(r.IntN(9)) }
	chance := func(n int) bool { return r.IntN(n) == 0 }
	some5 := func(n int) Minute { return Minute(5 * r.IntN(n)) }

	c := testClinic()
	if chance(3) {
		c.Hours = week("08.00-20.00")
		for d := range c.Hours {
			c.Hours[d] = periods("00.00-11.00", "11.20-24.00")
		}
	}
	for i := range c.Practitioners {
		p := &c.Practitioners[i]
		if chance(2) {
			p.Hours = c.Hours
		}
		if chance(4) {
			p.From = some()
		}
		if chance(4) {
			p.To = some()
		}
		if chance(4) {
			p.Treatments = []string{"panne"}
		}
	}
	who := func() string { return []string{"", "a", "b"}[r.IntN(3)] }
	for range r.IntN(3) {
		from := some()
		cl := Closure{From: from, To: from.Add(r.IntN(3)), FromMinute: some5(288), Practitioner: who()}
		if chance(2) {
			cl.ToMinute = some5(288)
		}
		c.Closures = append(c.Closures, cl)
	}
	for range r.IntN(3) {
		m := some5(200)
		c.Openings = append(c.Openings, Opening{Day: some(), Periods: []Period{{m, m + 60 + some5(24)}}, Practitioner: who()})
	}
	c.Step = time.Duration(5+5*r.IntN(12)) * time.Minute
	c.Notice = time.Duration(r.IntN(72)) * 31 * time.Minute
	c.BufferBefore, c.BufferAfter = time.Duration(r.IntN(3)*5)*time.Minute, time.Duration(r.IntN(3)*5)*time.Minute
	c.Horizon, c.MaxPerDay = r.IntN(9), r.IntN(4)

	spans := func(n int) (taken Taken) {
		for range n {
			m := 480 + some5(110)
			b := Busy{Span: Span{[]string{"a", "b"}[r.IntN(2)], some(), m, m + 5 + some5(24)}, Block: chance(4)}
			if chance(2) {
				b.By = []string{"x", "y", "z"}[r.IntN(3)]
			}
			if chance(3) {
				b.Until = now.Add(time.Duration(r.IntN(5)-2) * time.Minute)
			}
			taken = append(taken, b)
		}
		return taken
	}
	w := Want{Minutes: time.Duration(5+r.IntN(60)) * time.Minute, Practitioner: who(), PatientBusy: spans(r.IntN(3)), Staff: chance(4)}
	if chance(3) {
		w.FromDay = some()
	}
	if chance(3) {
		w.ToDay = some()
	}
	if chance(3) {
		w.From = some5(288)
	}
	if chance(3) {
		w.To = some5(288)
	}
	if chance(4) {
		w.Days = []Day{some(), some(), some()}
	}
	if chance(4) {
		w.Weekdays = []time.Weekday{time.Monday, time.Thursday, time.Sunday}
	}
	if chance(4) {
		w.Exclude = []Day{some()}
	}
	if chance(4) {
		w.ExcludeWeekdays = []time.Weekday{time.Friday}
	}
	if chance(3) {
		w.Own = []string{"x"}
	}
	if chance(3) {
		w.Treatments = []string{"hals"}
	}
	return c, spans(r.IntN(12)), w, now
}

// model is Free with nothing clever: every start, every minute of it.
func model(c *Clinic, taken Taken, w Want, now time.Time) (slots []Slot) {
	length, step := int(w.Minutes/time.Minute), int(c.Step/time.Minute)
	before, after := int(c.BufferBefore/time.Minute), int(c.BufferAfter/time.Minute)
	today := DayOf(now, oslo)
	live := func(b Busy) bool {
		return (b.Until.IsZero() || now.Before(b.Until)) && (b.By == "" || !slices.Contains(w.Own, b.By))
	}
	for n := 0; n <= 40; n++ {
		d := today.Add(n)
		limit := n <= c.Horizon
		if w.Staff && !w.ToDay.IsZero() {
			limit = true
		}
		if !limit || (!w.FromDay.IsZero() && d.Before(w.FromDay)) || (!w.ToDay.IsZero() && d.After(w.ToDay)) ||
			(len(w.Days) > 0 && !slices.Contains(w.Days, d)) || slices.Contains(w.Exclude, d) ||
			(len(w.Weekdays) > 0 && !slices.Contains(w.Weekdays, d.Weekday())) || slices.Contains(w.ExcludeWeekdays, d.Weekday()) {
			continue
		}
		planned := map[string][]Period{}
		for i := range c.Practitioners {
			planned[c.Practitioners[i].ID] = c.plannedFor(&c.Practitioners[i], d)
		}
		for m := range 1440 {
			best, fewest := -1, 0
			var chosen Slot
			for i := range c.Practitioners {
				p := &c.Practitioners[i]
				if (w.Practitioner != "" && p.ID != w.Practitioner) || (len(p.Treatments) > 0 && len(w.Treatments) > 0) {
					continue // the wish is for "hals", a list holds only "panne"
				}
				grid := false
				for _, q := range planned[p.ID] {
					grid = grid || (m >= int(q.From) && m+length <= int(q.To) && (m-int(q.From))%step == 0)
				}
				if !grid || m < int(w.From) || (w.To > 0 && m > int(w.To)) || m-before < 0 || m+length+after > 1440 {
					continue
				}
				ok := true
				for x := m; ok && x < m+length; x++ {
					for _, cl := range c.Closures {
						begins, ends := cl.From.noon().Unix()/60+int64(cl.FromMinute), cl.To.noon().Unix()/60+int64(cl.ToMinute)
						if cl.ToMinute == 0 {
							ends += 1440
						}
						here := d.noon().Unix()/60 + int64(x)
						if (cl.Practitioner == "" || cl.Practitioner == p.ID) && begins <= here && here < ends {
							ok = false
						}
					}
				}
				for x := m - before; ok && x < m+length+after; x++ {
					for _, b := range taken {
						ok = ok && !(live(b) && b.Practitioner == p.ID && b.Day == d && int(b.Start) <= x && x < int(b.End))
					}
					for _, b := range w.PatientBusy {
						ok = ok && !(live(b) && b.Day == d && int(b.Start) <= x && x < int(b.End))
					}
				}
				ids, visits := map[string]bool{}, 0
				for k, b := range taken {
					id := b.By
					if id == "" {
						id = fmt.Sprint("nobody's ", k)
					}
					if live(b) && !b.Block && b.Practitioner == p.ID && b.Day == d && !ids[id] {
						ids[id] = true
						visits++
					}
				}
				begin := time.Date(d.Year, d.Month, d.Date, m/60, m%60, 0, 0, oslo)
				if twice := begin.Add(-time.Hour); MinuteOf(twice, oslo) == Minute(m) {
					begin = twice
				}
				shown := begin.Add(w.Minutes).In(oslo)
				end := shown.Hour()*60 + shown.Minute()
				if end == 0 {
					end = 1440
				}
				earliest := now.Add(c.Notice)
				if w.Staff {
					earliest = now
				}
				if !ok || (c.MaxPerDay > 0 && visits >= c.MaxPerDay) || begin.Before(earliest) ||
					MinuteOf(begin, oslo) != Minute(m) || end != m+length {
					continue
				}
				if best < 0 || visits < fewest {
					best, fewest = i, visits
					chosen = Slot{Span{p.ID, d, Minute(m), Minute(m + length)}, Span{p.ID, d, Minute(m - before), Minute(m + length + after)}}
				}
			}
			if best >= 0 {
				slots = append(slots, chosen)
			}
		}
	}
	return slots
}
