package talk

import (
	"errors"
	"slices"
	"strings"
	"time"

	"klinikkbot/booking"
)

// begin starts a booking, or goes on with the one that is open.
func (t *turn) begin() {
	if t.midway() && !t.Call {
		t.again()
		return
	}
	t.State = State{Shape: Shape, Draft: t.w.ID}
	t.to(Consent)
}

func (t *turn) beginCall() {
	t.release()
	t.State = State{Shape: Shape, Draft: t.w.ID, Call: true}
	t.to(Name)
}

func (t *turn) askConsent() {
	t.card(t.w.Texts.Say("consent", "tlf", t.phone()),
		[]Button{t.button(t.label("b_consent"), "consent", "yes")},
		[]Button{t.button(t.label("b_i_call"), "consent", "no"), t.button(t.label("b_read_more"), "consent", "more")})
}

func (t *turn) takeConsent(text string) bool {
	switch yes, no := t.agrees(text); {
	case yes:
		t.pressConsent("yes")
	case no:
		t.pressConsent("no")
	default:
		return false
	}
	return true
}

func (t *turn) pressConsent(value string) {
	switch value {
	case "yes":
		t.to(Areas)
	case "more":
		t.say("privacy", "klinikk", t.w.Clinic.Name, "tlf", t.phone())
		t.again()
	default:
		t.stop("consent_no", nil)
	}
}

// stop ends the booking with a last word on its card.
func (t *turn) stop(key string, buttons []Button, fill ...any) {
	edit := t.e.Kind == Press
	t.idle()
	fill = append(fill, "tlf", t.phone(), "tider", hs(t.hours()))
	l := t.line(t.w.Texts.Say(key, fill...))
	if len(buttons) > 0 {
		l.Buttons = [][]Button{buttons}
	}
	l.Slot, l.Edit, l.Last = card, edit, true
}

func (t *turn) askAreas() {
	var rows [][]Button
	var row []Button
	for _, a := range t.w.Clinic.Treatments {
		label := a.Label
		if slices.Contains(t.Areas, a.Code) {
			label = "✓ " + label
		}
		row = append(row, t.button(label, "areas", a.Code))
		if len(row) == 2 {
			rows, row = append(rows, row), nil
		}
	}
	if row != nil {
		rows = append(rows, row)
	}
	rows = append(rows, []Button{t.button(t.label("b_done"), "areas", "done")}, t.nav())
	t.card(t.w.Texts.Say("areas", "valgt", t.areaNames()), rows...)
}

func (t *turn) areaNames() string {
	var names []string
	for _, code := range t.Areas {
		if a := t.w.Clinic.Treatment(code); a != nil {
			names = append(names, strings.ToLower(a.Label))
		}
	}
	if len(names) == 0 {
		return t.label("no_area")
	}
	return strings.Join(names, ", ")
}

func (t *turn) takeAreas(text string) bool {
	if plain(text) == strings.ToLower(t.label("b_done")) {
		t.pressAreas("done")
		return true
	}
	var labels []string
	for _, a := range t.w.Clinic.Treatments {
		labels = append(labels, a.Label)
	}
	found := false
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(text, " og ", ","), func(r rune) bool { return r == ',' || r == ';' || r == '+' }) {
		if i, ok := t.choice(part, labels); ok {
			if code := t.w.Clinic.Treatments[i].Code; !slices.Contains(t.Areas, code) {
				t.Areas = append(t.Areas, code)
			}
			found = true
		}
	}
	if found {
		t.askAreas()
	}
	return found
}

func (t *turn) pressAreas(value string) {
	switch value {
	case "done":
		if len(t.Areas) == 0 {
			t.toast = t.label("choose_area")
			t.askAreas()
			return
		}
		t.to(Known)
	default:
		if i := slices.Index(t.Areas, value); i >= 0 {
			t.Areas = slices.Delete(slices.Clone(t.Areas), i, i+1)
		} else if t.w.Clinic.Treatment(value) != nil {
			t.Areas = append(slices.Clone(t.Areas), value)
		}
		t.askAreas()
	}
}

func (t *turn) askKnown() {
	t.card(t.w.Texts.Say("known"), []Button{t.button(t.label("b_new"), "known", "new"), t.button(t.label("b_known"), "known", "known")}, t.nav())
}

func (t *turn) takeKnown(text string) bool {
	i, ok := t.choice(text, []string{t.label("b_new"), t.label("b_known")})
	if !ok {
		yes, no := t.agrees(text)
		if !yes && !no {
			return false
		}
		i = map[bool]int{true: 0, false: 1}[no]
	}
	t.pressKnown([]string{"new", "known"}[i])
	return true
}

func (t *turn) pressKnown(value string) {
	t.New = value != "known"
	if t.recent(t.w.Patient.Under18) {
		t.under18()
		return
	}
	t.restartCheck()
}

func (t *turn) askName() {
	l := t.card(t.w.Texts.Say("name", "holdt", hs(t.held())), t.nav())
	l.Edit = false
	t.lines = append(t.lines, Line{Text: t.w.Texts.Say("share"), Share: t.label("b_share")})
}

func (t *turn) takeName(text string) bool {
	name, err := booking.Name(text)
	m := t.w.Ears.Understand(text)
	// Many names are words of the clinic's too (Hansen, Hals): three words that
	// can be a name are one, unless they ask.
	aside := m.Decision == "answer" || m.Fact != "" || m.Kind == "booking" || m.Kind == "manage" || m.Kind == "human"
	if aside && (strings.Contains(text, "?") || len(strings.Fields(text)) > 3) || errors.Is(err, booking.ErrNameQuestion) {
		return false
	}
	if yes, no := t.agrees(text); err != nil || yes || no {
		t.say("name_wrong")
		t.again()
		return true
	}
	t.Name = name
	t.renew()
	t.to(Phone)
	return true
}

func (t *turn) askPhone() {
	t.card(t.w.Texts.Say("phone", "navn", t.Name, "holdt", hs(t.held())), t.nav()).Edit = false
	if t.e.Kind == Press { // the name was known: nothing was offered yet
		t.lines = append(t.lines, Line{Text: t.w.Texts.Say("share"), Share: t.label("b_share")})
	}
}

func (t *turn) takePhone(text string) bool {
	number, _, err := booking.Phone(text)
	switch {
	case err == nil:
		t.Phone = number
		t.renew()
		t.summaryFromText()
		return true
	case errors.Is(err, booking.ErrNotNumber):
		if m := t.w.Ears.Understand(text); m.Kind != "unknown" || m.Fact != "" {
			return false
		}
		t.say("phone_none")
	case errors.Is(err, booking.ErrTooShort):
		t.say("phone_short")
	case errors.Is(err, booking.ErrTooLong):
		t.say("phone_long")
	default:
		t.say("phone_unreachable")
	}
	t.again()
	return true
}

// contact takes a shared number; only one's own counts.
func (t *turn) contact() {
	if t.At != Name && t.At != Phone {
		t.say("only_text")
		t.again()
		return
	}
	number, _, err := booking.Phone("+" + strings.TrimPrefix(t.e.Phone, "+"))
	if !t.e.Own || err != nil {
		t.say("contact_not_own")
		t.again()
		return
	}
	t.Phone = number
	if t.At == Name || t.Name == "" {
		name, err := booking.Name(t.e.Name)
		if err != nil {
			t.say("name_wrong")
			t.to(Name)
			return
		}
		t.Name = name
	}
	t.renew()
	t.summaryFromText()
}

// summaryFromText takes the share button away before the summary's own come.
func (t *turn) summaryFromText() {
	t.lines = append(t.lines, Line{Text: t.w.Texts.Say("thanks"), Unshare: true})
	t.to(Summary)
}

func (t *turn) shown() string {
	_, shown, err := booking.Phone(t.Phone)
	if err != nil {
		return t.Phone
	}
	return shown
}

func (t *turn) askSummary() {
	rows := [][]Button{{t.button(t.label("b_request"), "summary", "send")}, {t.button(t.label("b_change"), "summary", "change"), t.button(t.label("b_cancel"), "go", "cancel")}}
	if t.Call {
		t.card(t.w.Texts.Say("summary_call", "navn", t.Name, "telefon", t.shown()), rows...)
		return
	}
	c, zone := t.w.Clinic, t.w.Clinic.Zone
	t.card(t.w.Texts.Say("summary", "tid", t.w.Texts.Names.Long(t.Slot.At(zone)), "min", int(t.length()/time.Minute),
		"behandler", c.Practitioner(t.Slot.Practitioner).Name, "omrade", t.areaNames(), "navn", t.Name, "telefon", t.shown(), "holdt", hs(t.held())), rows...)
}

func (t *turn) takeSummary(text string) bool {
	switch p := plain(text); p {
	case "send", "send forespørsel", "send foresporsel":
		t.pressSummary("send")
		return true
	case "endre":
		t.pressSummary("change")
		return true
	}
	if yes, _ := t.agrees(text); yes {
		t.pressSummary("send")
		return true
	}
	return false
}

func (t *turn) pressSummary(value string) {
	if value == "change" {
		if t.Call {
			t.to(Name)
		} else {
			t.Name, t.Phone = "", ""
			t.to(Times)
		}
		return
	}
	if !t.Call && !t.Slot.At(t.w.Clinic.Zone).After(t.w.Now) {
		if t.w.Read.Times {
			t.say("time_over")
		}
		t.to(Times)
		return
	}
	b := booking.Booking{
		ID: t.Draft, Version: 1, Kind: booking.KindVisit, Status: booking.Requested, Slot: t.Slot, Areas: t.Areas, Medical: t.w.Clinic.Medical(t.Areas),
		Outcome: t.Outcome, Patient: t.w.Chat, Created: t.w.Now, AnswerBy: t.answerBy(), Person: booking.Person{Name: t.Name, Phone: t.Phone, Chat: t.w.ChatID},
	}
	if t.Call {
		b.Kind, b.Slot, b.Areas, b.Medical, b.Outcome = booking.KindCall, booking.Slot{}, nil, false, ""
	}
	t.deed = booking.Request{Booking: b, Limit: t.w.Clinic.Limits.OpenPerPatient}
	edit := t.e.Kind == Press
	t.idle()
	key := "sent"
	if b.Kind == booking.KindCall {
		key = "sent_call"
	}
	l := t.line(t.w.Texts.Say(key, "ref", b.Reference(), "senest", t.w.Texts.Names.Near(b.AnswerBy)))
	if b.Kind == booking.KindVisit {
		l.Buttons = [][]Button{{free(t.label("b_see"), "menu", "mine"), free(t.label("b_cancel_visit"), "own", "cancel-"+b.ID)}}
	}
	l.Slot, l.Edit, l.Last, l.News = card, edit, true, b.ID
}

// answerBy is the instant that the receipt promises: the request's lapse, and
// an hour before the visit where there is time for it.
func (t *turn) answerBy() time.Time {
	by := t.w.Now.Add(t.w.Clinic.RequestExpires)
	if !t.Call {
		start := t.Slot.At(t.w.Clinic.Zone)
		if early := start.Add(-time.Hour); early.After(t.w.Now) {
			start = early
		}
		if start.Before(by) {
			by = start
		}
	}
	return by.Truncate(time.Minute)
}

func (t *turn) length() time.Duration { return t.w.Clinic.Minutes(t.Areas, t.New) }

// refused hears that the reception would not do the last deed, and asks again
// from where it can go on. Nothing had been written.
func (t *turn) refused() {
	switch t.e.Refusal {
	case booking.Gone, booking.Clash:
		if t.w.Read.Times {
			t.say("taken_" + string(t.e.Refusal))
		}
		t.Slot, t.Until = booking.Slot{}, time.Time{}
		t.to(Times)
	case booking.NoCheck:
		t.say("check_again")
		t.Slot, t.Until, t.Outcome = booking.Slot{}, time.Time{}, ""
		t.restartCheck()
	case booking.TooMany:
		t.stop("too_many", nil)
	case booking.Changed:
		t.idle()
		t.say("changed_meanwhile")
		t.mine()
	default:
		t.State = State{Shape: Shape, Draft: t.w.ID}
		t.say("started_over")
		t.to(Consent)
	}
}
