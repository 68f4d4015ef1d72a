package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"

	"klinikkbot/booking/rdb"
	"klinikkbot/booking/seal"
	"klinikkbot/bot"
	"klinikkbot/bot/memory"
)

type serve struct {
	botFlags
	dataFlags
	Listen string `name:"listen" env:"LISTEN_ADDR" default:"127.0.0.1:8080" help:"Address of /healthz and /readyz; port 0 takes a free one."`
}

// stopWithin is how long a stop may take in all.
const stopWithin = 9 * time.Second

func (s serve) Run(ctx context.Context, c console) error {
	if err := s.validate(); err != nil {
		return err
	}
	d, _, err := s.load()
	if err != nil {
		return err
	}
	log := s.logger(c.err)
	for _, key := range d.Clinic.Missing() {
		log.Warn("clinic.yaml is not filled in", "key", key)
	}
	client, err := connect(s.Redis)
	if err != nil {
		return fmt.Errorf("REDIS_URL: %w", err)
	}
	defer client.Close()
	look, cancel := context.WithTimeout(ctx, 2*time.Second)
	warnings, fault := keeps(look, client, s.Volatile)
	if look.Err() == nil && client.Ping(look).Err() == nil {
		if fault != nil {
			cancel()
			return fault
		}
		for _, w := range warnings {
			log.Warn(w)
		}
	} else {
		log.Warn("redis can't be reached yet: starting without it")
	}
	cancel()
	b, err := s.build(client, d, log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("LISTEN_ADDR: %w: choose another port, or 0 for a free one", err)
	}
	log.Info("started", "listen", listener.Addr().String())
	stop := s.health(listener, b)
	defer stop()
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	done := make(chan struct{})
	defer close(done)
	go s.reload(hup, done, b, log)
	return finish(ctx, b, log)
}

// finish runs the bot to its end; after a stop it may take stopWithin.
func finish(ctx context.Context, b *bot.Bot, log *slog.Logger) error {
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		log.Info("stopping")
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(stopWithin):
		return errors.New("turns were still under way after " + stopWithin.String() + "; what was not acknowledged comes again")
	}
}

// build joins the rooms: the reception gives the commit script its deeds.
func (f botFlags) build(client redis.UniversalClient, d *bot.Data, log *slog.Logger) (*bot.Bot, error) {
	box, err := seal.New(f.Key)
	if err != nil {
		return nil, fmt.Errorf("ENCRYPTION_KEY: %w", err)
	}
	staff, err := ids(f.Staff)
	if err != nil {
		return nil, fmt.Errorf("STAFF_IDS: %w", err)
	}
	practitioners, err := ids(f.Practitioners)
	if err != nil {
		return nil, fmt.Errorf("PRACTITIONER_IDS: %w", err)
	}
	return bot.New(bot.Config{Token: f.Token, API: f.API, StaffChat: f.StaffChat, Staff: staff, Practitioners: practitioners, Rate: f.Rate, Log: log}, d,
		memory.New(client, f.Clinic, box, rdb.Lua, nil), rdb.New(client, f.Clinic, box, d.Clinic.Zone))
}

// reload puts the data folder in force again on SIGHUP; a faulty one leaves
// the old in force.
func (s serve) reload(hup <-chan os.Signal, done <-chan struct{}, b *bot.Bot, log *slog.Logger) {
	for {
		select {
		case <-done:
			return
		case <-hup:
			if d, _, err := s.load(); err != nil {
				log.Error("data not reread, the old is in force", "error", err.Error())
			} else {
				b.Reload(d)
				log.Info("data reread")
			}
		}
	}
}

// health serves /healthz (the program runs) and /readyz (it reads updates and
// reaches Redis).
func (s serve) health(l net.Listener, b *bot.Bot) (stop func()) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		telegram, redis := b.Ready()
		if !telegram || !redis {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprintf(w, "telegram %t\nredis %t\n", telegram, redis)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(l) }()
	return func() { _ = server.Close() }
}
