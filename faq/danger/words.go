package danger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"klinikkbot/faq/norsk"
)

// vocabulary knows every word of the rules. An atom is one element of a
// pattern: a word or a list of words.
type vocabulary struct {
	atoms    int
	exact    map[string][]int32 // folded word -> atoms
	prefixes map[string][]int32 // folded beginning -> atoms
	longest  int                // of the prefixes, in bytes
	ordinary map[string]bool
	slips    map[uint64][]int32 // hash of a word with letters left out -> fuzzy
	fuzzy    []known
}

// known is a word that may be misspelt.
type known struct {
	word  string
	slips int
	atoms []int32
}

// word is one word of a text, and where it stands.
type word struct {
	key              string
	pos              int // counts the words, and 2 more at the end of a sentence
	clause, sentence int
}

// fold gives a cleaned word the spelling in which words are compared: without
// æ, ø, å and other marks, in any alphabet.
func fold(w string) string {
	switch w {
	case "æ", "å", "ø": // words of their own, not to be merged
		return w
	case "ae":
		return "æ"
	case "aa":
		return "å"
	}
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			return foldMarks(norsk.Fold(w))
		}
	}
	if strings.Contains(w, "aa") || strings.Contains(w, "ae") || strings.Contains(w, "oe") {
		return norsk.Fold(w)
	}
	return w
}

func foldMarks(w string) string {
	ascii := true
	for i := 0; i < len(w) && ascii; i++ {
		ascii = w[i] < utf8.RuneSelf
	}
	if ascii {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(w) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ':
		case r == 'ł':
			b.WriteByte('l')
		case r == 'ß':
			b.WriteString("ss")
		case r == 'đ' || r == 'ð':
			b.WriteByte('d')
		case r == 'ى':
			b.WriteRune('ي')
		case r == 'ة':
			b.WriteRune('ه')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// single writes each doubled letter once, so that "pusste" and "puste", "ike"
// and "ikke" are alike.
func single(w string) string {
	double := false
	for i := 1; i < len(w) && !double; i++ {
		double = w[i] == w[i-1] && w[i] < utf8.RuneSelf
	}
	if !double {
		return w
	}
	b := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if i == 0 || w[i] != w[i-1] || w[i] >= utf8.RuneSelf {
			b = append(b, w[i])
		}
	}
	return string(b)
}

// slipsIn is how many slips a word of n letters may hold.
func slipsIn(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 9:
		return 1
	}
	return 2
}

// split cuts a text into words with their place; a turn begins a clause.
func split(text string, turns map[string]bool) []word {
	var words []word
	if strings.ContainsAny(text, "\n\r") {
		text = newLines.Replace(text)
	}
	text = norsk.Clean(text)
	start := -1
	pos, clause, sentence := 0, 0, 0
	fresh := true // nothing yet in this sentence
	for i := 0; i <= len(text); {
		r, n := rune(' '), 1
		if i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if start < 0 {
				start = i
			}
			i += n
			continue
		}
		if start >= 0 {
			w := fold(text[start:i])
			if turns[w] {
				clause++
			}
			words = append(words, word{key: w, pos: pos, clause: clause, sentence: sentence})
			pos++
			start, fresh = -1, false
		}
		switch r {
		case '.', '!', '?', '…', '؟':
			number := r == '.' && i > 0 && i+1 < len(text) && digit(text[i-1]) && digit(text[i+1])
			if !fresh && !number {
				if r == '?' || r == '؟' {
					words = append(words, word{key: "?", pos: pos - 1, clause: clause, sentence: sentence})
				}
				words = append(words, word{key: "$", pos: pos, clause: clause, sentence: sentence})
				sentence++
				clause++
				pos += 2
				fresh = true
			}
		case ',', ';', ':', '(', ')', '-', '،':
			if !fresh && (r != '-' || i > 0 && text[i-1] == ' ') {
				clause++
			}
		}
		i += n
	}
	if !fresh {
		words = append(words, word{key: "$", pos: pos, clause: clause, sentence: sentence})
	}
	return words
}

// a new line ends a sentence
var newLines = strings.NewReplacer("\n", " . ", "\r", " . ")

func digit(b byte) bool { return b >= '0' && b <= '9' }

// lookup gives the atoms of a folded word to emit, and tells whether there was
// any: as it stands, by its beginning, else as the nearest misspelt word.
func (v *vocabulary) lookup(w string, emit func(int32)) bool {
	if v.plain(w, emit) {
		return true
	}
	if v.ordinary[w] {
		return true
	}
	return v.misspelt(w, emit)
}

func (v *vocabulary) plain(w string, emit func(int32)) bool {
	hit := false
	ids := v.exact[w]
	if ids == nil {
		ids = v.exact[single(w)]
	}
	for _, id := range ids {
		emit(id)
		hit = true
	}
	for n := 3; n <= len(w) && n <= v.longest; n++ {
		for _, id := range v.prefixes[w[:n]] {
			emit(id)
			hit = true
		}
	}
	return hit
}

// misspelt looks for words one slip away, two from nine letters on. In words
// of four letters the first one must be right.
func (v *vocabulary) misspelt(w string, emit func(int32)) bool {
	var buf [32]rune
	rs := buf[:0]
	for _, r := range w {
		if len(rs) == cap(rs) || unicode.IsDigit(r) {
			return false
		}
		rs = append(rs, r)
	}
	if len(rs) < 3 {
		return false
	}
	hit := false
	least := 3
	try := func(h uint64) {
		for _, i := range v.slips[h] {
			k := &v.fuzzy[i]
			d := norsk.Distance(w, k.word, min(k.slips, least))
			if d > k.slips || d > least {
				continue
			}
			if first, _ := utf8.DecodeRuneInString(k.word); k.slips == 1 && utf8.RuneCountInString(k.word) == 4 && first != rs[0] && !(len(rs) == 4 && rs[1] == first) {
				continue
			}
			least = d
			for _, id := range k.atoms {
				emit(id)
			}
			hit = true
		}
	}
	without(rs, min(2, max(1, slipsIn(len(rs)))), try)
	return hit
}

// without gives the hash of a word with up to n of its letters left out.
func without(rs []rune, n int, yield func(uint64)) {
	yield(hash(rs, -1, -1))
	for i := range rs {
		yield(hash(rs, i, -1))
		if n > 1 {
			for j := i + 1; j < len(rs); j++ {
				yield(hash(rs, i, j))
			}
		}
	}
}

func hash(rs []rune, a, b int) uint64 {
	h := uint64(14695981039346656037)
	for i, r := range rs {
		if i != a && i != b {
			h = (h ^ uint64(r)) * 1099511628211
		}
	}
	return h
}
