package bot

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"time"

	"klinikkbot/booking/screening"
	"klinikkbot/bot/talk"
	"klinikkbot/faq/danger"
)

// late is the age of a message from which an answer says that it comes late.
const late = 10 * time.Minute

// doors looks for danger signs in every text of a batch before anything else,
// and sends the notices at once: past queue, pacing and Redis. A text that the
// check's own question may excuse is left for its turn, which knows the state.
func (b *Bot) doors(ctx context.Context, all []received) {
	d := b.data.Load()
	var group sync.WaitGroup
	for i := range all {
		r := &all[i]
		if r.text == "" || !r.private {
			continue
		}
		level := d.Danger.Find(r.text)
		if level == danger.None || level == danger.Clinic {
			continue
		}
		r.event.Late = b.Now().Sub(r.sent) > late
		r.event.Level = string(level)
		if d.Danger.Excusable(r.text) {
			continue
		}
		if b.away.answered(r.update) {
			r.event.Told = true
			continue
		}
		group.Go(func() {
			c, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
			defer cancel()
			r.event.Told = b.notice(c, r)
		})
	}
	group.Wait()
}

// notice sends a danger notice at once and remembers that it went.
func (b *Bot) notice(ctx context.Context, r *received) bool {
	_, err := b.send(ctx, r.chat, talk.Notice(r.event.Level, r.event.Late, b.world()), 0)
	if err != nil {
		b.Log.Error("danger notice not sent at once", "error", errorKind(err))
		return false
	}
	b.away.answer(r.update)
	return true
}

// excused says whether the open question of the check excuses a danger sign
// found in an answer to it; told where the answer was not a plain no.
func excused(d *Data, s talk.State, text string) (ok, told bool) {
	if s.At != talk.Check {
		return false, false
	}
	ask, open := d.Check.Next(s.Progress)
	if !open {
		return false, false
	}
	keys := ask.Keys
	if ask.Question != "" {
		keys = []string{ask.Question}
	}
	for _, k := range keys {
		switch k {
		case "svelg", "pust", "ansikt":
			r := d.Check.Read(k, text)
			if d.Danger.FindDuring(k, text, string(r)) == danger.None {
				return true, r != screening.No
			}
		}
	}
	return false, false
}

// awayLog remembers, while Redis is out of reach, which updates have been
// answered without state, so that none is answered twice.
type awayLog struct {
	mu     sync.Mutex
	start  time.Time
	done   map[int64]bool // answered
	told   map[int64]bool // staff were alerted of it
	holder bool           // this program held the lease when Redis went; poll's own
}

func (a *awayLog) begin(at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.start = at
}

func (a *awayLog) since(now time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.start.IsZero() {
		return 0
	}
	return now.Sub(a.start)
}

func (a *awayLog) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.start = time.Time{}
}

func (a *awayLog) answer(update int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.done == nil || len(a.done) > 100_000 {
		a.done = map[int64]bool{}
	}
	a.done[update] = true
}

func (a *awayLog) answered(update int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.done[update]
}

func (a *awayLog) alert(update int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.told == nil || len(a.told) > 100_000 {
		a.told = map[int64]bool{}
	}
	a.told[update] = true
}

func (a *awayLog) alerted(update int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.told[update]
}

func newToken() string { return rand.Text() }

// letters of a reference: no 0, 1, O or I, which are read wrong aloud.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// newID makes a draft's id, which becomes the booking's: six letters.
func newID() string {
	raw := make([]byte, 6)
	rand.Read(raw)
	var s strings.Builder
	for _, c := range raw {
		s.WriteByte(letters[int(c)%len(letters)])
	}
	return s.String()
}
