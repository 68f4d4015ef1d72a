// Package desk is the staff's side: cards, presses and commands. It is pure,
// as the patient's conversation is.
package desk

import (
	"strconv"
	"strings"
	"time"

	"klinikkbot/booking"
	"klinikkbot/bot/talk"
	"klinikkbot/bot/texts"
)

// Person is who acts in the staff group.
type Person struct {
	ID           int64
	Name         string // first name, as the card shows it
	Staff        bool
	Practitioner bool
}

// Turn is what a press or a command leads to.
type Turn struct {
	Say   []talk.Line // to the staff group
	Tell  []talk.Line // to the patient of the booking
	Do    booking.Deed
	Later bool // the patient is told when the time to take it back is over
	Toast string
	Alert bool // the toast waits until it is closed
}

// Regret is how long a wrong confirmation can be taken back before the patient
// is told.
const Regret = 10 * time.Second

// The verbs on a card's buttons.
const (
	confirm = "bekreft"
	undo    = "angre"
	ask     = "avsla"
	decline = "avslaja"
	keep    = "behold"
	contact = "kontakt"
	fits    = "vurdert"
	served  = "ferdig"
)

// Slot is the name of a booking's card in the staff group.
func Slot(id string) string { return "b" + id }

// Card is the one message of a booking in the staff group: reference, time,
// service codes and status; no name, no number, nothing about health.
func Card(b booking.Booking, w talk.World) talk.Line {
	x := w.Texts
	fill := []any{"ref", b.Reference(), "status", texts.HTML(x.Say("card_"+string(b.Status), "hvem", b.By, "kl", booking.MinuteOf(b.At, w.Clinic.Zone).String()))}
	l := talk.Line{Staff: true, Slot: Slot(b.ID), Edit: true}
	switch b.Kind {
	case booking.KindCall, booking.KindQuestion:
		l.Text = x.Say("card_"+b.Kind, fill...)
	default:
		codes := strings.Join(b.Areas, ", ")
		if codes == "" {
			codes = x.Label("card_advice")
		}
		who := ""
		if p := w.Clinic.Practitioner(b.Slot.Practitioner); p != nil {
			who = p.Name
		}
		l.Text = x.Say("card", append(fill, "tid", x.Names.Near(b.Slot.At(w.Clinic.Zone)), "behandler", who, "koder", codes, "sjekk", x.Label("check_"+b.Outcome))...)
	}
	if b.Status == booking.Requested && b.Kind != booking.KindQuestion {
		l.Buttons = rows(b, w)
	}
	return l
}

func button(b booking.Booking, w talk.World, key, verb string) talk.Button {
	return talk.Button{Label: w.Texts.Label(key), Draft: b.Reference(), Step: strconv.Itoa(b.Version), Value: verb}
}

func rows(b booking.Booking, w talk.World) [][]talk.Button {
	look := button(b, w, "s_contact", contact)
	switch {
	case b.Kind == booking.KindCall:
		return [][]talk.Button{{look, button(b, w, "s_served", served)}}
	case b.Outcome == "review":
		return [][]talk.Button{{button(b, w, "s_fits", fits)}, {button(b, w, "s_decline", ask), look}}
	}
	return [][]talk.Button{{button(b, w, "s_confirm", confirm), button(b, w, "s_decline", ask)}, {look}}
}

// Press takes a button of a card. b is the booking as it is now; ok is false
// where there is none any more. Who isn't staff changes nothing.
func Press(pressed talk.Button, b booking.Booking, ok bool, who Person, w talk.World) Turn {
	x := w.Texts
	switch {
	case !who.Staff:
		return Turn{Toast: x.Label("s_not_staff"), Alert: true}
	case !ok:
		return Turn{Toast: x.Label("s_gone")}
	}
	verb := pressed.Value
	if verb == contact {
		phone := b.Person.Phone
		if _, shown, err := booking.Phone(phone); err == nil {
			phone = shown
		}
		return Turn{Do: booking.Look{Booking: b, Who: who.ID, At: w.Now}, Toast: x.Label("s_contact_is", "ref", b.Reference(), "navn", cut(b.Person.Name, 60), "telefon", phone), Alert: true}
	}
	if pressed.Step != strconv.Itoa(b.Version) {
		return Turn{Say: []talk.Line{Card(b, w)}, Toast: x.Label("s_too_late", "status", x.Label("card_"+string(b.Status), "hvem", b.By, "kl", booking.MinuteOf(b.At, w.Clinic.Zone).String()))}
	}
	change := func(to booking.Status) (booking.Change, booking.Booking) {
		after := b
		after.Status, after.Version, after.By, after.At = to, b.Version+1, who.Name, w.Now
		return booking.Change{Booking: b, To: to, By: who.Name, At: w.Now}, after
	}
	open := b.Status == booking.Requested
	switch {
	case verb == fits && open && b.Outcome == "review":
		if !who.Practitioner {
			return Turn{Toast: x.Label("s_not_practitioner"), Alert: true}
		}
		do, after := change(booking.Requested)
		do.Outcome, after.Outcome = booking.Judged, booking.Judged
		return Turn{Do: do, Say: []talk.Line{Card(after, w)}, Toast: x.Label("s_judged")}
	case verb == confirm && open && b.Kind == booking.KindVisit && b.Outcome != "review":
		do, after := change(booking.Confirmed)
		l := Card(after, w)
		l.Buttons = [][]talk.Button{{button(after, w, "s_undo", undo), button(after, w, "s_contact", contact)}}
		return Turn{Do: do, Say: []talk.Line{l}, Later: true, Toast: x.Label("s_confirmed")}
	case verb == undo && b.Status == booking.Confirmed:
		if w.Now.Sub(b.At) >= Regret {
			return Turn{Say: []talk.Line{Card(b, w)}, Toast: x.Label("s_told_already"), Alert: true}
		}
		do, after := change(booking.Requested)
		return Turn{Do: do, Say: []talk.Line{Card(after, w)}, Toast: x.Label("s_undone")}
	case verb == ask && open:
		l := Card(b, w)
		l.Text += "\n\n" + x.Say("s_sure")
		l.Buttons = [][]talk.Button{{button(b, w, "s_decline_yes", decline), button(b, w, "s_decline_no", keep)}}
		return Turn{Say: []talk.Line{l}}
	case verb == keep && open:
		return Turn{Say: []talk.Line{Card(b, w)}}
	case verb == decline && open && b.Kind == booking.KindVisit:
		do, after := change(booking.Declined)
		return Turn{Do: do, Say: []talk.Line{Card(after, w)}, Tell: talk.News(after, w), Toast: x.Label("s_declined")}
	case verb == served && open && b.Kind == booking.KindCall:
		do, after := change(booking.Served)
		return Turn{Do: do, Say: []talk.Line{Card(after, w)}, Toast: x.Label("s_done")}
	}
	return Turn{Say: []talk.Line{Card(b, w)}, Toast: x.Label("s_gone")}
}

// Told words for staff what a patient's deed means to them.
func Told(d booking.Deed, w talk.World) []talk.Line {
	switch d := d.(type) {
	case booking.Request:
		if d.Booking.Kind == booking.KindQuestion {
			return nil // its text is the patient's, and hers to word
		}
		l := Card(d.Booking, w)
		l.Edit = false
		return []talk.Line{l}
	case booking.Change:
		after := d.Booking
		after.Status, after.Version, after.By, after.At = d.To, d.Booking.Version+1, w.Texts.Label("the_patient"), d.At
		return []talk.Line{Card(after, w)}
	}
	return nil
}

// Command takes what staff type in the group. Waiting are the requests that
// nobody has answered.
func Command(name string, waiting []booking.Booking, w talk.World) []talk.Line {
	switch name {
	case "venter":
		if len(waiting) == 0 {
			return []talk.Line{{Staff: true, Text: w.Texts.Say("s_none_waiting")}}
		}
		var lines []string
		for _, b := range sorted(waiting) {
			when := w.Texts.Label("card_a_call")
			switch b.Kind {
			case booking.KindQuestion:
				when = w.Texts.Label("card_a_question")
			case booking.KindVisit:
				when = w.Texts.Names.ShortTime(b.Slot.At(w.Clinic.Zone))
			}
			lines = append(lines, w.Texts.Say("s_waiting_line", "ref", b.Reference(), "tid", when, "sjekk", w.Texts.Label("check_"+b.Outcome)))
		}
		return []talk.Line{{Staff: true, Text: w.Texts.Say("s_waiting", "antall", len(waiting), "liste", texts.HTML(strings.Join(lines, "\n")))}}
	case "hjelp", "start", "help":
		return []talk.Line{{Staff: true, Text: w.Texts.Say("s_help")}}
	}
	return nil
}

// Reply is what a staff member's reply to a relayed question becomes. b is the
// question, found by the reference in the text that was replied to.
func Reply(text string, b booking.Booking, ok bool, who Person, w talk.World) Turn {
	switch {
	case !who.Staff || !ok || b.Kind != booking.KindQuestion || strings.HasPrefix(text, "//"):
		return Turn{}
	}
	t := Turn{Tell: []talk.Line{{Text: w.Texts.Say("staff_answer", "hvem", who.Name, "klinikk", w.Clinic.Name, "tekst", text)}}}
	t.Say = []talk.Line{{Staff: true, Text: w.Texts.Say("s_delivered", "ref", b.Reference())}}
	if b.Status == booking.Requested {
		t.Do = booking.Change{Booking: b, To: booking.Served, By: who.Name, At: w.Now}
		after := b
		after.Status, after.By, after.At = booking.Served, who.Name, w.Now
		t.Say = append(t.Say, Card(after, w))
	}
	return t
}

// sorted puts those to be judged first, then the oldest.
func sorted(all []booking.Booking) []booking.Booking {
	var first, rest []booking.Booking
	for _, b := range all {
		if b.Outcome == "review" {
			first = append(first, b)
		} else {
			rest = append(rest, b)
		}
	}
	return append(first, rest...)
}

func cut(s string, most int) string {
	if rs := []rune(s); len(rs) > most {
		return string(rs[:most])
	}
	return s
}
