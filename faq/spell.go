package faq

import (
	"sort"

	"github.com/sahilm/fuzzy"

	"klinikkbot/faq/norsk"
)

// speller finds the known word that a misspelt one was meant to be.
type speller struct {
	words   []string
	masks   []uint32   // which letters each word has
	byLen   [32][]int  // words by length
	byFirst [256][]int // words by first letter
}

func newSpeller(known, everyday map[string]bool, forms map[string][]string) *speller {
	all := map[string]bool{}
	for w := range known {
		all[w] = !everyday[w]
	}
	for w := range forms {
		if w = norsk.Fold(w); len(w) >= 6 { // short ones lie too near to everything
			all[w] = true
		}
	}
	s := &speller{}
	for w, wanted := range all {
		if wanted && len(w) >= 4 && len(w) < len(s.byLen) {
			s.words = append(s.words, w)
		}
	}
	sort.Strings(s.words)
	s.masks = make([]uint32, len(s.words))
	for i, w := range s.words {
		s.masks[i] = letters(w)
		s.byLen[len(w)] = append(s.byLen[len(w)], i)
		s.byFirst[w[0]] = append(s.byFirst[w[0]], i)
	}
	return s
}

// letters is the set of a word's letters, one bit each.
func letters(w string) uint32 {
	var m uint32
	for i := 0; i < len(w); i++ {
		if c := w[i]; c >= 'a' && c <= 'z' {
			m |= 1 << (c - 'a')
		} else {
			m |= 1 << 31
		}
	}
	return m
}

func bits(m uint32) (n int) {
	for ; m != 0; m &= m - 1 {
		n++
	}
	return n
}

// repair gives the known word nearest to an unknown one of at least four
// letters, or "" if none is near enough: one slip in short words, two from
// seven letters on, the first letter counting as a slip more. Where no word is
// within that many slips, letters left out all through the word ("bhndlng")
// and beginnings ("bivirkn") are looked for. Ties go to the first in the
// alphabet.
func (s *speller) repair(word string) string {
	most := 1
	if len(word) >= 7 {
		most = 2
	}
	mask := letters(word)
	best, bestCost := "", 99
	for n := max(4, len(word)-most); n <= min(len(s.byLen)-1, len(word)+most); n++ {
		for _, i := range s.byLen[n] {
			d := mask ^ s.masks[i]
			if bits(d&mask) > most || bits(d&s.masks[i]) > most {
				continue
			}
			cost := 2 * norsk.Distance(word, s.words[i], most)
			if cost > 2*most {
				continue
			}
			if s.words[i][0] != word[0] {
				cost++
			}
			if cost < bestCost && !(cost > 2 && len(word) < 7) {
				best, bestCost = s.words[i], cost
			}
		}
	}
	if best != "" {
		return best
	}
	return s.lost(word)
}

// lost finds the word of which letters were left out.
func (s *speller) lost(word string) string {
	if len(word) < 5 {
		return ""
	}
	var near []string
	mask := letters(word)
	for _, i := range s.byFirst[word[0]] {
		if w := s.words[i]; mask&^s.masks[i] == 0 && len(w) > len(word) && len(w) <= 2*len(word) {
			near = append(near, w)
		}
	}
	if len(near) == 0 {
		return ""
	}
	matches := fuzzy.Find(word, near)
	for _, m := range matches {
		prefix := len(m.Str) > len(word) && m.Str[:len(word)] == word
		if prefix || len(m.Str)-len(word) <= 1+len(word)/3 {
			return m.Str
		}
	}
	return ""
}
