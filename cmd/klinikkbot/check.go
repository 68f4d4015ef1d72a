package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"klinikkbot/bot"
)

type check struct {
	botFlags
	dataFlags
}

// Run says all that is wrong, not only the first fault.
func (k check) Run(ctx context.Context, c console) error {
	bad := false
	wrong := func(text string) {
		bad = true
		for line := range strings.Lines(text) {
			fmt.Fprintln(c.out, "FAULT ", strings.TrimRight(line, "\n"))
		}
	}
	d, faults, err := k.load()
	for _, f := range faults {
		wrong(f.Error())
	}
	if err != nil && len(faults) == 0 {
		wrong(err.Error())
	}
	if d != nil {
		fmt.Fprintf(c.out, "data    %s: %d practitioners, %d areas, check version %s\n", d.Clinic.Name, len(d.Clinic.Practitioners), len(d.Clinic.Treatments), d.Check.Version())
		for _, key := range d.Clinic.Missing() {
			wrong("clinic.yaml: " + key + ": to be filled in by the clinic")
		}
	}
	fmt.Fprintf(c.out, "token %s  staff group %d  clinic %s  encryption key %s  redis %s\n", mask(k.Token), k.StaffChat, k.Clinic, mask(k.Key), mask(k.Redis))
	if err := k.validate(); err != nil {
		wrong(err.Error())
	}
	if k.Practitioners == "" {
		fmt.Fprintln(c.out, "WARNING PRACTITIONER_IDS is empty: every staff member may judge a check")
	}
	if client, err := connect(k.Redis); k.Redis != "" && err == nil {
		defer client.Close()
		look, cancel := context.WithTimeout(ctx, 3*time.Second)
		defer cancel()
		if err := client.Ping(look).Err(); err != nil {
			wrong("REDIS_URL: can't be reached: start Redis, or correct the address")
		} else if warnings, fault := keeps(look, client, k.Volatile); fault != nil {
			wrong(fault.Error())
		} else {
			fmt.Fprintln(c.out, "redis   reached")
			for _, w := range warnings {
				fmt.Fprintln(c.out, "WARNING", w)
			}
		}
	}
	if d != nil && tokenForm.MatchString(k.Token) {
		b, err := bot.New(bot.Config{Token: k.Token, API: k.API, StaffChat: k.StaffChat}, d, nil, nil)
		if err == nil {
			err = b.Reach(ctx)
		}
		if err != nil {
			wrong("Telegram: " + err.Error())
		} else {
			fmt.Fprintln(c.out, "telegram reached")
		}
	}
	if bad {
		return errFailed
	}
	fmt.Fprintln(c.out, "all is well")
	return nil
}
