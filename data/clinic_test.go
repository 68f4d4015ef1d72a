package data

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klinikkbot/booking"
)

func TestBuiltInClinic(t *testing.T) {
	c, faults := Clinic("")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if !c.Example || c.Phone != "" || c.Name != "Klinikk Trondheim" || c.Zone.String() != "Europe/Oslo" || len(c.Practitioners) != 3 ||
		c.Hold != 10*time.Minute || c.RequestExpires != 48*time.Hour || c.ScreeningValid != 30*24*time.Hour || c.Confirm != booking.ConfirmStaff {
		t.Errorf("%+v", c)
	}
	if got := strings.Join(c.Missing(), " "); got != "address phone responsible signed_check example" {
		t.Errorf("missing: %s", got)
	}
	christmas := booking.Day{Year: 2026, Month: 12, Date: 24}
	if len(c.On(christmas)) > 0 || len(c.On(christmas.Add(-1))) != 2 {
		t.Error("the short days are not read")
	}
	if len(c.Reminders) != 2 || !c.Reminders[0].Deadline || c.Reminders[1].Deadline || c.Quiet != (booking.Quiet{From: 21 * 60, To: 8 * 60}) {
		t.Errorf("%+v %+v", c.Reminders, c.Quiet)
	}
	if c.Retention.Blocked != 24*time.Hour || c.Retention.AccessLog != 365*24*time.Hour || c.Limits.OpenPerPatient != 3 {
		t.Errorf("%+v %+v", c.Retention, c.Limits)
	}
	now := booking.Day{Year: 2026, Month: 11, Date: 23}.At(600, c.Zone)
	for _, tr := range c.Treatments { // each area has times with somebody
		if len(booking.Nearest(c, nil, booking.Want{Minutes: c.Minutes([]string{tr.ID}, true), Treatments: []string{tr.ID}}, now, 3)) != 3 {
			t.Errorf("no times for %s", tr.ID)
		}
	}
}

func TestBuiltInTreatments(t *testing.T) {
	list, faults := Treatments("")
	if len(faults) > 0 || len(list) != 15 {
		t.Fatal(len(list), faults)
	}
	medical := ""
	for _, tr := range list {
		if tr.Medical {
			medical += tr.ID + " "
		}
	}
	if medical != "kjeve armhuler " {
		t.Errorf("medical: %s", medical)
	}
	if list[1].Label != "Panne" || list[1].Code != "A2" || list[1].Published != "botox panne" || list[1].Minutes != 10 {
		t.Errorf("%+v", list[1])
	}
}

// folder is a data folder with one file changed: the first old in the built-in
// one is made new. It gives the line on which the change stands.
func folder(t *testing.T, name, old, new string) (dir string, line int) {
	t.Helper()
	raw, err := builtIn.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(raw), old)
	if at < 0 {
		t.Fatalf("%s has no %q", name, old)
	}
	dir = t.TempDir()
	text := string(raw[:at]) + new + string(raw[at+len(old):])
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, 1 + strings.Count(text[:at], "\n") + strings.Count(new[:len(new)-len(strings.TrimLeft(new, "\n"))], "\n")
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct{ file, old, new, what string }{
		{"clinic.yaml", "horizon: 90", "horizon: soon", "cannot unmarshal"},
		{"clinic.yaml", "hold: 10m", "hodl: 10m", `unknown key "hodl"`},
		{"clinic.yaml", "hold: 10m", "hold: 10m\nhold: 10m", "already"},
		{"clinic.yaml", "  mon: [", "  monday: [", `unknown weekday "monday"`},
		{"clinic.yaml", `  mon: ["09.00-12.00"`, `  mon: ["12.00-09.00"`, "ends before it begins"},
		{"clinic.yaml", `  mon: ["09.00-12.00"`, `  mon: ["09.00-13.00"`, "begins before the hours before it end"},
		{"clinic.yaml", `  mon: ["09.00-12.00"`, `  mon: ["9 til 12"`, "no such hours"},
		{"clinic.yaml", "[sinnarynke,", "[botoks,", `unknown treatment "botoks"`},
		{"clinic.yaml", "id: b2", "id: b1", `id "b1" is used twice`},
		{"clinic.yaml", "id: b2", "id: B 2", `id "B 2"`},
		{"clinic.yaml", "name: Jonas", `name: ""`, "has no name"},
		{"clinic.yaml", "hold: 10m", "hold: ten", `no such duration: "ten"`},
		{"clinic.yaml", "hold: 10m", "hold: -10m", "no such duration"},
		{"clinic.yaml", "hold: 10m", "hold: 0s", "too short"},
		{"clinic.yaml", "hold: 10m", "hold:", "hold is missing"},
		{"clinic.yaml", "step: 15m", "step: 90s", `"90s"`},
		{"clinic.yaml", "step: 15m", "step: 2s", "too short"},
		{"clinic.yaml", "Europe/Oslo", "Europe/Trondheim", `unknown zone "Europe/Trondheim"`},
		{"clinic.yaml", "confirm: staff", "confirm: always", `confirm "always"`},
		{"clinic.yaml", "horizon: 90", "horizon: 0", "horizon is 0"},
		{"clinic.yaml", `phone: ""`, `phone: "123"`, "too few figures"},
		{"clinic.yaml", `prices: ""`, "prices: http://klinikk.example", "not a secure address"},
		{"clinic.yaml", "closures: []", "closures: [{from: 2027-02-30}]", `no such day: "2027-02-30"`},
		{"clinic.yaml", "closures: []", "closures: [{from: 2027-02-10, to: 2027-02-09}]", "ends before it begins"},
		{"clinic.yaml", "closures: []", `closures: [{from: 2027-02-10, from_time: "12.00", to_time: "10.00"}]`, "ends before it begins"},
		{"clinic.yaml", "closures: []", "closures: [{from: 2027-02-10, practitioner: b9}]", `unknown practitioner "b9"`},
		{"clinic.yaml", "openings: []", "openings: [{day: 2027-02-13}]", "has no hours"},
		{"clinic.yaml", `date: "24.12"`, `date: "31.02"`, `no such day: "31.02"`},
		{"clinic.yaml", "{easter: -1,", `{easter: -1, date: "24.12",`, "needs its day"},
		{"clinic.yaml", "{before_visit: 3h}", "{}", "a reminder needs its time"},
		{"clinic.yaml", `quiet: "21.00-08.00"`, "quiet: night", "no such time"},
		{"clinic.yaml", `["09.00-12.00", "12.30-15.30"]`, `["08.00-12.00"]`, "outside the clinic's hours of tue"},
		{"clinic.yaml", "open_per_patient: 3", "open_per_patient: -1", "open_per_patient is -1"},
		{"treatments.yaml", "code: A2", "code: A1", `code "A1" is used twice`},
		{"treatments.yaml", "code: A2", "code: panne", `code "panne"`},
		{"treatments.yaml", "id: panne", "id: sinnarynke", "is used twice"},
		{"treatments.yaml", "label: Panne", "label: Botox i pannen", "names a medicine"},
		{"treatments.yaml", "label: Panne", "label: Panne og mellom begge brynene", "has 29 characters"},
		{"treatments.yaml", "published: botox panne", `published: ""`, "has no source"},
		{"treatments.yaml", "minutes: 10", "minutes: 45", "45 minutes"},
		{"treatments.yaml", "minutes: 10", "minutes: ti", "cannot unmarshal"},
		{"treatments.yaml", "treatments:", "treatments: []\nrest:", "unknown key"},
	} {
		dir, line := folder(t, tc.file, tc.old, tc.new)
		c, faults := Clinic(dir)
		if strings.Contains(tc.new, "\n") {
			line++
		}
		ok := c == nil
		found := false
		for _, f := range faults {
			ok = ok && f.File == tc.file && f.Remedy != ""
			found = found || (strings.Contains(f.What, tc.what) && f.Line == line)
		}
		if !ok || !found {
			t.Errorf("%s: %q instead of %q, line %d: %v", tc.file, tc.new, tc.old, line, faults)
		}
	}
}

// A practitioner without hours, a clinic without practitioners, broken YAML and
// an empty file are faults too; several faults are told at once.
func TestMoreFaults(t *testing.T) {
	for _, tc := range []struct {
		text string
		what []string
	}{
		{"", []string{"EOF"}},
		{"name: [", []string{"did not find"}},
		{"name: K\ntimezone: Mars\nhours: {}\npractitioners: [{id: a, name: A}]\n", []string{"unknown zone", "no hours", "no hours", "step is missing"}},
		{"name: K\n", []string{"unknown zone", "no hours", "no practitioners", "hold is missing"}},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "clinic.yaml"), []byte(tc.text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, faults := Clinic(dir)
		all := ""
		for _, f := range faults {
			all += f.Error() + "\n"
		}
		for _, w := range tc.what {
			if c != nil || !strings.Contains(all, w) {
				t.Errorf("%q: no %q in\n%s", tc.text, w, all)
			}
		}
	}
}

// Durations go down to two seconds, so that a demonstration need not wait.
func TestShortDurations(t *testing.T) {
	dir, _ := folder(t, "clinic.yaml", "hold: 10m", "hold: 2s")
	c, faults := Clinic(dir)
	if len(faults) > 0 || c.Hold != 2*time.Second {
		t.Error(faults)
	}
}
