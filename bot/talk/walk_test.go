package talk_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"klinikkbot/booking"
	"klinikkbot/bot/talk"
)

var commands = []string{"start", "start bestill", "start faq_2", "bestill", "timer", "sporsmal", "kontakt", "avbryt", "personvern", "om", "hjelp", "tull"}

var junk = []string{
	"ja", "nei", "vet ikke", "1", "2", "den siste", "ferdig", "tilbake", "avbryt", "meny", "?", "", " ", "…", "😀", "æøå", "panne", "panne og hals", "jeg er 34", "jeg er 16",
	"torsdag etter kl 13", "03/12/2026", "31/02/2027", "01/01/2020", "i morgen", "ikke mandag", "Kari Nordmann", "91234567", "123", "+4791234567", "01010112345",
	"gjør det vondt?", "hvor lenge", "hvor lenge varer det?", "hva koster det", "jeg ammer", "jeg er gravid", "jeg har astma", "send", "endre", "avbestill", "jeg vil bestille time",
	"<b>ikke lukket & rart", "a:b:c", "\n\n", "kan noen ringe meg", strings.Repeat("lang tekst ", 300), "jeg får ikke puste", "jeg får ikke puste", "jeg orker ikke leve lenger", "asdfghjkl",
}

var refusals = []booking.Refusal{booking.Gone, booking.Clash, booking.NoCheck, booking.TooMany, booking.Changed, booking.Used, "strange"}

var openBlank = regexp.MustCompile(`\{[a-zæøå0-9_]*\}`)

// TestWalk wanders at random through the conversation and looks at each turn.
func TestWalk(t *testing.T) {
	been := map[talk.At]int{}
	for _, seed := range []uint64{1, 2, 3} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { walk(t, rand.New(rand.NewPCG(seed, 11)), 2000, been) })
	}
	for _, at := range []talk.At{talk.Idle, talk.Consent, talk.Areas, talk.Known, talk.Check, talk.Review, talk.Times, talk.Days, talk.Hours, talk.Name, talk.Phone, talk.Summary, talk.Forward, talk.Pick, talk.Mine, talk.Sure} {
		if been[at] == 0 {
			t.Errorf("the walk never came to %q", at)
		}
	}
}

func walk(t *testing.T, r *rand.Rand, steps int, been map[talk.At]int) {
	c := newChat()
	var old []talk.Button // of all messages there ever were
	var newest []talk.Button
	said := ""
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("panic after %s in state %s: %v", said, c.raw, p)
		}
	}()
	for range steps {
		c.turns++
		switch r.IntN(80) {
		case 0:
			c.patient, c.taken, c.mine = booking.Patient{}, nil, nil
		case 1, 2, 3:
			c.unclear = []string{"smerte", "varighet"}
		case 4:
			_ = c.arrange([]string{"mine confirmed", "mine requested", "mine call"}[r.IntN(3)])
			c.raw, newest = nil, nil
		}
		e := wander(r, newest, old)
		j, _ := json.Marshal(e)
		said = string(j)
		s, _ := c.state()
		been[s.At]++
		alarm(t, c)
		turn, err := c.decide(e)
		if err != nil {
			t.Fatalf("%v: %s in state %s", err, said, c.raw)
		}
		refused := turn.Do != nil && r.IntN(6) == 0
		if refused {
			e = talk.Event{Kind: talk.Refused, Refusal: refusals[r.IntN(len(refusals))]}
			said += " refused " + string(e.Refusal)
			if turn, err = c.decide(e); err != nil {
				t.Fatalf("%v: %s in state %s", err, said, c.raw)
			}
			turn.Do = nil
		}
		if len(turn.Say) == 0 && (turn.Toast == "" || e.Kind != talk.Press) {
			t.Errorf("silent after %s in state %s", said, c.raw)
		}
		var shown []talk.Button
		for _, l := range turn.Say {
			shown = append(shown, look(t, l, said)...)
		}
		if len(shown) > 0 {
			newest, old = shown, append(old, shown...)
		}
		before := string(c.raw)
		if err := c.commit(turn); err != nil {
			t.Errorf("%v, after %s in state %s", err, said, before)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}

// wander chooses what the patient does next: mostly she presses what is shown.
func wander(r *rand.Rand, newest, old []talk.Button) talk.Event {
	switch n := r.IntN(100); {
	case n < 60 && len(newest) > 0:
		b := newest[r.IntN(len(newest))]
		for range 8 { // mostly she goes on, or the walk would never come far
			if b.Step != "go" && b.Draft != "-" && b.Value != "none" {
				break
			}
			b = newest[r.IntN(len(newest))]
		}
		if b.Step == "check" && r.IntN(10) > 0 {
			b.Value = "no"
		}
		p, _ := talk.ParseButton(b.Data())
		return talk.Event{Kind: talk.Press, Button: p}
	case n < 65 && len(old) > 0:
		p, _ := talk.ParseButton(old[r.IntN(len(old))].Data())
		return talk.Event{Kind: talk.Press, Button: p}
	case n < 67:
		return typed("/timer")
	case n < 75:
		return typed([]string{"Kari Nordmann", "91234567", "ja", "nei", "34"}[r.IntN(5)])
	case n < 80:
		return typed("/" + commands[r.IntN(len(commands))])
	case n < 82:
		return talk.Event{Kind: talk.Other}
	case n < 84:
		return talk.Event{Kind: talk.Contact, Name: "Kari", Phone: "4791234567", Own: r.IntN(2) == 0}
	case n < 85:
		return talk.Event{Kind: talk.Broken}
	case n < 86:
		return talk.Event{Kind: talk.Press, Button: talk.Button{Draft: "X", Step: "areas", Value: "A1"}}
	}
	return typed(junk[r.IntN(len(junk))])
}

// look checks one message and gives its buttons.
func look(t *testing.T, l talk.Line, said string) (all []talk.Button) {
	t.Helper()
	text, err := plain(l.Text)
	if err != nil {
		t.Errorf("after %s: %v", said, err)
	}
	if !l.Gone && strings.TrimSpace(text) == "" {
		t.Errorf("after %s: an empty message", said)
	}
	if n := utf8.RuneCountInString(text); n > 4096 {
		t.Errorf("after %s: a message of %d characters", said, n)
	}
	if b := openBlank.FindString(text); b != "" {
		t.Errorf("after %s: %s isn't filled in: %s", said, b, text)
	}
	for _, row := range l.Buttons {
		for _, b := range row {
			all = append(all, b)
			d := b.Data()
			if len(d) > talk.MaxData {
				t.Errorf("after %s: %q is %d bytes", said, d, len(d))
			}
			p, err := talk.ParseButton(d)
			if p.Label = b.Label; err != nil || p != b {
				t.Errorf("after %s: %q is read as %+v, %v", said, d, p, err)
			}
			if b.Label == "" {
				t.Errorf("after %s: %q has no label", said, d)
			}
		}
	}
	return all
}

// alarm checks that a danger sign comes first in the present state, whatever
// kind of message carries it, and that the state is kept.
func alarm(t *testing.T, c *chat) {
	t.Helper()
	for _, level := range []string{"113", "livet"} {
		turn, err := c.decide(talk.Event{Kind: talk.Text, Text: "jeg får ikke puste", Level: level})
		if err != nil || len(turn.Say) == 0 || !strings.HasPrefix(turn.Say[0].Text, "Ring 113 nå") || !turn.Say[0].First {
			t.Errorf("%s in state %s: %+v, %v", level, c.raw, turn.Say, err)
		}
		before, _ := c.state()
		if turn.State.At != before.At || turn.Do != nil {
			t.Errorf("%s in state %s: goes to %q and does %v", level, c.raw, turn.State.At, turn.Do)
		}
	}
}

// TestActions: a first booking takes at most 13 actions, from [Bestill time]
// to [Send forespørsel], both counted.
func TestActions(t *testing.T) {
	c := newChat()
	act := func(do string) {
		t.Helper()
		e, err := c.event(do)
		if err != nil {
			t.Fatal(err)
		}
		c.turns++
		turn, err := c.decide(e)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.commit(turn); err != nil {
			t.Fatal(err)
		}
		if d, ok := turn.Do.(booking.Request); ok != (do == "[Send forespørsel]") {
			t.Fatalf("%s leads to the request %+v", do, d)
		}
	}
	act("/start")
	actions := []string{"[Bestill time]", "[Ja, jeg samtykker]", "[Panne]", "[Ferdig]", "[Nei, jeg er ny]", "[18–64]", "[Nei, ingen]", "[Nei, ingen]", "[Nei, ingen]", "[Første ledige]", "Kari Nordmann", "912 34 567", "[Send forespørsel]"}
	for _, do := range actions {
		act(do)
	}
	if len(actions) > 13 || len(c.mine) != 1 {
		t.Errorf("%d actions, %d bookings", len(actions), len(c.mine))
	}
}
