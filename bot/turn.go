package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"klinikkbot/booking"
	"klinikkbot/bot/desk"
	"klinikkbot/bot/memory"
	"klinikkbot/bot/talk"
)

const (
	redisFor  = 2 * time.Second // that a turn may use Redis
	tries     = 5
	stateFor  = 24 * time.Hour
	answerFor = 30 * time.Minute // that answers to the check stay without activity
)

var errAway = errors.New("redis is away")

// handle makes the turn of one update. nil means that the update is done with
// and may be acknowledged.
func (b *Bot) handle(ctx context.Context, r *received, away bool) (err error) {
	start := time.Now()
	staff := r.chat == b.StaffChat
	if r.kind == "none" || r.kind == "edited" && r.event.Level == "" || !r.private && !staff {
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			b.Log.Error("panic in a turn", "where", where(debug.Stack()))
			err = fmt.Errorf("panic")
		}
		b.logTurn(r, time.Since(start), err)
		if err != nil && !errors.Is(err, errAway) && !errors.Is(err, memory.ErrFenced) {
			err = b.tried(ctx, r, err)
		}
	}()
	if away {
		b.handleAway(ctx, r)
		return errAway
	}
	if r.kind == "unread" {
		return b.memory.Bury(ctx, r.update, r.kind, "", "unread", b.Now())
	}
	if staff {
		err = b.staffTurn(ctx, r)
	} else {
		err = b.patientTurn(ctx, r)
	}
	if errors.Is(err, memory.ErrDup) {
		return nil
	}
	if err != nil && r.event.Level != "" {
		b.dangerAway(ctx, r) // no state to wait for
	}
	return err
}

// dangerAway answers a danger sign and alerts staff without Redis, each once.
func (b *Bot) dangerAway(ctx context.Context, r *received) {
	if !b.away.answered(r.update) && !b.notice(ctx, r) {
		return // tried again with the next round
	}
	if !b.away.alerted(r.update) {
		b.alertDirectly(ctx, r)
	}
}

// tried counts a failed try of an update. After five it is given up: the
// patient and staff are told, the rest goes on.
func (b *Bot) tried(ctx context.Context, r *received, cause error) error {
	c, cancel := context.WithTimeout(ctx, redisFor)
	defer cancel()
	n, err := b.memory.Try(c, r.mark())
	if err != nil || n < tries {
		return cause
	}
	chat := b.memory.Chat(r.chat)
	if err := b.memory.Bury(c, r.update, r.kind, chat, errorKind(cause), b.Now()); err != nil {
		return cause
	}
	w := b.world()
	rows := []memory.Row{b.row(b.StaffChat, talk.Line{Staff: true, Text: w.Texts.Say("staff_dead")}, 0)}
	if r.private {
		rows = append(rows, b.row(r.chat, talk.Line{Text: w.Texts.Say("away", "tlf", w.Clinic.Phone)}, 0))
	}
	if err := b.commit(c, memory.Turn{Mark: r.mark(), Rows: rows}); err != nil && !errors.Is(err, memory.ErrDup) {
		return cause
	}
	return nil
}

// patientTurn reads, decides, commits and says.
func (b *Bot) patientTurn(ctx context.Context, r *received) error {
	c, cancel := context.WithTimeout(ctx, redisFor)
	defer cancel()
	chat := b.memory.Chat(r.chat)
	for range tries {
		w := b.world()
		w.Chat, w.ChatID = chat, r.chat
		version, state, broken, err := b.read(c, &w)
		if err != nil {
			return err
		}
		e := r.event
		if broken && e.Level == "" {
			e.Kind = talk.Broken
		}
		if e.Level != "" && !e.Told && !broken {
			if ok, told := excused(b.data.Load(), state, r.text); ok {
				e.Level, e.Sign = "", told
			}
		}
		if b.away.answered(r.update) && e.Level == "" {
			return nil // answered while Redis was away
		}
		if e.Level != "" && !e.Told {
			e.Told = b.away.answered(r.update) || b.notice(ctx, r)
		}
		toast, err := b.decide(c, r, e, version, state, w)
		if errors.Is(err, memory.ErrStale) {
			continue
		}
		if err == nil || errors.Is(err, memory.ErrDup) {
			b.answerPress(ctx, r, toast, false)
		}
		return err
	}
	return memory.ErrStale
}

// read gets the state and what the reception knows of the patient, both at
// once: one round trip.
func (b *Bot) read(ctx context.Context, w *talk.World) (version int64, s talk.State, broken bool, err error) {
	var group sync.WaitGroup
	var known error
	group.Go(func() { w.Patient, known = b.desk.Patient(ctx, w.Chat, w.Now) })
	version, raw, err := b.memory.State(ctx, w.Chat)
	group.Wait()
	if err = errors.Join(err, known); err != nil {
		return 0, s, false, err
	}
	if raw != nil && (json.Unmarshal(raw, &s) != nil || s.Shape != talk.Shape) {
		return version, talk.State{}, true, nil
	}
	return version, s, false, nil
}

// decide steps the conversation until it has what it needs, and commits.
func (b *Bot) decide(ctx context.Context, r *received, e talk.Event, version int64, s talk.State, w talk.World) (string, error) {
	t, err := b.step(ctx, s, e, &w)
	if err != nil {
		return "", err
	}
	err = b.commitTurn(ctx, r, e, version, s, t, w)
	var refused memory.Refused
	if errors.As(err, &refused) {
		again := talk.Event{Kind: talk.Refused, Refusal: booking.Refusal(refused.Reason)}
		w.Read = talk.Need{} // what was read is out of date
		if t, err = b.step(ctx, s, again, &w); err != nil {
			return "", err
		}
		t.Do = nil
		err = b.commitTurn(ctx, r, e, version, s, t, w)
	}
	return t.Toast, err
}

func (b *Bot) step(ctx context.Context, s talk.State, e talk.Event, w *talk.World) (talk.Turn, error) {
	for range 3 {
		t := talk.Step(s, e, *w)
		if t.Need == (talk.Need{}) {
			return t, nil
		}
		var err error
		if t.Need.Times && !w.Read.Times {
			var who []string
			for _, p := range w.Clinic.Practitioners {
				who = append(who, p.ID)
			}
			today := booking.DayOf(w.Now, w.Clinic.Zone)
			w.Taken, err = b.desk.Taken(ctx, who, today, today.Add(w.Clinic.Horizon))
			w.Read.Times = true
		}
		if t.Need.Mine && !w.Read.Mine && err == nil {
			w.Mine, err = b.desk.Mine(ctx, w.Chat, w.Now)
			w.Read.Mine = true
		}
		if err != nil {
			return t, err
		}
	}
	return talk.Turn{}, errors.New("a step asks for what it has")
}

// commitTurn makes a patient's turn true: state, deed, her lines and staff's.
func (b *Bot) commitTurn(ctx context.Context, r *received, e talk.Event, version int64, before talk.State, t talk.Turn, w talk.World) error {
	state, err := json.Marshal(t.State)
	if err != nil {
		return err
	}
	m := memory.Turn{Mark: r.mark(), Chat: w.Chat, Version: version, State: state, Keep: stateFor}
	if t.State.At == talk.Check {
		m.Keep = answerFor
	}
	for _, l := range append(t.Say, desk.Told(t.Do, w)...) {
		m.Rows = append(m.Rows, b.row(b.to(l, r.chat), l, pressed(r, l)))
	}
	if r.event.Level != "" && e.Level != "" && !b.away.alerted(r.update) {
		l := talk.Line{Staff: true, First: true, Text: w.Texts.Say("staff_danger", "niva", e.Level)}
		m.Rows = append(m.Rows, b.row(b.StaffChat, l, 0))
	}
	if (before.At == talk.Check && r.kind == "text" || r.event.Masked) && e.Level == "" {
		// A typed answer about health doesn't stay in the chat, nor does what
		// may be a fødselsnummer.
		m.Rows = append(m.Rows, b.row(r.chat, talk.Line{Gone: true}, r.message))
	}
	if t.Do != nil {
		if m.Deed, err = b.plan(t.Do); err != nil {
			return err
		}
		if d, ok := t.Do.(booking.Request); ok && d.Booking.Kind != booking.KindQuestion {
			m.Due = append(m.Due, memory.Due{At: d.Booking.AnswerBy, Member: "lapse:" + d.Booking.ID},
				memory.Due{At: d.Booking.Created.Add(w.Clinic.RequestReminder), Member: "remind:" + d.Booking.ID})
		}
	}
	return b.commit(ctx, m)
}

func (b *Bot) to(l talk.Line, chat int64) int64 {
	if l.Staff {
		return b.StaffChat
	}
	return chat
}

// pressed is the message that a press came from, for the line that changes it.
func pressed(r *received, l talk.Line) int {
	if r.kind == "press" && l.Edit && l.Staff == !r.private {
		return r.message
	}
	return 0
}

func (b *Bot) plan(d booking.Deed) (*memory.Call, error) {
	name, keys, args, err := b.desk.Plan(d)
	return &memory.Call{Name: name, Keys: keys, Args: args}, err
}

// commit runs the script and takes up the lanes that it granted.
func (b *Bot) commit(ctx context.Context, m memory.Turn) error {
	m.Token, m.Attempt = b.token, newToken()
	if m.Fence == "" && m.Done == "" {
		m.Fence = b.token
	}
	lanes, err := b.memory.Commit(ctx, m)
	for _, lane := range lanes {
		b.work.Go(func() { b.drain(context.WithoutCancel(ctx), lane) })
	}
	return err
}

// staffTurn takes what happens in the staff group: presses, commands, replies.
func (b *Bot) staffTurn(ctx context.Context, r *received) error {
	c, cancel := context.WithTimeout(ctx, redisFor)
	defer cancel()
	for range tries {
		t, patient, ok, err := b.staffStep(c, r)
		if err != nil || !ok {
			return err
		}
		m := memory.Turn{Mark: r.mark()}
		for _, l := range t.Say {
			m.Rows = append(m.Rows, b.row(b.StaffChat, l, pressed(r, l)))
		}
		if t.Do != nil {
			if m.Deed, err = b.plan(t.Do); err != nil {
				return err
			}
		}
		if t.Later {
			d := t.Do.(booking.Change)
			m.Due = append(m.Due, memory.Due{At: b.Now().Add(desk.Regret), Member: fmt.Sprintf("news:%s:%d", d.Booking.ID, d.Booking.Version+1)})
		}
		for _, l := range t.Tell {
			m.Rows = append(m.Rows, b.row(patient, l, 0))
		}
		err = b.commit(c, m)
		if errors.As(err, new(memory.Refused)) {
			continue // somebody was first: look again
		}
		if err == nil || errors.Is(err, memory.ErrDup) {
			b.answerPress(ctx, r, t.Toast, t.Alert)
		}
		return err
	}
	return memory.ErrStale
}

// staffStep decides what a staff event leads to; ok is false where it is
// nothing.
func (b *Bot) staffStep(ctx context.Context, r *received) (t desk.Turn, patient int64, ok bool, err error) {
	w := b.world()
	id := ""
	switch {
	case r.kind == "press":
		id = reference(r.event.Button.Draft)
	case r.kind == "text" && r.reply != "":
		id = reference(r.reply)
		if id == "" {
			return t, 0, false, nil
		}
	case r.kind == "command":
	default:
		return t, 0, false, nil
	}
	who := b.who(ctx, r)
	if r.kind == "command" {
		if !who.Staff {
			return desk.Turn{Say: []talk.Line{{Staff: true, Text: w.Texts.Say("s_not_staff")}}}, 0, true, nil
		}
		var waiting []booking.Booking
		name, _, _ := cutCommand(r.event.Text)
		if name == "venter" {
			if waiting, err = b.desk.Waiting(ctx); err != nil {
				return t, 0, false, err
			}
		}
		t.Say = desk.Command(name, waiting, w)
		return t, 0, len(t.Say) > 0, nil
	}
	var found booking.Booking
	exists := false
	if id != "" {
		if found, exists, err = b.desk.Booking(ctx, id); err != nil {
			return t, 0, false, err
		}
	}
	if r.kind == "press" {
		return desk.Press(r.event.Button, found, exists, who, w), found.Person.Chat, true, nil
	}
	t = desk.Reply(r.text, found, exists, who, w)
	return t, found.Person.Chat, len(t.Say)+len(t.Tell) > 0, nil
}

// handleAway answers without state, once: danger has been answered at the
// door.
func (b *Bot) handleAway(ctx context.Context, r *received) {
	if r.private && r.event.Level != "" {
		b.dangerAway(ctx, r)
		return
	}
	if !r.private || b.away.answered(r.update) {
		return
	}
	text := ""
	if r.kind == "text" {
		text = r.text
	}
	w := b.world()
	for _, l := range talk.Away(text, w) {
		if _, err := b.send(ctx, r.chat, l, 0); err != nil {
			return
		}
	}
	b.answerPress(ctx, r, w.Texts.Label("away_short"), false)
	b.away.answer(r.update)
}

func (b *Bot) alertDirectly(ctx context.Context, r *received) {
	c, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	w := b.world()
	if _, err := b.send(c, b.StaffChat, talk.Line{Text: w.Texts.Say("staff_danger", "niva", r.event.Level)}, 0); err != nil {
		b.Log.Error("staff not alerted", "error", errorKind(err))
		return
	}
	b.away.alert(r.update)
}

// back tells staff that Redis was away.
func (b *Bot) back(ctx context.Context, since time.Time) {
	b.away.end()
	w := b.world()
	zone := w.Clinic.Zone
	l := talk.Line{Text: w.Texts.Say("staff_back", "fra", booking.MinuteOf(since, zone).String(), "til", booking.MinuteOf(w.Now, zone).String())}
	if _, err := b.send(ctx, b.StaffChat, l, 0); err != nil {
		b.Log.Warn("staff not told", "error", errorKind(err))
	}
}
