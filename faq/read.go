package faq

import (
	"sort"
	"unicode/utf8"

	"klinikkbot/faq/norsk"
)

// reader turns a message into words that can be compared. All spellings that
// it hands out are folded (no æ, ø, å).
type reader struct {
	stop     map[string]bool
	forms    map[string][]string // clean or folded form -> folded bokmål words
	family   map[string]string   // stem -> name of its family
	known    map[string]bool     // every folded word that needs no repair
	everyday map[string]bool     // known, but not a word that a slip is repaired to
	spell    *speller
}

// term is one word of a message as it was read.
type term struct {
	word     string // folded, repaired, in bokmål
	stem     string
	family   string   // name of its synonym family, or ""
	parts    []string // stems of the words that it is made of
	stop     bool
	repaired string // what was typed, if that was repaired
}

func newReader(w Words, examples []example) *reader {
	r := &reader{
		stop: map[string]bool{}, forms: map[string][]string{}, family: map[string]string{}, known: map[string]bool{}, everyday: map[string]bool{},
	}
	for _, s := range w.Stop {
		r.stop[norsk.Fold(norsk.Clean(s))] = true
		r.known[norsk.Fold(norsk.Clean(s))] = true
	}
	for _, word := range w.Known {
		r.known[norsk.Fold(norsk.Clean(word))] = true
		r.everyday[norsk.Fold(norsk.Clean(word))] = true
	}
	for _, form := range sortedKeys(w.Forms) {
		var to []string
		for _, word := range norsk.Words(w.Forms[form]) {
			to = append(to, norsk.Fold(word))
			r.known[norsk.Fold(word)] = true
		}
		form = norsk.Clean(form)
		r.forms[form] = to
		// A folded form of one or two letters could be any word ("å", "æ"), and
		// a folded form that is a bokmål word of its own keeps that meaning.
		if folded := norsk.Fold(form); utf8.RuneCountInString(folded) > 2 {
			if _, taken := r.forms[folded]; !taken {
				r.forms[folded] = to
			}
		}
	}
	for _, name := range sortedKeys(w.Synonyms) {
		folded := norsk.Fold(norsk.Clean(name))
		for _, word := range append([]string{name}, w.Synonyms[name]...) {
			word = norsk.Fold(norsk.Clean(word))
			r.known[word] = true
			if _, taken := r.family[norsk.Stem(word)]; !taken {
				r.family[norsk.Stem(word)] = folded
			}
		}
	}
	for _, ex := range examples {
		for _, word := range norsk.Words(ex.text) {
			for _, to := range r.bokmal(word) {
				r.known[to] = true
				delete(r.everyday, to)
			}
		}
	}
	r.spell = newSpeller(r.known, r.everyday, r.forms)
	return r
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// bokmal gives the folded bokmål words of one cleaned word as typed.
func (r *reader) bokmal(word string) []string {
	if to, ok := r.forms[word]; ok {
		return to
	}
	folded := norsk.Fold(word)
	if to, ok := r.forms[folded]; ok {
		return to
	}
	return []string{folded}
}

// read gives the terms of a text, in order.
func (r *reader) read(text string) []term {
	words := norsk.Words(text)
	terms := make([]term, 0, len(words)+2)
	for _, typed := range words {
		if isNumber(typed) {
			terms = append(terms, term{word: "0", stem: "0"})
			continue
		}
		repaired := ""
		to := r.bokmal(typed)
		if len(to) == 1 && !r.known[to[0]] {
			better := r.repair(to[0])
			if better == "" && to[0] != typed { // folding may have merged what a slip set side by side
				better = r.repair(typed)
			}
			if better != "" {
				repaired = to[0]
				to = r.bokmal(better)
			}
		}
		for _, word := range to {
			t := r.term(word)
			t.repaired = repaired
			terms = append(terms, t)
		}
	}
	return terms
}

func (r *reader) repair(word string) string {
	if len(word) < 4 || r.known[norsk.Stem(word)] {
		return ""
	}
	if a, b := r.split(word); a != "" && b != "" {
		return ""
	}
	return r.spell.repair(word)
}

func (r *reader) term(word string) term {
	t := term{word: word, stem: norsk.Stem(word), stop: r.stop[word]}
	t.family = r.family[t.stem]
	if len(word) >= 8 {
		if a, b := r.split(word); a != "" {
			for _, part := range []string{a, b} {
				stem := norsk.Stem(part)
				t.parts = append(t.parts, stem)
				if f := r.family[stem]; f != "" && f != stem {
					t.parts = append(t.parts, f)
				}
			}
		}
	}
	return t
}

// split takes a compound apart into two known words, with or without a joining
// s or e: "behandlingstid" into "behandling" and "tid". It gives "" where the
// word is none.
func (r *reader) split(word string) (string, string) {
	for i := len(word) - 3; i >= 3; i-- {
		rest := word[i:]
		if !r.known[rest] || (len(rest) < 4 && rest != "tid") || r.stop[rest] {
			continue
		}
		head := word[:i]
		if len(head) >= 4 && r.known[head] && !r.stop[head] {
			return head, rest
		}
		if bare := head[:len(head)-1]; len(bare) >= 4 && (head[len(head)-1] == 's' || head[len(head)-1] == 'e') && r.known[bare] && !r.stop[bare] {
			return bare, rest
		}
	}
	return "", ""
}

func isNumber(word string) bool {
	for _, c := range word {
		if (c < '0' || c > '9') && c != '.' && c != ':' && c != '/' {
			return false
		}
	}
	return word != ""
}
