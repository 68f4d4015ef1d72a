package screening

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
)

func small(mode string) *Check {
	q := func(key, yes, unsure string) Question {
		return Question{Key: key, Text: key + "?", Short: key, Yes: yes, Unsure: unsure, Past: PastDoubt, Names: []string{key}, Topic: []string{key}}
	}
	return New(Definition{
		Version: "t", Mode: mode,
		Questions: []Question{q(Age, LeadsBlock, LeadsAgain), q("gravid", LeadsBlock, LeadsReview), q("astma", LeadsReview, LeadsReview), q("annet", LeadsReview, LeadsReview)},
		Cards:     []Card{{Keys: []string{Age}}, {Keys: []string{"gravid", "astma"}}, {Keys: []string{"annet"}}},
		Words: Words{
			Yes: []string{"ja"}, No: []string{"nei"}, Not: []string{"ikke", "ingen"}, Hedge: []string{"vet ikke", "kanskje"}, But: []string{"men"},
			Self: []string{"jeg"}, Verbs: []string{"har", "er"}, Finite: []string{"har", "er"}, Plain: []string{"jeg", "har", "er"}, Senior: []string{"65 eller eldre"},
		},
	})
}

// Every combination of readings has one outcome, the strictest that any answer
// leads to; only no to everything is ok.
func TestJudgeEveryCombination(t *testing.T) {
	c := small(ModeCards)
	for _, age := range []Reading{Yes, No, Unsure, Senior} {
		for _, gravid := range []Reading{Yes, No, Unsure} {
			for _, astma := range []Reading{Yes, No, Unsure} {
				for _, annet := range []Reading{Yes, No, Unsure} {
					want := OK
					switch {
					case age == Yes:
						want = Under18
					case age == Unsure || gravid == Yes:
						want = Blocked
					case age == Senior || gravid != No || astma != No || annet != No:
						want = Review
					}
					got, done := c.Judge(Answers{Age: age, "gravid": gravid, "astma": astma, "annet": annet})
					if !done || got != want {
						t.Errorf("%s %s %s %s: %s %v, want %s", age, gravid, astma, annet, got, done, want)
					}
				}
			}
		}
	}
}

func TestJudgeEarly(t *testing.T) {
	c := small(ModeCards)
	for _, each := range []struct {
		answers Answers
		want    Outcome
		done    bool
	}{
		{nil, "", false},
		{Answers{Age: Yes}, Under18, true},
		{Answers{Age: Yes, "gravid": Yes}, Under18, true},
		{Answers{"gravid": Yes}, Blocked, true},
		{Answers{Age: No, "gravid": No, "astma": Yes}, "", false},
		{Answers{Age: No, "gravid": Unsure}, "", false},
		{Answers{Age: No, "gravid": No, "astma": No, "annet": No, "ukjent": Yes}, OK, true},
		{Answers{Age: No, "gravid": No, "astma": No, "annet": "?"}, Review, true},
	} {
		if got, done := c.Judge(each.answers); got != each.want || done != each.done {
			t.Errorf("%v: %s %v, want %s %v", each.answers, got, done, each.want, each.done)
		}
	}
}

// A dialogue: what is pressed or typed, and what is then asked.
func TestDialogue(t *testing.T) {
	for _, each := range []struct {
		name, mode string
		say        []string // yes no unsure senior back, or typed text
		ask        string   // what is asked at the end
		outcome    Outcome
	}{
		{"all no", ModeCards, []string{"no", "no", "no"}, "", OK},
		{"typed", ModeCards, []string{"42", "nei", "nei"}, "", OK},
		{"one by one", ModeOne, []string{"no", "no", "no", "no"}, "", OK},
		{"list", ModeList, []string{"no", "no"}, "", OK},
		{"list opened", ModeList, []string{"no", "yes", "no", "no", "yes"}, "", Review},
		{"list opened and blocked", ModeList, []string{"no", "yes", "yes"}, "", Blocked},
		{"senior", ModeCards, []string{"senior", "no", "no"}, "", Review},
		{"typed senior", ModeCards, []string{"67", "no", "no"}, "", Review},
		{"senior label", ModeCards, []string{"65 eller eldre", "no", "no"}, "", Review},
		{"under 18", ModeCards, []string{"yes"}, "", Under18},
		{"under 18 typed", ModeCards, []string{"17"}, "", Under18},
		{"under 18 stays", ModeCards, []string{"17", "back"}, "", Under18},
		{"age unclear", ModeCards, []string{"tja"}, "1 under18 again", ""},
		{"age unsure twice stops", ModeCards, []string{"unsure", "unsure"}, "", Blocked},
		{"age unclear, then clear", ModeCards, []string{"tja", "30"}, "2 gravid astma", ""},
		{"yes opens", ModeCards, []string{"no", "yes"}, "2 gravid one", ""},
		{"unsure opens", ModeCards, []string{"no", "unsure"}, "2 gravid one", ""},
		{"unclear asks again", ModeCards, []string{"no", "torsdag"}, "2 gravid astma again", ""},
		{"unclear twice opens", ModeCards, []string{"no", "torsdag", "fredag"}, "2 gravid one", ""},
		{"yes, then no to each", ModeCards, []string{"no", "yes", "no", "no", "no"}, "", Review},
		{"unsure, then no to each", ModeCards, []string{"no", "unsure", "no", "no", "no"}, "", Review},
		{"block ends at once", ModeCards, []string{"no", "yes", "yes"}, "", Blocked},
		{"review goes on to the end", ModeCards, []string{"no", "yes", "no", "yes"}, "3 annet one", ""},
		{"typed fact blocks", ModeCards, []string{"no", "jeg er gravid"}, "", Blocked},
		{"typed fact opens the rest", ModeCards, []string{"no", "jeg har astma"}, "2 gravid one", ""},
		{"a fact of another card counts there", ModeCards, []string{"no", "nei, men annet", "no"}, "", Review},
		{"told early", ModeCards, []string{"42. gravid"}, "", Blocked},
		{"single unclear twice is unsure", ModeCards, []string{"no", "no", "torsdag", "torsdag"}, "", Review},
		{"back", ModeCards, []string{"no", "yes", "back", "no"}, "3 annet one", ""},
		{"back out of a card corrects it", ModeCards, []string{"no", "yes", "no", "back", "back", "no", "no"}, "", OK},
		{"back at the start", ModeCards, []string{"back"}, "1 under18", ""},
		{"after the outcome nothing changes", ModeCards, []string{"no", "yes", "yes", "no", "no"}, "", Blocked},
	} {
		t.Run(each.name, func(t *testing.T) {
			c := small(each.mode)
			var p Progress
			for _, say := range each.say {
				switch say {
				case "back":
					p, _ = c.Back(p)
				case "yes", "no", "unsure", "senior":
					p, _ = c.Take(p, Reading(say), "")
				default:
					p, _ = c.Take(p, "", say)
				}
				// A progress survives its way through Redis.
				text, err := json.Marshal(p)
				if err != nil {
					t.Fatal(err)
				}
				var back Progress
				if err := json.Unmarshal(text, &back); err != nil {
					t.Fatal(err)
				}
				p = back
			}
			got := ""
			ask, more := c.Next(p)
			if more {
				got = fmt.Sprint(ask.Card)
				for _, key := range ask.Keys {
					got += " " + key
				}
				if ask.Question != "" && !ask.Age {
					got += " one"
				}
				if ask.Again {
					got += " again"
				}
			}
			outcome, done := c.Outcome(p)
			if got != each.ask || outcome != each.outcome || done == more {
				t.Errorf("asks %q, outcome %q; want %q, %q", got, outcome, each.ask, each.outcome)
			}
		})
	}
}

// Whatever is pressed, in whatever order: a yes or an unsure that still stands
// never ends in ok, and the check ends.
func TestNoWayFromYesToOK(t *testing.T) {
	presses := []Reading{Yes, No, Unsure, Senior}
	for _, mode := range []string{ModeCards, ModeOne, ModeList} {
		c := small(mode)
		var walk func(p Progress, allNo bool, depth int)
		walk = func(p Progress, allNo bool, depth int) {
			if _, more := c.Next(p); !more {
				outcome, done := c.Outcome(p)
				if !done || (outcome == OK) != allNo {
					t.Errorf("%s: %+v: %s %v", mode, p, outcome, done)
				}
				return
			}
			if depth > 10 {
				t.Fatalf("%s: no end: %+v", mode, p)
			}
			for _, r := range presses {
				next, again := c.Take(p, r, "")
				walk(next, allNo && (r == No || again), depth+1)
			}
		}
		walk(Progress{}, true, 0)
	}
}

func TestAbout(t *testing.T) {
	c := small(ModeCards)
	p := c.About("annet", "gravid", "ukjent")
	ask, more := c.Next(p)
	if want := (Ask{Card: 1, Cards: 2, Keys: []string{"gravid"}, Question: "gravid"}); !more || !reflect.DeepEqual(ask, want) {
		t.Fatalf("%+v, want %+v", ask, want)
	}
	p, _ = c.Take(p, No, "")
	p, _ = c.Take(p, No, "")
	if outcome, done := c.Outcome(p); outcome != OK || !done {
		t.Errorf("%s %v", outcome, done)
	}
	p = c.Tell(p, "astma")
	if outcome, _ := c.Outcome(p); outcome != Review {
		t.Errorf("told beside: %s", outcome)
	}
}

// Take and Back leave the progress that they were given alone.
func TestProgressIsAValue(t *testing.T) {
	c := small(ModeCards)
	p, _ := c.Take(Progress{}, No, "")
	p, _ = c.Take(p, Yes, "")
	before, _ := json.Marshal(p)
	a, _ := c.Take(p, No, "")
	b, _ := c.Take(p, Yes, "")
	c.Back(a)
	c.Take(b, No, "")
	if after, _ := json.Marshal(p); string(before) != string(after) {
		t.Errorf("%s became %s", before, after)
	}
	if a.Steps[2].Reading != No || b.Steps[2].Reading != Yes {
		t.Errorf("%+v, %+v share their steps", a, b)
	}
}

func TestHash(t *testing.T) {
	if first, second := small(ModeCards).Hash(), small(ModeCards).Hash(); first != second {
		t.Error("the same check has two hashes")
	}
	if small(ModeCards).Hash() == small(ModeOne).Hash() {
		t.Error("two checks have one hash")
	}
}
