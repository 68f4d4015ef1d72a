package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"klinikkbot/bot/preview"
	"klinikkbot/bot/tgtest"
)

type demo struct {
	dataFlags
	Port     int    `env:"DEMO_PORT" default:"8090" help:"Port on the loopback; a taken one picks another."`
	LogLevel string `env:"LOG_LEVEL" enum:"debug,info,warn,error" default:"warn" help:"debug, info, warn or error."`
}

// Run starts the same bot as serve, against a local double of the Bot API and
// an embedded Redis.
func (d demo) Run(ctx context.Context, c console) error {
	loaded, _, err := d.load()
	if err != nil {
		return err
	}
	token := "1:demo" + rand.Text()
	telegram := tgtest.New(token, nil)
	api, stopAPI, err := telegram.Start()
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer stopAPI()
	store := miniredis.NewMiniRedis()
	store.ClockTTL(true)
	if err := store.Start(); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer store.Close()
	page := preview.New(telegram, "Kari", "Anna", loaded.Texts.Label("demo_group"), loaded.Clinic.Zone)
	address, stopPage, err := page.Serve(d.Port)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer stopPage()
	key := make([]byte, 32)
	rand.Read(key)
	f := botFlags{Token: token, API: api, StaffChat: preview.GroupID, Clinic: "demo", Key: base64.StdEncoding.EncodeToString(key), Rate: 30, LogFormat: "text", LogLevel: d.LogLevel}
	client := redis.NewClient(&redis.Options{Addr: store.Addr(), ContextTimeoutEnabled: true})
	defer client.Close()
	log := f.logger(c.err)
	b, err := f.build(client, loaded, log)
	if err != nil {
		return err
	}
	_, _ = io.WriteString(c.out, loaded.Texts.Label("demo_started", "adresse", address)+"\n")
	return finish(ctx, b, log)
}
