package data

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"klinikkbot/booking"
)

// labelMost is how many characters fit on a button.
const labelMost = 24

// medicines are names that must not stand on a button: prescription medicines
// may not be advertised to the public.
var medicines = []string{"botox", "toksin", "toxin", "btx", "vistabel", "azzalure", "bocouture", "dysport", "xeomin", "alluzience"}

var (
	codeForm = regexp.MustCompile(`^[A-Z][0-9]{1,2}$`)
	idForm   = regexp.MustCompile(`^[a-z0-9]{1,16}$`)
)

// Treatments reads treatments.yaml: the areas that the clinic treats, in its
// order. With a fault the list is nil.
func Treatments(dir string) ([]booking.Treatment, []Fault) {
	f := open(dir, "treatments.yaml")
	var raw struct {
		Treatments []struct {
			Code      string `yaml:"code"`
			ID        string `yaml:"id"`
			Label     string `yaml:"label"`
			Published string `yaml:"published"`
			Minutes   int    `yaml:"minutes"`
			Medical   bool   `yaml:"medical"`
		} `yaml:"treatments"`
	}
	f.decode(&raw)
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	if len(raw.Treatments) == 0 {
		f.fault([]any{"treatments"}, "list at least one treatment", "no treatments")
	}
	var list []booking.Treatment
	seen := map[string]string{}
	unique := func(path []any, what, value string) {
		key := what + " " + strings.ToLower(value)
		if seen[key] != "" {
			f.fault(path, "give each treatment its own "+what, "%s %q is used twice", what, value)
		}
		seen[key] = value
	}
	for i, t := range raw.Treatments {
		at := func(key string) []any { return []any{"treatments", i, key} }
		if !codeForm.MatchString(t.Code) {
			f.fault(at("code"), "write a capital letter and one or two figures, such as A1", "code %q", t.Code)
		}
		if !idForm.MatchString(t.ID) {
			f.fault(at("id"), "write 1 to 16 of a-z and 0-9", "id %q", t.ID)
		}
		unique(at("code"), "code", t.Code)
		unique(at("id"), "id", t.ID)
		unique(at("label"), "label", t.Label)
		if n := utf8.RuneCountInString(t.Label); n == 0 || n > labelMost || strings.TrimSpace(t.Label) != t.Label {
			f.fault(at("label"), "write 1 to 24 characters, without spaces around them", "label %q has %d characters", t.Label, n)
		}
		for _, m := range medicines {
			if strings.Contains(strings.ToLower(t.Label), m) {
				f.fault(at("label"), "name the area, not the medicine", "label %q names a medicine", t.Label)
			}
		}
		if strings.TrimSpace(t.Published) == "" {
			f.fault(at("published"), "give the line that the clinic has published", "treatment %q has no source", t.ID)
		}
		if t.Minutes < booking.MinMinutes || t.Minutes > booking.MaxMinutes {
			f.fault(at("minutes"), "write a number from 5 to 30, as the clinic has published", "%d minutes", t.Minutes)
		}
		list = append(list, booking.Treatment(t))
	}
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	return list, nil
}
