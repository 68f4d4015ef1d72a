package main

import (
	"bufio"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"klinikkbot/booking"
	"klinikkbot/bot"
	"klinikkbot/bot/talk"
	"klinikkbot/faq/danger"
)

type ask struct {
	dataFlags
	Question []string `arg:"" optional:"" help:"The question; without it lines are read, one by one."`
}

func (a ask) Run(c console) error {
	d, _, err := a.load()
	if err != nil {
		return err
	}
	if len(a.Question) > 0 {
		_, err := fmt.Fprintln(c.out, answered(strings.Join(a.Question, " "), d, time.Now()))
		return err
	}
	lines := bufio.NewScanner(c.in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if _, err := fmt.Fprintf(c.out, "%s\n\n", answered(lines.Text(), d, time.Now())); err != nil {
			return err
		}
	}
	return lines.Err()
}

var tags = regexp.MustCompile(`<[^>]*>`)

// answered is what a patient would see who wrote this first.
func answered(text string, d *bot.Data, now time.Time) string {
	masked, found := booking.MaskNumbers(text)
	w := talk.World{Now: now, ID: "AAAAAA", Clinic: d.Clinic, Check: d.Check, Texts: d.Texts, Ears: d.Ears, Read: talk.Need{Times: true, Mine: true}}
	e := talk.Event{Kind: talk.Text, Text: masked, Masked: found}
	if level := d.Danger.Find(masked); level != danger.None && level != danger.Clinic {
		e.Level = string(level)
	}
	var out []string
	for _, l := range talk.Step(talk.State{}, e, w).Say {
		if l.Staff {
			continue
		}
		text := html.UnescapeString(tags.ReplaceAllString(l.Text, ""))
		for _, row := range l.Buttons {
			for _, b := range row {
				text += "\n  [" + b.Label + "]"
			}
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n\n")
}
