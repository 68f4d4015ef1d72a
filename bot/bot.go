// Package bot is Telegram: raw updates in, messages out. It is the only room
// that imports github.com/go-telegram/bot. A turn is read, decide, commit,
// say; an update is acknowledged when its turn is committed.
package bot

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"

	"klinikkbot/booking"
	"klinikkbot/booking/screening"
	"klinikkbot/bot/memory"
	"klinikkbot/bot/talk"
	"klinikkbot/bot/texts"
	"klinikkbot/faq/danger"
)

// Memory is what the bot needs of the conversations' store.
type Memory interface {
	Unlock(context.Context) error
	Chat(id int64) string
	State(ctx context.Context, chat string) (version int64, state []byte, err error)
	Commit(context.Context, memory.Turn) (lanes []string, err error)
	Leases
	Lanes
}

// Leases decide which program polls, and what was tried in vain.
type Leases interface {
	Lease(ctx context.Context, token string, d time.Duration) (bool, error)
	Resign(ctx context.Context, token string) error
	Try(ctx context.Context, mark string) (int64, error)
	Bury(ctx context.Context, update int64, kind, chat, reason string, at time.Time) error
	DueNow(ctx context.Context, now time.Time) ([]string, error)
}

// Lanes hold the rows that wait to be sent.
type Lanes interface {
	Waiting(ctx context.Context, now time.Time, n int64) ([]string, error)
	Hold(ctx context.Context, chat, token string) (bool, error)
	LetGo(ctx context.Context, chat, token string, until time.Time) error
	Head(ctx context.Context, chat string) (memory.Sealed, bool, error)
	Sent(ctx context.Context, chat, token string, row memory.Sealed, slot string, id int) (bool, error)
	Slot(ctx context.Context, chat, slot string) (int, error)
	MaySend(ctx context.Context, chat string, its, all memory.Pace) (time.Duration, error)
}

// Reception is what the bot needs of the bookings.
type Reception interface {
	Plan(booking.Deed) (name string, keys, args []string, err error)
	Patient(ctx context.Context, chat string, now time.Time) (booking.Patient, error)
	Mine(ctx context.Context, chat string, now time.Time) ([]booking.Booking, error)
	Booking(ctx context.Context, id string) (booking.Booking, bool, error)
	Waiting(ctx context.Context) ([]booking.Booking, error)
	Taken(ctx context.Context, practitioners []string, from, to booking.Day) (booking.Taken, error)
}

// Data is what the clinic owns.
type Data struct {
	Clinic *booking.Clinic
	Check  *screening.Check
	Texts  *texts.Book
	Ears   talk.Ears
	Danger *danger.Rules
}

// Config is what the bot must be told.
type Config struct {
	Token         string
	API           string // base address of the Bot API, empty for Telegram's own
	StaffChat     int64
	Staff         map[int64]bool // empty: members of the staff group
	Practitioners map[int64]bool // empty: all staff
	Rate          int            // messages a second in all; 0: no limits at all
	Log           *slog.Logger
	Now           func() time.Time // nil: the clock
}

// Bot is the running bot.
type Bot struct {
	Config
	data   atomic.Pointer[Data]
	memory Memory
	desk   Reception
	tg     *tg.Bot
	http   *http.Client
	token  string // of this program: lanes and lease

	unlocked atomic.Bool
	polled   atomic.Int64 // unix ms of the last successful poll
	redisOK  atomic.Bool
	member   sync.Map // user id -> membership
	away     awayLog
	drains   sync.Map       // lanes that this program is sending
	offset   int64          // the next update; only poll uses it
	work     sync.WaitGroup // turns and lanes under way
	name     atomic.Value   // the bot's user name
}

// New makes a bot. Nothing is sent or read before Run.
func New(c Config, d *Data, m Memory, r Reception) (*Bot, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	b := &Bot{Config: c, memory: m, desk: r, http: &http.Client{Transport: transport}, token: newToken()}
	b.data.Store(d)
	options := []tg.Option{tg.WithSkipGetMe(), tg.WithHTTPClient(10*time.Second, &http.Client{Transport: transport, Timeout: 10 * time.Second})}
	if c.API != "" {
		options = append(options, tg.WithServerURL(c.API))
	}
	client, err := tg.New(c.Token, options...)
	if err != nil {
		return nil, hide(err, c.Token)
	}
	b.tg = client
	return b, nil
}

// Reload puts other data in force from the next turn on.
func (b *Bot) Reload(d *Data) { b.data.Store(d) }

// Ready says whether updates are being read and Redis answers.
func (b *Bot) Ready() (telegram, redis bool) {
	return time.Since(time.UnixMilli(b.polled.Load())) < 90*time.Second, b.redisOK.Load()
}

// Run receives and answers until ctx ends, then lets turns under way finish.
// It gives an error only where going on is useless: Telegram doesn't know the
// token, or the encryption key doesn't fit.
func (b *Bot) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var loops sync.WaitGroup
	loops.Go(func() { b.sweep(ctx) })
	loops.Go(func() { b.introduce(ctx) })
	err := b.poll(ctx)
	if err != nil {
		cancel(err)
	}
	// The intake has ended. Turns under way are finished and said; then the
	// lanes are let go, so that another program sends at once what is left.
	loops.Wait()
	b.work.Wait()
	return err
}

// introduce asks Telegram for the bot's name, by which commands in the group
// address it, until it is known.
func (b *Bot) introduce(ctx context.Context) {
	for b.name.Load() == nil {
		if err := b.Reach(ctx); err != nil && !pause(ctx, 2*time.Second) {
			return
		}
	}
}

func (b *Bot) world() talk.World {
	d := b.data.Load()
	return talk.World{Now: b.Now(), ID: newID(), Clinic: d.Clinic, Check: d.Check, Texts: d.Texts, Ears: d.Ears}
}
