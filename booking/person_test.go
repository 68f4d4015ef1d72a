package booking

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestPhone(t *testing.T) {
	for _, tc := range []struct{ text, e164, shown string }{
		{"91234567", "+4791234567", "912 34 567"},
		{"912 34 567", "+4791234567", "912 34 567"},
		{"41 23 45 67", "+4741234567", "412 34 567"},
		{"+47 912 34 567", "+4791234567", "912 34 567"},
		{"004791234567", "+4791234567", "912 34 567"},
		{"4791234567", "+4791234567", "912 34 567"},
		{"nummeret mitt er 912.34.567", "+4791234567", "912 34 567"},
		{"912-34-567 takk", "+4791234567", "912 34 567"},
		{"９１２３４５６７", "+4791234567", "912 34 567"},
		{"73 59 50 00", "+4773595000", "73 59 50 00"},
		{"22 22 55 55", "+4722225555", "22 22 55 55"},
		{"+46 70 123 45 67", "+46701234567", "+46 70 123 45 67"},
		{"0046701234567", "+46701234567", "+46 70 123 45 67"},
		{"+44 7400 123456", "+447400123456", "+44 7400 123456"},
	} {
		e164, shown, err := Phone(tc.text)
		if e164 != tc.e164 || shown != tc.shown || err != nil {
			t.Errorf("Phone(%q) = %q, %q, %v", tc.text, e164, shown, err)
		}
	}
	for text, want := range map[string]error{
		"":                        ErrNotNumber,
		"vet ikke":                ErrNotNumber,
		"912 34 56":               ErrTooShort,
		"02800":                   ErrTooShort,
		"113":                     ErrTooShort,
		"+47 912":                 ErrTooShort,
		"912345678":               ErrTooLong,
		"01819010001":             ErrTooLong, // an identity number
		"80012345":                ErrNotReachable,
		"82012345":                ErrNotReachable,
		"58012345":                ErrNotReachable,
		"12345678":                ErrNotReachable,
		"912 34 567 eller 73 59":  ErrNotNumber,
		"+999 12 34 56 78":        ErrNotNumber,
		"fra 10 til 12":           ErrNotNumber,
		strings.Repeat("9", 5000): ErrTooLong,
	} {
		if e164, _, err := Phone(text); !errors.Is(err, want) {
			t.Errorf("Phone(%.20q) = %q, %v, not %v", text, e164, err, want)
		}
	}
}

func TestName(t *testing.T) {
	for text, want := range map[string]string{
		"Kari":                  "Kari",
		"  kari   nordmann ":    "kari nordmann",
		"Anne-Lise O'Brien":     "Anne-Lise O'Brien",
		"Bo":                    "Bo",
		"A\u030asa Ødegård":     "Åsa Ødegård",
		"Olav H. Nordmann jr.":  "Olav H. Nordmann jr.",
		"Фатима":                "Фатима",
		strings.Repeat("æ", 60): strings.Repeat("æ", 60),
	} {
		if got, err := Name(text); got != want || err != nil {
			t.Errorf("Name(%q) = %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]error{
		"":                                     ErrNameShort,
		"K":                                    ErrNameShort,
		"--":                                   ErrNameShort,
		strings.Repeat("æ", 61):                ErrNameLong,
		"gjør det vondt?":                      ErrNameQuestion,
		"kan jeg få vite hva det koster først": ErrNameQuestion,
		"91234567":                             ErrNameNumber,
		"Kari 2":                               ErrNameNumber,
		"Kari ２":                               ErrNameNumber,
		"Kari <b>":                             ErrNameSigns,
		"Kari\u202eNordmann":                   ErrNameSigns,
		"Kari 😀":                               ErrNameSigns,
		"Kari, Ola":                            ErrNameSigns,
	} {
		if got, err := Name(text); !errors.Is(err, want) {
			t.Errorf("Name(%q) = %q, %v, not %v", text, got, err, want)
		}
	}
	if got, err := Name("Kari\nNordmann"); got != "Kari Nordmann" || err != nil {
		t.Errorf("a line break: %q, %v", got, err)
	}
}

func TestMaskNumbers(t *testing.T) {
	const m = masked
	for text, want := range map[string]string{
		// Synthetic identity numbers (month + 80).
		"01819010001":             m,
		"fnr 01819010001.":        "fnr " + m + ".",
		"018190 10001":            m,
		"018190-10001":            m,
		"018190 – 10001":          m,
		"01.81.90.10001":          m,
		"01 81 90 100 01":         m,
		"0 1 8 1 9 0 1 0 0 0 1":   m,
		"jeg er 01819010192 takk": "jeg er " + m + " takk",
		"a01819010001b":           "a" + m + "b",
		"018190\n10001":           m,
		"018190\u00a010001":       m,
		"018190\u200b10001":       m,
		"01819\u2060010001":       m,
		"０１８１９０１０００１":             m,
		"٠١٨١٩٠١٠٠٠١":             m,
		"0️⃣1️⃣8️⃣1️⃣9️⃣0️⃣1️⃣0️⃣0️⃣0️⃣1️⃣": m,
		"018190 (10001)":             m + ")",
		"01819010001 og 01819010192": m + " og " + m,
		"018190100012":               m, // a figure too many
		"1234.56.78901":              m, // an account: in doubt
		"41029010 001":               m, // begins like a phone number
		"+47 01819010001":            "+" + m,
		"912 34 567 01819010001":     m,
		"+01819010001":               "+" + m,
		"12.02.2026 01819010001":     m,
		// Phone numbers, dates, times.
		"+47 912 34 567":                       "",
		"+4791234567":                          "",
		"004791234567":                         "",
		"0047 912 34 567":                      "",
		"0047 73 59 50 00":                     "",
		"91234567":                             "",
		"912 34 567 / 73 59 50 00":             "",
		"+46 70 123 45 67":                     "",
		"0046701234567":                        "",
		"3.12.2026 10.30":                      "",
		"12/2/2026 10:30":                      "",
		"12.02.2026 kl. 10.30":                 "",
		"2026-12-3 10:30":                      "",
		"3.12. 10.30-12.00":                    "",
		"12.02.2026 10.30–12.00":               "",
		"912 34 567, 9.30":                     "",
		"klokka 10 eller 11, ikke 12":          "",
		"1234567890":                           "",
		"broken \xff text":                     "",
		"":                                     "",
		"K-7M2P 3.12.2026 kl 10.30 912 34 567": "",
	} {
		if want == "" {
			want = text
		}
		got, found := MaskNumbers(text)
		if got != want || found != (want != text) {
			t.Errorf("MaskNumbers(%q) = %q, %v", text, got, found)
		}
		if again, found := MaskNumbers(got); again != got || found {
			t.Errorf("masked twice: %q became %q", got, again)
		}
	}
}

// In every usual grouping, with every usual sign between, an identity number
// is found, whatever its figures.
func TestMaskNumbersInAllGroupings(t *testing.T) {
	for n := range 3000 {
		// dates over the whole century, D- and H-numbers among them
		d, mo, y := 1+n%31+40*(n%2), 1+n%12+40*(n%3), n%100
		id := []byte{byte('0' + d/10), byte('0' + d%10), byte('0' + mo/10), byte('0' + mo%10), byte('0' + y/10), byte('0' + y%10)}
		for k, p := 0, n*7919+13; k < 5; k, p = k+1, p/7+n*31 {
			id = append(id, byte('0'+p%10))
		}
		for _, groups := range [][]int{{11}, {6, 5}, {2, 2, 2, 5}, {6, 3, 2}, {2, 2, 2, 3, 2}, {3, 3, 3, 2}, {4, 2, 5}, {4, 4, 3}, {8, 3}} {
			for _, sep := range []string{" ", "-", ".", " - ", "/", ":", " "} {
				var parts []string
				at := 0
				for _, g := range groups {
					parts = append(parts, string(id[at:at+g]))
					at += g
				}
				text := "det er " + strings.Join(parts, sep) + " ja"
				if got, found := MaskNumbers(text); !found || got != "det er "+masked+" ja" {
					t.Fatalf("%q became %q", text, got)
				}
			}
		}
	}
}

func FuzzMaskNumbers(f *testing.F) {
	f.Add("018190-10001")
	f.Add("+47 912 34 567 01.02.90 10.001")
	f.Fuzz(func(t *testing.T, text string) {
		got, found := MaskNumbers(text)
		if again, _ := MaskNumbers(got); found != (got != text) || again != got {
			t.Errorf("%q: %q, %v, then %q", text, got, found, again)
		}
		run := 0
		for _, r := range got {
			if run++; r < '0' || r > '9' {
				run = 0
			}
			if run == 11 && !strings.Contains(got, "+") && !strings.Contains(got, "00") && !strings.Contains(got, "＋") {
				t.Errorf("%q keeps 11 figures in a row: %q", text, got)
			}
		}
	})
}

func TestNames(t *testing.T) {
	n := Names{
		Weekdays: [7]string{"søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"},
		Short:    [7]string{"søn.", "man.", "tirs.", "ons.", "tors.", "fre.", "lør."},
		Months:   [12]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"},
		At:       "kl.", Zone: oslo,
	}
	now := at("2026-02-12 10.30").UTC() // T25, T27: whatever zone the instant comes in
	for got, want := range map[string]string{
		n.Long(now):                   "torsdag 12. februar 2026 kl. 10.30",
		n.Near(now):                   "torsdag 12. februar kl. 10.30",
		n.ShortTime(now):              "tors. 12.2. kl. 10.30",
		n.WeekdayTime(now):            "torsdag kl. 10.30",
		n.DayLong(day("2026-02-12")):  "torsdag 12. februar 2026",
		n.DayNear(day("2026-12-06")):  "søndag 6. desember",
		n.DayShort(day("2026-12-06")): "søn. 6.12.",
		n.Long(at("2026-07-01 09.05").In(time.FixedZone("", -8*3600))): "onsdag 1. juli 2026 kl. 09.05",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	for d := day("2026-01-01"); d.Year == 2026; d = d.Add(1) {
		if s := n.ShortTime(d.At(630, oslo)); len([]rune(s)) > 24 {
			t.Errorf("%q is too long for a button", s)
		}
	}
}

// T24: the calendar file shows the time of the text, summer and winter.
func TestICS(t *testing.T) {
	for start, want := range map[string]string{
		"2026-12-03 10.30": "DTSTART:20261203T093000Z",
		"2026-07-03 10.30": "DTSTART:20260703T083000Z",
		"2026-03-30 09.00": "DTSTART:20260330T070000Z",
		"2026-10-26 09.00": "DTSTART:20261026T080000Z",
	} {
		v := Event{Reference: "K-7M2P", Host: "klinikk", Start: at(start), End: at(start).Add(25 * time.Minute),
			Title: "Time hos Klinikk Trondheim", Place: "Gata 1, 7011 Trondheim; 2. etasje", Sequence: 3, Written: at("2026-02-01 12.00")}
		text := string(ICS(v))
		for _, line := range []string{want, "UID:K-7M2P@klinikk", "SEQUENCE:3", "SUMMARY:Time hos Klinikk Trondheim", "STATUS:CONFIRMED",
			"METHOD:PUBLISH", "DTSTAMP:20260201T110000Z", `LOCATION:Gata 1\, 7011 Trondheim\; 2. etasje`} {
			if !strings.Contains(text, line+"\r\n") {
				t.Errorf("%s: no line %q in\n%s", start, line, text)
			}
		}
		for _, line := range strings.Split(text, "\r\n") {
			if len(line) > 75 {
				t.Errorf("line of %d bytes: %q", len(line), line)
			}
		}
		v.Cancelled = true
		if text := string(ICS(v)); strings.Count(text, "METHOD:") != 1 || !strings.Contains(text, "METHOD:CANCEL\r\n") || !strings.Contains(text, "STATUS:CANCELLED\r\n") {
			t.Errorf("cancelled:\n%s", text)
		}
	}
}

func TestMinutes(t *testing.T) {
	c := &Clinic{NewPatientExtra: 15 * time.Minute, Treatments: []Treatment{
		{Code: "A1", ID: "panne", Minutes: 10}, {Code: "A2", ID: "hals", Minutes: 15}, {Code: "A3", ID: "kjeve", Minutes: 20, Medical: true}, {Code: "A4", ID: "kort", Minutes: 2}}}
	for _, tc := range []struct {
		areas []string
		fresh bool
		want  int
	}{
		{[]string{"panne"}, false, 10},
		{[]string{"A1"}, true, 25},
		{[]string{"panne", "A1"}, false, 10}, // the same area
		{[]string{"panne", "hals"}, false, 25},
		{[]string{"panne", "hals", "kjeve"}, false, 30}, // within what is published
		{[]string{"kort"}, false, 5},
		{nil, false, 30},
		{[]string{"ukjent"}, true, 45},
	} {
		if got := c.Minutes(tc.areas, tc.fresh); got != time.Duration(tc.want)*time.Minute {
			t.Errorf("%v, new %v: %v", tc.areas, tc.fresh, got)
		}
	}
	if !c.Medical([]string{"panne", "A3"}) || c.Medical([]string{"panne"}) {
		t.Error("medical areas")
	}
}
