package faq

import (
	"strings"

	"klinikkbot/faq/norsk"
)

// variant gives a text as another patient might have typed it: with slips, with
// dialect or nynorsk words, or with the small words left out. The same text and
// number always give the same variant.
func (r *reader) variant(text string, number uint64) string {
	d := dice(number * 7919)
	words := norsk.Words(text)
	switch number % 2 {
	case 0: // slips: about one in four words of four letters or more
		for i, w := range words {
			if len(w) >= 4 && d.below(4) == 0 {
				words[i] = slip([]rune(w), &d)
			}
		}
	case 1: // function words dropped, others at random
		var kept []string
		for _, w := range words {
			if (r.stop[norsk.Fold(w)] && d.below(3) > 0) || d.below(9) == 0 {
				continue
			}
			kept = append(kept, w)
		}
		if len(kept) > 0 {
			words = kept
		}
	}
	return strings.Join(words, " ")
}

// slip makes one slip of the finger: two letters swapped, one left out, one
// doubled, or one replaced by its neighbour.
func slip(w []rune, d *dice) string {
	i := 1 + d.below(len(w)-1)
	switch d.below(4) {
	case 0:
		w[i-1], w[i] = w[i], w[i-1]
	case 1:
		w = append(w[:i], w[i+1:]...)
	case 2:
		w = append(w[:i], append([]rune{w[i-1]}, w[i:]...)...)
	case 3:
		w[i] = rune("etanrislodkgmvfbp"[d.below(17)])
	}
	return string(w)
}
