package memory

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// Sealed is a row as it stands in its lane.
type Sealed struct {
	raw  string
	Body []byte
}

// Waiting lists lanes whose time has come, held or not, at most n.
func (s *Store) Waiting(ctx context.Context, now time.Time, n int64) ([]string, error) {
	return s.redis.ZRangeByScore(ctx, s.keys.lanes(), &redis.ZRangeBy{Min: "-inf", Max: strconv.FormatInt(now.UnixMilli(), 10), Count: n}).Result()
}

// Hold takes or renews a lane for LaneHeld.
func (s *Store) Hold(ctx context.Context, chat, token string) (bool, error) {
	n, err := s.hold.Run(ctx, s.redis, []string{s.keys.holder(chat)}, token, LaneHeld.Milliseconds()).Int()
	return n == 1, err
}

// LetGo gives a lane back; it rests until the instant, or not at all if that
// is zero.
func (s *Store) LetGo(ctx context.Context, chat, token string, until time.Time) error {
	rest := ""
	if !until.IsZero() {
		rest = strconv.FormatInt(until.UnixMilli(), 10)
	}
	return s.free.Run(ctx, s.redis, []string{s.keys.holder(chat), s.keys.lanes()}, token, chat, rest).Err()
}

// Head reads the first row of a lane; ok is false if the lane is empty.
func (s *Store) Head(ctx context.Context, chat string) (row Sealed, ok bool, err error) {
	raw, err := s.redis.LIndex(ctx, s.keys.lane(chat), 0).Result()
	if errors.Is(err, redis.Nil) {
		return Sealed{}, false, nil
	}
	if err != nil {
		return Sealed{}, false, fmt.Errorf("read lane: %w", err)
	}
	body, err := s.box.Open(s.keys.lane(chat), raw)
	return Sealed{raw, body}, true, err
}

// Sent takes a row out of its lane. Where slot is given, the message's id is
// kept under that name; id 0 forgets it. It gives false if the lane is no
// longer this program's: the row may then be sent by another.
func (s *Store) Sent(ctx context.Context, chat, token string, row Sealed, slot string, id int) (bool, error) {
	text := ""
	if id != 0 {
		text = strconv.Itoa(id)
	}
	keys := []string{s.keys.lane(chat), s.keys.holder(chat), s.keys.lanes(), s.keys.slots(chat)}
	n, err := s.sent.Run(ctx, s.redis, keys, token, row.raw, chat, slot, text, int(slotFor/time.Second)).Int()
	return n == 1, err
}

// Slot reads the id of a named message of a chat; 0 where there is none.
func (s *Store) Slot(ctx context.Context, chat, slot string) (int, error) {
	id, err := s.redis.HGet(ctx, s.keys.slots(chat), slot).Int()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return id, err
}

// Pace is how many messages may go in a span of time; 0 is any number.
type Pace struct {
	Most int
	Span time.Duration
}

// MaySend counts a message to a chat, or says how long to wait first.
func (s *Store) MaySend(ctx context.Context, chat string, its, all Pace) (time.Duration, error) {
	ms, err := s.pace.Run(ctx, s.redis, []string{s.keys.pace(chat), s.keys.paceAll()},
		rand.Text(), its.Most, its.Span.Milliseconds(), all.Most, all.Span.Milliseconds(), s.clock()).Int64()
	return time.Duration(ms) * time.Millisecond, err
}
