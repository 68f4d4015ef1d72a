package data

import (
	"slices"
	"strings"
	"time"

	"klinikkbot/booking"
	"klinikkbot/bot/texts"
)

type textsFile struct {
	Weekdays      []string          `yaml:"weekdays"`
	WeekdaysShort []string          `yaml:"weekdays_short"`
	Months        []string          `yaml:"months"`
	At            string            `yaml:"at"`
	Texts         map[string]string `yaml:"texts"`
}

// Texts reads all that the bot says. A folder's file must have the same keys
// as the built-in one, and the same blanks in each text.
func Texts(dir string, zone *time.Location) (*texts.Book, []Fault) {
	f := open(dir, "texts.yaml")
	var t, own textsFile
	f.decode(&t)
	base := open("", "texts.yaml")
	base.decode(&own)
	if len(f.faults) == 0 {
		for key, want := range own.Texts {
			got, ok := t.Texts[key]
			switch {
			case !ok:
				f.fault([]any{"texts"}, "add it, or copy it from the built-in file", "text %q is missing", key)
			case strings.TrimSpace(got) == "":
				f.fault([]any{"texts", key}, "write the sentence", "text %q is empty", key)
			default:
				for _, b := range texts.Blanks(got) {
					if !slices.Contains(texts.Blanks(want), b) {
						f.fault([]any{"texts", key}, "use only "+strings.Join(texts.Blanks(want), " "), "nothing fills in %s in text %q", b, key)
					}
				}
			}
		}
		for key := range t.Texts {
			if _, ok := own.Texts[key]; !ok {
				f.fault([]any{"texts", key}, "take it out, or correct its key", "text %q is not in use", key)
			}
		}
		for _, l := range []struct {
			key  string
			got  int
			want int
		}{{"weekdays", len(t.Weekdays), 7}, {"weekdays_short", len(t.WeekdaysShort), 7}, {"months", len(t.Months), 12}} {
			if l.got != l.want {
				f.fault([]any{l.key}, "list all, the week from Sunday", "%s has %d names instead of %d", l.key, l.got, l.want)
			}
		}
	}
	slices.SortFunc(f.faults, func(a, b Fault) int { return a.Line - b.Line })
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	names := booking.Names{Weekdays: [7]string(t.Weekdays), Short: [7]string(t.WeekdaysShort), Months: [12]string(t.Months), At: t.At, Zone: zone}
	return texts.New(t.Texts, names), nil
}
