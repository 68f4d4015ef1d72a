package talk

import (
	"html"
	"strconv"
	"strings"
	"time"

	"klinikkbot/booking"
	"klinikkbot/booking/screening"
)

var bookingNone booking.Slot

func escape(s string) string { return html.EscapeString(s) }

func number(n int) string { return strconv.Itoa(n) }

func withRelease(t *turn, o screening.Outcome, keep time.Duration) booking.Deed {
	j := booking.Judge{Patient: t.w.Chat, Outcome: string(o), Keep: keep}
	if t.Slot != bookingNone {
		j.Release = &booking.Release{ID: t.Draft, Patient: t.w.Chat, Slot: t.Slot}
	}
	return j
}

// mine shows the patient's own appointments in words.
func (t *turn) mine() {
	if !t.w.Read.Mine {
		t.need.Mine = true
		return
	}
	if !t.midway() {
		t.State = State{Shape: Shape, At: Mine, Draft: t.w.ID}
		t.askMine()
		return
	}
	t.listMine()
	t.again()
}

func (t *turn) askMine() {
	if !t.w.Read.Mine {
		t.need.Mine = true
		return
	}
	t.listMine()
	t.Picks = nil
	for _, b := range t.w.Mine {
		t.Picks = append(t.Picks, b.ID)
	}
	if len(t.Picks) == 0 {
		t.idle()
	}
}

func (t *turn) listMine() {
	if len(t.w.Mine) == 0 {
		t.line(t.w.Texts.Say("mine_none"), []Button{free(t.label("b_book"), "menu", "book")})
		return
	}
	for _, b := range t.w.Mine {
		t.line(describe(b, t.w), []Button{free(t.label("b_cancel_visit"), "own", "cancel-"+b.ID)})
	}
}

// describe says in words what an own booking is and what is awaited.
func describe(b booking.Booking, w World) string {
	key := "mine_" + string(b.Status)
	if b.Kind == booking.KindCall {
		key = "mine_call"
		return w.Texts.Say(key, "ref", b.Reference(), "senest", w.Texts.Names.Near(b.AnswerBy))
	}
	return tidy(w.Texts.Say(key, "ref", b.Reference(), "tid", w.Texts.Names.Long(b.Slot.At(w.Clinic.Zone)), "senest", w.Texts.Names.Near(b.AnswerBy), "adresse", w.Clinic.Address))
}

func (t *turn) takeMine(text string) bool {
	m := t.w.Ears.Understand(text)
	if p := plain(text); (m.Kind == "manage" || strings.Contains(p, "avbestill")) && len(t.Picks) == 1 && !strings.Contains(text, "?") && strings.Contains(p, "avbest") {
		t.own("cancel-" + t.Picks[0])
		return true
	}
	return false
}

func (t *turn) pressMine(value string) { t.own(value) }

// own takes a button about one of the patient's own bookings.
func (t *turn) own(value string) {
	if !t.w.Read.Mine {
		t.need.Mine = true
		return
	}
	verb, id, _ := strings.Cut(value, "-")
	for _, b := range t.w.Mine {
		if b.ID != id {
			continue
		}
		switch verb {
		case "cancel":
			t.release()
			t.State = State{Shape: Shape, At: Sure, Draft: t.w.ID, Booking: id}
			t.askSure()
		case "really":
			t.deed = booking.Change{Booking: b, To: booking.Cancelled, By: "patient", At: t.w.Now}
			late := b.Kind == booking.KindVisit && !t.w.Clinic.InTime(b.Slot.At(t.w.Clinic.Zone), t.w.Now)
			t.idle()
			key := "cancelled_visit"
			if late {
				key = "cancelled_late"
			}
			if b.Kind == booking.KindCall {
				key = "cancelled_call"
			}
			l := t.say(key, "ref", b.Reference(), "tlf", t.phone())
			l.News = b.ID
			l.Buttons = [][]Button{{free(t.label("b_book"), "menu", "book")}}
		case "keep":
			t.idle()
			t.say("kept")
		}
		return
	}
	t.toast = t.label("stale")
	t.say("no_such_visit")
	if t.At == Sure {
		t.idle()
	}
}

func (t *turn) askSure() {
	if !t.w.Read.Mine {
		t.need.Mine = true
		return
	}
	for _, b := range t.w.Mine {
		if b.ID == t.Booking {
			t.line(t.w.Texts.Say("sure_cancel", "time", hs(describe(b, t.w))),
				[]Button{t.button(t.label("b_yes_cancel"), "sure", "really-"+b.ID), t.button(t.label("b_keep"), "sure", "keep-"+b.ID)})
			return
		}
	}
	t.idle()
	t.say("no_such_visit")
}

func (t *turn) takeSure(text string) bool {
	switch yes, no := t.agrees(text); {
	case yes:
		t.own("really-" + t.Booking)
	case no:
		t.own("keep-" + t.Booking)
	default:
		return false
	}
	return true
}

// takeForward and pressForward: shall exactly this text go to the clinic?
func (t *turn) takeForward(text string) bool {
	switch yes, no := t.agrees(text); {
	case yes || plain(text) == "send":
		t.pressForward("send")
	case no:
		t.pressForward("no")
	default:
		return false
	}
	return true
}

func (t *turn) pressForward(value string) {
	text := t.Text
	t.idle()
	if value != "send" || text == "" {
		t.say("not_forwarded", "tlf", t.phone())
		return
	}
	b := booking.Booking{ID: t.w.ID, Kind: booking.KindQuestion, Patient: t.w.Chat, Created: t.w.Now, AnswerBy: t.w.Now.Add(t.w.Clinic.RequestExpires), Person: booking.Person{Chat: t.w.ChatID}}
	t.deed = booking.Request{Booking: b}
	t.say("forwarded", "tider", hs(t.hours()), "ref", b.Reference())
	t.lines = append(t.lines, Line{Staff: true, Text: t.w.Texts.Say("staff_question", "ref", b.Reference(), "tekst", cut(text, 1000)), Slot: "b" + b.ID})
}

func (t *turn) takePick(text string) bool {
	var labels []string
	for _, id := range t.Picks {
		e, _ := t.w.Ears.Entry(id)
		labels = append(labels, e.Label)
	}
	i, ok := t.choice(text, labels)
	if !ok {
		_, no := t.agrees(text)
		if no {
			t.unknown(t.Text)
		}
		return no
	}
	id := t.Picks[i]
	t.idle()
	t.answer(id, "")
	return true
}

// hours words the clinic's usual opening hours.
func (t *turn) hours() string { return week(t.w) }

// week words the clinic's usual week: days with the same hours together.
func week(w World) string {
	var parts []string
	c := w.Clinic
	day := func(i int) time.Weekday { return time.Weekday((i + 1) % 7) }
	shown := func(d time.Weekday) string {
		var p []string
		if ps := c.Hours[d]; len(ps) > 0 { // the doors stay open at lunch
			p = append(p, ps[0].From.String()+"–"+ps[len(ps)-1].To.String())
		}
		return strings.Join(p, ", ")
	}
	for i := 0; i < 7; {
		j := i
		for j < 6 && shown(day(j+1)) == shown(day(i)) {
			j++
		}
		if text := shown(day(i)); text != "" {
			name := w.Texts.Names.Weekdays[day(i)]
			if j > i {
				name += "–" + w.Texts.Names.Weekdays[day(j)]
			}
			parts = append(parts, name+" "+text)
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

func (t *turn) people() string {
	var names []string
	for _, p := range t.w.Clinic.Practitioners {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}
