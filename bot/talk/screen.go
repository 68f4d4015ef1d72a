package talk

import (
	"strings"
	"time"

	"klinikkbot/booking/screening"
	"klinikkbot/bot/texts"
	"klinikkbot/faq/when"
)

// restartCheck asks the whole check from its first card.
func (t *turn) restartCheck() {
	t.Progress = screening.Progress{}
	t.Outcome = ""
	t.to(Check)
}

// askCheck shows the present card or the single question of an opened one.
func (t *turn) askCheck() {
	ask, ok := t.w.Check.Next(t.Progress)
	if !ok {
		t.judge()
		return
	}
	text := t.w.Texts.Say("check_head", "nr", ask.Card, "av", ask.Cards) + "\n\n"
	if ask.Again {
		text += t.w.Texts.Say("check_again_buttons") + "\n\n"
	}
	var rows [][]Button
	switch {
	case ask.Age:
		text += escape(t.question(ask.Keys[0]).Text)
		rows = [][]Button{{t.button(t.label("b_under18"), "check", "yes")}, {t.button(t.label("b_18_64"), "check", "no"), t.button(t.label("b_65"), "check", "senior")}}
	case ask.Question != "":
		text += escape(t.question(ask.Question).Text)
		rows = [][]Button{{t.button(t.label("b_yes"), "check", "yes"), t.button(t.label("b_no"), "check", "no")}, {t.button(t.label("b_unsure"), "check", "unsure")}}
	default:
		var lines []string
		for _, k := range ask.Keys {
			lines = append(lines, "• "+t.question(k).Short)
		}
		text += t.w.Texts.Say("check_card", "punkter", strings.Join(lines, "\n"))
		rows = [][]Button{{t.button(t.label("b_yes_any"), "check", "yes"), t.button(t.label("b_no_none"), "check", "no")}, {t.button(t.label("b_unsure"), "check", "unsure")}}
	}
	t.card(text, append(rows, t.nav())...)
}

func (t *turn) question(key string) screening.Question {
	q, _ := t.w.Check.Question(key)
	return q
}

// pressCheck takes a button of the check. Anything but a plain no counts
// against it.
func (t *turn) pressCheck(value string) {
	switch r := screening.Reading(value); r {
	case screening.Yes, screening.No, screening.Unsure, screening.Senior:
		t.Progress, _ = t.w.Check.Take(t.Progress, r, "")
	}
	t.to(Check)
}

// takeCheck reads a typed answer. A question back is answered and the card
// asked again; everything else is an answer, if only an unclear one.
func (t *turn) takeCheck(text string) bool {
	ask, open := t.w.Check.Next(t.Progress)
	if !open {
		t.judge()
		return true
	}
	key := ask.Question
	if ask.Age {
		key = ask.Keys[0]
		if wish := when.Parse(text, t.w.Now, when.Options{Location: t.w.Clinic.Zone}); wish.From != nil && strings.Contains(strings.ToLower(text), "kl") {
			t.askCheck() // a time of day is no age
			return true
		}
	}
	clear := key != "" && t.w.Check.Read(key, text) != screening.Unsure
	if !clear && len(t.w.Check.Told(text)) == 0 {
		m := t.w.Ears.Understand(text)
		aside := m.Kind == "human" || m.Kind == "manage" || m.Fact != ""
		if aside || (strings.Contains(text, "?") && m.Kind != "emergency") {
			return false
		}
	}
	t.Progress, _ = t.w.Check.Take(t.Progress, "", text)
	t.to(Check)
	return true
}

// judge ends the check with its outcome. The answers are forgotten here.
func (t *turn) judge() {
	outcome, done := t.w.Check.Outcome(t.Progress)
	if !done {
		outcome = screening.Review
	}
	if outcome == screening.OK && (t.recent(t.w.Patient.Blocked) || t.w.Clinic.Medical(t.Areas)) {
		outcome = screening.Review
	}
	t.Progress = screening.Progress{}
	t.Outcome = string(outcome)
	switch outcome {
	case screening.Under18:
		t.under18()
	case screening.Blocked:
		t.judged(screening.Blocked)
		t.stop("blocked", []Button{free(t.label("b_call_me"), "menu", "call")})
	case screening.Review:
		t.judged(screening.Review)
		t.to(Review)
	default:
		t.judged(screening.OK)
		t.to(Times)
	}
}

// recent says whether a check was stopped so lately that the stop still holds.
func (t *turn) recent(stopped time.Time) bool {
	return !stopped.IsZero() && t.w.Now.Sub(stopped) < t.w.Clinic.Retention.Blocked
}

func (t *turn) under18() {
	t.judged(screening.Under18)
	t.stop("under18", nil)
}

func (t *turn) judged(o screening.Outcome) {
	keep := t.w.Clinic.ScreeningValid
	if o == screening.Blocked || o == screening.Under18 {
		keep = t.w.Clinic.Retention.Blocked
	}
	t.deed = withRelease(t, o, keep)
}

func (t *turn) askReview() {
	t.card(t.w.Texts.Say("review"), []Button{t.button(t.label("b_wish_time"), "review", "times")},
		[]Button{free(t.label("b_call_me"), "menu", "call"), t.button(t.label("b_cancel"), "go", "cancel")})
}

func (t *turn) takeReview(text string) bool {
	if yes, _ := t.agrees(text); yes {
		t.to(Times)
		return true
	}
	if t.w.Ears.Understand(text).Kind == "booking" {
		t.to(Times)
		return true
	}
	return false
}

func (t *turn) pressReview(string) { t.to(Times) }

// told reopens the check when a condition is told of outside it: it is never
// just answered.
func (t *turn) told() {
	if t.At == Check || t.At == Consent || t.At == Areas || t.At == Known {
		t.say("told_wait")
		t.again()
		return
	}
	if t.midway() && !t.Call {
		t.say("told_reopen")
		t.deed = withRelease(t, screening.Review, t.w.Clinic.Retention.Blocked)
		t.Slot = bookingNone
		t.restartCheck()
		return
	}
	t.line(t.w.Texts.Say("told_coming", "tlf", t.phone()), []Button{free(t.label("b_call_me"), "menu", "call"), free(t.label("b_mine"), "menu", "mine")})
	t.again()
}

func hs(s string) texts.HTML { return texts.HTML(s) }
