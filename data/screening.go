package data

import (
	"slices"
	"strings"

	"klinikkbot/booking/screening"
)

const screeningFile = "screening.yaml"

// Screening reads the check's questions. With faults there is no check.
func Screening(dir string) (*screening.Check, []Fault) {
	f := open(dir, screeningFile)
	var def screening.Definition
	f.decode(&def)
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	f.checkScreening(def)
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	return screening.New(def), nil
}

func (f *file) checkScreening(def screening.Definition) {
	if strings.TrimSpace(def.Version) == "" {
		f.fault([]any{"version"}, `write one, such as version: "1"`, "the check has no version")
	}
	if !slices.Contains([]string{screening.ModeCards, screening.ModeOne, screening.ModeList}, def.Mode) {
		f.fault([]any{"mode"}, "write cards, one or list", "unknown mode %q", def.Mode)
	}
	if len(def.Questions) == 0 {
		f.fault([]any{"questions"}, "write the questions", "the check has no questions")
	}
	line := map[string]int{}
	for i, q := range def.Questions {
		at := func(field string) []any { return []any{"questions", i, field} }
		if q.Key == "" {
			f.fault(at("key"), "give it a short key of its own", "a question has no key")
		} else if first, twice := line[q.Key]; twice {
			f.fault(at("key"), "give each question a key of its own", "the key %q is used twice, first on line %d", q.Key, first)
		} else {
			line[q.Key] = f.line(at("key")...)
		}
		for _, need := range []struct{ field, value string }{{"text", q.Text}, {"short", q.Short}, {"source", q.Source}} {
			if strings.TrimSpace(need.value) == "" {
				f.fault(at(need.field), "write it", "question %q has no %s", q.Key, need.field)
			}
		}
		switch q.Yes {
		case screening.LeadsBlock, screening.LeadsReview:
		case "":
			f.fault(at("yes"), "write block or review", "question %q doesn't say what yes leads to", q.Key)
		default:
			f.fault(at("yes"), "write block or review", "question %q: yes leads to %q, which is unknown", q.Key, q.Yes)
		}
		switch q.Unsure {
		case screening.LeadsReview, screening.LeadsAgain:
		case "":
			f.fault(at("unsure"), "write review or again", "question %q doesn't say what unsure leads to", q.Key)
		default:
			f.fault(at("unsure"), "write review or again", "question %q: unsure leads to %q, which is unknown", q.Key, q.Unsure)
		}
		if q.Key == screening.Age {
			if q.Yes != screening.LeadsBlock {
				f.fault(at("yes"), "write block: the age limit is law", "question %q must block", q.Key)
			}
			continue
		}
		if !slices.Contains([]string{screening.PastOver, screening.PastDoubt, screening.PastYes}, q.Past) {
			f.fault(at("past"), "write over, doubt or yes", "question %q: past is %q", q.Key, q.Past)
		}
	}
	if _, ok := line[screening.Age]; !ok && len(def.Questions) > 0 {
		f.fault([]any{"questions"}, "add the question under18: the age limit is law", "the check doesn't ask for the age")
	}
	f.checkCards(def, line)
	for _, need := range []struct {
		field string
		list  []string
	}{{"yes", def.Words.Yes}, {"no", def.Words.No}, {"not", def.Words.Not}, {"hedge", def.Words.Hedge}} {
		if len(need.list) == 0 {
			f.fault([]any{"words", need.field}, "take the list over from the built-in file", "words has no list %q, so typed answers can't be read", need.field)
		}
	}
}

func (f *file) checkCards(def screening.Definition, line map[string]int) {
	on := map[string]int{}
	for i, card := range def.Cards {
		if len(card.Keys) == 0 {
			f.fault([]any{"cards", i}, "name its questions, or take it out", "a card has no questions")
		}
		for j, key := range card.Keys {
			at := []any{"cards", i, "keys", j}
			if _, ok := line[key]; !ok {
				f.fault(at, "correct the key, or add the question", "the card names %q, which is no question", key)
				continue
			}
			if first, twice := on[key]; twice {
				f.fault(at, "leave it on one card", "question %q is on two cards, first on line %d", key, first)
				continue
			}
			on[key] = f.line(at...)
			if key == screening.Age && len(card.Keys) > 1 {
				f.fault(at, "give it a card of its own: its buttons are ages", "question %q shares a card", key)
			}
		}
	}
	for i, q := range def.Questions {
		if _, ok := on[q.Key]; !ok && q.Key != "" {
			f.fault([]any{"questions", i, "key"}, "put it on a card", "question %q is on no card", q.Key)
		}
	}
	if len(def.Cards) > 0 && len(def.Cards[0].Keys) > 0 && def.Cards[0].Keys[0] != screening.Age {
		f.fault([]any{"cards", 0}, "put under18 on the first card", "the check doesn't begin with the age")
	}
}
