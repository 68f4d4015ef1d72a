package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"klinikkbot/booking"
	"klinikkbot/bot/desk"
	"klinikkbot/bot/memory"
	"klinikkbot/bot/talk"
)

// sweep takes up lanes that nobody sends and carries out what falls due, on
// every program; the commit sees to it that each is done once.
func (b *Bot) sweep(ctx context.Context) {
	for pause(ctx, 250*time.Millisecond) {
		if !b.unlocked.Load() {
			continue
		}
		c, cancel := context.WithTimeout(context.WithoutCancel(ctx), redisFor)
		b.sweepLanes(c)
		b.sweepDue(c)
		cancel()
	}
}

func (b *Bot) sweepLanes(ctx context.Context) {
	lanes, err := b.memory.Waiting(ctx, b.Now(), 50)
	if err != nil {
		return // Redis is away; the poll says so
	}
	for _, lane := range lanes {
		if _, here := b.drains.Load(lane); here {
			continue
		}
		if held, err := b.memory.Hold(ctx, lane, b.token); err == nil && held {
			b.work.Go(func() { b.drain(context.WithoutCancel(ctx), lane) })
		}
	}
}

func (b *Bot) sweepDue(ctx context.Context) {
	due, err := b.memory.DueNow(ctx, b.Now())
	if err != nil {
		return
	}
	for _, member := range due {
		if err := b.due(ctx, member); err != nil && !errors.Is(err, memory.ErrDup) {
			b.Log.Error("due not done, tried again", "error", errorKind(err))
		}
	}
}

// due carries out one thing that has fallen due.
func (b *Bot) due(ctx context.Context, member string) error {
	part := strings.Split(member, ":")
	m := memory.Turn{Mark: "due:" + member, Done: member}
	if len(part) < 2 {
		return b.commit(ctx, m)
	}
	found, ok, err := b.desk.Booking(ctx, part[1])
	if err != nil {
		return err
	}
	w := b.world()
	tell := func(lines []talk.Line, chat int64) {
		for _, l := range lines {
			m.Rows = append(m.Rows, b.row(b.to(l, chat), l, 0))
		}
	}
	switch {
	case !ok:
	case part[0] == "news" && len(part) == 3 && part[2] == strconv.Itoa(found.Version) && found.Status == booking.Confirmed:
		tell(talk.News(found, w), found.Person.Chat)
		tell([]talk.Line{desk.Card(found, w)}, 0)
	case part[0] == "remind" && found.Status == booking.Requested:
		tell([]talk.Line{{Staff: true, Text: w.Texts.Say("staff_remind", "ref", found.Reference(), "senest", w.Texts.Names.Near(found.AnswerBy))}}, 0)
	case part[0] == "lapse" && found.Status == booking.Requested && found.Kind == booking.KindVisit:
		do := booking.Change{Booking: found, To: booking.Lapsed, By: "", At: w.Now}
		if m.Deed, err = b.plan(do); err != nil {
			return err
		}
		after := found
		after.Status, after.Version, after.At = booking.Lapsed, found.Version+1, w.Now
		tell(talk.News(after, w), found.Person.Chat)
		tell([]talk.Line{desk.Card(after, w)}, 0)
	}
	err = b.commit(ctx, m)
	if errors.As(err, new(memory.Refused)) {
		return nil // it changed meanwhile; the next sweep looks again
	}
	return err
}
