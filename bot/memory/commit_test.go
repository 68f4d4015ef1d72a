package memory_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"klinikkbot/booking"
	"klinikkbot/booking/rdb"
	"klinikkbot/booking/seal"
	"klinikkbot/bot/memory"
)

// realRedis starts a redis-server that keeps everything, or gives "" on a desk
// without one. CI demands it.
func realRedis(t *testing.T) (address string) {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("REQUIRE_REDIS") != "" {
			t.Fatal("redis-server is required here and was not found")
		}
		return ""
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	l.Close()
	cmd := exec.Command(path, "--port", port, "--bind", "127.0.0.1", "--dir", t.TempDir(), "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	c := redis.NewClient(&redis.Options{Addr: address})
	defer c.Close()
	for start := time.Now(); c.Ping(t.Context()).Err() != nil; {
		if time.Since(start) > 10*time.Second {
			t.Fatal("redis-server doesn't answer")
		}
	}
	return address
}

const name = "test"

func box(t *testing.T, keys ...byte) *seal.Box {
	t.Helper()
	var all []string
	for _, k := range keys {
		all = append(all, base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{k}, 32)))
	}
	b, err := seal.New(strings.Join(all, ","))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// world is one program of the bot on one Redis, real or embedded.
type world struct {
	t       *testing.T
	address string
	redis   *redis.Client
	desk    *rdb.Reception
	time    *atomic.Int64 // unix ms
	*memory.Store
}

// begin opens a program on an address.
func begin(t *testing.T, address string) *world {
	t.Helper()
	w := &world{t: t, address: address, time: &atomic.Int64{}}
	w.time.Store(time.Now().UnixMilli())
	w.connect(box(t, 7))
	if err := w.Unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) connect(b *seal.Box) {
	w.redis = redis.NewClient(&redis.Options{Addr: w.address, PoolSize: 40, PoolTimeout: time.Minute, ReadTimeout: 30 * time.Second})
	w.t.Cleanup(func() { w.redis.Close() })
	w.desk = rdb.New(w.redis, name, b, time.UTC)
	w.Store = memory.New(w.redis, name, b, rdb.Lua, w.now)
}

// other opens another program with these keys, which is not unlocked.
func (w *world) other(keys ...byte) *world {
	o := &world{t: w.t, address: w.address, time: w.time}
	o.connect(box(w.t, keys...))
	return o
}

// both runs a test on a real Redis and on the embedded one.
func both(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("redis", func(t *testing.T) {
		address := realRedis(t)
		if address == "" {
			t.Skip("no redis-server here: on the embedded one only")
		}
		test(t, begin(t, address))
	})
	t.Run("embedded", func(t *testing.T) { test(t, begin(t, miniredis.RunT(t).Addr())) })
}

func (w *world) now() time.Time          { return time.UnixMilli(w.time.Load()).UTC() }
func (w *world) forward(d time.Duration) { w.time.Add(d.Milliseconds()) }

// dump is all that Redis holds, by key, with the end of each key.
func (w *world) dump() map[string]string {
	w.t.Helper()
	ctx, all := context.Background(), map[string]string{}
	must := func(v any, err error) any {
		if err != nil {
			w.t.Fatal(err)
		}
		return v
	}
	for _, k := range must(w.redis.Keys(ctx, "*").Result()).([]string) {
		if !strings.HasPrefix(k, "{"+name+"}:") {
			w.t.Errorf("key outside of the clinic: %s", k)
		}
		kind := must(w.redis.Type(ctx, k).Result()).(string)
		var v any
		switch kind {
		case "string":
			v = must(w.redis.Get(ctx, k).Result())
		case "hash":
			v = must(w.redis.HGetAll(ctx, k).Result())
		case "list":
			v = must(w.redis.LRange(ctx, k, 0, -1).Result())
		case "zset":
			v = must(w.redis.ZRangeWithScores(ctx, k, 0, -1).Result())
		case "stream":
			v = must(w.redis.XRange(ctx, k, "-", "+").Result())
		default:
			w.t.Fatalf("%s is a %s", k, kind)
		}
		ends := must(w.redis.PExpireTime(ctx, k).Result()).(time.Duration)
		all[k] = fmt.Sprintf("%s %v ends %d", kind, v, ends.Milliseconds())
	}
	return all
}

// unchanged runs f and fails if it wrote anything.
func (w *world) unchanged(what string, f func()) {
	w.t.Helper()
	before := w.dump()
	f()
	if after := w.dump(); !same(before, after) {
		w.t.Errorf("%s wrote: before %v, after %v", what, before, after)
	}
}

var end = regexp.MustCompile(` ends (-?\d+)$`)

// same compares two dumps; the embedded Redis gives the end of a key as what
// is left of it, so that ends may differ a little.
func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, x := range a {
		y, ok := b[k]
		if !ok || end.ReplaceAllString(x, "") != end.ReplaceAllString(y, "") {
			return false
		}
		var m, n int64
		fmt.Sscan(end.FindStringSubmatch(x)[1], &m)
		fmt.Sscan(end.FindStringSubmatch(y)[1], &n)
		if d := m - n; (m < 0) != (n < 0) || d > 900 || d < -900 {
			return false
		}
	}
	return true
}

func (w *world) call(d booking.Deed) *memory.Call {
	w.t.Helper()
	call, keys, args, err := w.desk.Plan(d)
	if err != nil {
		w.t.Fatal(err)
	}
	return &memory.Call{Name: call, Keys: keys, Args: args}
}

var turns atomic.Int64

// turn gives a turn a mark and an attempt of its own.
func turn(t memory.Turn) memory.Turn {
	n := fmt.Sprint(turns.Add(1))
	t.Mark, t.Attempt = "u"+n, "a"+n
	return t
}

func (w *world) ok(t memory.Turn) []string {
	w.t.Helper()
	lanes, err := w.Commit(w.t.Context(), t)
	if err != nil {
		w.t.Fatal(err)
	}
	return lanes
}

func (w *world) refuses(t memory.Turn, want error) {
	w.t.Helper()
	w.unchanged(want.Error(), func() {
		w.t.Helper()
		if lanes, err := w.Commit(w.t.Context(), t); !errors.Is(err, want) || lanes != nil {
			w.t.Errorf("got %v, %v, want %v", lanes, err, want)
		}
	})
}

func (w *world) state(chat string, version int64, want string) {
	w.t.Helper()
	v, got, err := w.State(w.t.Context(), chat)
	if err != nil || v != version || string(got) != want {
		w.t.Errorf("state of %s: %d %q %v, want %d %q", chat, v, got, err, version, want)
	}
}

// drain takes a lane's rows in order.
func (w *world) drain(chat string) (rows []string) {
	w.t.Helper()
	ctx := w.t.Context()
	if held, err := w.Hold(ctx, chat, "drain"); err != nil || !held {
		w.t.Fatalf("lane %s: %v, %v", chat, held, err)
	}
	for {
		row, ok, err := w.Head(ctx, chat)
		if err != nil {
			w.t.Fatal(err)
		}
		if !ok {
			break
		}
		rows = append(rows, string(row.Body))
		if mine, err := w.Sent(ctx, chat, "drain", row, "", 0); err != nil || !mine {
			w.t.Fatalf("sent: %v, %v", mine, err)
		}
	}
	if err := w.LetGo(ctx, chat, "drain", time.Time{}); err != nil {
		w.t.Fatal(err)
	}
	return rows
}

func (w *world) letGo(chat, token string, until time.Time) {
	w.t.Helper()
	if err := w.LetGo(w.t.Context(), chat, token, until); err != nil {
		w.t.Error(err)
	}
}

func (w *world) waiting(want ...string) {
	w.t.Helper()
	got, err := w.Waiting(w.t.Context(), w.now(), 100)
	if err != nil || !slices.Equal(got, want) {
		w.t.Errorf("waiting: %q, %v; want %q", got, err, want)
	}
}

func (w *world) due(want ...string) {
	w.t.Helper()
	got, err := w.DueNow(w.t.Context(), w.now())
	if err != nil || !slices.Equal(got, want) {
		w.t.Errorf("due: %q, %v; want %q", got, err, want)
	}
}

func (w *world) slot(who string, from, to booking.Minute) booking.Slot {
	s := booking.Span{Practitioner: who, Day: booking.DayOf(w.now(), time.UTC).Add(14), Start: from, End: to}
	return booking.Slot{Span: s, Claim: s}
}

func (w *world) hold(id, patient string, s booking.Slot) *memory.Call {
	return w.call(booking.Hold{ID: id, Patient: patient, Slot: s, Until: w.now().Add(10 * time.Minute)})
}

func (w *world) request(id, patient string, s booking.Slot) *memory.Call {
	return w.call(w.asks(id, patient, s))
}

func (w *world) asks(id, patient string, s booking.Slot) booking.Request {
	return booking.Request{Limit: 1, Booking: booking.Booking{ID: id, Version: 1, Kind: booking.KindVisit, Status: booking.Requested, Slot: s, Areas: []string{"panne"},
		Outcome: "ok", Patient: patient, Created: w.now(), AnswerBy: w.now(), At: w.now(), Person: booking.Person{Name: "Kari", Chat: 17}}}
}

func (w *world) passes(patient string) {
	w.t.Helper()
	w.ok(turn(memory.Turn{Deed: w.call(booking.Judge{Patient: patient, Outcome: "ok", Keep: time.Hour})}))
}

func TestATurnIsMadeTrueWhole(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.state("anna", 0, "")
		w.passes("anna")
		if held, err := w.Lease(ctx, "program", time.Minute); err != nil || !held {
			t.Fatal(held, err)
		}
		w.ok(turn(memory.Turn{Due: []memory.Due{{At: w.now(), Member: "old"}}}))
		first := turn(memory.Turn{
			Fence: "program", Chat: "anna", State: []byte("one"), Keep: time.Hour, Token: "sender", Done: "old",
			Rows: []memory.Row{{Chat: "anna", Body: []byte("1")}, {Chat: "staff", Body: []byte("2")}, {Chat: "anna", Body: []byte("3")}},
			Due:  []memory.Due{{At: w.now().Add(time.Minute), Member: "later"}, {At: w.now(), Member: "new"}},
			Deed: w.hold("A", "anna", w.slot("ida", 600, 660)),
		})
		if got := w.ok(first); !slices.Equal(got, []string{"anna", "staff"}) {
			t.Errorf("lanes %q, want both", got)
		}
		w.state("anna", 1, "one")
		w.due("new")
		w.waiting("anna", "staff")
		for key, want := range map[string]time.Duration{"talk:anna": time.Hour, "seen:" + first.Mark: 48 * time.Hour} {
			if left := w.redis.TTL(ctx, "{"+name+"}:"+key).Val(); left > want || left < want-time.Minute {
				t.Errorf("%s is kept for %v, want %v", key, left, want)
			}
		}
		day := w.slot("ida", 0, 0).Day
		if taken, err := w.desk.Taken(ctx, []string{"ida"}, day, day); err != nil || len(taken) != 1 || taken[0].By != "A" {
			t.Errorf("claims %v, %v", taken, err)
		}
		for k, v := range w.dump() {
			if strings.Contains(k+v, "one") {
				t.Errorf("in the clear: %s %s", k, v)
			}
		}
		w.letGo("anna", "sender", time.Time{})
		if got := w.drain("anna"); !slices.Equal(got, []string{"1", "3"}) {
			t.Errorf("rows %q", got)
		}
		w.waiting("staff")
		w.ok(turn(memory.Turn{Chat: "anna", Version: 1, State: []byte("two"), Keep: time.Hour}))
		w.state("anna", 2, "two")
		w.ok(turn(memory.Turn{Chat: "anna", Version: 2}))
		w.state("anna", 0, "")
	})
}

func TestWhatIsRefusedWritesNothing(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		if held, err := w.Lease(ctx, "program", time.Hour); err != nil || !held {
			t.Fatal(held, err)
		}
		for _, p := range []string{"anna", "berit", "dora"} {
			w.passes(p)
		}
		w.ok(turn(memory.Turn{Deed: w.call(booking.Judge{Patient: "stopped", Outcome: "stop", Keep: time.Hour})}))
		s := w.slot("ida", 600, 660)
		w.ok(turn(memory.Turn{Deed: w.request("A", "anna", s)}))
		w.ok(turn(memory.Turn{Deed: w.hold("D", "dora", w.slot("ida", 800, 860))}))
		seed := turn(memory.Turn{Chat: "chat", State: []byte("one"), Keep: time.Hour, Token: "sender", Rows: []memory.Row{{Chat: "chat", Body: []byte("1")}}, Due: []memory.Due{{At: w.now(), Member: "due"}}})
		w.ok(seed)
		w.letGo("chat", "sender", time.Time{})

		// next is a turn in which everything would be written.
		next := func() memory.Turn {
			return turn(memory.Turn{Fence: "program", Chat: "chat", Version: 1, State: []byte("two"), Keep: 2 * time.Hour, Token: "sender", Done: "due",
				Rows: []memory.Row{{Chat: "chat", First: true, Body: []byte("2")}, {Chat: "staff", Body: []byte("3")}},
				Due:  []memory.Due{{At: w.now(), Member: "more"}}, Deed: w.hold("B", "berit", w.slot("ida", 700, 760))})
		}
		x := next()
		x.Mark = seed.Mark
		w.refuses(x, memory.ErrDup)
		x = next()
		x.Done = "not due"
		w.refuses(x, memory.ErrDup)
		x = next()
		x.Fence = "another"
		w.refuses(x, memory.ErrFenced)
		for _, v := range []int64{0, 2, -1} {
			x = next()
			x.Version = v
			w.refuses(x, memory.ErrStale)
			x.State = nil
			w.refuses(x, memory.ErrStale)
		}
		x = next()
		x.Chat = "nobody"
		w.refuses(x, memory.ErrStale)

		booked := booking.Booking{ID: "A", Version: 2, Kind: booking.KindVisit, Patient: "anna", Slot: s}
		calls := []struct {
			reason booking.Refusal
			call   *memory.Call
		}{
			{booking.Gone, w.hold("B", "berit", w.slot("ida", 659, 680))},
			{booking.Gone, w.hold("B", "berit", w.slot("ida", 859, 870))},
			{booking.Gone, w.request("B", "berit", w.slot("ida", 540, 601))},
			{booking.Clash, w.hold("B", "anna", w.slot("siv", 640, 700))},
			{booking.Clash, w.request("B", "anna", w.slot("siv", 600, 660))},
			{booking.NoCheck, w.hold("B", "cato", w.slot("siv", 600, 660))},
			{booking.NoCheck, w.request("B", "cato", w.slot("siv", 600, 660))},
			{booking.NoCheck, w.request("B", "stopped", w.slot("siv", 600, 660))},
			{booking.TooMany, w.request("B", "anna", w.slot("siv", 700, 760))},
			{booking.Used, w.request("A", "berit", w.slot("siv", 700, 760))},
			{booking.Changed, w.call(booking.Change{Booking: booked, To: booking.Cancelled, At: w.now()})},
		}
		judged := w.asks("B", "berit", w.slot("siv", 700, 760))
		judged.Booking.Outcome = "review"
		calls = append(calls, struct {
			reason booking.Refusal
			call   *memory.Call
		}{booking.NoCheck, w.call(judged)})
		for _, c := range calls {
			x = next()
			x.Deed = c.call
			w.refuses(x, memory.Refused{Reason: string(c.reason)})
			if t.Failed() {
				t.Fatalf("%s of %v", c.reason, c.call)
			}
		}
		// The refused turn's mark is not spent: it comes again with an event.
		x.Deed = nil
		if got := w.ok(x); !slices.Equal(got, []string{"chat", "staff"}) {
			t.Errorf("lanes %q", got)
		}
		w.state("chat", 2, "two")
		w.letGo("chat", "sender", time.Time{})
		if got := w.drain("chat"); !slices.Equal(got, []string{"2", "1"}) {
			t.Errorf("rows %q", got)
		}
		// Without a lease at all the fence holds too.
		if err := w.Resign(ctx, "program"); err != nil {
			t.Fatal(err)
		}
		x = next()
		x.Version, x.Done = 2, ""
		w.refuses(x, memory.ErrFenced)
	})
}

func TestTheSameAttemptAgainSucceedsAndDoesNothing(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.passes("anna")
		w.ok(turn(memory.Turn{Due: []memory.Due{{At: w.now(), Member: "due"}}}))
		if held, err := w.Lease(t.Context(), "program", time.Hour); err != nil || !held {
			t.Fatal(held, err)
		}
		x := turn(memory.Turn{Fence: "program", Chat: "anna", State: []byte("one"), Keep: time.Hour, Done: "due", Token: "sender",
			Rows: []memory.Row{{Chat: "anna", Body: []byte("1")}}, Due: []memory.Due{{At: w.now(), Member: "next"}}, Deed: w.request("A", "anna", w.slot("ida", 600, 660))})
		w.ok(x)
		again := func() {
			t.Helper()
			w.unchanged("the same attempt", func() {
				if lanes, err := w.Commit(t.Context(), x); err != nil || lanes != nil {
					t.Errorf("again: %v, %v", lanes, err)
				}
			})
		}
		again()
		// It succeeded, whatever has come since.
		if err := w.Resign(t.Context(), "program"); err != nil {
			t.Fatal(err)
		}
		w.ok(turn(memory.Turn{Chat: "anna", Version: 1}))
		again()
		x.Attempt = "another"
		w.refuses(x, memory.ErrDup)
	})
}

func TestOneOfManyAttemptsOfAnUpdate(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		o := w.other(7)
		base := turn(memory.Turn{Rows: []memory.Row{{Chat: "anna", Body: []byte("1")}}})
		var won atomic.Int64
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				x := base
				x.Attempt = fmt.Sprint(i)
				switch _, err := []*world{w, o}[i%2].Commit(context.Background(), x); {
				case err == nil:
					won.Add(1)
				case !errors.Is(err, memory.ErrDup):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if rows := w.redis.LLen(t.Context(), "{"+name+"}:lane:anna").Val(); won.Load() != 1 || rows != 1 {
			t.Errorf("%d attempts succeeded, %d rows; want 1", won.Load(), rows)
		}
	})
}

func TestRowsLandInOrderAndFirstGoesAhead(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		row := func(chat, body string, first bool) memory.Row {
			return memory.Row{Chat: chat, First: first, Body: []byte(body)}
		}
		w.ok(turn(memory.Turn{Token: "drain", Rows: []memory.Row{row("anna", "1", false), row("staff", "s", false), row("anna", "2", false)}}))
		w.ok(turn(memory.Turn{Token: "drain", Rows: []memory.Row{row("anna", "3", false), row("anna", "danger", true), row("anna", "4", false)}}))
		if got := w.drain("anna"); !slices.Equal(got, []string{"danger", "1", "2", "3", "4"}) {
			t.Errorf("rows %q", got)
		}
		if got := w.drain("staff"); !slices.Equal(got, []string{"s"}) {
			t.Errorf("rows of the staff %q", got)
		}
		w.waiting()
	})
}

func TestALaneIsGrantedOnce(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		const n = 40
		granted := make([][]string, n)
		o := w.other(7)
		var all sync.WaitGroup
		for i := range n {
			x := turn(memory.Turn{Token: fmt.Sprint("t", i), Rows: []memory.Row{{Chat: "anna", Body: []byte{byte(i)}}}})
			all.Go(func() {
				var err error
				if granted[i], err = []*world{w, o}[i%2].Commit(context.Background(), x); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		holder := ""
		for i, g := range granted {
			if len(g) > 0 {
				if holder != "" {
					t.Errorf("%s and t%d were both granted the lane", holder, i)
				}
				holder = fmt.Sprint("t", i)
			}
		}
		if held, err := w.Hold(t.Context(), "anna", holder); err != nil || !held {
			t.Errorf("%q doesn't hold what it was granted: %v", holder, err)
		}
		if held, _ := w.Hold(t.Context(), "anna", "stranger"); held {
			t.Error("a stranger holds it too")
		}
		w.letGo("anna", holder, time.Time{})
		if got := w.ok(turn(memory.Turn{Token: "next", Rows: []memory.Row{{Chat: "anna"}}})); !slices.Equal(got, []string{"anna"}) {
			t.Errorf("granted %q after it was let go", got)
		}
		if rows := w.redis.LLen(t.Context(), "{"+name+"}:lane:anna").Val(); rows != n+1 {
			t.Errorf("%d rows, want %d", rows, n+1)
		}
	})
}

func TestALaneIsHeldSentFromAndLetGo(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		if _, ok, err := w.Head(ctx, "anna"); ok || err != nil {
			t.Errorf("head of nothing: %v, %v", ok, err)
		}
		// Two equal rows are two rows.
		w.ok(turn(memory.Turn{Token: "me", Rows: []memory.Row{{Chat: "anna", Body: []byte("same")}, {Chat: "anna", Body: []byte("same")}}}))
		head, ok, err := w.Head(ctx, "anna")
		if err != nil || !ok || string(head.Body) != "same" {
			t.Fatal(head, ok, err)
		}
		w.unchanged("a stranger", func() {
			if held, err := w.Hold(ctx, "anna", "stranger"); held || err != nil {
				t.Error("a stranger took the lane", err)
			}
			if mine, err := w.Sent(ctx, "anna", "stranger", head, "menu", 5); mine || err != nil {
				t.Error("a stranger sent from the lane", err)
			}
			w.letGo("anna", "stranger", w.now().Add(time.Hour))
		})
		// A row that went ahead while this one was on its way stays.
		w.ok(turn(memory.Turn{Token: "me", Rows: []memory.Row{{Chat: "anna", First: true, Body: []byte("danger")}}}))
		for range 2 { // the second time nothing more is taken
			if mine, err := w.Sent(ctx, "anna", "me", head, "menu", 5); !mine || err != nil {
				t.Fatal(mine, err)
			}
		}
		if id, err := w.Slot(ctx, "anna", "menu"); id != 5 || err != nil {
			t.Errorf("slot %d, %v", id, err)
		}
		if left := w.redis.TTL(ctx, "{"+name+"}:slots:anna").Val(); left > 30*24*time.Hour || left < 29*24*time.Hour {
			t.Errorf("slots are kept for %v", left)
		}
		w.waiting("anna")
		w.letGo("anna", "me", w.now().Add(time.Minute))
		w.waiting()
		w.forward(time.Minute - time.Millisecond)
		w.waiting()
		w.forward(time.Millisecond)
		w.waiting("anna")
		if got := w.drain("anna"); !slices.Equal(got, []string{"danger", "same"}) {
			t.Errorf("rows %q", got)
		}
		w.waiting()
		// A lane that is empty doesn't come back by being let go.
		if held, err := w.Hold(ctx, "anna", "me"); !held || err != nil {
			t.Fatal(held, err)
		}
		if held, err := w.Hold(ctx, "anna", "me"); !held || err != nil {
			t.Fatal("not renewed", held, err)
		}
		if left := w.redis.PTTL(ctx, "{"+name+"}:holder:anna").Val(); left > memory.LaneHeld || left <= 0 {
			t.Errorf("held for %v", left)
		}
		w.letGo("anna", "me", w.now())
		w.waiting()
		w.ok(turn(memory.Turn{Token: "me", Rows: []memory.Row{{Chat: "anna", Body: []byte("last")}}}))
		head, _, _ = w.Head(ctx, "anna")
		if mine, err := w.Sent(ctx, "anna", "me", head, "menu", 0); !mine || err != nil {
			t.Fatal(mine, err)
		}
		if id, err := w.Slot(ctx, "anna", "menu"); id != 0 || err != nil {
			t.Errorf("slot %d after it was forgotten, %v", id, err)
		}
	})
}

func TestWhatFallsDueIsDoneOnce(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		at := w.now()
		w.ok(turn(memory.Turn{Due: []memory.Due{{At: at.Add(2 * time.Second), Member: "c"}, {At: at, Member: "b"}, {At: at.Add(-time.Hour), Member: "a"}, {At: at.Add(time.Second), Member: "d"}}}))
		w.due("a", "b")
		w.forward(time.Second - time.Millisecond)
		w.due("a", "b")
		w.forward(time.Millisecond)
		w.due("a", "b", "d")
		w.ok(turn(memory.Turn{Due: []memory.Due{{At: at.Add(time.Hour), Member: "d"}}})) // put off
		w.due("a", "b")
		var won atomic.Int64
		o := w.other(7)
		var all sync.WaitGroup
		for i := range 40 {
			x := turn(memory.Turn{Done: "a", Rows: []memory.Row{{Chat: "anna"}}, Due: []memory.Due{{At: at, Member: "after"}}})
			all.Go(func() {
				switch _, err := []*world{w, o}[i%2].Commit(context.Background(), x); {
				case err == nil:
					won.Add(1)
				case !errors.Is(err, memory.ErrDup):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 {
			t.Errorf("done %d times", won.Load())
		}
		w.due("after", "b")
		// A turn may put off the very thing that it carries out.
		w.ok(turn(memory.Turn{Done: "b", Due: []memory.Due{{At: w.now().Add(time.Minute), Member: "b"}}}))
		w.due("after")
		w.forward(time.Minute)
		w.due("after", "c", "b")
	})
}

func TestPace(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		its, bots := memory.Pace{Most: 2, Span: 10 * time.Minute}, memory.Pace{Most: 4, Span: 4 * time.Minute}
		may := func(chat string, its, all memory.Pace, want time.Duration) {
			t.Helper()
			if got, err := w.MaySend(t.Context(), chat, its, all); err != nil || got != want {
				t.Errorf("%s waits %v, %v; want %v", chat, got, err, want)
			}
		}
		may("anna", its, bots, 0)
		w.forward(time.Minute)
		may("anna", its, bots, 0)
		may("anna", its, bots, 9*time.Minute)
		may("anna", its, bots, 9*time.Minute) // asking doesn't count
		may("berit", its, bots, 0)
		may("berit", its, bots, 0)
		may("cato", its, bots, 3*time.Minute)
		may("berit", its, bots, 10*time.Minute) // the longer wait counts
		w.forward(3*time.Minute - time.Millisecond)
		may("cato", its, bots, time.Millisecond)
		w.forward(time.Millisecond)
		may("cato", its, bots, 0)
		may("cato", its, bots, time.Minute)
		may("cato", its, memory.Pace{}, 0) // no limit of the bot's
		may("cato", its, memory.Pace{}, 10*time.Minute)
		may("cato", memory.Pace{}, memory.Pace{}, 0)
		w.forward(6 * time.Minute) // anna's first is ten minutes old
		may("anna", its, bots, 0)
		may("anna", its, bots, time.Minute)
		// A limit that was lowered meanwhile counts at once.
		may("anna", memory.Pace{Most: 1, Span: 10 * time.Minute}, bots, 10*time.Minute)
	})
}

func TestAnotherKeyIsAnErrorNeverNone(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.ok(turn(memory.Turn{Chat: "anna", State: []byte("one"), Keep: time.Hour, Rows: []memory.Row{{Chat: "anna", Body: []byte("1")}}}))
		wrong := w.other(9)
		w.unchanged("a wrong key", func() {
			if err := wrong.Unlock(ctx); !errors.Is(err, seal.ErrSealed) {
				t.Errorf("unlock: %v, want ErrSealed", err)
			}
			if _, state, err := wrong.State(ctx, "anna"); !errors.Is(err, seal.ErrSealed) || state != nil {
				t.Errorf("state: %q, %v, want ErrSealed", state, err)
			}
			if _, _, err := wrong.Head(ctx, "anna"); !errors.Is(err, seal.ErrSealed) {
				t.Errorf("head: %v, want ErrSealed", err)
			}
		})
		rotated := w.other(9, 7)
		if err := rotated.Unlock(ctx); err != nil || rotated.Chat(17) != w.Chat(17) {
			t.Errorf("after rotation: %v, %s and %s", err, rotated.Chat(17), w.Chat(17))
		}
		rotated.state("anna", 1, "one")
		// A state moved to another chat, cut short or without its version.
		key := "{" + name + "}:talk:"
		sealed := w.redis.HGet(ctx, key+"anna", "state").Val()
		for chat, fields := range map[string][]any{
			"moved": {"version", 1, "state", sealed}, "cut": {"version", 1, "state", sealed[:20]}, "empty": {"version", 1, "state", ""}, "bare": {"state", sealed},
		} {
			w.redis.HSet(ctx, key+chat, fields...)
			if _, state, err := w.State(ctx, chat); err == nil || len(state) > 0 {
				t.Errorf("%s: %q, %v, want an error", chat, state, err)
			}
		}
	})
}

func TestProgramsThatStartTogetherShareTheSecret(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.redis.FlushAll(t.Context())
		names := make([]string, 10)
		var all sync.WaitGroup
		for i := range names {
			o := w.other(7)
			all.Go(func() {
				if err := o.Unlock(context.Background()); err != nil {
					t.Error(err)
				}
				names[i] = o.Chat(17)
			})
		}
		all.Wait()
		if slices.Sort(names); names[0] != names[9] || len(names[0]) != 32 {
			t.Errorf("names %q", names)
		}
	})
}

// wire stands between a client and Redis and can lose answers.
type wire struct {
	address string
	mu      sync.Mutex
	lose    int    // so many answers still
	to      string // of requests that hold this
	lost    int
}

func cut(t *testing.T, address string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	w := &wire{address: l.Addr().String()}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s, err := net.Dial("tcp", address)
			if err != nil {
				c.Close()
				return
			}
			go w.carry(c, s)
		}
	}()
	return w
}

// carry forwards both ways. An answer that is to be lost has come from Redis,
// so that its request was certainly carried out; the connection then breaks.
func (w *wire) carry(c, s net.Conn) {
	defer c.Close()
	defer s.Close()
	var asked atomic.Bool
	go func() {
		defer c.Close()
		defer s.Close()
		buf := make([]byte, 1<<16)
		for {
			n, err := c.Read(buf)
			if n > 0 {
				w.mu.Lock()
				if w.lose > 0 && bytes.Contains(bytes.ToLower(buf[:n]), []byte(w.to)) {
					asked.Store(true)
				}
				w.mu.Unlock()
				if _, err := s.Write(buf[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 1<<16)
	for {
		n, err := s.Read(buf)
		if n > 0 {
			if asked.Load() {
				w.mu.Lock()
				lose := w.lose > 0
				if lose {
					w.lose--
					w.lost++
				}
				w.mu.Unlock()
				if lose {
					return
				}
			}
			if _, err := c.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// losing runs f while the answers to n requests that hold a text are lost.
func (w *wire) losing(t *testing.T, n int, to string, f func()) {
	t.Helper()
	w.mu.Lock()
	w.lose, w.to, w.lost = n, to, 0
	w.mu.Unlock()
	f()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lose, w.to = 0, ""; w.lost != n {
		t.Errorf("%d answers were lost, want %d", w.lost, n)
	}
}

func TestALostAnswerDoesNothingTwice(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx, line := t.Context(), cut(t, w.address)
		far := &world{t: t, address: line.address, time: w.time}
		far.connect(box(t, 7))
		line.losing(t, 1, "}:secret", func() {
			if err := far.Unlock(ctx); err != nil || far.Chat(17) != w.Chat(17) {
				t.Errorf("unlock: %v, %s and %s", err, far.Chat(17), w.Chat(17))
			}
		})
		w.passes("anna") // the script is known from here on
		w.ok(turn(memory.Turn{Due: []memory.Due{{At: w.now(), Member: "due"}}}))
		x := turn(memory.Turn{Chat: "anna", State: []byte("one"), Keep: time.Hour, Done: "due", Token: "sender",
			Rows: []memory.Row{{Chat: "anna", Body: []byte("1")}, {Chat: "anna", Body: []byte("2")}}, Due: []memory.Due{{At: w.now(), Member: "next"}},
			Deed: w.request("A", "anna", w.slot("ida", 600, 660))})

		// go-redis tries again by itself, and the turn succeeds.
		line.losing(t, 1, "evalsha", func() {
			if lanes, err := far.Commit(ctx, x); err != nil || lanes != nil {
				t.Errorf("commit: %v, %v", lanes, err)
			}
		})
		w.state("anna", 1, "one")
		w.due("next")
		if b, ok, err := w.desk.Booking(ctx, "A"); !ok || err != nil || b.Version != 1 {
			t.Errorf("booking %+v, %v, %v", b, ok, err)
		}
		if n := w.redis.LLen(ctx, "{"+name+"}:lane:anna").Val(); n != 2 {
			t.Errorf("%d rows, want 2", n)
		}

		// All its tries are lost: the caller asks again with the same attempt.
		change := turn(memory.Turn{Chat: "anna", Version: 1, State: []byte("two"), Keep: time.Hour, Rows: []memory.Row{{Chat: "anna", Body: []byte("3")}},
			Deed: w.call(booking.Change{Booking: booking.Booking{ID: "A", Version: 1, Kind: booking.KindVisit, Patient: "anna", Slot: w.slot("ida", 600, 660)}, To: booking.Confirmed, By: "Ida", At: w.now()})})
		tries := far.redis.Options().MaxRetries + 1
		line.losing(t, tries, "evalsha", func() {
			if _, err := far.Commit(ctx, change); err == nil || errors.Is(err, memory.ErrDup) || errors.Is(err, memory.ErrStale) {
				t.Errorf("commit without any answer: %v", err)
			}
		})
		w.unchanged("the retry", func() {
			if _, err := far.Commit(ctx, change); err != nil {
				t.Error(err)
			}
		})
		if b, _, err := w.desk.Booking(ctx, "A"); err != nil || b.Version != 2 || b.Status != booking.Confirmed {
			t.Errorf("booking %+v, %v", b, err)
		}
		w.state("anna", 2, "two")

		// Sending: each row leaves once.
		line.losing(t, 1, "evalsha", func() {
			if held, err := far.Hold(ctx, "anna", "sender"); err != nil || !held {
				t.Errorf("hold: %v, %v", held, err)
			}
		})
		head, _, err := far.Head(ctx, "anna")
		if err != nil || string(head.Body) != "1" {
			t.Fatal(head, err)
		}
		if _, err := w.Sent(ctx, "other", "nobody", head, "", 0); err != nil { // the script is known
			t.Fatal(err)
		}
		line.losing(t, 1, "evalsha", func() {
			if mine, err := far.Sent(ctx, "anna", "sender", head, "menu", 5); err != nil || !mine {
				t.Errorf("sent: %v, %v", mine, err)
			}
		})
		w.letGo("other", "nobody", time.Time{}) // the script is known
		line.losing(t, 1, "evalsha", func() { far.letGo("anna", "sender", w.now()) })
		if got := w.drain("anna"); !slices.Equal(got, []string{"2", "3"}) {
			t.Errorf("rows %q", got)
		}

		// A message is counted once.
		its := memory.Pace{Most: 3, Span: time.Hour}
		if _, err := w.MaySend(ctx, "anna", its, its); err != nil {
			t.Fatal(err)
		}
		line.losing(t, 1, "evalsha", func() {
			if wait, err := far.MaySend(ctx, "anna", its, its); err != nil || wait != 0 {
				t.Errorf("may send: %v, %v", wait, err)
			}
		})
		if n := w.redis.ZCard(ctx, "{"+name+"}:pace:anna").Val(); n != 2 {
			t.Errorf("%d messages counted, want 2", n)
		}
	})
}

// Both Redises end in the same state after the same turns, so that what is
// tested on the embedded one is true.
func TestRealAndEmbeddedEndAlike(t *testing.T) {
	address := realRedis(t)
	if address == "" {
		t.Skip("no redis-server here")
	}
	worlds := []*world{begin(t, address), begin(t, miniredis.RunT(t).Addr())}
	worlds[1].time = worlds[0].time
	worlds[1].connect(box(t, 7))
	play := func(w *world) {
		n := 0
		do := func(x memory.Turn) string {
			n++
			x.Mark, x.Attempt = fmt.Sprint("u", n), fmt.Sprint("a", n)
			lanes, err := w.Commit(t.Context(), x)
			return fmt.Sprint(lanes, err)
		}
		s := w.slot("ida", 600, 660)
		asked := w.asks("A", "anna", s)
		var said []string
		for _, x := range []memory.Turn{
			{Deed: w.call(booking.Judge{Patient: "anna", Outcome: "ok", Keep: time.Hour})},
			{Deed: w.hold("A", "anna", s), Chat: "anna", State: []byte("1"), Keep: time.Hour},
			{Deed: w.hold("B", "anna", w.slot("ida", 700, 760))},
			{Deed: w.call(booking.Request{Booking: asked.Booking, Limit: 1}), Rows: []memory.Row{{Chat: "anna", Body: []byte("1")}, {Chat: "staff", First: true, Body: []byte("2")}}, Token: "t"},
			{Deed: w.request("C", "anna", w.slot("ida", 800, 830))},
			{Deed: w.call(booking.Change{Booking: asked.Booking, To: booking.Confirmed, By: "Ida", At: w.now(), Outcome: booking.Judged}), Chat: "anna", Version: 1, State: []byte("2"), Keep: time.Hour},
			{Deed: w.call(booking.Release{ID: "B", Patient: "anna", Slot: w.slot("ida", 700, 760)}), Due: []memory.Due{{At: w.now(), Member: "x"}}},
			{Deed: w.call(booking.Change{Booking: asked.Booking, To: booking.Cancelled, By: "patient", At: w.now()})},
			{Deed: w.call(booking.Request{Booking: booking.Booking{ID: "D", Kind: booking.KindCall, Patient: "cato", Created: w.now(), AnswerBy: w.now(), At: w.now()}})},
		} {
			said = append(said, do(x))
		}
		w.t.Log(strings.Join(said, "; "))
	}
	masked := regexp.MustCompile(`[0-9a-f]{8}:[A-Za-z0-9+/]{20,}`)
	var dumps []map[string]string
	for _, w := range worlds {
		play(w)
		d := w.dump()
		for k, v := range d {
			d[k] = masked.ReplaceAllString(v, "sealed")
		}
		dumps = append(dumps, d)
	}
	if !same(dumps[0], dumps[1]) {
		var keys []string
		for k := range dumps[0] {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			if dumps[0][k] != dumps[1][k] {
				t.Errorf("%s\nreal     %s\nembedded %s", k, dumps[0][k], dumps[1][k])
			}
		}
		t.Errorf("%d keys and %d", len(dumps[0]), len(dumps[1]))
	}
}
