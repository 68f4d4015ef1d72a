package talk

import (
	"slices"
	"strings"

	"klinikkbot/faq"
)

// text takes what was typed: the words that work everywhere, the answer to
// the step, then what the message may want besides.
func (t *turn) text() {
	text := strings.TrimSpace(t.e.Text)
	if text == "" {
		t.say("only_text")
		t.again()
		return
	}
	switch plain(text) {
	case "avbryt", "stopp", "stop", "cancel":
		t.cancel()
		return
	case "tilbake", "back":
		t.back()
		return
	case "meny", "start":
		t.menu()
		return
	}
	if t.Paused {
		t.line(t.w.Texts.Say("paused"), []Button{free(t.label("b_not_now"), "menu", "notnow")})
		return
	}
	if t.At != Idle && t.take(text) {
		return
	}
	m := t.w.Ears.Understand(text)
	t.meant(text, m)
}

// plain is a typed word without its surroundings, for the few words that work
// everywhere.
func plain(text string) string {
	return strings.ToLower(strings.Trim(text, " .!?/"))
}

// meant answers a message that was no answer to a step.
func (t *turn) meant(text string, m faq.Meaning) {
	if told := t.w.Check.Told(text); len(told) > 0 && (t.midway() || t.w.Patient.Coming > 0) {
		t.told()
		return
	}
	switch {
	case m.Level == "klinikk", m.Kind == "emergency":
		t.line(t.w.Texts.Say("clinic_level", "tlf", t.phone()), t.helpRow())
		t.again()
	case m.Decision == "answer":
		t.answer(m.Entry, text)
		t.again()
	case m.Decision == "suggest" && len(m.Suggestions) > 0:
		t.suggest(text, m.Suggestions)
	case m.Fact != "":
		t.fact(string(m.Fact))
		t.again()
	case m.Kind == "human":
		t.person()
	case m.Kind == "manage":
		t.mine()
	case m.Kind == "booking":
		t.begin()
	case m.Kind == "smalltalk":
		if t.At == Idle {
			t.menu()
		} else {
			t.say("smalltalk")
			t.again()
		}
	default:
		t.unknown(text)
	}
}

// answer sends a published answer: the passage that answers on top, then the
// whole, unchanged.
func (t *turn) answer(id, asked string) {
	entry, ok := t.w.Ears.Entry(id)
	if !ok {
		t.say("unknown_short")
		return
	}
	whole := escape(entry.Answer)
	var text string
	passage := ""
	if asked != "" {
		passage = t.w.Ears.Passage(id, asked)
	}
	if passage != "" && len(entry.Answer) > 600 {
		text = t.w.Texts.Say("answer_long", "sporsmal", entry.Question, "avsnitt", passage, "svar", hs(whole))
	} else {
		text = t.w.Texts.Say("answer", "sporsmal", entry.Question, "svar", hs(whole))
	}
	careful := id == "bivirkninger" || id == "hvem-kan-ikke"
	if careful {
		text += "\n\n" + t.w.Texts.Say("reach_us", "tlf", t.phone())
	}
	var related []Button
	for _, r := range entry.Related {
		if e, ok := t.w.Ears.Entry(r); ok && len(related) < 2 {
			related = append(related, free(e.Label, "faq", e.ID))
		}
	}
	rows := [][]Button{related, {free(t.label("b_not_quite"), "menu", "person")}}
	if !careful && t.At == Idle {
		rows[1] = append(rows[1], free(t.label("b_book"), "menu", "book"))
	}
	t.line(text, rows...)
}

// suggest asks which of up to three questions was meant.
func (t *turn) suggest(text string, ids []string) {
	var rows [][]Button
	for _, id := range ids {
		if e, ok := t.w.Ears.Entry(id); ok {
			rows = append(rows, []Button{free(e.Label, "faq", id)})
		}
	}
	if t.At == Idle {
		t.State = State{Shape: Shape, At: Pick, Text: text, Picks: ids}
		rows = append(rows, []Button{free(t.label("b_other"), "forward", "ask")})
		t.line(t.w.Texts.Say("did_you_mean"), rows...)
		return
	}
	t.line(t.w.Texts.Say("did_you_mean"), rows...)
	t.again()
}

// fact answers with the clinic's own facts.
func (t *turn) fact(name string) {
	c := t.w.Clinic
	fill := []any{"klinikk", c.Name, "tlf", c.Phone, "adresse", c.Address, "tider", hs(t.hours()), "behandlere", t.people(), "priser", c.Prices}
	key := "fact_" + name
	switch {
	case name == "prices" && c.Prices == "", name == "phone" && c.Phone == "":
		key += "_none"
	case (name == "address" || name == "way") && c.Address == "":
		key = "fact_address_none"
	}
	t.line(tidy(t.w.Texts.Say(key, fill...)), t.helpRow())
}

// unknown says that there is no answer and offers to send the text on.
func (t *turn) unknown(text string) {
	if t.At != Idle && t.At != Pick && t.At != Forward && t.At != Mine {
		t.say("unknown_midway", "tlf", t.phone())
		t.again()
		return
	}
	t.State = State{Shape: Shape, At: Forward, Text: text, Draft: t.w.ID}
	t.forward()
}

func (t *turn) forward() {
	t.line(t.w.Texts.Say("unknown", "tekst", cut(t.Text, 1000), "tider", hs(t.hours())),
		[]Button{t.button(t.label("b_send"), "forward", "send"), t.button(t.label("b_no_thanks"), "forward", "no")},
		[]Button{free(t.label("b_call_me"), "menu", "call")})
}

// person offers the ways to reach a human.
func (t *turn) person() {
	if t.midway() {
		t.line(tidy(t.w.Texts.Say("person", "tlf", t.phone(), "tider", hs(t.hours()))), []Button{free(t.label("b_call_me"), "menu", "call")})
		t.again()
		return
	}
	t.idle()
	t.line(tidy(t.w.Texts.Say("person", "tlf", t.phone(), "tider", hs(t.hours()))), []Button{free(t.label("b_call_me"), "menu", "call")})
}

func (t *turn) helpRow() []Button {
	row := []Button{free(t.label("b_person"), "menu", "person")}
	if t.At == Idle {
		row = append(row, free(t.label("b_questions"), "menu", "questions"))
	}
	return row
}

// questions lists the published questions.
func (t *turn) questions() {
	var rows [][]Button
	for pair := range slices.Chunk(t.w.Ears.Entries(), 2) {
		var row []Button
		for _, e := range pair {
			row = append(row, free(e.Label, "faq", e.ID))
		}
		rows = append(rows, row)
	}
	t.line(t.w.Texts.Say("questions"), rows...)
}

// menu greets and shows what can be done.
func (t *turn) menu() {
	if !t.midway() {
		t.idle()
	}
	t.line(t.w.Texts.Say("greeting", "klinikk", t.w.Clinic.Name),
		[]Button{free(t.label("b_book"), "menu", "book")},
		[]Button{free(t.label("b_questions"), "menu", "questions"), free(t.label("b_person"), "menu", "person")},
		[]Button{free(t.label("b_mine"), "menu", "mine")})
	t.again()
}

// danger says the notice, or leaves it if it has gone out, and lets the
// conversation wait.
func (t *turn) danger() {
	if !t.e.Told {
		l := Notice(t.e.Level, t.e.Late, t.w)
		t.lines = append(t.lines, l)
	}
	t.Paused = t.midway()
}

func cut(text string, most int) string {
	rs := []rune(text)
	if len(rs) <= most {
		return text
	}
	return string(rs[:most]) + "…"
}
