package rdb_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"slices"
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

// server gives the address of a redis-server that keeps everything, or of the
// embedded one on a desk without. CI demands the real one.
func server(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("REQUIRE_REDIS") != "" {
			t.Fatal("redis-server is required here and was not found")
		}
		t.Log("no redis-server here: on the embedded one, which keeps nothing and differs from a real one")
		return miniredis.RunT(t).Addr()
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
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

var zone = func() *time.Location {
	z, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err)
	}
	return z
}()

const name = "test"

// clock is what all programs of a test are told.
type clock struct{ unix atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(c.unix.Load(), 0).In(zone) }
func (c *clock) forward(d time.Duration) { c.unix.Add(int64(d / time.Second)) }

// program is one process of the bot: its own connections, nothing shared.
type program struct {
	t      *testing.T
	redis  *redis.Client
	desk   *rdb.Reception
	memory *memory.Store
	*clock
}

var turns atomic.Int64

// programs opens so many programs on one Redis.
func programs(t *testing.T, n int) []*program {
	t.Helper()
	address, c := server(t), &clock{}
	c.unix.Store(time.Now().Unix())
	var all []*program
	for range n {
		client := redis.NewClient(&redis.Options{Addr: address, PoolSize: 40, PoolTimeout: time.Minute, ReadTimeout: 30 * time.Second})
		t.Cleanup(func() { client.Close() })
		box, err := seal.New(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32)))
		if err != nil {
			t.Fatal(err)
		}
		p := &program{t, client, rdb.New(client, name, box, zone), memory.New(client, name, box, rdb.Lua, c.now), c}
		if err := p.memory.Unlock(t.Context()); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// do commits one deed in a turn of its own and gives why it was refused, ""
// if it was done. Anything else fails the test.
func (p *program) do(d booking.Deed) booking.Refusal {
	p.t.Helper()
	call, keys, args, err := p.desk.Plan(d)
	if err != nil {
		p.t.Error(err)
		return "error"
	}
	id := fmt.Sprint(turns.Add(1))
	_, err = p.memory.Commit(context.Background(), memory.Turn{Mark: "u" + id, Attempt: "a" + id, Deed: &memory.Call{Name: call, Keys: keys, Args: args}})
	var refused memory.Refused
	switch {
	case errors.As(err, &refused):
		return booking.Refusal(refused.Reason)
	case err != nil:
		p.t.Error(err)
		return "error"
	}
	return ""
}

func (p *program) wants(what string, d booking.Deed, want booking.Refusal) {
	p.t.Helper()
	if got := p.do(d); got != want {
		p.t.Errorf("%s: refusal %q, want %q", what, got, want)
	}
}

// day is far enough ahead to be no past day and near enough for every limit.
func (p *program) day() booking.Day { return booking.DayOf(p.now(), zone).Add(14) }

// slot is a claim from one minute to another, with five minutes of buffer at
// each end.
func (p *program) slot(who string, from, to booking.Minute) booking.Slot {
	return booking.Slot{
		Span:  booking.Span{Practitioner: who, Day: p.day(), Start: from + 5, End: to - 5},
		Claim: booking.Span{Practitioner: who, Day: p.day(), Start: from, End: to},
	}
}

func (p *program) hold(id, patient string, s booking.Slot) booking.Hold {
	return booking.Hold{ID: id, Patient: patient, Slot: s, Until: p.now().Add(10 * time.Minute)}
}

func (p *program) request(id, patient string, s booking.Slot) booking.Request {
	return booking.Request{Booking: booking.Booking{
		ID: id, Version: 1, Kind: booking.KindVisit, Status: booking.Requested, Slot: s, Areas: []string{"panne", "leppe"}, Outcome: "ok", Patient: patient,
		Created: p.now(), AnswerBy: p.now().Add(24 * time.Hour), By: "patient", At: p.now(), Person: booking.Person{Name: "Kari " + id, Phone: "+4799999999", Chat: 17},
	}}
}

// passes gives patients a passed check.
func (p *program) passes(patients ...string) {
	p.t.Helper()
	for _, who := range patients {
		p.wants("check of "+who, booking.Judge{Patient: who, Outcome: "ok", Keep: time.Hour}, "")
	}
}

// taken reads the day's calendars, by the id of who claims.
func (p *program) taken(practitioners ...string) map[string]booking.Busy {
	p.t.Helper()
	all, err := p.desk.Taken(p.t.Context(), practitioners, p.day(), p.day())
	if err != nil {
		p.t.Fatal(err)
	}
	by := map[string]booking.Busy{}
	for _, b := range all {
		if other, twice := by[b.By]; twice {
			p.t.Errorf("%s claims twice: %v and %v", b.By, other.Span, b.Span)
		}
		by[b.By] = b
	}
	return by
}

func (p *program) booking(id string) booking.Booking {
	p.t.Helper()
	b, ok, err := p.desk.Booking(p.t.Context(), id)
	if err != nil || !ok {
		p.t.Fatalf("booking %s: %v, %v", id, ok, err)
	}
	return b
}

// together is whether two spans of one day have time in common, whoever's.
func together(a, b booking.Span) bool { return a.Day == b.Day && a.Start < b.End && b.Start < a.End }

// at starts all at the same moment and waits for them.
func at(n int, f func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() { ready.Done(); <-gate; f(i) })
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

func TestThreeHundredRaceForOverlappingTimes(t *testing.T) {
	const patients = 300
	two, who := programs(t, 2), []string{"ida", "siv"}
	for i := range patients {
		two[i%2].passes(fmt.Sprint("p", i))
	}
	type try struct {
		id, patient string
		slot        booking.Slot
		refused     booking.Refusal
	}
	// Each patient tries from both programs at once, for times of mixed
	// lengths at either practitioner; often both her tries overlap.
	tries := make([]try, 2*patients)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range tries {
		start := booking.Minute(9*60 + 5*r.IntN(7*12))
		long := []booking.Minute{20, 30, 45, 60, 90}[r.IntN(5)]
		tries[i] = try{id: fmt.Sprintf("%06d", i), patient: fmt.Sprint("p", i/2), slot: two[0].slot(who[r.IntN(2)], start, start+long)}
	}
	at(len(tries), func(i int) {
		x, p := &tries[i], two[i%2]
		if x.refused = p.do(p.hold(x.id, x.patient, x.slot)); x.refused == "" {
			// What is held can be requested, whoever else races for it.
			p.wants("request of what "+x.patient+" holds", p.request(x.id, x.patient, x.slot), "")
		}
	})

	taken := two[0].taken(who...)
	var won, lost []try
	for _, x := range tries {
		if x.refused == "" {
			won = append(won, x)
		} else {
			lost = append(lost, x)
		}
	}
	t.Logf("%d booked, %d refused", len(won), len(lost))
	if len(won) < 8 || len(lost) < patients {
		t.Fatal("no race: too few won or lost")
	}
	if len(taken) != len(won) {
		t.Errorf("%d claims stand in the calendars, %d were booked", len(taken), len(won))
	}
	claims := map[string]booking.Span{}
	mine := map[string][]string{}
	for _, x := range won {
		b := two[1].booking(x.id)
		if b.Status != booking.Requested || b.Patient != x.patient || b.Slot != x.slot || b.Version != 1 || b.Person.Name != "Kari "+x.id {
			t.Errorf("booking %s is %+v, want %+v", x.id, b, x)
		}
		if c := taken[x.id]; c.Span != x.slot.Claim || !c.Until.IsZero() {
			t.Errorf("the calendar has %+v for %s, want %v, firm", c, x.id, x.slot.Claim)
		}
		claims[x.id] = b.Slot.Claim
		mine[x.patient] = append(mine[x.patient], x.id)
	}
	for a, x := range taken {
		for b, y := range taken {
			if a < b && x.Overlaps(y.Span) {
				t.Errorf("the calendars overlap: %s %v, %s %v", a, x.Span, b, y.Span)
			}
		}
	}
	for a, x := range claims {
		for b, y := range claims {
			if a < b && x.Overlaps(y) {
				t.Errorf("the bookings overlap: %s %v, %s %v", a, x, b, y)
			}
		}
	}
	for patient, ids := range mine {
		if len(ids) == 2 && together(claims[ids[0]], claims[ids[1]]) {
			t.Errorf("%s is to be in two places: %v, %v", patient, claims[ids[0]], claims[ids[1]])
		}
		found, err := two[0].desk.Mine(t.Context(), patient, two[0].now())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range found {
			got = append(got, b.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, ids) {
			t.Errorf("%s has %q, want %q", patient, got, ids)
		}
	}
	for _, x := range lost {
		why := false
		for id, c := range claims {
			switch x.refused {
			case booking.Gone:
				why = why || c.Overlaps(x.slot.Claim)
			case booking.Clash:
				why = why || slices.Contains(mine[x.patient], id) && together(c, x.slot.Claim)
			}
		}
		if !why {
			t.Errorf("%s was refused %v as %q, and nothing stands there", x.patient, x.slot.Claim, x.refused)
		}
		if b, ok, err := two[0].desk.Booking(t.Context(), x.id); ok || err != nil {
			t.Errorf("%s was refused and has %+v, %v", x.id, b, err)
		}
	}
	waiting, err := two[0].desk.Waiting(t.Context())
	if err != nil || len(waiting) != len(won) {
		t.Errorf("%d requests wait, %v; want %d", len(waiting), err, len(won))
	}
}

func TestBackToBackIsFine(t *testing.T) {
	p := programs(t, 1)[0]
	p.passes("anna", "berit", "cato")
	p.wants("in the middle", p.request("B", "berit", p.slot("ida", 600, 660)), "")
	p.wants("right before", p.request("A", "anna", p.slot("ida", 570, 600)), "")
	p.wants("right after", p.request("C", "cato", p.slot("ida", 660, 720)), "")
	p.wants("the same patient right after", p.request("D", "berit", p.slot("siv", 660, 690)), "")
	for _, s := range [][2]booking.Minute{{660, 661}, {719, 780}, {560, 571}, {500, 900}, {600, 660}, {610, 620}} {
		p.wants(fmt.Sprint("over ", s), p.hold("X", "anna", p.slot("ida", s[0], s[1])), booking.Gone)
	}
	p.wants("another's, in her own time", p.hold("X", "anna", p.slot("siv", 599, 620)), booking.Clash)
	if n := len(p.taken("ida", "siv")); n != 4 {
		t.Errorf("%d claims, want 4", n)
	}
}

func TestHerOwnHoldNeverStandsInHerWay(t *testing.T) {
	p := programs(t, 1)[0]
	p.passes("anna", "berit")
	first, second, third := p.slot("ida", 600, 660), p.slot("ida", 630, 700), p.slot("siv", 615, 640)
	p.wants("hold", p.hold("A", "anna", first), "")
	p.wants("the same again", p.hold("A", "anna", first), "")
	move := p.hold("A", "anna", second)
	move.Old = first
	p.wants("one that overlaps it", move, "")
	p.wants("what she gave up, by another", p.hold("B", "berit", p.slot("ida", 600, 630)), "")
	move = p.hold("A", "anna", third)
	move.Old = second
	p.wants("at the other practitioner", move, "")
	p.wants("request of what she holds", p.request("A", "anna", third), "")
	got := p.taken("ida", "siv")
	if len(got) != 2 || got["A"].Span != third.Claim || !got["A"].Until.IsZero() || got["B"].Until.Unix() != p.now().Add(10*time.Minute).Unix() {
		t.Errorf("claims %+v", got)
	}
	p.wants("another's request of a held time", p.request("C", "anna", p.slot("ida", 600, 610)), booking.Gone)
	p.wants("release", booking.Release{ID: "B", Patient: "berit", Slot: p.slot("ida", 600, 630)}, "")
	p.wants("after the release", p.request("C", "berit", p.slot("ida", 600, 610)), "")
}

func TestALapsedHoldFreesItself(t *testing.T) {
	p := programs(t, 1)[0]
	p.passes("anna", "berit")
	s := p.slot("ida", 600, 660)
	p.wants("hold", p.hold("A", "anna", s), "")
	p.forward(10*time.Minute - time.Second)
	p.wants("in its last second", p.hold("B", "berit", s), booking.Gone)
	p.forward(time.Second)
	p.wants("when it has lapsed", p.hold("B", "berit", s), "")
	p.wants("request of the lapsed hold", p.request("A", "anna", s), booking.Gone)
	if got := p.taken("ida"); len(got) != 1 || got["B"].By != "B" {
		t.Errorf("claims %+v, want B's alone", got)
	}
	p.forward(10 * time.Minute)
	p.wants("request of a lapsed hold that nobody took", p.request("B", "berit", s), "")
	p.forward(10 * time.Minute)
	p.wants("what is firm doesn't lapse", p.hold("A", "anna", s), booking.Gone)
}

func TestNoAppointmentWithoutAPassedCheck(t *testing.T) {
	p := programs(t, 1)[0]
	s := p.slot("ida", 600, 660)
	p.wants("hold without a check", p.hold("A", "anna", s), booking.NoCheck)
	p.wants("request without a check", p.request("A", "anna", s), booking.NoCheck)
	for _, outcome := range []string{"stop", "postpone", "danger", "", booking.Judged} {
		p.wants("check", booking.Judge{Patient: "anna", Outcome: outcome, Keep: time.Hour}, "")
		p.wants("hold after "+outcome, p.hold("A", "anna", s), booking.NoCheck)
		x := p.request("A", "anna", s)
		p.wants("request as ok after "+outcome, x, booking.NoCheck)
		x.Booking.Outcome = outcome
		p.wants("request after "+outcome, x, booking.NoCheck)
	}
	p.wants("check", booking.Judge{Patient: "anna", Outcome: "review", Keep: time.Hour}, "")
	p.wants("request as ok of what is to be judged", p.request("A", "anna", s), booking.NoCheck)
	p.wants("another patient's check", p.request("B", "berit", s), booking.NoCheck)
	if n := len(p.taken("ida")); n != 0 {
		t.Errorf("%d claims, want none", n)
	}
	p.wants("hold", p.hold("A", "anna", s), "")
	p.wants("a check that stops gives the hold back", booking.Judge{Patient: "anna", Outcome: "stop", Keep: time.Hour, Release: &booking.Release{ID: "A", Patient: "anna", Slot: s}}, "")
	if n := len(p.taken("ida")); n != 0 {
		t.Errorf("%d claims after the stop, want none", n)
	}
	p.wants("request after the stop", p.request("A", "anna", s), booking.NoCheck)
	p.wants("check", booking.Judge{Patient: "anna", Outcome: "review", Keep: time.Hour}, "")
	x := p.request("A", "anna", s)
	x.Booking.Outcome = "review"
	p.wants("request as it was judged", x, "")
	call := booking.Request{Booking: booking.Booking{ID: "C", Kind: booking.KindCall, Patient: "cato", Created: p.now(), AnswerBy: p.now(), At: p.now()}}
	p.wants("a call needs no check", call, "")
}

func TestOneOfFiftyChangesWins(t *testing.T) {
	two := programs(t, 2)
	p := two[0]
	p.passes("anna", "berit")
	s := p.slot("ida", 600, 660)
	p.wants("request", p.request("A", "anna", s), "")
	read := p.booking("A")
	var won atomic.Int64
	var winner atomic.Value
	at(50, func(i int) {
		to := []booking.Status{booking.Confirmed, booking.Declined, booking.Cancelled}[i%3]
		c := booking.Change{Booking: read, To: to, By: fmt.Sprint("staff ", i), At: p.now()}
		switch why := two[i%2].do(c); why {
		case "":
			won.Add(1)
			winner.Store(c)
		case booking.Changed:
		default:
			t.Errorf("refused %q", why)
		}
	})
	c, _ := winner.Load().(booking.Change)
	if b := p.booking("A"); won.Load() != 1 || b.Version != 2 || b.Status != c.To || b.By != c.By {
		t.Fatalf("%d won, the last as %+v; the booking is %+v", won.Load(), c, b)
	}
	_, claimed := p.taken("ida")["A"]
	if claimed != (c.To == booking.Confirmed) {
		t.Errorf("%s: its time is claimed: %v", c.To, claimed)
	}
	if waiting, err := p.desk.Waiting(t.Context()); err != nil || len(waiting) != 0 {
		t.Errorf("answered and waiting: %v, %v", waiting, err)
	}
	p.wants("a booking that isn't there", booking.Change{Booking: p.request("Z", "anna", s).Booking, To: booking.Confirmed, At: p.now()}, booking.Changed)
}

func TestCancellingFreesTheTimeAtOnce(t *testing.T) {
	two := programs(t, 2)
	p := two[0]
	p.passes("anna", "berit")
	s := p.slot("ida", 600, 660)
	for i, to := range []booking.Status{booking.Cancelled, booking.Declined, booking.Lapsed} {
		id := fmt.Sprint("A", i)
		p.wants("request", p.request(id, "anna", s), "")
		p.wants("confirm", booking.Change{Booking: p.booking(id), To: booking.Confirmed, By: "Ida", At: p.now()}, "")
		two[1].wants("confirmed is taken", two[1].hold("B", "berit", s), booking.Gone)
		p.wants("change", booking.Change{Booking: p.booking(id), To: to, By: "patient", At: p.now()}, "")
		if b := p.booking(id); b.Status != to || b.Version != 3 {
			t.Errorf("%+v, want %s", b, to)
		}
		if m, err := p.desk.Mine(t.Context(), "anna", p.now()); err != nil || len(m) != 0 {
			t.Errorf("%s is still hers: %v, %v", to, m, err)
		}
		two[1].wants("the time after "+string(to), two[1].hold("B", "berit", s), "")
		two[1].wants("release", booking.Release{ID: "B", Patient: "berit", Slot: s}, "")
		two[1].wants("her own time after "+string(to), two[1].hold("C", "anna", p.slot("siv", 600, 660)), "")
		two[1].wants("release", booking.Release{ID: "C", Patient: "anna", Slot: p.slot("siv", 600, 660)}, "")
	}
	p.wants("the id stays taken", p.request("A0", "anna", s), booking.Used)
}

func TestLimit(t *testing.T) {
	two := programs(t, 2)
	p := two[0]
	p.passes("anna", "berit")
	ask := func(i int) booking.Request {
		r := p.request(fmt.Sprint("L", i), "anna", p.slot("ida", booking.Minute(480+20*i), booking.Minute(500+20*i)))
		r.Limit = 3
		return r
	}
	var won atomic.Int64
	at(20, func(i int) {
		switch why := two[i%2].do(ask(i)); why {
		case "":
			won.Add(1)
		case booking.TooMany:
		default:
			t.Errorf("refused %q", why)
		}
	})
	if got := p.taken("ida"); won.Load() != 3 || len(got) != 3 {
		t.Fatalf("%d requests went through, %d claims; want 3", won.Load(), len(got))
	}
	other := ask(25)
	other.Booking.ID, other.Booking.Patient = "M", "berit"
	p.wants("another patient", other, "")
	if who, err := p.desk.Patient(t.Context(), "anna", p.now()); err != nil || who != (booking.Patient{Outcome: "ok", Coming: 3}) {
		t.Errorf("%+v, %v", who, err)
	}
	mine, err := p.desk.Mine(t.Context(), "anna", p.now())
	if err != nil || len(mine) != 3 {
		t.Fatalf("hers: %v, %v", mine, err)
	}
	p.wants("cancel one", booking.Change{Booking: mine[1], To: booking.Cancelled, By: "patient", At: p.now()}, "")
	p.wants("one more then", ask(26), "")
	p.wants("and no other", ask(27), booking.TooMany)
	next := ask(27)
	next.Limit = 0
	p.wants("no limit", next, "")
}
