package talk

import (
	"strings"

	"klinikkbot/booking"
)

// Notice is the danger notice of a level. It needs neither state nor Redis.
func Notice(level string, late bool, w World) Line {
	c, x := w.Clinic, w.Texts
	key := "danger_113"
	switch level {
	case "livet":
		key = "danger_life"
	case "samme-dag":
		key = "danger_same_day_closed"
		switch open := c.OpenAt(w.Now); {
		case open && c.Phone != "":
			key = "danger_same_day_open"
		case open:
			key = "danger_same_day_no_phone"
		}
	}
	opens := ""
	if t, ok := c.NextOpening(w.Now); ok {
		opens = x.Names.WeekdayTime(t)
	}
	contact := ""
	if c.Phone != "" {
		contact = x.Say("danger_clinic", "tlf", c.Phone)
	}
	delay := ""
	if late {
		delay = x.Say("danger_late")
	}
	return Line{Text: squeeze(x.Say(key, "tlf", c.Phone, "klinikk", hs(contact), "apner", opens, "sent", hs(delay))), First: true,
		Buttons: [][]Button{{free(x.Label("b_not_now"), "menu", "notnow")}}}
}

// tidy takes out what empty blanks leave behind in a sentence of the bot's own:
// double spaces, an empty first line, a comma before a full stop.
func tidy(s string) string {
	return strings.TrimLeft(strings.ReplaceAll(squeeze(s), ", .", "."), "\n ")
}

// squeeze takes out the double spaces that empty blanks leave.
func squeeze(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r == ' ' && len(out) > 0 && (out[len(out)-1] == ' ' || out[len(out)-1] == '\n') {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// Away is the answer when the state can't be reached: the published answer, or
// that there is a fault and how to reach the clinic.
func Away(text string, w World) []Line {
	t := &turn{w: w}
	if text != "" {
		if m := w.Ears.Understand(text); m.Decision == "answer" {
			t.answer(m.Entry, text)
			return t.lines
		}
	}
	t.say("away", "tlf", t.phone())
	return t.lines
}

// News is what the patient is told when staff, or time, changed her booking.
func News(b booking.Booking, w World) []Line {
	t := &turn{w: w}
	c, zone := w.Clinic, w.Clinic.Zone
	if b.Kind == booking.KindCall {
		return nil
	}
	start := b.Slot.At(zone)
	switch b.Status {
	case booking.Confirmed:
		key := "confirmed"
		if !c.InTime(start, w.Now) {
			key = "confirmed_soon" // the deadline is over: naming it helps nobody
		}
		l := t.line(tidy(w.Texts.Say(key, "tid", w.Texts.Names.Long(start), "adresse", c.Address, "ref", b.Reference(), "frist", w.Texts.Names.Near(c.Deadline(start)))),
			[]Button{free(t.label("b_cancel_visit"), "own", "cancel-"+b.ID)})
		l.News = b.ID
		file := booking.ICS(booking.Event{Reference: b.Reference(), Host: "klinikk", Start: start, End: b.Slot.Ends(zone), Title: t.label("ics_title", "klinikk", c.Name),
			Place: c.Address, Note: b.Reference(), Sequence: b.Version, Written: w.Now})
		t.lines = append(t.lines, Line{Text: w.Texts.Say("ics_note"), File: &File{Name: b.Reference() + ".ics", Data: file}, News: b.ID})
	case booking.Declined:
		t.line(w.Texts.Say("declined", "ref", b.Reference(), "tid", w.Texts.Names.Long(start), "tlf", t.phone()),
			[]Button{free(t.label("b_other_times"), "menu", "book"), free(t.label("b_person"), "menu", "person")}).News = b.ID
	case booking.Lapsed:
		t.line(w.Texts.Say("lapsed", "ref", b.Reference(), "tid", w.Texts.Names.Long(start), "tlf", t.phone()),
			[]Button{free(t.label("b_other_times"), "menu", "book"), free(t.label("b_person"), "menu", "person")}).News = b.ID
	}
	return t.lines
}
