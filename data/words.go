package data

import (
	"strings"

	"klinikkbot/faq"
)

// words reads words.yaml. In the file a bokmål form lists what people write
// for it; the engine wants it the other way round.
func words(dir string) (faq.Words, []Fault) {
	f := open(dir, "words.yaml")
	var in struct {
		Stop     []string
		Known    []string
		Forms    map[string][]string
		Synonyms map[string][]string
	}
	f.decode(&in)
	out := faq.Words{Stop: in.Stop, Known: in.Known, Synonyms: in.Synonyms, Forms: map[string]string{}}
	for _, bokmal := range keysOf(in.Forms) {
		for i, form := range in.Forms[bokmal] {
			switch to, twice := out.Forms[form]; {
			case strings.TrimSpace(form) == "" || strings.ContainsAny(form, " "):
				f.fault([]any{"forms", bokmal, i}, "write one word a form", "form %q is not one word", form)
			case twice:
				f.fault([]any{"forms", bokmal, i}, "keep it under one of them", "form %q stands under %q and %q", form, to, bokmal)
			default:
				out.Forms[form] = bokmal
			}
		}
	}
	of := map[string]string{}
	for _, family := range keysOf(in.Synonyms) {
		for i, word := range in.Synonyms[family] {
			if other, twice := of[word]; twice && other != family {
				f.fault([]any{"synonyms", family, i}, "keep it in one of them", "%q stands in the families %q and %q", word, other, family)
			}
			of[word] = family
		}
	}
	return out, f.faults
}
