package talk

import (
	"slices"
	"strings"

	"klinikkbot/booking"
)

// step is one question of the conversation: ask words it from the state, take
// reads a typed answer (false: that was no answer), press a button's value.
type step struct {
	ask   func(*turn)
	take  func(*turn, string) bool
	press func(*turn, string)
}

// of finds the step of a place in the conversation.
func of(at At) (step, bool) {
	switch at {
	case Consent:
		return step{(*turn).askConsent, (*turn).takeConsent, (*turn).pressConsent}, true
	case Areas:
		return step{(*turn).askAreas, (*turn).takeAreas, (*turn).pressAreas}, true
	case Known:
		return step{(*turn).askKnown, (*turn).takeKnown, (*turn).pressKnown}, true
	case Check:
		return step{(*turn).askCheck, (*turn).takeCheck, (*turn).pressCheck}, true
	case Review:
		return step{(*turn).askReview, (*turn).takeReview, (*turn).pressReview}, true
	case Times:
		return step{(*turn).askTimes, (*turn).takeTimes, (*turn).pressTimes}, true
	case Days:
		return step{(*turn).askDays, (*turn).takeTimes, (*turn).pressTimes}, true
	case Hours:
		return step{(*turn).askHours, (*turn).takeTimes, (*turn).pressTimes}, true
	case Name:
		return step{(*turn).askName, (*turn).takeName, nil}, true
	case Phone:
		return step{(*turn).askPhone, (*turn).takePhone, nil}, true
	case Summary:
		return step{(*turn).askSummary, (*turn).takeSummary, (*turn).pressSummary}, true
	case Forward:
		return step{(*turn).forward, (*turn).takeForward, (*turn).pressForward}, true
	case Pick:
		return step{func(t *turn) { t.suggest(t.Text, t.Picks) }, (*turn).takePick, nil}, true
	case Mine:
		return step{(*turn).askMine, (*turn).takeMine, (*turn).pressMine}, true
	case Sure:
		return step{(*turn).askSure, (*turn).takeSure, (*turn).pressMine}, true
	}
	return step{}, false
}

// midway says whether a booking or a wish to be called is under way.
func (t *turn) midway() bool {
	switch t.At {
	case Idle, Pick, Forward, Mine:
		return false
	}
	return true
}

// again asks the open step once more, after something in between.
func (t *turn) again() {
	if s, ok := of(t.At); ok && t.midway() {
		s.ask(t)
	}
}

func (t *turn) to(at At) {
	t.At = at
	s, _ := of(at)
	s.ask(t)
}

func (t *turn) take(text string) bool {
	s, ok := of(t.At)
	return ok && s.take(t, text)
}

// press takes a button: of a menu, which is never stale, or of the open draft.
func (t *turn) press() {
	b := t.e.Button
	if b.Draft == "-" {
		t.menuButton(b)
		return
	}
	if b.Draft != t.Draft || t.Draft == "" {
		t.toast = t.label("stale")
		t.again()
		return
	}
	if b.Step == "go" {
		switch b.Value {
		case "back":
			t.back()
		default:
			t.cancel()
		}
		return
	}
	s, ok := of(t.At)
	if !ok || s.press == nil || b.Step != string(t.At) {
		t.toast = t.label("stale")
		t.again()
		return
	}
	t.Paused = false
	s.press(t, b.Value)
}

func (t *turn) menuButton(b Button) {
	switch b.Step + ":" + b.Value {
	case "menu:book":
		t.begin()
	case "menu:questions":
		t.questions()
		t.again()
	case "menu:person":
		t.person()
	case "menu:mine":
		t.mine()
	case "menu:call":
		t.beginCall()
	case "menu:notnow":
		t.Paused = false
		t.say("not_now")
		t.again()
	case "forward:ask":
		if t.At == Pick && t.Text != "" {
			t.unknown(t.Text)
			return
		}
		t.toast = t.label("stale")
	default:
		switch b.Step {
		case "faq":
			if t.At == Pick {
				t.idle()
			}
			if _, ok := t.w.Ears.Entry(b.Value); ok {
				t.answer(b.Value, "")
				t.again()
				return
			}
		case "own": // of a notice about a booking
			t.own(b.Value)
			return
		}
		t.toast = t.label("stale")
	}
}

// command takes a command. Its text is the name and what follows.
func (t *turn) command() {
	name, rest, _ := strings.Cut(t.e.Text, " ")
	switch name {
	case "start":
		switch {
		case rest == "bestill":
			t.begin()
		case strings.HasPrefix(rest, "faq_"):
			for i, e := range t.w.Ears.Entries() {
				if rest == "faq_"+number(i+1) {
					t.answer(e.ID, "")
					t.again()
					return
				}
			}
			t.menu()
		default:
			t.menu()
		}
	case "bestill":
		t.begin()
	case "timer":
		t.mine()
	case "sporsmal":
		t.questions()
		t.again()
	case "kontakt":
		t.person()
	case "avbryt":
		t.cancel()
	case "personvern":
		t.say("privacy", "klinikk", t.w.Clinic.Name, "tlf", t.phone())
		t.again()
	case "om":
		t.say("about", "klinikk", t.w.Clinic.Name, "ansvarlig", t.w.Clinic.Responsible, "adresse", t.w.Clinic.Address, "tlf", t.phone())
		t.again()
	case "hjelp":
		t.say("help", "tlf", t.phone())
		t.again()
	default:
		t.say("no_command")
		t.again()
	}
}

// cancel ends what is under way and gives a held time back.
func (t *turn) cancel() {
	if t.At == Idle {
		t.say("nothing_to_cancel")
		return
	}
	t.release()
	sharing := t.At == Name || t.At == Phone
	t.idle()
	l := t.say("cancelled_flow")
	l.Slot, l.Edit, l.Last, l.Unshare = card, t.e.Kind == Press && !sharing, true, sharing
	l.Buttons = [][]Button{{free(t.label("b_book"), "menu", "book"), free(t.label("b_person"), "menu", "person")}}
	if l.Unshare {
		l.Buttons = nil
	}
}

func (t *turn) release() {
	if t.Slot != (booking.Slot{}) && !t.Call {
		t.deed = booking.Release{ID: t.Draft, Patient: t.w.Chat, Slot: t.Slot}
		t.Slot = booking.Slot{}
	}
}

// back goes one step back.
func (t *turn) back() {
	switch t.At {
	case Areas:
		t.to(Consent)
	case Known:
		t.to(Areas)
	case Check:
		if p, ok := t.w.Check.Back(t.Progress); ok {
			t.Progress = p
			t.to(Check)
			return
		}
		t.to(Known)
	case Times:
		t.release()
		if t.Outcome == "review" {
			t.to(Review)
			return
		}
		t.Outcome = ""
		t.restartCheck()
	case Days:
		t.to(Times)
	case Hours:
		t.to(Days)
	case Name:
		if t.Call {
			t.cancel()
			return
		}
		t.to(Times)
	case Phone:
		t.to(Name)
	case Summary:
		t.to(Phone)
	case Sure:
		t.to(Mine)
	default:
		t.cancel()
	}
}

// choice reads an answer typed against what is on the screen: "2", "den
// andre", "den siste", or the beginning of a label.
func (t *turn) choice(text string, labels []string) (int, bool) {
	p, ordinals, last := plain(text), t.w.Texts.Words("ordinals"), t.w.Texts.Words("last_words")[0]
	for i, names := range ordinals {
		if i < len(labels) && slices.Contains(names, p) {
			return i, true
		}
	}
	if len(labels) > 0 && slices.Contains(last, p) {
		return len(labels) - 1, true
	}
	found, n := 0, 0
	for i, l := range labels {
		l = strings.ToLower(l)
		if l == p {
			return i, true
		}
		if len([]rune(p)) >= 3 && strings.HasPrefix(l, p) {
			found, n = i, n+1
		}
	}
	return found, n == 1
}

// agrees reads a typed yes or no to a step that isn't about health.
func (t *turn) agrees(text string) (yes, no bool) {
	p := plain(text)
	has := func(key string) bool {
		for _, w := range t.w.Texts.Words(key)[0] {
			if p == w || strings.HasPrefix(p, w+" ") && len(strings.Fields(p)) <= 4 || strings.HasPrefix(p, w+",") {
				return true
			}
		}
		return false
	}
	no = has("no_words")
	return !no && has("yes_words"), no
}
