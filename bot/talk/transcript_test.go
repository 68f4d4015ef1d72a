package talk_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"klinikkbot/booking"
	"klinikkbot/booking/screening"
	"klinikkbot/bot/talk"
	"klinikkbot/bot/texts"
	"klinikkbot/data"
	"klinikkbot/faq"
	"klinikkbot/faq/danger"
)

var update = flag.Bool("update", false, "write what the bot says into the conversations of testdata")

// own is all that the clinic owns, built once.
var own = sync.OnceValue(func() (o struct {
	clinic *booking.Clinic
	check  *screening.Check
	texts  *texts.Book
	ears   *faq.Engine
	danger *danger.Rules
}) {
	var all, more []data.Fault
	o.clinic, all = data.Clinic("")
	o.check, more = data.Screening("")
	all = append(all, more...)
	o.danger, more = data.Danger("")
	all = append(all, more...)
	knowledge, more := data.Knowledge("")
	all = append(all, more...)
	o.texts, more = data.Texts("", o.clinic.Zone)
	if all = append(all, more...); len(all) > 0 {
		panic(fmt.Sprint("faulty data: ", all))
	}
	knowledge.Danger = func(text string) faq.Level { return faq.Level(o.danger.Find(text)) }
	var err error
	if o.ears, err = faq.New(knowledge); err != nil {
		panic(err)
	}
	return o
})

// chat is one conversation with everything around it that Step is given.
type chat struct {
	raw     []byte // the state, as it is stored
	now     time.Time
	turns   int
	made    int      // own bookings arranged
	unclear []string // entries that the next message may mean
	patient booking.Patient
	taken   booking.Taken
	mine    []booking.Booking
	sent    []talk.Line // what the patient can see, oldest first
}

func newChat() *chat {
	return &chat{now: time.Date(2026, 11, 23, 10, 0, 0, 0, own().clinic.Zone)}
}

func (c *chat) state() (s talk.State, broken bool) {
	if c.raw == nil {
		return s, false
	}
	if json.Unmarshal(c.raw, &s) != nil || s.Shape != talk.Shape {
		return talk.State{}, true
	}
	return s, false
}

func (c *chat) world() talk.World {
	o := own()
	w := talk.World{Now: c.now, ID: fmt.Sprintf("TUR%03d", c.turns), Chat: "chat", ChatID: 901, Clinic: o.clinic, Check: o.check, Texts: o.texts, Ears: o.ears, Patient: c.patient}
	w.Patient.Coming = len(c.mine)
	if c.unclear != nil {
		w.Ears = unsure{o.ears, c.unclear}
	}
	return w
}

// unsure is ears that hear one of several questions in every message. What
// is unclear to the real ones changes with the clinic's texts.
type unsure struct {
	talk.Ears
	of []string
}

func (u unsure) Understand(string) faq.Meaning {
	return faq.Meaning{Kind: faq.FAQ, Decision: faq.Suggest, Suggestions: u.of}
}

// decide steps until nothing more is needed; nothing has happened yet.
func (c *chat) decide(e talk.Event) (talk.Turn, error) {
	s, broken := c.state()
	if e.Level != "" && excused(s, e.Text) {
		e.Level = ""
	}
	if broken && e.Level == "" {
		e.Kind = talk.Broken
	}
	w := c.world()
	for range 3 {
		t := talk.Step(s, e, w)
		if t.Need == (talk.Need{}) {
			return t, nil
		}
		if t.Need.Times {
			w.Taken, w.Read.Times = c.taken, true
		}
		if t.Need.Mine {
			w.Mine, w.Read.Mine = c.mine, true
		}
	}
	return talk.Turn{}, fmt.Errorf("the step asks for what it has")
}

// excused is as in the bot's own turn: an answer to the check's question on
// swallowing, breathing or the face may name a danger sign that isn't one.
func excused(s talk.State, text string) bool {
	if s.At != talk.Check {
		return false
	}
	ask, ok := own().check.Next(s.Progress)
	if !ok {
		return false
	}
	keys := ask.Keys
	if ask.Question != "" {
		keys = []string{ask.Question}
	}
	return slices.ContainsFunc(keys, func(k string) bool {
		return slices.Contains([]string{"svelg", "pust", "ansikt"}, k) &&
			own().danger.FindDuring(k, text, string(own().check.Read(k, text))) == danger.None
	})
}

// commit makes a turn true: the state, what the deed changes, the messages.
func (c *chat) commit(t talk.Turn) error {
	raw, err := json.Marshal(t.State)
	if err != nil {
		return err
	}
	var back talk.State
	if err := json.Unmarshal(raw, &back); err != nil {
		return err
	}
	// A list that is empty and one that isn't there are the same.
	if again, _ := json.Marshal(back); string(again) != strings.Replace(string(raw), `,"progress":{}`, "", 1) {
		return fmt.Errorf("the state changed on its way through JSON:\n%s\n%s", raw, again)
	}
	c.raw, c.unclear = raw, nil
	switch d := t.Do.(type) {
	case booking.Judge:
		c.patient.Outcome = d.Outcome
		switch screening.Outcome(d.Outcome) {
		case screening.Blocked:
			c.patient.Blocked = c.now
		case screening.Under18:
			c.patient.Under18 = c.now
		}
	case booking.Request:
		if d.Booking.Kind != booking.KindQuestion {
			c.mine = append(slices.Clone(c.mine), d.Booking)
		}
	case booking.Change:
		c.mine = slices.DeleteFunc(slices.Clone(c.mine), func(b booking.Booking) bool { return b.ID == d.Booking.ID })
	}
	for _, l := range t.Say {
		if l.Staff {
			continue
		}
		if l.Slot != "" {
			c.sent = slices.DeleteFunc(c.sent, func(o talk.Line) bool { return o.Slot == l.Slot })
		}
		c.sent = append(c.sent, l)
	}
	return nil
}

// button finds the newest button with a label.
func (c *chat) button(label string) (talk.Button, bool) {
	for _, l := range slices.Backward(c.sent) {
		for _, row := range l.Buttons {
			for _, b := range row {
				if b.Label == label {
					return b, true
				}
			}
		}
	}
	return talk.Button{}, false
}

// text is the event of something typed, as the bot receives it.
func typed(text string) talk.Event {
	masked, found := booking.MaskNumbers(text)
	e := talk.Event{Kind: talk.Text, Text: masked, Masked: found}
	if name, ok := strings.CutPrefix(masked, "/"); ok {
		e.Kind, e.Text = talk.Command, name
	}
	if l := own().danger.Find(masked); l != danger.None && l != danger.Clinic {
		e.Level = string(l)
	}
	return e
}

var contact = regexp.MustCompile(`^\((egen|en annens) kontakt\) ([^,]+), (\S+)$`)

// event reads what stands after ">".
func (c *chat) event(line string) (talk.Event, error) {
	switch g := contact.FindStringSubmatch(line); {
	case g != nil:
		return talk.Event{Kind: talk.Contact, Name: g[2], Phone: g[3], Own: g[1] == "egen"}, nil
	case line == "(bilde)":
		return talk.Event{Kind: talk.Other}, nil
	case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
		shown, ok := c.button(line[1 : len(line)-1])
		if !ok {
			return talk.Event{}, fmt.Errorf("there is no button %s", line)
		}
		b, err := talk.ParseButton(shown.Data())
		return talk.Event{Kind: talk.Press, Button: b}, err
	}
	return typed(line), nil
}

// arrange does what stands after "@": it changes the world, not the state.
func (c *chat) arrange(line string) error {
	word := strings.Fields(line)
	switch {
	case line == "mine none":
		c.mine = nil
	case word[0] == "mine" && len(word) >= 2:
		at := time.Date(2026, 11, 26, 13, 0, 0, 0, own().clinic.Zone)
		if len(word) == 4 {
			var err error
			if at, err = time.ParseInLocation("02/01/2006 15:04", word[2]+" "+word[3], own().clinic.Zone); err != nil {
				return err
			}
		}
		start := booking.MinuteOf(at, own().clinic.Zone)
		span := booking.Span{Practitioner: "b1", Day: booking.DayOf(at, own().clinic.Zone), Start: start, End: start + 20}
		c.made++
		b := booking.Booking{ID: fmt.Sprintf("EGEN%02d", c.made), Version: 1, Kind: booking.KindVisit, Status: booking.Status(word[1]), Slot: booking.Slot{Span: span, Claim: span},
			Areas: []string{"A1"}, Outcome: "ok", Patient: "chat", Created: c.now, AnswerBy: c.now.Add(own().clinic.RequestExpires)}
		if word[1] == "call" {
			b.Kind, b.Status = booking.KindCall, booking.Requested
		}
		c.mine = append(c.mine, b)
	case word[0] == "unclear":
		c.unclear = word[1:]
	case word[0] == "outcome":
		c.patient.Outcome = word[1]
	case word[0] == "now":
		at, err := time.ParseInLocation("02/01/2006 15:04", strings.Join(word[1:], " "), own().clinic.Zone)
		c.now = at
		return err
	case line == "shape old":
		c.raw = []byte(strings.Replace(string(c.raw), `"shape":1`, `"shape":99`, 1))
	default:
		return fmt.Errorf("unknown: @ %s", line)
	}
	return nil
}

// run plays a conversation and gives it with what the bot said and did.
func run(script string) (string, error) {
	var in []string
	for line := range strings.Lines(script) {
		if line = strings.TrimRight(line, "\n"); line != "" && strings.ContainsRune(">@#!", rune(line[0])) {
			in = append(in, line)
		}
	}
	c := newChat()
	var out strings.Builder
	spoke := false
	for i, line := range in {
		rest := strings.TrimSpace(line[1:])
		if spoke && line[0] != '!' {
			out.WriteString("\n")
		}
		spoke = false
		fmt.Fprintln(&out, line)
		var e talk.Event
		var err error
		switch line[0] {
		case '@':
			if err = c.arrange(rest); err != nil {
				return out.String(), err
			}
			continue
		case '>':
			c.turns++
			e, err = c.event(rest)
		case '!':
			e = talk.Event{Kind: talk.Refused, Refusal: booking.Refusal(rest)}
		default:
			continue
		}
		if err != nil {
			return out.String(), err
		}
		t, err := c.decide(e)
		if err != nil {
			return out.String(), err
		}
		if line[0] == '!' {
			t.Do = nil
		}
		if t.Do != nil {
			fmt.Fprintln(&out, "= "+deed(t.Do))
		}
		if i+1 < len(in) && in[i+1][0] == '!' { // refused: nothing of it is done or said
			if h, ok := t.Do.(booking.Hold); ok && in[i+1] == "! taken" {
				c.taken = append(c.taken, booking.Busy{Span: h.Slot.Claim, By: "another"})
			}
			if r, ok := t.Do.(booking.Request); ok && in[i+1] == "! taken" {
				c.taken = append(c.taken, booking.Busy{Span: r.Booking.Slot.Claim, By: "another"})
			}
			continue
		}
		for _, l := range t.Say {
			text, err := shown(l)
			if err != nil {
				return out.String(), err
			}
			out.WriteString(text)
		}
		if t.Toast != "" {
			fmt.Fprintln(&out, "< (kort beskjed) "+t.Toast)
		}
		if err := c.commit(t); err != nil {
			return out.String(), err
		}
		spoke = true
	}
	return out.String(), nil
}

// shown is a message as people see it.
func shown(l talk.Line) (string, error) {
	text, err := plain(l.Text)
	if err != nil {
		return "", err
	}
	switch {
	case l.Gone:
		text = "(meldingen slettes)"
	case l.Staff:
		text = "(til ansatte) " + text
	case l.Edit:
		text = "(endrer kortet) " + text
	}
	if l.File != nil {
		text += "\n(fil " + l.File.Name + ")"
	}
	var rows []string
	for _, row := range l.Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Label+"]")
		}
		rows = append(rows, strings.Join(labels, " "))
	}
	if l.Share != "" {
		rows = append(rows, "["+l.Share+"] (under skrivefeltet)")
	}
	if l.Unshare {
		rows = append(rows, "(knappen under skrivefeltet tas bort)")
	}
	all := strings.Join(append([]string{text}, rows...), "\n")
	all = strings.ReplaceAll(all, "\n", "\n  ")
	return "< " + strings.ReplaceAll(all, "\n  \n", "\n\n") + "\n", nil
}

var tag = regexp.MustCompile(`</?([a-z]+)[^>]*>`)

// plain takes the tags out, which must be closed in order.
func plain(text string) (string, error) {
	var open []string
	for _, g := range tag.FindAllStringSubmatch(text, -1) {
		switch {
		case !strings.HasPrefix(g[0], "</"):
			open = append(open, g[1])
		case len(open) == 0 || open[len(open)-1] != g[1]:
			return "", fmt.Errorf("%s closes nothing in %q", g[0], text)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("%v stays open in %q", open, text)
	}
	return html.UnescapeString(tag.ReplaceAllString(text, "")), nil
}

// deed is a deed in a few words.
func deed(d booking.Deed) string {
	slot := func(s booking.Slot) string {
		return fmt.Sprintf("%s %s-%s %s", s.Day.Slashed(), s.Start, s.End, s.Practitioner)
	}
	switch d := d.(type) {
	case booking.Hold:
		text := fmt.Sprintf("hold %s %s until %s", d.ID, slot(d.Slot), booking.MinuteOf(d.Until, own().clinic.Zone))
		if d.Old != (booking.Slot{}) && d.Old != d.Slot {
			text += ", giving back " + slot(d.Old)
		}
		return text
	case booking.Release:
		return "release " + d.ID + " " + slot(d.Slot)
	case booking.Judge:
		text := fmt.Sprintf("judge %s for %s", d.Outcome, d.Keep)
		if d.Release != nil {
			text += ", releasing " + slot(d.Release.Slot)
		}
		return text
	case booking.Request:
		b := d.Booking
		text := "request " + b.Kind + " " + b.ID
		if b.Kind == booking.KindVisit {
			text += fmt.Sprintf(" %s %s %s", slot(b.Slot), strings.Join(b.Areas, ","), b.Outcome)
		}
		return strings.TrimRight(fmt.Sprintf("%s %s %s", text, b.Person.Name, b.Person.Phone), " ")
	case booking.Change:
		return fmt.Sprintf("change %s to %s by %s", d.Booking.ID, d.To, d.By)
	}
	return fmt.Sprintf("%T", d)
}

// TestTranscripts plays the conversations of testdata. With -update what the
// bot says and does in them is written anew.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d conversations in testdata, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := run(string(want))
			if err != nil {
				t.Fatalf("%v, after\n%s", err, got)
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
			for i := range max(len(g), len(w)) {
				a, b := "(end)", "(end)"
				if i < len(g) {
					a = g[i]
				}
				if i < len(w) {
					b = w[i]
				}
				if a != b {
					t.Fatalf("line %d:\n got %s\nwant %s", i+1, a, b)
				}
			}
		})
	}
}
