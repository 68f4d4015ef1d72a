package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"klinikkbot/bot/tgtest"
)

const (
	testToken = "123456:TEST_token-e2e"
	staffChat = int64(-1001)
	anna      = int64(901)
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
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := exec.Command(path, "--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--dir", t.TempDir(), "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	address = fmt.Sprintf("redis://127.0.0.1:%d", port)
	c := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", port)})
	defer c.Close()
	for start := time.Now(); c.Ping(t.Context()).Err() != nil; {
		if time.Since(start) > 10*time.Second {
			t.Fatal("redis-server doesn't answer")
		}
	}
	return address
}

// anyRedis is a real one, or the embedded one with a word.
func anyRedis(t *testing.T) string {
	if address := realRedis(t); address != "" {
		return address
	}
	t.Log("no redis-server here: on the embedded one, which keeps nothing and differs from a real one")
	return "redis://" + miniredis.RunT(t).Addr()
}

type clinic struct {
	t     *testing.T
	tg    *tgtest.Server
	api   string
	redis string
	env   []string
	log   *safeBuffer
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}
func (s *safeBuffer) String() string { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

func open(t *testing.T) *clinic {
	tg := tgtest.New(testToken, nil)
	api, stop, err := tg.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	tg.Group(staffChat, "Staben", map[int64]string{anna: "member"})
	c := &clinic{t: t, tg: tg, api: api, redis: anyRedis(t), log: &safeBuffer{}}
	key := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	c.env = []string{"TELEGRAM_BOT_TOKEN=" + testToken, "TELEGRAM_API_URL=" + api, fmt.Sprint("STAFF_CHAT_ID=", staffChat), "REDIS_URL=" + c.redis,
		"ENCRYPTION_KEY=" + key, "LISTEN_ADDR=127.0.0.1:0", "TELEGRAM_RATE=0", "ALLOW_VOLATILE=1", "TZ=America/Lima"}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(c.log.String())
			for _, chat := range []int64{1, staffChat} {
				for _, m := range tg.Messages(chat) {
					t.Logf("%d %s: %s %v", chat, m.Name, m.Text, m.Buttons)
				}
			}
		}
	})
	return c
}

var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "klinikkbot")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "klinikkbot")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// start runs the built program.
func (c *clinic) start() *exec.Cmd {
	c.t.Helper()
	path, err := built()
	if err != nil {
		c.t.Fatal(err)
	}
	cmd := exec.Command(path, "serve")
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, c.env...)
	cmd.Stdout, cmd.Stderr = c.log, c.log
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd
}

// sees waits until a chat shows a message with all the words.
func (c *clinic) sees(chat int64, words ...string) tgtest.Message {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 30*time.Second)
	defer cancel()
	var found tgtest.Message
	err := c.tg.Wait(ctx, func() bool {
		for _, m := range c.tg.Messages(chat) {
			text := m.Text + " " + m.Document
			for _, row := range m.Buttons {
				for _, b := range row {
					text += " [" + b.Text + "]"
				}
			}
			all := m.From == 0
			for _, w := range words {
				all = all && strings.Contains(text, w)
			}
			if all {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		c.t.Fatalf("chat %d never shows %q", chat, words)
	}
	return found
}

func (c *clinic) press(p *tgtest.Person, chat int64, label string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 30*time.Second)
	defer cancel()
	if err := c.tg.Wait(ctx, func() bool { return p.Press(chat, label) == nil }); err != nil {
		c.t.Fatalf("no button %q", label)
	}
}

// book takes a patient from the menu to the summary.
func (c *clinic) book(p *tgtest.Person, name string) {
	c.t.Helper()
	p.Write("/bestill")
	for _, b := range []string{"Ja, jeg samtykker", "Panne", "Ferdig", "Nei, jeg er ny", "18–64", "Nei, ingen", "Nei, ingen", "Nei, ingen", "Første ledige"} {
		if b == "Nei, ingen" {
			continue
		}
		c.press(p, p.ID, b)
		if b == "Panne" {
			c.sees(p.ID, "✓ Panne")
		}
		if b == "18–64" {
			for i := 2; i <= 4; i++ {
				c.sees(p.ID, fmt.Sprintf("Spørsmål %d av 4", i))
				c.press(p, p.ID, "Nei, ingen")
			}
			c.sees(p.ID, "Disse tidene")
		}
	}
	c.sees(p.ID, "Hva heter du")
	p.Write(name)
	c.sees(p.ID, "telefonnummer")
	p.Write("912 34 567")
	c.sees(p.ID, "Stemmer dette", name)
}

func TestMainJob(t *testing.T) {
	c := open(t)
	bot := c.start()
	kari := c.tg.Patient(1, "Kari")
	staff := c.tg.Patient(anna, "Anna")

	kari.Write("/start")
	c.sees(1, "Hei, og velkommen til Klinikk Trondheim", "[Bestill time]")
	kari.Write("Hva er botox?")
	c.sees(1, "Clostridium botulinum")
	kari.Write("Er behandlingen smertefull?")
	c.sees(1, "svært tynne nåler")
	kari.Write("Hvem kan ikke behandles?")
	c.sees(1, "skal ikke ha toksiner")

	_ = bot.Process.Kill()
	kari.Write("/bestill")
	bot = c.start()
	for _, b := range []string{"Ja, jeg samtykker", "Panne", "Ferdig", "Nei, jeg er ny", "18–64", "Ja, minst ett", "Ja"} {
		c.press(kari, 1, b)
		switch b {
		case "Panne":
			c.sees(1, "✓ Panne")
		case "18–64":
			c.sees(1, "Spørsmål 2 av 4", "Du er gravid")
		case "Ja, minst ett":
			c.sees(1, "Er du gravid?")
		}
	}
	c.sees(1, "Vi kan ikke gi deg time her i chatten")

	ola := c.tg.Patient(2, "Ola")
	c.book(ola, "Ola Nordmann")
	c.press(ola, 2, "Send forespørsel")
	sent := c.sees(2, "Forespørselen er sendt", "K-")
	ref := sent.Text[strings.Index(sent.Text, "K-"):][:8]
	card := c.sees(staffChat, ref, "Venter på svar", "[Bekreft]")
	if strings.Contains(card.Text, "Ola") || strings.Contains(card.Text, "912") {
		t.Errorf("the card names the patient: %s", card.Text)
	}
	stranger := c.tg.Patient(66, "Fremmed")
	c.press(stranger, staffChat, "Bekreft")
	c.alert(66, "Bare ansatte")
	c.press(staff, staffChat, "Vis kontakt")
	c.alert(anna, "912 34 567")
	c.press(staff, staffChat, "Bekreft")
	c.sees(staffChat, ref, "Bekreftet av Anna")

	_ = bot.Process.Kill()
	bot = c.start()
	c.sees(2, "Timen er bekreftet", ref)
	c.sees(2, ".ics")

	ola.Write("/timer")
	c.sees(2, ref, "er bekreftet", "[Avbestill]")
	c.press(ola, 2, "Avbestill")
	c.press(ola, 2, "Ja, avbestill")
	c.sees(2, ref+" er avbestilt")
	c.sees(staffChat, ref, "Avbestilt av pasienten")
	ola.Write("jeg får ikke puste")
	c.sees(2, "Ring 113 nå")

	if err := bot.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := bot.Wait(); err != nil {
		t.Errorf("after a stop: %v", err)
	}
	for _, secret := range []string{testToken, "Nordmann", "912", "puste", "gravid"} {
		if strings.Contains(c.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func (c *clinic) alert(to int64, words string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 30*time.Second)
	defer cancel()
	if err := c.tg.Wait(ctx, func() bool {
		for _, a := range c.tg.Alerts() {
			if a.To == to && strings.Contains(a.Text, words) {
				return true
			}
		}
		return false
	}); err != nil {
		c.t.Fatalf("no alert %q", words)
	}
}
