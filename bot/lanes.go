package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	tg "github.com/go-telegram/bot"

	"klinikkbot/bot/memory"
)

// dropAfter is the age at which a row that can't be sent is given up.
const dropAfter = 24 * time.Hour

// drain sends the rows of a lane in order while this program holds it.
func (b *Bot) drain(ctx context.Context, lane string) {
	if _, here := b.drains.LoadOrStore(lane, true); here {
		return
	}
	defer b.drains.Delete(lane)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for pause(ctx, memory.LaneHeld/3) {
			if held, err := b.memory.Hold(ctx, lane, b.token); err != nil || !held {
				cancel()
			}
		}
	}()
	for ctx.Err() == nil {
		row, ok, err := b.memory.Head(ctx, lane)
		if err != nil {
			b.Log.Error("lane not read", "error", errorKind(err))
			return // the hold lapses
		}
		if !ok {
			// A row that came between the look and letting go is found here
			// or by the sweep.
			if b.memory.LetGo(ctx, lane, b.token, time.Time{}) != nil {
				return
			}
			if _, ok, err := b.memory.Head(ctx, lane); err != nil || !ok {
				return
			}
			if held, err := b.memory.Hold(ctx, lane, b.token); err != nil || !held {
				return
			}
			continue
		}
		if rest := b.sendRow(ctx, lane, row); rest > 0 {
			_ = b.memory.LetGo(ctx, lane, b.token, b.Now().Add(rest)) // else the hold lapses
			return
		}
	}
}

// sendRow sends one row and takes it out of its lane; or gives how long the
// lane must rest.
func (b *Bot) sendRow(ctx context.Context, lane string, row memory.Sealed) (rest time.Duration) {
	var o outgoing
	if err := json.Unmarshal(row.Body, &o); err != nil {
		b.Log.Error("row can't be read", "error", errorKind(err))
		_, _ = b.memory.Sent(ctx, lane, b.token, row, "", 0)
		return 0
	}
	old := o.Msg
	if old == 0 && o.Line.Slot != "" {
		var err error
		if old, err = b.memory.Slot(ctx, lane, o.Line.Slot); err != nil {
			return time.Second
		}
	}
	if wait := b.mayWait(ctx, lane, o.Chat); wait > 0 {
		if wait > time.Second {
			return wait
		}
		pause(ctx, wait)
		return 0
	}
	c, cancel := context.WithTimeout(ctx, 15*time.Second)
	msg, err := b.send(c, o.Chat, o.Line, old)
	cancel()
	var many *tg.TooManyRequestsError
	var moved *tg.MigrateError
	switch {
	case err == nil:
	case errors.As(err, &many):
		return time.Duration(many.RetryAfter)*time.Second + 100*time.Millisecond
	case errors.As(err, &moved):
		b.Log.Error("the staff group has a new id: set STAFF_CHAT_ID to it", "id", moved.MigrateToChatID)
		return time.Minute
	case errors.Is(err, tg.ErrorForbidden), errors.Is(err, tg.ErrorBadRequest):
		// It will never go: the patient has blocked the bot, or Telegram
		// doesn't take the message.
		b.Log.Error("row given up", "error", errorKind(err))
	case b.Now().Unix()-o.Made > int64(dropAfter/time.Second):
		b.Log.Error("row given up after a day", "error", errorKind(err))
	default:
		b.Log.Warn("row not sent, tried again", "error", errorKind(err))
		return time.Second
	}
	if o.Line.Last {
		msg = 0 // the slot is free; the message stays
	}
	if _, err := b.memory.Sent(ctx, lane, b.token, row, o.Line.Slot, msg); err != nil {
		b.Log.Error("row sent, not noted", "error", errorKind(err))
		return time.Second
	}
	return 0
}

// mayWait asks whether a message may go now; danger goes past the pace.
func (b *Bot) mayWait(ctx context.Context, lane string, chat int64) time.Duration {
	if b.Rate == 0 {
		return 0
	}
	its := memory.Pace{Most: 5, Span: 5 * time.Second}
	if chat < 0 {
		its = memory.Pace{Most: 20, Span: time.Minute}
	}
	wait, err := b.memory.MaySend(ctx, lane, its, memory.Pace{Most: b.Rate, Span: time.Second})
	if err != nil {
		return time.Second
	}
	return wait
}
