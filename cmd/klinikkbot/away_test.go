package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// While Redis is away a danger sign and a published answer are still answered,
// once; afterwards the bot goes on without a restart.
func TestRedisAway(t *testing.T) {
	c := open(t)
	store := miniredis.RunT(t)
	c.env = append(c.env, "REDIS_URL=redis://"+store.Addr())
	c.start()
	kari := c.tg.Patient(1, "Kari")
	kari.Write("/start")
	c.sees(1, "Hei, og velkommen")

	store.Close()
	asked := time.Now()
	kari.Write("jeg får ikke puste")
	c.sees(1, "Ring 113 nå")
	t.Logf("danger sign answered after %v", time.Since(asked).Round(time.Millisecond))
	kari.Write("Er behandlingen smertefull?")
	c.sees(1, "svært tynne nåler")
	kari.Write("/bestill")
	c.sees(1, "Vi har en feil akkurat nå")

	if err := store.Restart(); err != nil {
		t.Fatal(err)
	}
	c.sees(staffChat, "Boten manglet databasen")
	kari.Write("/bestill")
	c.sees(1, "Samtykker du")
	notices := 0
	for _, m := range c.tg.Messages(1) {
		if strings.Contains(m.Text, "Ring 113 nå") {
			notices++
		}
	}
	if notices != 1 {
		t.Errorf("the danger notice came %d times", notices)
	}
}

// Forged, foreign and old presses, strange messages and other groups do
// nothing but say so, and nothing stays unacknowledged.
func TestStrangeInput(t *testing.T) {
	c := open(t)
	c.start()
	kari := c.tg.Patient(1, "Kari")
	kari.Write("/start")
	menu := c.sees(1, "Hei, og velkommen")
	for i, data := range []string{"", "v1", "v1:-:menu", "v2:-:menu:book", "v1:XXXXXX:check:no", "v1:-:own:cancel-AAAAAA", "v1:K-AAAAAA:1:bekreft", strings.Repeat("x", 64), "v1:-:<b>:x"} {
		kari.PressData(1, menu.ID, data)
		kari.Write(fmt.Sprintf("hei igjen %d", i))
	}
	kari.Photo("se på dette")
	c.sees(1, "Jeg kan bare lese tekst")
	kari.Photo("jeg får ikke puste")
	c.sees(1, "Ring 113 nå")
	kari.Write(strings.Repeat("æ", 4096))
	kari.Write("01819010001")
	c.sees(1, "fødselsnummer")
	m := kari.Write("alt vel")
	kari.Edit(m, "alt vel, takk")
	c.tg.Group(-77, "En annen gruppe", map[int64]string{1: "member"})
	kari.WriteIn(-77, "/start", 0)
	kari.Write("/timer")
	c.sees(1, "Du har ingen timer")
	c.settled()
	if n := len(c.tg.Messages(-77)); n != 1 {
		t.Errorf("the bot wrote in a foreign group: %d messages", n)
	}
	for _, m := range c.tg.Messages(1) {
		if strings.Contains(m.Text, "01819010001") {
			t.Error("a number that may be a fødselsnummer stays in the chat")
		}
	}
}

// settled waits until every update has been acknowledged.
func (c *clinic) settled() {
	c.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	if err := c.tg.Wait(c.t.Context(), func() bool { return c.tg.Unread() == 0 || time.Now().After(deadline) }); err != nil || c.tg.Unread() > 0 {
		c.t.Fatalf("%d updates are not acknowledged", c.tg.Unread())
	}
}
