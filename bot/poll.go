package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"klinikkbot/booking/seal"
	"klinikkbot/bot/memory"
)

const (
	leaseFor = 4 * time.Second
	batch    = 100
	pollFor  = 20 // seconds that Telegram waits for updates
)

// ErrToken says that Telegram doesn't know the token, or no longer.
var ErrToken = errors.New("telegram refuses the bot's token (401 or 404): check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL")

// poll reads updates while this program holds the lease.
func (b *Bot) poll(ctx context.Context) error {
	defer func() {
		c, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = b.memory.Resign(c, b.token) // otherwise it lapses by itself
	}()
	var awaySince time.Time
	for ctx.Err() == nil {
		held, err := b.lease(ctx)
		switch {
		case errors.Is(err, seal.ErrSealed):
			return fmt.Errorf("ENCRYPTION_KEY: %w", err)
		case err != nil:
			// Redis is away. Who held the lease goes on at once, others only
			// after ten seconds.
			if awaySince.IsZero() {
				awaySince = time.Now()
				b.Log.Error("redis is away", "error", errorKind(err))
			}
			b.away.begin(awaySince)
			if !b.away.holder && time.Since(awaySince) < 10*time.Second {
				pause(ctx, 300*time.Millisecond)
				continue
			}
			if err := b.round(ctx, true); err != nil {
				return err
			}
			pause(ctx, 300*time.Millisecond)
			continue
		case !held:
			b.away.holder = false
			pause(ctx, 300*time.Millisecond)
			continue
		}
		if !awaySince.IsZero() {
			b.Log.Info("redis is back", "away", time.Since(awaySince).Round(time.Second).String())
			b.back(ctx, awaySince)
			awaySince = time.Time{}
		}
		b.away.holder = true
		if err := b.round(ctx, false); err != nil {
			return err
		}
	}
	return nil
}

// lease takes or renews the lease, and unlocks the memory on the way.
func (b *Bot) lease(ctx context.Context) (bool, error) {
	c, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if !b.unlocked.Load() {
		if err := b.memory.Unlock(c); err != nil {
			b.redisOK.Store(false)
			return false, err
		}
		b.unlocked.Store(true)
	}
	held, err := b.memory.Lease(c, b.token, leaseFor)
	b.redisOK.Store(err == nil)
	return held, err
}

// keepLease renews the lease while a round runs, and ends the round when it is
// lost to another program.
func (b *Bot) keepLease(ctx context.Context, lost func()) {
	for pause(ctx, time.Second) {
		if held, err := b.lease(ctx); (err == nil && !held) || (err != nil && ctx.Err() == nil) {
			lost()
			return
		}
	}
}

// round gets a batch, handles it chat by chat, and acknowledges it: the next
// call names the offset. With away, Redis is out of reach.
func (b *Bot) round(ctx context.Context, away bool) error {
	c, cancel := context.WithCancel(ctx)
	defer cancel()
	wait := pollFor
	if away {
		wait = 1
	} else {
		go b.keepLease(c, cancel)
	}
	updates, err := b.getUpdates(c, wait)
	if err != nil {
		if errors.Is(err, ErrToken) {
			return err
		}
		if c.Err() == nil {
			b.Log.Warn("no updates", "error", errorKind(err))
			var again retryError
			d := time.Duration(500+rand.IntN(1000)) * time.Millisecond
			if errors.As(err, &again) && again.after > 0 {
				d = again.after
			}
			pause(ctx, d)
		}
		return nil
	}
	b.polled.Store(time.Now().UnixMilli())
	if len(updates) == 0 {
		return nil
	}
	all := make([]received, len(updates))
	byChat := map[int64][]*received{}
	var order []int64
	name, _ := b.name.Load().(string)
	for i, raw := range updates {
		all[i] = parse(raw, name)
		if byChat[all[i].chat] == nil {
			order = append(order, all[i].chat)
		}
		byChat[all[i].chat] = append(byChat[all[i].chat], &all[i])
	}
	b.doors(ctx, all)
	// A turn runs on its own context: what has begun is finished.
	turns := context.WithoutCancel(ctx)
	var group sync.WaitGroup
	var mu sync.Mutex
	var failed error
	places := make(chan struct{}, 32)
	for _, chat := range order {
		group.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			for _, r := range byChat[chat] {
				if err := b.handle(turns, r, away); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					if !away {
						return // the chat's next ones wait for this one
					}
				}
			}
		})
	}
	group.Wait()
	switch {
	case failed == nil:
	case errors.Is(failed, memory.ErrFenced):
		b.Log.Warn("lease lost in a round")
		return nil
	case away && (b.away.since(time.Now()) > 10*time.Second || len(updates) >= batch):
		// Answered as well as can be without state: a danger sign must never
		// wait behind a full batch.
	default:
		pause(ctx, 200*time.Millisecond)
		return nil // the same batch comes again
	}
	b.offset = all[len(all)-1].update + 1
	return nil
}

type retryError struct {
	after time.Duration
	code  int
}

func (e retryError) Error() string { return fmt.Sprintf("telegram answered %d", e.code) }

// getUpdates asks Telegram for raw updates.
func (b *Bot) getUpdates(ctx context.Context, wait int) ([]json.RawMessage, error) {
	var updates []json.RawMessage
	params := map[string]any{"limit": batch, "timeout": wait, "allowed_updates": []string{"message", "edited_message", "callback_query", "my_chat_member"}}
	if b.offset > 0 {
		params["offset"] = b.offset
	}
	c, cancel := context.WithTimeout(ctx, time.Duration(wait+10)*time.Second)
	defer cancel()
	return updates, b.call(c, "getUpdates", params, &updates)
}

// call is one call of the Bot API with JSON both ways; the library has no raw
// one.
func (b *Bot) call(ctx context.Context, method string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	base := b.API
	if base == "" {
		base = "https://api.telegram.org"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(base, "/")+"/bot"+b.Token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return hide(err, b.Token)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := b.http.Do(req)
	if err != nil {
		return hide(err, b.Token)
	}
	defer resp.Body.Close()
	var answer struct {
		OK         bool            `json:"ok"`
		Result     json.RawMessage `json:"result"`
		Parameters struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	err = json.NewDecoder(io.LimitReader(resp.Body, 16<<20)).Decode(&answer)
	switch {
	case resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusNotFound:
		return ErrToken
	case resp.StatusCode != http.StatusOK || !answer.OK && err == nil:
		return retryError{time.Duration(answer.Parameters.RetryAfter) * time.Second, resp.StatusCode}
	case err != nil:
		return errors.New("telegram's answer can't be read")
	}
	return json.Unmarshal(answer.Result, out)
}

// hide takes the token out of an error's text, where net/http puts the URL.
func hide(err error, token string) error {
	if err == nil || token == "" || !strings.Contains(err.Error(), token) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), token, "<token>"))
}

// pause waits, or gives false if ctx ends first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Reach asks Telegram who the bot is and whether it sees the staff group.
func (b *Bot) Reach(ctx context.Context) error {
	c, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var me struct {
		Username string `json:"username"`
	}
	if err := b.call(c, "getMe", struct{}{}, &me); err != nil {
		return err
	}
	b.name.Store(me.Username)
	if b.StaffChat == 0 {
		return nil
	}
	var chat struct {
		Type string `json:"type"`
	}
	if err := b.call(c, "getChat", map[string]any{"chat_id": b.StaffChat}, &chat); err != nil {
		return fmt.Errorf("staff group %d: %w: add the bot to it, or correct STAFF_CHAT_ID", b.StaffChat, err)
	}
	return nil
}
