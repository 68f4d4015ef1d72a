package memory_test

import (
	"slices"
	"testing"
	"time"

	"klinikkbot/booking"
	"klinikkbot/bot/memory"
)

func TestProbeSeveralFirst(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.ok(turn(memory.Turn{Rows: []memory.Row{{Chat: "x", Body: []byte("1")}}}))
		w.ok(turn(memory.Turn{Rows: []memory.Row{{Chat: "x", First: true, Body: []byte("a")}, {Chat: "x", First: true, Body: []byte("b")}}}))
		if got := w.drain("x"); !slices.Equal(got, []string{"a", "b", "1"}) {
			t.Errorf("rows %q", got)
		}
	})
}

func TestProbeMineTTL(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.passes("anna")
		far := w.slot("ida", 600, 660)
		far.Span.Day = far.Span.Day.Add(60)
		far.Claim.Day = far.Span.Day
		r := w.asks("A", "anna", far)
		r.Limit = 0
		w.ok(turn(memory.Turn{Deed: w.call(r)}))
		before := w.redis.TTL(t.Context(), "{test}:mine:anna").Val()
		w.ok(turn(memory.Turn{Deed: w.call(booking.Request{Booking: booking.Booking{ID: "D", Kind: booking.KindCall, Patient: "anna", Created: w.now(), AnswerBy: w.now(), At: w.now()}})}))
		after := w.redis.TTL(t.Context(), "{test}:mine:anna").Val()
		if after < before-time.Minute {
			t.Errorf("mine was kept for %v, after a wish to be called for %v", before/24, after/24)
		}
	})
}

func TestProbeCallLimit(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		for i, id := range []string{"A", "B", "C"} {
			r := booking.Request{Limit: 1, Booking: booking.Booking{ID: id, Kind: booking.KindCall, Patient: "anna", Created: w.now(), AnswerBy: w.now(), At: w.now()}}
			_, err := w.Commit(t.Context(), turn(memory.Turn{Deed: w.call(r)}))
			t.Log(i, err)
			w.forward(time.Second)
		}
	})
}

func TestProbeHoldOverOwnBooking(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.passes("anna")
		w.passes("berit")
		s := w.slot("ida", 600, 660)
		w.ok(turn(memory.Turn{Deed: w.request("A", "anna", s)}))
		_, err := w.Commit(t.Context(), turn(memory.Turn{Deed: w.hold("A", "anna", s)}))
		t.Log("hold over own booking:", err)
		w.forward(time.Hour)
		_, err = w.Commit(t.Context(), turn(memory.Turn{Deed: w.hold("B", "berit", s)}))
		t.Log("berit's hold of anna's booked time:", err)
	})
}

func TestProbeReopen(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.passes("anna")
		w.passes("berit")
		s := w.slot("ida", 600, 660)
		w.ok(turn(memory.Turn{Deed: w.request("A", "anna", s)}))
		read := func() booking.Booking { b, _, _ := w.desk.Booking(t.Context(), "A"); return b }
		w.ok(turn(memory.Turn{Deed: w.call(booking.Change{Booking: read(), To: booking.Cancelled, At: w.now()})}))
		w.ok(turn(memory.Turn{Deed: w.request("B", "berit", s)}))
		_, err := w.Commit(t.Context(), turn(memory.Turn{Deed: w.call(booking.Change{Booking: read(), To: booking.Confirmed, At: w.now()})}))
		t.Log("confirm a cancelled one whose time is another's:", err, read().Status)
	})
}

func TestProbeTryBury(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		line := cut(t, w.address)
		far := &world{t: t, address: line.address, time: w.time}
		far.connect(box(t, 7))
		line.losing(t, 1, "incr", func() { n, err := far.Try(t.Context(), "u1"); t.Log("try", n, err) })
		line.losing(t, 1, "xadd", func() { t.Log(far.Bury(t.Context(), 1, "k", "c", "r", w.now())) })
		t.Log("dead", w.redis.XLen(t.Context(), "{test}:dead").Val())
		its := memory.Pace{Most: 1, Span: time.Hour}
		w.MaySend(t.Context(), "warm", memory.Pace{}, memory.Pace{})
		line.losing(t, 1, "evalsha", func() {
			d, err := far.MaySend(t.Context(), "z", its, memory.Pace{})
			t.Log("pace full by itself:", d, err)
		})
	})
}

func TestProbeRestGrant(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.ok(turn(memory.Turn{Token: "me", Rows: []memory.Row{{Chat: "x", Body: []byte("1")}}}))
		w.letGo("x", "me", w.now().Add(time.Minute))
		t.Log("granted while it rests:", w.ok(turn(memory.Turn{Token: "other", Rows: []memory.Row{{Chat: "x", Body: []byte("2")}}})))
	})
}
