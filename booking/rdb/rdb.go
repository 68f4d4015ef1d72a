package rdb

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"klinikkbot/booking"
	"klinikkbot/booking/seal"
)

// Lua is the reception's part of the commit script: it fills the table deeds.
//
//go:embed lua/deeds.lua
var Lua string

// keep is how long a booking and its calendar stay after the visit.
const keep = 30 * 24 * time.Hour

// Reception reads bookings and prepares deeds for the commit.
type Reception struct {
	redis redis.UniversalClient
	keys  keys
	box   *seal.Box
	zone  *time.Location
}

// New opens the reception of one clinic.
func New(client redis.UniversalClient, clinic string, box *seal.Box, zone *time.Location) *Reception {
	return &Reception{client, keys{clinic}, box, zone}
}

// Plan words a deed for the commit script: the function's name, its keys and
// its arguments.
func (r *Reception) Plan(d booking.Deed) (name string, keys, args []string, err error) {
	k := r.keys
	switch d := d.(type) {
	case booking.Hold:
		c, old := d.Slot.Claim, d.Old.Claim
		if old == (booking.Span{}) {
			old = c
		}
		return "hold",
			[]string{k.calendar(c.Practitioner, c.Day), k.patientDay(d.Patient, c.Day), k.calendar(old.Practitioner, old.Day), k.patientDay(d.Patient, old.Day), k.outcome(d.Patient), k.booking(d.ID)},
			[]string{d.ID, num(int(c.Start)), num(int(c.End)), sec(d.Until), r.expire(c)}, nil
	case booking.Release:
		c := d.Slot.Claim
		return "release", []string{k.calendar(c.Practitioner, c.Day), k.patientDay(d.Patient, c.Day)}, []string{d.ID}, nil
	case booking.Judge:
		keys, args = []string{k.outcome(d.Patient)}, []string{d.Outcome, num(int(d.Keep / time.Second))}
		if rel := d.Release; rel != nil {
			c := rel.Slot.Claim
			keys = append(keys, k.calendar(c.Practitioner, c.Day), k.patientDay(d.Patient, c.Day))
			args = append(args, rel.ID)
		}
		return "judge", keys, args, nil
	case booking.Request:
		return r.planRequest(d)
	case booking.Change:
		b := d.Booking
		keys = []string{k.booking(b.ID), k.mine(b.Patient), k.open()}
		if c := b.Slot.Claim; b.Kind == booking.KindVisit {
			keys = append(keys, k.calendar(c.Practitioner, c.Day), k.patientDay(b.Patient, c.Day))
		}
		after := booking.Booking{Status: d.To}
		return "change", keys, []string{b.ID, num(b.Version), string(d.To), d.By, sec(d.At), flag(!after.Open()), flag(d.To == booking.Requested), d.Outcome}, nil
	case booking.Look:
		return "look", []string{k.access()}, []string{strconv.FormatInt(d.Who, 10), d.Booking.Reference(), sec(d.At)}, nil
	}
	return "", nil, nil, fmt.Errorf("reception: unknown deed %T", d)
}

func (r *Reception) planRequest(d booking.Request) (string, []string, []string, error) {
	b, k := d.Booking, r.keys
	person, err := json.Marshal(b.Person)
	if err != nil {
		return "", nil, nil, err
	}
	c, s := b.Slot.Claim, b.Slot.Span
	fields := []string{
		"version", "1", "kind", b.Kind, "status", string(booking.Requested), "patient", b.Patient,
		"areas", strings.Join(b.Areas, " "), "medical", flag(b.Medical), "outcome", b.Outcome,
		"created", sec(b.Created), "answerby", sec(b.AnswerBy), "by", "patient", "at", sec(b.Created),
		"person", r.box.Seal(k.booking(b.ID), person),
	}
	keys := []string{k.booking(b.ID), k.mine(b.Patient), k.open(), k.outcome(b.Patient)}
	start, from, to, expire := b.Created, "", "", sec(b.Created.Add(keep))
	if b.Kind == booking.KindCall {
		start = b.AnswerBy // until then it counts as open
	}
	if b.Kind == booking.KindVisit {
		fields = append(fields, "practitioner", s.Practitioner, "day", s.Day.String(), "start", num(int(s.Start)), "end", num(int(s.End)), "from", num(int(c.Start)), "to", num(int(c.End)))
		keys = append(keys, k.calendar(c.Practitioner, c.Day), k.patientDay(b.Patient, c.Day))
		start, from, to, expire = b.Slot.At(r.zone), num(int(c.Start)), num(int(c.End)), r.expire(c)
	}
	args := append([]string{b.ID, num(d.Limit), sec(start), expire, b.Outcome, from, to, num(len(fields) / 2)}, fields...)
	return "request", keys, args, nil
}

func (r *Reception) expire(c booking.Span) string {
	return sec(c.Day.At(booking.EndOfDay, r.zone).Add(keep))
}

func num(n int) string       { return strconv.Itoa(n) }
func sec(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// Patient reads what is known of a chat, in one round trip.
func (r *Reception) Patient(ctx context.Context, chat string, now time.Time) (booking.Patient, error) {
	p := r.redis.Pipeline()
	outcome := p.HGetAll(ctx, r.keys.outcome(chat))
	coming := p.ZCount(ctx, r.keys.mine(chat), sec(now), "+inf")
	if _, err := p.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return booking.Patient{}, fmt.Errorf("read patient: %w", err)
	}
	at := func(field string) time.Time {
		if n, err := strconv.ParseInt(outcome.Val()[field], 10, 64); err == nil {
			return time.Unix(n, 0)
		}
		return time.Time{}
	}
	return booking.Patient{Outcome: outcome.Val()["outcome"], Blocked: at("blocked"), Under18: at("under18"), Coming: int(coming.Val())}, nil
}

// Mine reads the open bookings of a chat that are not over, the next one
// first.
func (r *Reception) Mine(ctx context.Context, chat string, now time.Time) ([]booking.Booking, error) {
	ids, err := r.redis.ZRange(ctx, r.keys.mine(chat), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("read own bookings: %w", err)
	}
	all, err := r.read(ctx, ids)
	if err != nil {
		return nil, err
	}
	coming := all[:0]
	for _, b := range all {
		if b.Open() && (b.Kind == booking.KindCall || b.Slot.Ends(r.zone).After(now)) {
			coming = append(coming, b)
		}
	}
	return coming, nil
}

// Booking reads one booking with its person; ok is false where there is none.
func (r *Reception) Booking(ctx context.Context, id string) (b booking.Booking, ok bool, err error) {
	all, err := r.read(ctx, []string{id})
	if err != nil || len(all) == 0 {
		return booking.Booking{}, false, err
	}
	return all[0], true, nil
}

// Waiting reads the requests that nobody has answered, the oldest first.
func (r *Reception) Waiting(ctx context.Context) ([]booking.Booking, error) {
	ids, err := r.redis.ZRange(ctx, r.keys.open(), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("read open requests: %w", err)
	}
	return r.read(ctx, ids)
}

func (r *Reception) read(ctx context.Context, ids []string) ([]booking.Booking, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	p := r.redis.Pipeline()
	found := make([]*redis.MapStringStringCmd, len(ids))
	for i, id := range ids {
		found[i] = p.HGetAll(ctx, r.keys.booking(id))
	}
	if _, err := p.Exec(ctx); err != nil {
		return nil, fmt.Errorf("read bookings: %w", err)
	}
	var all []booking.Booking
	for i, id := range ids {
		if m := found[i].Val(); len(m) > 0 {
			b, err := r.booking(id, m)
			if err != nil {
				return nil, fmt.Errorf("booking %s: %w", id, err)
			}
			all = append(all, b)
		}
	}
	return all, nil
}

func (r *Reception) booking(id string, m map[string]string) (booking.Booking, error) {
	whole := func(f string) int { n, _ := strconv.Atoi(m[f]); return n }
	instant := func(f string) time.Time { return time.Unix(int64(whole(f)), 0).In(r.zone) }
	b := booking.Booking{
		ID: id, Version: whole("version"), Kind: m["kind"], Status: booking.Status(m["status"]), Areas: strings.Fields(m["areas"]),
		Medical: m["medical"] == "1", Outcome: m["outcome"], Patient: m["patient"], Created: instant("created"), AnswerBy: instant("answerby"), By: m["by"], At: instant("at"),
	}
	if b.Kind == booking.KindVisit {
		d, err := booking.ParseDay(m["day"])
		if err != nil {
			return b, err
		}
		b.Slot.Span = booking.Span{Practitioner: m["practitioner"], Day: d, Start: booking.Minute(whole("start")), End: booking.Minute(whole("end"))}
		b.Slot.Claim = booking.Span{Practitioner: m["practitioner"], Day: d, Start: booking.Minute(whole("from")), End: booking.Minute(whole("to"))}
	}
	plain, err := r.box.Open(r.keys.booking(id), m["person"])
	if err != nil {
		return b, err
	}
	return b, json.Unmarshal(plain, &b.Person)
}

// Taken reads the claims of all practitioners from one day to another, both
// included, in one round trip.
func (r *Reception) Taken(ctx context.Context, practitioners []string, from, to booking.Day) (booking.Taken, error) {
	p := r.redis.Pipeline()
	type read struct {
		who string
		day booking.Day
		cmd *redis.ZSliceCmd
	}
	var reads []read
	for _, who := range practitioners {
		for d := from; !d.After(to); d = d.Add(1) {
			reads = append(reads, read{who, d, p.ZRangeWithScores(ctx, r.keys.calendar(who, d), 0, -1)})
		}
	}
	if _, err := p.Exec(ctx); err != nil {
		return nil, fmt.Errorf("read calendars: %w", err)
	}
	var taken booking.Taken
	for _, rd := range reads {
		for _, z := range rd.cmd.Val() {
			member, _ := z.Member.(string)
			part := strings.SplitN(member, ":", 3)
			if len(part) != 3 {
				return nil, fmt.Errorf("calendar of %s: damaged claim", rd.day)
			}
			end, _ := strconv.Atoi(part[0])
			until, _ := strconv.ParseInt(part[1], 10, 64)
			b := booking.Busy{Span: booking.Span{Practitioner: rd.who, Day: rd.day, Start: booking.Minute(z.Score), End: booking.Minute(end)}, By: part[2]}
			if until > 0 {
				b.Until = time.Unix(until, 0)
			}
			taken = append(taken, b)
		}
	}
	return taken, nil
}
