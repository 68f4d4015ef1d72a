package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"time"

	"klinikkbot/bot"
	"klinikkbot/faq"
	"klinikkbot/faq/when"
)

type understand struct {
	dataFlags
	What string    `arg:"" enum:"message,answer,when" help:"message (what does it want?), answer (to a question of the check), when (days and times)."`
	Now  time.Time `placeholder:"INSTANT" help:"The present of «when», as 2026-11-23T10:00:00+01:00; default the clock's."`
	Why  bool      `help:"Adds the evidence."`
}

func (u understand) Run(c console) error {
	d, _, err := u.load()
	if err != nil {
		return err
	}
	if u.Now.IsZero() {
		u.Now = time.Now()
	}
	lines := bufio.NewScanner(c.in)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	bad := false
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false)
	for lines.Scan() {
		var in struct {
			Text     string `json:"text"`
			Question string `json:"question"`
		}
		var out any
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			out, bad = map[string]string{"error": "not a JSON object with text: " + err.Error()}, true
		} else {
			out = u.one(d, in.Question, in.Text)
		}
		if err := encoder.Encode(out); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	if bad {
		return errFailed
	}
	return nil
}

type verdict struct {
	Text        string         `json:"text"`
	Kind        string         `json:"kind"`
	Decision    string         `json:"decision"`
	Entry       *string        `json:"entry"`
	Score       float64        `json:"score"`
	Suggestions []string       `json:"suggestions"`
	Level       *string        `json:"level"`
	Fact        *string        `json:"fact"`
	Why         []faq.Evidence `json:"why,omitempty"`
}

func (u understand) one(d *bot.Data, question, text string) any {
	switch u.What {
	case "answer":
		return struct {
			Question string `json:"question"`
			Text     string `json:"text"`
			Reading  string `json:"reading"`
		}{question, text, string(d.Check.Read(question, text))}
	case "when":
		return struct {
			Text string `json:"text"`
			when.Verdict
		}{text, when.Parse(text, u.Now, when.Options{Location: d.Clinic.Zone}).Verdict()}
	}
	m := d.Ears.Understand(text)
	v := verdict{Text: text, Kind: m.Kind, Decision: m.Decision, Entry: orNull(m.Entry), Score: m.Score, Suggestions: m.Suggestions, Level: orNull(string(m.Level)), Fact: orNull(m.Fact)}
	if v.Suggestions == nil {
		v.Suggestions = []string{}
	}
	if u.Why {
		v.Why = m.Why
	}
	return v
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
