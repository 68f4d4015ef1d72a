// Package memory keeps conversations in Redis: a chat's state with its
// version, the marks of updates that were handled, and the rows that wait to
// be sent. Everything is written by scripts, a turn by one.
package memory

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"klinikkbot/booking/seal"
)

//go:embed lua/commit.lua
var commitLua string

//go:embed lua/sent.lua
var sentLua string

//go:embed lua/hold.lua
var holdLua string

//go:embed lua/free.lua
var freeLua string

//go:embed lua/pace.lua
var paceLua string

const (
	markFor = 48 * time.Hour
	slotFor = 30 * 24 * time.Hour
)

// LaneHeld is how long a lane stays with a program that no longer renews it.
const LaneHeld = 3 * time.Second

// Store is the memory of one clinic's bot.
type Store struct {
	redis                          redis.UniversalClient
	keys                           keys
	box                            *seal.Box
	secret                         []byte
	commit, sent, hold, free, pace *redis.Script
	now                            func() time.Time // nil: the server's clock
}

// New opens the memory. deeds is the Lua text that fills the table deeds of
// the commit script. now may be nil: then the server's clock counts.
func New(client redis.UniversalClient, clinic string, box *seal.Box, deeds string, now func() time.Time) *Store {
	return &Store{
		redis: client, keys: keys{clinic}, box: box, now: now,
		commit: redis.NewScript("local deeds = {}\n" + deeds + "\n" + commitLua),
		sent:   redis.NewScript(sentLua), hold: redis.NewScript(holdLua), free: redis.NewScript(freeLua), pace: redis.NewScript(paceLua),
	}
}

// Unlock reads the secret behind the names of chats, or makes it on the first
// start. It is also the proof that the encryption key fits: with another key
// it gives seal.ErrSealed. Until it has succeeded the store can't be used.
func (s *Store) Unlock(ctx context.Context) error {
	fresh := make([]byte, 32)
	rand.Read(fresh)
	if err := s.redis.SetNX(ctx, s.keys.secret(), s.box.Seal(s.keys.secret(), fresh), 0).Err(); err != nil {
		return fmt.Errorf("write secret: %w", err)
	}
	sealed, err := s.redis.Get(ctx, s.keys.secret()).Result()
	if err != nil {
		return fmt.Errorf("read secret: %w", err)
	}
	secret, err := s.box.Open(s.keys.secret(), sealed)
	if err != nil {
		return fmt.Errorf("the encryption key doesn't fit what is stored: %w", err)
	}
	s.secret = secret
	return nil
}

// Ping says whether Redis answers.
func (s *Store) Ping(ctx context.Context) error { return s.redis.Ping(ctx).Err() }

// Chat is the name under which a chat is stored.
func (s *Store) Chat(id int64) string { return seal.Name(s.secret, strconv.FormatInt(id, 10)) }

// State reads a chat's state and its version; 0 and nil where there is none. A
// state that can't be decrypted is an error, never "none".
func (s *Store) State(ctx context.Context, chat string) (version int64, state []byte, err error) {
	got, err := s.redis.HMGet(ctx, s.keys.talk(chat), "version", "state").Result()
	if err != nil {
		return 0, nil, fmt.Errorf("read state: %w", err)
	}
	text, _ := got[0].(string)
	sealed, ok := got[1].(string)
	if !ok {
		return 0, nil, nil
	}
	if version, err = strconv.ParseInt(text, 10, 64); err != nil {
		return 0, nil, fmt.Errorf("read state: %w", err)
	}
	state, err = s.box.Open(s.keys.talk(chat), sealed)
	return version, state, err
}

// Row is one message to be sent.
type Row struct {
	Chat  string // the lane, from Store.Chat
	First bool   // ahead of what waits there
	Body  []byte // encrypted when stored
}

// Due is something that falls due at an instant.
type Due struct {
	At     time.Time
	Member string // names no person
}

// Call is a deed worded for the commit script.
type Call struct {
	Name       string
	Keys, Args []string
}

// Turn is what one commit makes true.
type Turn struct {
	Fence   string // token of the lease, or empty
	Mark    string // what is handled once: "u<update id>", or the due member
	Attempt string // of this try, new for each
	Chat    string // whose state is written; empty: none
	Version int64  // the version that was read
	State   []byte // the new state; nil drops it
	Keep    time.Duration
	Rows    []Row
	Due     []Due
	Done    string // the due member that this turn carries out
	Deed    *Call
	Token   string // takes the lanes that are free
}

// The refusals of a commit. None of them wrote anything.
var (
	ErrDup    = errors.New("already handled")
	ErrFenced = errors.New("another program holds the lease")
	ErrStale  = errors.New("the state has changed")
)

// Refused is a deed that the script would not do.
type Refused struct{ Reason string }

func (r Refused) Error() string { return "refused: " + r.Reason }

// Commit makes a turn true and gives the lanes that its token now holds. A
// retry of a commit whose answer was lost does nothing again and succeeds
// without lanes, which are then taken up by Waiting.
func (s *Store) Commit(ctx context.Context, t Turn) ([]string, error) {
	k := s.keys
	keys := []string{k.lease(), k.seen(t.Mark), k.talk(t.Chat), k.lanes(), k.due()}
	what, state := "", ""
	if t.Chat != "" {
		what = "drop"
		if t.State != nil {
			what, state = "set", s.box.Seal(k.talk(t.Chat), t.State)
		}
	}
	args := []any{t.Fence, t.Attempt, int(markFor / time.Second), what, t.Version, state, int(t.Keep / time.Second), s.clock(), t.Token, LaneHeld.Milliseconds(), t.Done}
	var lanes []string
	rows := map[string][]Row{}
	for _, r := range t.Rows {
		if rows[r.Chat] == nil {
			lanes = append(lanes, r.Chat)
		}
		rows[r.Chat] = append(rows[r.Chat], r)
	}
	args = append(args, len(lanes))
	for _, lane := range lanes {
		keys = append(keys, k.lane(lane), k.holder(lane))
		args = append(args, lane, len(rows[lane]))
		for _, r := range rows[lane] {
			place := "last"
			if r.First {
				place = "first"
			}
			args = append(args, place, s.box.Seal(k.lane(lane), r.Body))
		}
	}
	args = append(args, len(t.Due))
	for _, d := range t.Due {
		args = append(args, d.At.UnixMilli(), d.Member)
	}
	deed := ""
	if t.Deed != nil {
		deed = t.Deed.Name
		keys = append(keys, t.Deed.Keys...)
	}
	args = append(args, deed)
	if t.Deed != nil {
		for _, a := range t.Deed.Args {
			args = append(args, a)
		}
	}
	answer, err := s.commit.Run(ctx, s.redis, keys, args...).StringSlice()
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	switch answer[0] {
	case "OK":
		return answer[1:], nil
	case "MINE":
		return nil, nil
	case "DUP":
		return nil, ErrDup
	case "FENCED":
		return nil, ErrFenced
	case "STALE":
		return nil, ErrStale
	}
	return nil, Refused{answer[1]}
}

func (s *Store) clock() string {
	if s.now == nil {
		return ""
	}
	return strconv.FormatInt(s.now().UnixMilli(), 10)
}

// DueNow lists what has fallen due, at most 100, the earliest first. It is
// taken away by the commit that carries it out.
func (s *Store) DueNow(ctx context.Context, now time.Time) ([]string, error) {
	return s.redis.ZRangeByScore(ctx, s.keys.due(), &redis.ZRangeBy{Min: "-inf", Max: strconv.FormatInt(now.UnixMilli(), 10), Count: 100}).Result()
}

// Lease takes or renews the right to poll for a time.
func (s *Store) Lease(ctx context.Context, token string, d time.Duration) (bool, error) {
	n, err := s.hold.Run(ctx, s.redis, []string{s.keys.lease()}, token, d.Milliseconds()).Int()
	return n == 1, err
}

// Resign gives the lease back.
func (s *Store) Resign(ctx context.Context, token string) error {
	return s.free.Run(ctx, s.redis, []string{s.keys.lease(), s.keys.lanes()}, token, "", "").Err()
}

// Leased says whether any program holds the lease.
func (s *Store) Leased(ctx context.Context) (bool, error) {
	n, err := s.redis.Exists(ctx, s.keys.lease()).Result()
	return n == 1, err
}

// Try counts a try of an update, before it is made.
func (s *Store) Try(ctx context.Context, mark string) (int64, error) {
	p := s.redis.TxPipeline()
	n := p.Incr(ctx, s.keys.tries(mark))
	p.Expire(ctx, s.keys.tries(mark), markFor)
	_, err := p.Exec(ctx)
	return n.Val(), err
}

// Bury records an update that was given up, without its content.
func (s *Store) Bury(ctx context.Context, update int64, kind, chat, reason string, at time.Time) error {
	return s.redis.XAdd(ctx, &redis.XAddArgs{Stream: s.keys.dead(), MaxLen: 10000, Approx: true, Values: []string{
		"update", strconv.FormatInt(update, 10), "kind", kind, "chat", chat, "reason", reason, "at", strconv.FormatInt(at.Unix(), 10)}}).Err()
}
