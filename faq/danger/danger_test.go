package danger_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"klinikkbot/data"
	"klinikkbot/faq/danger"
)

// rules are the clinic's own, as built in.
func rules(t testing.TB) *danger.Rules {
	t.Helper()
	r, faults := data.Danger("")
	for _, f := range faults {
		t.Error(f)
	}
	if r == nil {
		t.FailNow()
	}
	return r
}

type message struct{ Text, Level, Kind string }

func messages(t testing.TB, path string) []message {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []message
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var m message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, m)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// evaluation is the folder of the development sets, which are not part of the
// project.
func evaluation(t *testing.T) string {
	dir := os.Getenv("EVAL_DIR")
	if dir == "" {
		t.Skip("EVAL_DIR is not set: the development sets are not read")
	}
	return dir
}

func imagined(t testing.TB) []message {
	return append(messages(t, "testdata/other.jsonl"), messages(t, "testdata/later.jsonl")...)
}

func alarms(l danger.Level) bool { return l != danger.None && l != danger.Clinic }

// No message of an imagined patient may be read at the wrong level.
func TestImagined(t *testing.T) {
	r := rules(t)
	// known misses, each with the reason why it stays
	known := map[string]bool{
		"fikk botox i går, nå ptser jeg tungt": true, // two letters lost in a word of five
	}
	for _, m := range imagined(t) {
		if got := r.Find(m.Text); got != danger.Level(m.Level) && !known[m.Text] {
			t.Errorf("%q: %q, want %q, by %q", m.Text, got, m.Level, r.Why(m.Text))
		}
	}
}

func TestDevelopmentSet(t *testing.T) {
	r := rules(t)
	others, wrong := 0, 0
	for _, m := range messages(t, filepath.Join(evaluation(t), "dev.jsonl")) {
		got := alarms(r.Find(m.Text))
		switch {
		case m.Kind == "emergency" && !got:
			t.Errorf("missed: %q", m.Text)
		case m.Kind != "emergency":
			others++
			if got {
				wrong++
				t.Logf("false alarm: %q, by %q", m.Text, r.Why(m.Text))
			}
		}
	}
	if wrong*1000 > others*3 {
		t.Errorf("%d false alarms in %d messages, at most 0.3 %%", wrong, others)
	}
}

// Orders to a speaker about music, alarms and the weather are never danger, at
// any level.
func TestUtterancesOfNorSID(t *testing.T) {
	r := rules(t)
	for _, m := range messages(t, filepath.Join(evaluation(t), "norsid-dev.jsonl")) {
		if got := r.Find(m.Text); got != danger.None {
			t.Errorf("%q: %q, by %q", m.Text, got, r.Why(m.Text))
		}
	}
}

// What stands around a message changes nothing.
func TestSurroundings(t *testing.T) {
	r := rules(t)
	around := map[string]func(string) string{
		"upper case":  strings.ToUpper,
		"emoji":       func(s string) string { return "😱 " + s + " 😢🙏" },
		"spaces":      func(s string) string { return "  \u00a0" + strings.ReplaceAll(s, " ", "  ") + "\t" },
		"invisible":   func(s string) string { return "\u200b" + s + "\ufeff" },
		"exclamation": func(s string) string { return s + "!!!" },
		"a greeting":  func(s string) string { return "Hei. " + s },
	}
	for _, m := range imagined(t) {
		if m.Level == "" {
			continue
		}
		want := r.Find(m.Text)
		for name, change := range around {
			if got := r.Find(change(m.Text)); got != want {
				t.Errorf("%s: %q: %q, was %q", name, change(m.Text), got, want)
			}
		}
	}
}

// A question mark after a message never takes an alarm of 113 away.
func TestQuestionMark(t *testing.T) {
	r := rules(t)
	for _, m := range imagined(t) {
		if m.Level == "113" && r.Find(m.Text) == danger.Level113 && r.Find(m.Text+"?") != danger.Level113 {
			t.Errorf("%q with a question mark: %q", m.Text, r.Find(m.Text+"?"))
		}
	}
}

// Messages that hold a negation, a question or a booking beside the sign.
func TestNeverMuted(t *testing.T) {
	r := rules(t)
	for _, text := range []string{
		"får nesten ikke puste",
		"jeg får ikke puste, kan man dø av dette?",
		"Kan man dø av dette? Jeg får ikke puste",
		"kan man få hjelp her jeg får ikke puste",
		"hvor lenge må jeg vente, jeg får ikke puste",
		"Hva om det blir verre? Tungen hovner opp",
		"Kan jeg få time i morgen? Jeg puster så tungt",
		"nei jeg tror ikke det er farlig, men jeg klarer ikke å svelge",
		"Slå av alarmen! Jeg får ikke puste",
		"det går sikkert bra, men halsen hovner opp",
		"Jeg er livredd for nåler, og nå har jeg fått hoven tunge",
		"Jeg besvimte for to år siden, og nå får jeg ikke puste",
		"ja, jeg har astma fra før, men får ikke puste nå",
		"hvis jeg legger meg ned får jeg ikke puste",
		"hvis jeg drikker kommer det ut av nesa",
		"hvorfor får jeg ikke puste",
		"hvor lenge varer det at tungen er hoven?",
		"hvor lenge varer pustevanskene?",
		"er det vanlig at man ikke får puste sånn som jeg?",
		"kan botox gi hoven hals for det har jeg",
		"får ikke puste av varmen",
		"jeg får ikke puste av sjokk etter sprøyta",
		"ansiktet mitt henger, kan dere hjelpe meg?",
		"Ansiktet mitt henger på venstre side, kan dere fikse det?",
		"Kan dere hjelpe, armen er lam",
		"jeg leste om folk som ikke fikk puste, og slik har jeg det også",
		"redd for å svelge fordi maten setter seg fast",
		"halsen hovner, ser sliten ut",
		"haha neida, men seriøst jeg får ikke puste etter sprøyta",
	} {
		if got := r.Find(text); got != danger.Level113 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A mild side effect that the clinic publishes is never more than the clinic's.
func TestPublishedSideEffects(t *testing.T) {
	r := rules(t)
	for _, text := range []string{
		"Øyelokket mitt er tungt etter botox", "tunge øyelokk", "har litt hodepine etter timen",
		"fikk et blåmerke ved øyet", "litt tungt øyelokk siden i går", "tunge og slitne øyelokk etter panna",
		"vondt i hodet dagen etter", "litt rød etter stikkene", "My eyelid is heavy", "I have a bruise and a headache",
	} {
		if got := r.Find(text); alarms(got) {
			t.Errorf("%q: %q, by %q", text, got, r.Why(text))
		}
	}
}

func TestFindDuring(t *testing.T) {
	r := rules(t)
	for _, c := range []struct {
		question, text, reading string
		want                    danger.Level
	}{
		{"svelg", "Nei, ingen problemer med å svelge", "no", danger.None},
		{"svelg", "jeg har ikke vansker med å svelge nå", "no", danger.None},
		{"svelg", "nei, ingen svelgproblemer nå, men hadde det før", "no", danger.None},
		{"svelg", "får stadig drikke i vrangstrupen", "yes", danger.None},
		{"svelg", "har litt problemer med å svelge tabletter", "unsure", danger.None},
		{"svelg", "ja, maten setter seg fast siden i går", "yes", danger.Level113},
		{"svelg", "klarer ikke å svelge", "yes", danger.Level113},
		{"svelg", "Nei, men halsen hovner opp", "no", danger.Level113},
		{"svelg", "nei, men jeg får ikke puste", "no", danger.Level113},
		{"svelg", "nei, men nå klarer jeg ikke å svelge", "no", danger.Level113},
		{"svelg", "nei, men jeg ser dobbelt", "no", danger.SameDay},
		{"svelg", "nei, vil ikke leve", "no", danger.Life},
		{"pust", "nei, ingen pustevansker", "no", danger.None},
		{"pust", "nei aldri hatt problemer med å puste", "no", danger.None},
		{"pust", "har KOLS og pustevansker", "yes", danger.None},
		{"pust", "ja, blir tungpustet når jeg trener", "yes", danger.None},
		{"pust", "ja, jeg får ikke puste", "yes", danger.Level113},
		{"pust", "pustevansker nå", "unsure", danger.Level113},
		{"pust", "plutselig tungt å puste", "yes", danger.Level113},
		{"ansikt", "Har aldri blitt operert eller vært lam i ansiktet", "no", danger.None},
		{"ansikt", "ja, hadde ansiktslammelse i 2015", "yes", danger.None},
		{"ansikt", "nei, ingen hengende øyelokk", "no", danger.None},
		{"ansikt", "halve ansiktet henger plutselig", "yes", danger.Level113},
		{"nevro", "nei, men jeg får ikke puste", "no", danger.Level113},
		{"", "jeg får ikke puste", "no", danger.Level113},
		{"svelg", "Nei, ingen problemer med å svelge", "", danger.Level113},
	} {
		if got := r.FindDuring(c.question, c.text, c.reading); got != c.want {
			t.Errorf("%s, %q read as %s: %q, want %q, by %q", c.question, c.text, c.reading, got, c.want, r.Why(c.text))
		}
	}
}

func TestExcusable(t *testing.T) {
	r := rules(t)
	for text, want := range map[string]bool{
		"jeg får ikke puste":                    true,
		"nei, ingen svelgproblemer":             true,
		"nei":                                   false,
		"tungen hovner opp":                     false,
		"får ikke puste og tungen er hoven":     false,
		"vil dø":                                false,
		"ansiktet henger og jeg kan ikke puste": true,
	} {
		if got := r.Excusable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// A slip in any word of four letters and more of a danger message: a letter
// lost, two swapped, one wrong. The imagined messages hold slips of their own
// already, so these are often the second in a word.
func TestSlips(t *testing.T) {
	r := rules(t)
	var plain, all []string
	for _, m := range imagined(t) {
		if m.Level == "113" && r.Find(m.Text) == danger.Level113 && len(m.Text) <= 60 {
			all = append(all, m.Text)
		}
	}
	plain = []string{
		"Jeg får ikke puste", "Får nesten ikke puste", "Det er tungt å puste", "pustevansker", "tungpustet", "får ikke luft",
		"Klarer ikke å svelge", "svelgvansker", "vanskelig å svelge", "Halsen hovner opp", "hoven hals", "hoven tunge",
		"Tungen min er hoven", "leppene hovner opp", "Ansiktet er hovent", "snakker utydelig", "vanskelig å snakke",
		"Hun besvimte", "bevisstløs", "lam i kroppen", "Ansiktet henger", "Munnviken henger", "brystsmerter",
		"vondt i brystet", "Eg får ikkje puste", "Eg greier ikkje å svelgje", "I can't breathe", "trouble swallowing",
	}
	for _, c := range []struct {
		name  string
		texts []string
		least float64
	}{{"plain", plain, 0.97}, {"imagined", all, 0.94}} {
		tried, kept := 0, 0
		var lost []string
		for _, text := range c.texts {
			for slip := range slips(text) {
				tried++
				if r.Find(slip) != danger.None {
					kept++
				} else {
					lost = append(lost, slip)
				}
			}
		}
		share := float64(kept) / float64(tried)
		t.Logf("%s: %d of %d still alarm (%.1f %%)", c.name, kept, tried, 100*share)
		if c.name == "plain" {
			t.Logf("lost: %q", lost)
		}
		if share < c.least {
			t.Errorf("%s: fewer than %.1f %%", c.name, 100*c.least)
		}
	}
}

func slips(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		rs := []rune(text)
		start := 0
		for i := 0; i <= len(rs); i++ {
			if i < len(rs) && rs[i] != ' ' {
				continue
			}
			if i-start >= 4 {
				for j := start; j < i; j++ {
					without := string(rs[:j]) + string(rs[j+1:])
					swapped, wrong := []rune(text), []rune(text)
					if j+1 < i {
						swapped[j], swapped[j+1] = swapped[j+1], swapped[j]
					}
					wrong[j] = 'x'
					if !yield(without) || !yield(string(swapped)) || !yield(string(wrong)) {
						return
					}
				}
			}
			start = i + 1
		}
	}
}

func FuzzFind(f *testing.F) {
	r := rules(f)
	for _, m := range imagined(f) {
		f.Add(m.Text)
	}
	f.Add("\xff\xfe..??$")
	f.Fuzz(func(t *testing.T, text string) {
		level, why := r.Find(text), r.Why(text)
		if (level == danger.None) != (len(why) == 0) {
			t.Fatalf("%q: level %q, rules %q", text, level, why)
		}
		r.FindDuring("pust", text, "no")
		if utf8.ValidString(text) && r.Find(text+". Jeg får ikke puste") != danger.Level113 {
			t.Fatalf("%q hides an alarm", text)
		}
	})
}

func TestMistakes(t *testing.T) {
	_, err := danger.New(danger.Book{
		Groups: []danger.Group{
			{Name: "a", Level: "112", Signs: []string{"<borte> + puste"}},
			{Name: "a", Level: "113"},
		},
		Excuses: []danger.Excuse{{Of: []string{"b"}, Reach: "far"}},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"groups 0 level", "groups 0 signs 0", "groups 1 name", "groups 1:", "excuses 0 of 0", "excuses 0 reach", "excuses 0:"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error tells nothing of %s:\n%v", want, err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	r := rules(b)
	for name, text := range map[string]string{
		"question": "Hvor lenge varer effekten av behandlingen i panna?",
		"danger":   "Tok botox i går og nå klarer jeg ikke å svelge",
		"4096":     strings.Repeat("jeg lurer på om dere har ledig time til uka og hva det koster ", 66),
		"worst":    strings.Repeat("ikke puste av latter svelge ", 146),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.Find(text)
			}
		})
	}
}
