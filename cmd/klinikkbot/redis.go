package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// quiet silences the library's own log, which names addresses; what matters is
// logged by the bot.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

func init() { redis.SetLogger(quiet{}) }

// connect opens a client for an address without reaching it yet. Errors never
// quote the address, which may hold a password.
func connect(address string) (redis.UniversalClient, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return nil, errors.New("is no address: redis://host:6379")
	}
	switch scheme {
	case "redis", "rediss", "unix":
		o, err := redis.ParseURL(address)
		if err != nil {
			return nil, errors.New("can't be read: redis://user:password@host:6379/0")
		}
		o.ContextTimeoutEnabled, o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.MaxRetries, o.DialerRetries = true, time.Second, time.Second, time.Second, 1, 1
		return redis.NewClient(o), nil
	case "redis+sentinel":
		o, err := redis.ParseFailoverURL("redis://" + rest)
		if err != nil {
			return nil, errors.New("can't be read: redis+sentinel://host:26379/0?master_name=mymaster")
		}
		o.ContextTimeoutEnabled, o.DialTimeout, o.ReadTimeout, o.WriteTimeout = true, time.Second, time.Second, time.Second
		return redis.NewFailoverClient(o), nil
	case "redis+cluster":
		o, err := redis.ParseClusterURL("redis://" + rest)
		if err != nil {
			return nil, errors.New("can't be read: redis+cluster://host:6379?addr=other:6379")
		}
		o.ContextTimeoutEnabled, o.DialTimeout, o.ReadTimeout, o.WriteTimeout = true, time.Second, time.Second, time.Second
		return redis.NewClusterClient(o), nil
	}
	return nil, fmt.Errorf("has an unknown scheme: redis://, rediss://, redis+sentinel:// or redis+cluster://")
}

// keeps finds out whether a Redis keeps what it has confirmed. A fault refuses
// it, a warning doesn't.
func keeps(ctx context.Context, c redis.UniversalClient, volatile bool) (warnings []string, fault error) {
	setting := func(name string) (string, bool) {
		m, err := c.ConfigGet(ctx, name).Result()
		v, ok := m[name]
		return v, err == nil && ok
	}
	policy, ok := setting("maxmemory-policy")
	if !ok {
		return []string{"CONFIG is not permitted: whether this Redis keeps everything can't be seen. It must have appendonly yes, appendfsync always, maxmemory-policy noeviction"}, nil
	}
	if most, _ := setting("maxmemory"); most != "0" && policy != "noeviction" {
		return nil, errors.New("REDIS_URL: this Redis drops keys when it is full (maxmemory-policy " + policy + "): set maxmemory-policy noeviction")
	}
	if aof, _ := setting("appendonly"); aof != "yes" {
		if !volatile {
			return nil, errors.New("REDIS_URL: this Redis forgets at a restart (appendonly no): set appendonly yes and appendfsync always, or start with --allow-volatile")
		}
		warnings = append(warnings, "Redis forgets at a restart (appendonly no), as --allow-volatile allows")
	} else if sync, _ := setting("appendfsync"); sync != "always" {
		warnings = append(warnings, "Redis may lose the last second at a power cut (appendfsync "+sync+"): set appendfsync always")
	}
	return warnings, nil
}
