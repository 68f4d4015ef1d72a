// Package norsk prepares Norwegian text as people type it on a phone: one
// spelling for each letter, words out of a message, and how far apart two
// words are. It knows letters, not meanings.
package norsk

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean gives a text one form: composed letters (NFC), lower case, one kind of
// space, dash and apostrophe, no invisible characters, and no letter more than
// twice in a row ("hjeeelp" becomes "hjeelp"). Its result is stable:
// Clean(Clean(s)) == Clean(s). Broken UTF-8 becomes spaces.
func Clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, " "))
	var b strings.Builder
	b.Grow(len(text))
	var last rune
	run := 0
	for _, r := range text {
		switch {
		case r == '\u00ad' || r == '\ufeff' || (unicode.Is(unicode.Cf, r)) || unicode.Is(unicode.Variation_Selector, r):
			continue
		case unicode.IsSpace(r) || unicode.IsControl(r):
			r = ' '
		case r == '’' || r == '‘' || r == '´' || r == '`':
			r = '\''
		case r == '–' || r == '—' || r == '‐' || r == '‑' || r == '−':
			r = '-'
		}
		r = unicode.ToLower(r)
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if (r == ' ' && run > 1) || (unicode.IsLetter(r) && run > 2) {
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(strings.TrimSpace(b.String()))
}

// Words splits a text into its words and numbers, cleaned, in order. Letters
// and digits make words; a full stop, colon or slash between two digits stays
// inside ("10.30", "12/02/2026"), as does an apostrophe or a dash inside a word is
// taken apart ("e-post" gives "e", "post").
func Words(text string) []string {
	rs := []rune(Clean(text))
	var words []string
	start := -1
	for i := 0; i <= len(rs); i++ {
		in := i < len(rs) && (unicode.IsLetter(rs[i]) || unicode.IsDigit(rs[i]) || unicode.Is(unicode.Mn, rs[i]))
		if !in && start >= 0 && i+1 < len(rs) && (rs[i] == '.' || rs[i] == ':' || rs[i] == '/') && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1]) {
			continue
		}
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			words = append(words, string(rs[start:i]))
			start = -1
		}
	}
	return words
}

var folds = strings.NewReplacer("aa", "a", "å", "a", "ae", "a", "æ", "a", "ä", "a", "oe", "o", "ø", "o", "ö", "o", "é", "e", "è", "e", "ê", "e", "ó", "o", "ò", "o", "ô", "o", "ü", "u", "á", "a", "à", "a")

// Fold writes a cleaned word without æ, ø and å, the same for each way that
// people write them: å, aa and a; æ, ae and a; ø, oe and o. "forundersøkelse",
// "forundersoekelse" and "forundersokelse" fold alike. Folding merges some
// words (får, far), so compare folded forms only where that is meant.
func Fold(word string) string { return folds.Replace(word) }

// Distance is the number of single-letter slips between two words: a letter
// wrong, missing, too many, or two neighbours swapped (optimal string
// alignment). Above max it gives up and returns max+1.
func Distance(a, b string, max int) int {
	ra, rb := []rune(a), []rune(b)
	if len(ra) > len(rb) {
		ra, rb = rb, ra
	}
	if len(rb)-len(ra) > max || len(rb) > 64 {
		if a == b {
			return 0
		}
		return max + 1
	}
	var rows [3][66]int
	prev2, prev, cur := rows[0][:], rows[1][:], rows[2][:]
	for j := 0; j <= len(ra); j++ {
		prev[j] = j
	}
	for i := 1; i <= len(rb); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(ra); j++ {
			cost := 1
			if rb[i-1] == ra[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && rb[i-1] == ra[j-2] && rb[i-2] == ra[j-1] {
				d = min(d, prev2[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if least > max {
			return max + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return min(prev[len(ra)], max+1)
}
