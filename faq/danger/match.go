package danger

import (
	"slices"
	"sync"
)

// pattern is a pattern made ready: parts that stand in any order, within so
// many words; each part a row of atoms in their order.
type pattern struct {
	text   string
	parts  [][]element
	within int
}

// element is an atom, and how far behind its forerunner it may stand.
type element struct {
	atom int32
	gap  int
}

// loose is how far apart two neighbours in a row may stand, tight where they
// are tied together.
const loose, tight = 3, 1

// span is where a pattern stands in a text: its first and last word.
type span struct{ from, to int }

// reading is one text, looked up: for each atom the words that it stands for.
type reading struct {
	words   []word
	at      [][]int32 // by atom: the words, in order
	touched []int32   // atoms with words
	steps   int       // words tried so far
}

var readings = sync.Pool{New: func() any { return new(reading) }}

func (t *reading) free() {
	for _, a := range t.touched {
		t.at[a] = t.at[a][:0]
	}
	t.touched = t.touched[:0]
	t.words = t.words[:0]
	t.steps = 0
	readings.Put(t)
}

// read looks a text up. Words that were written without their space, or with
// one too many, are tried as two and as one.
func (r *Rules) read(text string) *reading {
	t := readings.Get().(*reading)
	if len(t.at) < r.atoms {
		t.at = make([][]int32, r.atoms)
	}
	raw := split(text, r.turns)
	for i, w := range raw {
		me := int32(len(t.words))
		t.words = append(t.words, w)
		emit := func(a int32) { t.mark(a, me) }
		known := r.lookup(w.key, emit)
		if i+1 < len(raw) && raw[i+1].sentence == w.sentence && len(w.key)+len(raw[i+1].key) < 30 && raw[i+1].key != "?" && raw[i+1].key != "$" {
			if joined := w.key + raw[i+1].key; len(joined) >= 5 {
				r.plain(joined, emit)
			}
		}
		if !known {
			r.apart(t, w, me)
		}
	}
	return t
}

// apart reads a word as several known ones, written without their spaces.
func (r *Rules) apart(t *reading, w word, me int32) {
	if len(w.key) > 32 {
		return
	}
	for i, part := range r.cut(w.key, nil) {
		if i > 0 {
			t.words = append(t.words, w)
		}
		for _, a := range r.exact[part] {
			t.mark(a, me+int32(i))
		}
	}
}

// cut splits a word into known words of three letters and more, or not at all.
func (v *vocabulary) cut(w string, before []string) []string {
	for n := 3; n <= len(w); n++ {
		if v.exact[w[:n]] == nil {
			continue
		}
		if n == len(w) {
			return append(before, w)
		}
		if all := v.cut(w[n:], append(before, w[:n])); all != nil {
			return all
		}
	}
	return nil
}

func (t *reading) mark(atom, at int32) {
	ws := t.at[atom]
	if len(ws) == 0 {
		t.touched = append(t.touched, atom)
	} else if ws[len(ws)-1] == at {
		return
	}
	t.at[atom] = append(ws, at)
}

// find yields where a pattern stands, until yield wants no more.
func (t *reading) find(p pattern, yield func(span) bool) {
	for _, part := range p.parts {
		for _, a := range part {
			if len(t.at[a.atom]) == 0 {
				return
			}
		}
	}
	t.row(p.parts[0], 0, span{-1, -1}, func(s span) bool {
		return t.rest(p, 1, s, yield)
	})
}

// row finds the rest of a row of atoms after the words already found.
func (t *reading) row(part []element, i int, s span, yield func(span) bool) bool {
	if i == len(part) {
		return yield(s)
	}
	words := t.at[part[i].atom]
	if i > 0 {
		next, _ := slices.BinarySearch(words, int32(s.to+1))
		words = words[next:]
	}
	for _, w := range words {
		w := int(w)
		t.steps++
		if i == 0 {
			s.from = w
		} else if t.words[w].pos-t.words[s.to].pos > part[i].gap {
			break
		}
		if !t.row(part, i+1, span{s.from, w}, yield) {
			return false
		}
	}
	return true
}

// rest finds the other parts of a pattern, near those already found.
func (t *reading) rest(p pattern, i int, s span, yield func(span) bool) bool {
	if i == len(p.parts) {
		return yield(s)
	}
	part := p.parts[i]
	words := t.at[part[0].atom]
	early, _ := slices.BinarySearchFunc(words, t.words[s.to].pos-p.within, func(w int32, pos int) int {
		return t.words[w].pos - pos
	})
	for _, w := range words[early:] {
		first := int(w)
		t.steps++
		if t.words[first].pos > t.words[s.from].pos+p.within {
			break
		}
		ok := t.row(part, 1, span{first, first}, func(o span) bool {
			both := span{min(s.from, o.from), max(s.to, o.to)}
			if t.words[both.to].pos-t.words[both.from].pos > p.within-1 {
				return true
			}
			return t.rest(p, i+1, both, yield)
		})
		if !ok {
			return false
		}
	}
	return true
}

// stands tells whether any of the patterns stands in a text so that ok holds.
func (t *reading) stands(ps []pattern, ok func(span) bool) bool {
	for _, p := range ps {
		hit := false
		t.find(p, func(s span) bool {
			hit = ok(s)
			return !hit
		})
		if hit {
			return true
		}
	}
	return false
}
