package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"klinikkbot/booking/seal"
)

// botFlags are what serve and check need to know of Telegram and Redis.
type botFlags struct {
	Token         string `name:"token" env:"TELEGRAM_BOT_TOKEN" placeholder:"TOKEN" help:"The bot's token; better in the environment. Never printed, never logged."`
	API           string `name:"telegram-api-url" env:"TELEGRAM_API_URL" placeholder:"URL" help:"Base address of the Bot API server; default Telegram's own."`
	StaffChat     int64  `env:"STAFF_CHAT_ID" placeholder:"ID" help:"The staff group."`
	Staff         string `name:"staff-ids" env:"STAFF_IDS" placeholder:"ID,…" help:"User ids that may act as staff; default: whoever is a member of the staff group."`
	Practitioners string `name:"practitioner-ids" env:"PRACTITIONER_IDS" placeholder:"ID,…" help:"Staff who may judge a check; default: all staff."`
	Managers      string `name:"manager-ids" env:"MANAGER_IDS" placeholder:"ID,…" help:"Staff who may publish answers and read the access log; default: all staff."`
	Redis         string `name:"redis-url" env:"REDIS_URL" placeholder:"URL" help:"redis://, rediss://, redis+sentinel:// or redis+cluster://."`
	Clinic        string `name:"clinic-id" env:"CLINIC_ID" default:"klinikk" help:"Name under which all keys of this clinic live: a-z, 0-9 and -, at most 32."`
	Key           string `name:"encryption-key" env:"ENCRYPTION_KEY" placeholder:"KEY,…" help:"32 bytes in base64, or several, comma-separated: the first writes, all read. Better in the environment."`
	Rate          int    `name:"telegram-rate" env:"TELEGRAM_RATE" default:"30" help:"Messages a second that the bot sends in all; 0 switches all limits off."`
	Volatile      bool   `name:"allow-volatile" env:"ALLOW_VOLATILE" help:"Accept a Redis without append-only file: what is confirmed may be lost."`
	LogFormat     string `env:"LOG_FORMAT" enum:"text,json" default:"text" help:"text or json."`
	LogLevel      string `env:"LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"debug, info, warn or error."`
}

var (
	clinicID  = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
	tokenForm = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
)

// validate names each faulty variable and its remedy; it never quotes a
// secret.
func (f botFlags) validate() error {
	var faults []error
	wrong := func(name, remedy string) { faults = append(faults, fmt.Errorf("%s: %s", name, remedy)) }
	switch {
	case f.Token == "":
		wrong("TELEGRAM_BOT_TOKEN", "is missing: BotFather gives it, /newbot or /token")
	case !tokenForm.MatchString(f.Token):
		wrong("TELEGRAM_BOT_TOKEN", "has not the form 123456:ABC…: copy it whole from BotFather")
	}
	if f.API != "" {
		if u, err := url.Parse(f.API); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
			wrong("TELEGRAM_API_URL", "is no address: http://… or https://…, or leave it out")
		}
	}
	if f.StaffChat == 0 {
		wrong("STAFF_CHAT_ID", "is missing: the id of the staff group, a negative number")
	} else if f.StaffChat > 0 {
		wrong("STAFF_CHAT_ID", "is a person's id: a group's is negative")
	}
	for name, list := range map[string]string{"STAFF_IDS": f.Staff, "PRACTITIONER_IDS": f.Practitioners, "MANAGER_IDS": f.Managers} {
		if _, err := ids(list); err != nil {
			wrong(name, "is not a list of user ids: numbers with commas between")
		}
	}
	if f.Redis == "" {
		wrong("REDIS_URL", "is missing: for example redis://localhost:6379")
	} else if c, err := connect(f.Redis); err != nil {
		wrong("REDIS_URL", err.Error())
	} else {
		_ = c.Close()
	}
	if !clinicID.MatchString(f.Clinic) {
		wrong("CLINIC_ID", "is not 1 to 32 of a-z, 0-9 and -")
	}
	if f.Key == "" {
		wrong("ENCRYPTION_KEY", "is missing: make one with: openssl rand -base64 32")
	} else if _, err := seal.New(f.Key); err != nil {
		wrong("ENCRYPTION_KEY", "is not 32 bytes in base64: make one with: openssl rand -base64 32")
	}
	if f.Rate < 0 {
		wrong("TELEGRAM_RATE", "is negative: messages a second, or 0 for no limit")
	}
	return errors.Join(faults...)
}

func ids(list string) (map[int64]bool, error) {
	all := map[int64]bool{}
	for _, part := range strings.Split(list, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		id, err := strconv.ParseInt(part, 10, 64)
		if err != nil || id <= 0 {
			return nil, fmt.Errorf("not a user id")
		}
		all[id] = true
	}
	return all, nil
}

func (f botFlags) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(f.LogLevel)) // kong has checked it
	o := &slog.HandlerOptions{Level: level}
	if f.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// mask shows that a secret is there, not what it is.
func mask(secret string) string {
	if secret == "" {
		return "(missing)"
	}
	return "(set)"
}
