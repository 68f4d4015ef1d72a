package data

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klinikkbot/booking/screening"
)

type labelled struct {
	Question, Text string
	Reading        screening.Reading
}

func readLabelled(t *testing.T, path string) []labelled {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, l)
	}
	return out
}

// Typed answers are read right, and a yes or an unsure is never read as no.
func TestTypedAnswers(t *testing.T) {
	check, faults := Screening("")
	if check == nil {
		t.Fatal(faults)
	}
	files, _ := filepath.Glob("../booking/screening/testdata/*.jsonl")
	if len(files) == 0 {
		t.Fatal("no labelled answers")
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			set := readLabelled(t, path)
			right := 0
			for _, l := range set {
				got := check.Read(l.Question, l.Text)
				if got == l.Reading {
					right++
					continue
				}
				t.Logf("%s: %q is %s, read as %s", l.Question, l.Text, l.Reading, got)
				if got == screening.No {
					t.Errorf("dangerous: %s: %q is %s, read as no", l.Question, l.Text, l.Reading)
				}
			}
			share := float64(right) / float64(len(set))
			t.Logf("%d of %d right, %.1f %%", right, len(set), 100*share)
			if share < 0.95 {
				t.Errorf("%.1f %% right, want 95", 100*share)
			}
		})
	}
}

// Texts that are anything but a plain denial: each a way in which a rule once
// took a yes or a doubt for a no.
func TestNeverNo(t *testing.T) {
	check, _ := Screening("")
	text, err := os.ReadFile("../booking/screening/testdata/not-no.txt")
	if err != nil {
		t.Fatal(err)
	}
	question := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if key, ok := strings.CutPrefix(line, "# "); ok {
			question = key
		} else if line != "" && check.Read(question, line) == screening.No {
			t.Errorf("%s: %q is read as no", question, line)
		}
	}
}

// Each condition of each question, told of in many ways, is never a no.
func TestConditionsToldAreNeverNo(t *testing.T) {
	check, _ := Screening("")
	ways := []string{
		"jeg har %s", "%s", "nei, men jeg har %s", "ikke bare %s", "har %s, men ikke så ille", "%s ja", "jeg har ikke noe annet enn %s",
		"nei, bare litt %s", "har ikke blitt kvitt %s", "nei, kun %s", "ingen, bortsett fra %s", "har %s ikke plagsomt", "mamma har %s",
		"tror ikke jeg har %s", "har aldri vært uten %s", "nei %s", "nei, %s", "har hatt %s", "ikke %s?", "er ikke sikker på om jeg har %s",
		"har %s og ingen barn", "frisk bortsett fra %s", "nei, frisk, men %s", "har ikke barn men har %s", "%s, ellers ingenting",
		"nei ikke noe annet enn %s", "aldri vært plaget, før %s", "nei jeg har %s", "alt bra, har %s", "%s for lenge siden, men ikke sluttet",
		"ikke noe nytt, fortsatt %s", "%s, men det er ikke noe problem", "har %s men ingen plager", "nei, ingen ting, bare %s", "jeg har jo %s",
		"%s som ikke plager meg", "ikke alvorlig %s", "nei, ikke alvorlig %s", "ikke mye %s", "ikke lenger %s",
	}
	for _, key := range check.Keys() {
		q, _ := check.Question(key)
		for _, name := range q.Names {
			name = strings.NewReplacer("~", "", " .. ", " ").Replace(name)
			for _, way := range ways {
				if text := fmt.Sprintf(way, name); check.Read(key, text) == screening.No {
					t.Errorf("%s: %q is read as no", key, text)
				}
			}
		}
	}
}

func TestTold(t *testing.T) {
	check, _ := Screening("")
	for _, each := range []struct {
		text string
		want []string
	}{
		{"jeg er forresten gravid", []string{"gravid"}},
		{"jeg er ikke gravid", nil},
		{"æ e itj gravid", nil},
		{"kona er gravid", nil},
		{"kan gravide ta botox?", nil},
		{"kan man ta botox som gravid?", nil},
		{"kan jeg komme når jeg ammer?", []string{"ammer"}},
		{"jeg ammer, går det greit?", []string{"ammer"}},
		{"jeg har MS og går på Marevan", []string{"nevro", "blodfortynnende"}},
		{"hva er MS?", nil},
		{"jeg fikk botox for tre uker siden", []string{"nylig"}},
		{"jeg fikk botox for to år siden", nil},
		{"hvor lenge varer det? tre måneder?", nil},
		{"jeg er 16 år", []string{"under18"}},
		{"jeg er 46 år", nil},
		{"datteren min er 16", nil},
		{"kanskje jeg er gravid", nil},
		{"kan jeg få time torsdag?", nil},
		{"har dere ledig om to uker?", nil},
		{"hei", nil},
		{"", nil},
	} {
		if got := check.Told(each.text); !slices.Equal(got, each.want) {
			t.Errorf("%q: %v, want %v", each.text, got, each.want)
		}
	}
}

func TestReadCard(t *testing.T) {
	check, _ := Screening("")
	for _, each := range []struct {
		card  int
		text  string
		read  screening.Reading
		told  []string
		clear bool
	}{
		{2, "nei", screening.No, nil, true},
		{2, "Nei, ingen", screening.No, nil, true},
		{2, "ingen av delene", screening.No, nil, true},
		{2, "næh", screening.No, nil, true},
		{2, "Ja, minst ett", screening.Yes, nil, true},
		{2, "ja", screening.Yes, nil, true},
		{2, "vet ikke", screening.Unsure, nil, true},
		{2, "ja, jeg ammer", screening.Yes, []string{"ammer"}, true},
		{2, "nei, men jeg ammer", screening.Yes, []string{"ammer"}, true},
		{2, "ikke gravid", screening.Unsure, nil, true},
		{2, "nei, men jeg har astma", screening.No, []string{"pust"}, true},
		{2, "hva betyr det?", screening.Unsure, nil, false},
		{3, "har astma", screening.Yes, []string{"pust"}, true},
		{3, "Nei, ingenting", screening.No, nil, true},
		{4, "nei", screening.No, nil, true},
		{4, "nei, bare Paracet", screening.No, nil, true},
		{4, "går på Marevan", screening.Yes, []string{"blodfortynnende"}, true},
		{9, "nei", screening.Unsure, nil, false},
	} {
		got := check.ReadCard(each.card, each.text)
		if got.Reading != each.read || !slices.Equal(got.Told, each.told) || got.Clear != each.clear {
			t.Errorf("card %d: %q: %+v, want %s %v %v", each.card, each.text, got, each.read, each.told, each.clear)
		}
	}
}

// No text makes the reader panic, and a "ja" or a "kanskje" added to any answer
// never turns it to no.
func FuzzRead(f *testing.F) {
	check, _ := Screening("")
	files, _ := filepath.Glob("../booking/screening/testdata/*.jsonl")
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			if n++; n%10 != 1 {
				continue // seeds run in every test too; a tenth is enough there
			}
			var l labelled
			if json.Unmarshal([]byte(line), &l) == nil {
				f.Add(l.Text)
			}
		}
	}
	keys := check.Keys()
	f.Fuzz(func(t *testing.T, text string) {
		check.Told(text)
		for card := range 6 {
			check.ReadCard(card, text)
		}
		for _, key := range keys {
			check.Read(key, text)
			for _, more := range []string{"ja " + text, text + " ja", "ja, " + text, text + ", ja", "kanskje " + text, text + " kanskje", text + ". Kanskje"} {
				if check.Read(key, more) == screening.No {
					t.Errorf("%s: %q is read as no", key, more)
				}
			}
		}
	})
}

func TestScreeningFaults(t *testing.T) {
	good, err := builtIn.ReadFile(screeningFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct{ name, old, new, want, at string }{
		{"unknown outcome", "    yes: review\n", "    yes: maybe\n", `question "allergi": yes leads to "maybe"`, "    yes: maybe"},
		{"no unsure outcome", "    short: Du er gravid\n    yes: block\n    unsure: review\n", "    short: Du er gravid\n    yes: block\n", `question "gravid" doesn't say what unsure leads to`, "  - key: gravid"},
		{"duplicate key", "  - key: ammer\n", "  - key: gravid\n", `the key "gravid" is used twice`, ""},
		{"no text", "    text: Er du gravid?\n", "    text: \"\"\n", `question "gravid" has no text`, `    text: ""`},
		{"no source", "    source: klinikken [A1]; B10\n", "", `question "gravid" has no source`, "  - key: gravid"},
		{"unknown on card", "keys: [under18]", "keys: [under19]", `the card names "under19"`, "  - keys: [under19]"},
		{"on no card", ", nylig, annet]", ", nylig]", `question "annet" is on no card`, "  - key: annet"},
		{"on two cards", ", nylig, annet]", ", nylig, annet, gravid]", `question "gravid" is on two cards`, ", nylig, annet, gravid]"},
		{"unknown mode", "mode: cards", "mode: kort", `unknown mode "kort"`, "mode: kort"},
		{"unknown key", "    short: Du er gravid\n", "    shirt: Du er gravid\n", `unknown key "shirt"`, "    shirt:"},
		{"age goes on", "    short: Du er under 18 år\n    yes: block", "    short: Du er under 18 år\n    yes: review", `question "under18" must block`, "    yes: review"},
	} {
		t.Run(each.name, func(t *testing.T) {
			text := strings.Replace(string(good), each.old, each.new, 1)
			if text == string(good) {
				t.Fatal("the file has changed; mend this test")
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, screeningFile), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			check, faults := Screening(dir)
			if check != nil {
				t.Error("a faulty file gives a check")
			}
			for _, fault := range faults {
				if strings.Contains(fault.What, each.want) {
					lines := strings.Split(text, "\n")
					if fault.Line < 1 || fault.Line > len(lines) || !strings.Contains(lines[fault.Line-1], each.at) {
						t.Errorf("line %d doesn't hold %q", fault.Line, each.at)
					}
					if fault.Remedy == "" {
						t.Error("no remedy")
					}
					return
				}
			}
			t.Errorf("%v, want %q", faults, each.want)
		})
	}
}

// The built-in check is the one of DOMAIN.md: thirteen questions, four cards,
// five of them blocking.
func TestBuiltInScreening(t *testing.T) {
	check, faults := Screening("")
	if check == nil {
		t.Fatal(faults)
	}
	ask, _ := check.Next(screening.Progress{})
	if !ask.Age || ask.Cards != 4 {
		t.Errorf("%+v", ask)
	}
	var blocks []string
	for _, key := range check.Keys() {
		q, _ := check.Question(key)
		if q.Yes == screening.LeadsBlock {
			blocks = append(blocks, key)
		}
	}
	if want := []string{"under18", "gravid", "ammer", "svelg", "nevro"}; !slices.Equal(blocks, want) {
		t.Errorf("blocking: %v, want %v", blocks, want)
	}
	if len(check.Keys()) != 13 {
		t.Errorf("%d questions", len(check.Keys()))
	}
}
