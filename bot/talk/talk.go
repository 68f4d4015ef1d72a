// Package talk is the patient's conversation. It is pure: it knows no
// Telegram, no Redis and no clock. Step gets the state, what happened and the
// world, and gives the new state, what to say and what to have done.
package talk

import (
	"time"

	"klinikkbot/booking"
	"klinikkbot/booking/screening"
	"klinikkbot/bot/texts"
	"klinikkbot/faq"
)

// Shape is the version of State. A state of another shape starts over.
const Shape = 1

// At is the step of the conversation that waits for an answer.
type At string

// The steps. Idle waits for nothing.
const (
	Idle    At = ""
	Consent At = "consent"
	Areas   At = "areas"
	Known   At = "known"
	Check   At = "check"
	Review  At = "review"
	Times   At = "times"
	Days    At = "days"
	Hours   At = "hours"
	Name    At = "name"
	Phone   At = "phone"
	Summary At = "summary"
	Forward At = "forward" // shall this text be sent to the clinic?
	Pick    At = "pick"    // "mente du …?"
	Mine    At = "mine"
	Sure    At = "sure" // really cancel?
)

// State is all that a conversation has collected. It is stored as JSON,
// encrypted, and lives only while the conversation does.
type State struct {
	Shape    int                `json:"shape"`
	At       At                 `json:"at,omitempty"`
	Draft    string             `json:"draft,omitempty"`
	Call     bool               `json:"call,omitempty"` // the draft is a wish to be called
	Areas    []string           `json:"areas,omitempty"`
	New      bool               `json:"new,omitempty"`
	Progress screening.Progress `json:"progress,omitzero"`
	Outcome  string             `json:"outcome,omitempty"`
	Slot     booking.Slot       `json:"slot,omitzero"`
	Until    time.Time          `json:"until,omitzero"` // when the hold of Slot lapses
	Offered  []booking.Slot     `json:"offered,omitempty"`
	Month    booking.Day        `json:"month,omitzero"` // any day of the month shown
	Day      booking.Day        `json:"day,omitzero"`   // the day whose times are shown
	Name     string             `json:"name,omitempty"`
	Phone    string             `json:"phone,omitempty"`
	Text     string             `json:"text,omitempty"`    // that may be sent to the clinic
	Picks    []string           `json:"picks,omitempty"`   // entries or bookings on the screen, in order
	Paused   bool               `json:"paused,omitempty"`  // a danger notice waits for "not now"
	Booking  string             `json:"booking,omitempty"` // the one being cancelled
}

// What kind of event.
type Kind string

// The kinds of event.
const (
	Text    Kind = "text"
	Press   Kind = "press"
	Command Kind = "command"
	Contact Kind = "contact"
	Other   Kind = "other"   // a photo, a voice message and the like
	Refused Kind = "refused" // the reception would not do the deed of this turn
	Broken  Kind = "broken"  // the state can't be read by this program any more
)

// Event is what happened.
type Event struct {
	Kind    Kind
	Text    string          // masked; the command's name and payload for Command
	Masked  bool            // a number like a fødselsnummer was in it
	Button  Button          // what was pressed
	Name    string          // of a contact
	Phone   string          // of a contact
	Own     bool            // the contact is the patient's own
	Level   string          // the danger level found at the door, or empty
	Told    bool            // the notice has gone out already
	Sign    bool            // a sign that answers the check's open question, and may be new
	Refusal booking.Refusal // why
	Late    bool            // answered over 10 minutes after it was sent
}

// Ears is the understanding of patients' messages.
type Ears interface {
	Understand(text string) faq.Meaning
	Entry(id string) (faq.Entry, bool)
	Entries() []faq.Entry
	Passage(id, text string) string
}

// World is what a turn may look at besides the state.
type World struct {
	Now     time.Time
	ID      string // of a new draft
	Chat    string // the patient's name in storage
	ChatID  int64
	Clinic  *booking.Clinic
	Check   *screening.Check
	Texts   *texts.Book
	Ears    Ears
	Patient booking.Patient
	Taken   booking.Taken     // read when the turn needed times
	Mine    []booking.Booking // read when the turn needed the own bookings
	Read    Need              // what has been read
}

// Need is what a turn must have read before it can decide.
type Need struct {
	Times bool
	Mine  bool
}

// Turn is what a step decided. Where Need is set, nothing was decided: read it
// and call Step again.
type Turn struct {
	Need  Need
	State State
	Say   []Line
	Do    booking.Deed
	Toast string // shown for a moment to the one who pressed
}

// Line is one message to be sent or changed.
type Line struct {
	Staff   bool       `json:"staff,omitempty"` // to the staff group, else to the patient
	Text    string     `json:"text"`            // HTML
	Buttons [][]Button `json:"buttons,omitempty"`
	Share   string     `json:"share,omitempty"`   // label of a button that shares the own number
	Unshare bool       `json:"unshare,omitempty"` // takes that button away
	Slot    string     `json:"slot,omitempty"`    // the message has a name: a later line replaces it
	Edit    bool       `json:"edit,omitempty"`    // in place, if it is there; else the old one is deleted
	Last    bool       `json:"last,omitempty"`    // the message stays as it is: nothing replaces it later
	Gone    bool       `json:"gone,omitempty"`    // only deletes the named message
	First   bool       `json:"first,omitempty"`   // ahead of what waits
	File    *File      `json:"file,omitempty"`
	News    string     `json:"news,omitempty"` // the booking that this tells of
}

// File is a document to send.
type File struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// card is the name of the one message in which a booking is made.
const card = "card"

// Step decides what happens next. The order of the rules is the order of this
// function.
func Step(s State, e Event, w World) Turn {
	t := &turn{State: s, e: e, w: w}
	t.State.Shape = Shape
	switch {
	case e.Level != "":
		t.danger()
	case e.Kind == Broken || (s.Shape != 0 && s.Shape != Shape):
		t.State = State{Shape: Shape}
		t.say("started_over")
		t.menu()
	case e.Kind == Refused:
		t.refused()
	case e.Kind == Press:
		t.press()
	case e.Masked:
		t.say("id_number")
		t.again()
	case e.Kind == Command:
		t.command()
	case e.Kind == Contact:
		t.contact()
	case e.Kind == Other:
		t.say("only_text")
		t.again()
	default:
		t.text()
	}
	if e.Sign && len(t.lines) > 0 {
		t.lines[0].Text = w.Texts.Say("check_now_first") + "\n\n" + t.lines[0].Text
	}
	if t.need != (Need{}) {
		return Turn{Need: t.need}
	}
	if len(t.lines) == 0 && t.toast == "" && e.Kind != Press && !e.Told {
		t.say("unknown_short")
		t.again()
	}
	return Turn{State: t.State, Say: t.lines, Do: t.deed, Toast: t.toast}
}

// turn is one step in the making.
type turn struct {
	State
	e     Event
	w     World
	lines []Line
	deed  booking.Deed
	toast string
	need  Need
}

func (t *turn) line(text string, buttons ...[]Button) *Line {
	t.lines = append(t.lines, Line{Text: text, Buttons: buttons})
	return &t.lines[len(t.lines)-1]
}

func (t *turn) say(key string, fill ...any) *Line { return t.line(tidy(t.w.Texts.Say(key, fill...))) }

func (t *turn) label(key string, fill ...any) string { return t.w.Texts.Label(key, fill...) }

// card shows the message in which the booking is made: changed in place after
// a press on it, else anew at the bottom.
func (t *turn) card(text string, buttons ...[]Button) *Line {
	l := t.line(text, buttons...)
	l.Slot, l.Edit = card, t.e.Kind == Press && t.e.Button.Draft != "-" && len(t.lines) == 1
	return l
}

// button is one of the present draft.
func (t *turn) button(label, step, value string) Button {
	return Button{Label: label, Draft: t.Draft, Step: step, Value: value}
}

// free is a button that belongs to no draft and never grows stale.
func free(label, step, value string) Button {
	return Button{Label: label, Draft: "-", Step: step, Value: value}
}

// nav is the last row of every step.
func (t *turn) nav() []Button {
	return []Button{t.button(t.label("b_back"), "go", "back"), t.button(t.label("b_cancel"), "go", "cancel")}
}

// idle ends what was going on and keeps nothing of it.
func (t *turn) idle() { t.State = State{Shape: Shape} }

func (t *turn) phone() string { return t.w.Clinic.Phone }
