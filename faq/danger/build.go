package danger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"klinikkbot/faq/norsk"
)

// Mistake is one fault in a Book. Path leads to it: keys (string) and places in
// a list (int), as in the Book: "groups", 2, "signs", 0.
type Mistake struct {
	Path   []any
	What   string
	Remedy string
}

func (m *Mistake) Error() string {
	return strings.Trim(fmt.Sprint(m.Path), "[]") + ": " + m.What + ": " + m.Remedy
}

// builder collects what the patterns name, and every mistake.
type builder struct {
	book     Book
	atoms    map[string]int32
	words    map[string][]int32 // cleaned word -> atoms, to be misspelt
	v        vocabulary
	mistakes []error
	exactly  bool // no word of the patterns now read may be misspelt
}

// New makes rules of a Book. Its error joins one *Mistake for each fault.
func New(book Book) (*Rules, error) {
	b := &builder{book: book, atoms: map[string]int32{}, words: map[string][]int32{}}
	b.v = vocabulary{exact: map[string][]int32{}, prefixes: map[string][]int32{}, ordinary: map[string]bool{}, slips: map[uint64][]int32{}}
	r := &Rules{}
	for i, g := range book.Groups {
		path := []any{"groups", i}
		level := Level(g.Level)
		if rank[level] == 0 {
			b.mistake(append(path, "level"), "write 113, samme-dag, klinikk or livet", "the level is %q", g.Level)
		}
		if g.Name == "" || slices.ContainsFunc(book.Groups[:i], func(o Group) bool { return o.Name == g.Name }) {
			b.mistake(append(path, "name"), "give each group a name of its own", "the name is %q", g.Name)
		}
		if len(g.Acute)+len(g.Signs) == 0 {
			b.mistake(path, "write at least one sign, or take the group out", "the group has no signs")
		}
		r.groups = append(r.groups, group{g, level})
	}
	var signs []signRef
	for i, g := range book.Groups {
		for _, p := range b.patterns(g.Acute, "groups", i, "acute") {
			signs = append(signs, signRef{i, true, p})
		}
		for _, p := range b.patterns(g.Signs, "groups", i, "signs") {
			signs = append(signs, signRef{i, false, p})
		}
	}
	for i, e := range book.Excuses {
		r.excuses = append(r.excuses, b.excuse(e, i))
	}
	r.now = b.patterns(book.Now, "now")
	r.habit = b.patterns(book.Habit, "habit")
	r.turns = map[string]bool{}
	for _, w := range book.Turns {
		r.turns[fold(norsk.Clean(w))] = true
	}
	for _, w := range book.Ordinary {
		b.v.ordinary[fold(norsk.Clean(w))] = true
	}
	b.misspellings()
	if len(r.groups) == 0 {
		b.mistake([]any{"groups"}, "write the danger signs", "there is not a single group")
	}
	if len(b.mistakes) > 0 {
		return nil, errors.Join(b.mistakes...)
	}
	r.vocabulary = b.v
	r.index(signs)
	return r, nil
}

// index files each sign under the atom of it that fewest signs have.
func (r *Rules) index(signs []signRef) {
	r.byKey = make([][]signRef, r.atoms)
	uses := make([]int, r.atoms)
	for _, s := range signs {
		for _, part := range s.parts {
			for _, a := range part {
				uses[a.atom]++
			}
		}
	}
	for _, s := range signs {
		key := s.parts[0][0].atom
		for _, part := range s.parts {
			for _, a := range part {
				if uses[a.atom] < uses[key] {
					key = a.atom
				}
			}
		}
		r.byKey[key] = append(r.byKey[key], s)
	}
}

func (b *builder) excuse(e Excuse, i int) excuse {
	out := excuse{Excuse: e, of: make([]bool, len(b.book.Groups))}
	for j, name := range e.Of {
		at := slices.IndexFunc(b.book.Groups, func(g Group) bool { return g.Name == name })
		if at < 0 {
			b.mistake([]any{"excuses", i, "of", j}, "write the name of a group", "there is no group %q", name)
			continue
		}
		out.of[at] = true
	}
	for at := range out.of {
		out.of[at] = out.of[at] || len(e.Of) == 0
	}
	switch e.Reach {
	case "near", "after", "clause", "sentence", "text":
	default:
		b.mistake([]any{"excuses", i, "reach"}, "write near, after, clause, sentence or text", "the reach is %q", e.Reach)
	}
	if len(e.When) == 0 {
		b.mistake([]any{"excuses", i}, "write when it excuses", "the excuse has no patterns")
	}
	// A misspelt word may tell of danger, but never that there is none.
	b.exactly = true
	out.when = b.patterns(e.When, "excuses", i, "when")
	out.with = b.patterns(e.With, "excuses", i, "with")
	b.exactly = false
	out.unless = b.patterns(e.Unless, "excuses", i, "unless")
	out.between = b.patterns(e.Between, "excuses", i, "between")
	out.across = b.patterns(e.Across, "excuses", i, "across")
	return out
}

func (b *builder) mistake(path []any, remedy, what string, args ...any) {
	b.mistakes = append(b.mistakes, &Mistake{path, fmt.Sprintf(what, args...), remedy})
}

func (b *builder) patterns(texts []string, path ...any) []pattern {
	var out []pattern
	for i, text := range texts {
		p, err := b.pattern(text)
		if err != nil {
			b.mistake(append(slices.Clone(path), i), "correct the pattern", "%q: %v", text, err)
			continue
		}
		out = append(out, p)
	}
	return out
}

// pattern reads one pattern:
//
//	vond brystet        these words in this order, at most two others between each
//	<list>              any word of a named list
//	vond/vondt          either word
//	svelg*              any word that begins so; never misspelt
//	=lam                exactly so; never misspelt
//	mer_meg             these words with nothing between
//	?  $                the question mark, and the end, of a sentence
//	vond + brystet      both, in any order, within 7 words
//	vond + brystet @12  the same within 12 words
func (b *builder) pattern(text string) (pattern, error) {
	p := pattern{text: text, within: 7}
	if at := strings.LastIndex(text, "@"); at >= 0 {
		if _, err := fmt.Sscanf(text[at:], "@%d", &p.within); err != nil || p.within < 1 {
			return p, errors.New("after @ stands a number of words")
		}
		text = text[:at]
	}
	for part := range strings.SplitSeq(text, "+") {
		var row []element
		for tied := range strings.FieldsSeq(part) {
			gap := loose
			for one := range strings.SplitSeq(tied, "_") {
				a, err := b.atom(one)
				if err != nil {
					return p, err
				}
				row = append(row, element{a, gap})
				gap = tight
			}
		}
		if len(row) == 0 {
			return p, errors.New("there are no words")
		}
		p.parts = append(p.parts, row)
	}
	return p, nil
}

// atom gives the number of an element of a pattern, a new one if it is new.
func (b *builder) atom(element string) (int32, error) {
	name := element
	if b.exactly {
		name = "= " + name
	}
	if id, ok := b.atoms[name]; ok {
		return id, nil
	}
	var words []string
	for alternative := range strings.SplitSeq(element, "/") {
		if name, ok := strings.CutPrefix(alternative, "<"); ok {
			list, found := b.book.Words[strings.TrimSuffix(name, ">")]
			if !found || len(list) == 0 || !strings.HasSuffix(name, ">") {
				return 0, fmt.Errorf("there is no list of words %s", alternative)
			}
			words = append(words, list...)
		} else {
			words = append(words, alternative)
		}
	}
	id := int32(b.v.atoms)
	for _, w := range words {
		if err := b.word(w, id); err != nil {
			return 0, err
		}
	}
	b.v.atoms++
	b.atoms[name] = id
	return id, nil
}

// word files one word of an atom.
func (b *builder) word(w string, id int32) error {
	exactly, start := strings.CutSuffix(strings.TrimPrefix(w, "="), "*")
	key := fold(norsk.Clean(exactly))
	if w == "?" || w == "$" {
		key = w
	} else if ws := norsk.Words(exactly); len(ws) != 1 {
		return fmt.Errorf("%q is not one word", w)
	}
	if start {
		if len(key) < 3 {
			return fmt.Errorf("%q is too short a beginning", w)
		}
		b.v.prefixes[key] = add(b.v.prefixes[key], id)
		b.v.longest = max(b.v.longest, len(key))
		return nil
	}
	b.v.exact[key] = add(b.v.exact[key], id)
	exact := b.exactly || strings.HasPrefix(w, "=")
	if s := single(key); s != key && !exact {
		b.v.exact[s] = add(b.v.exact[s], id)
	}
	if !exact && utf8.RuneCountInString(key) >= 4 && utf8.RuneCountInString(key) <= 30 {
		b.words[key] = add(b.words[key], id)
	}
	return nil
}

func add(ids []int32, id int32) []int32 {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

// misspellings files each word under all ways to leave letters out of it.
func (b *builder) misspellings() {
	for w, ids := range b.words {
		rs := []rune(w)
		at := int32(len(b.v.fuzzy))
		b.v.fuzzy = append(b.v.fuzzy, known{w, slipsIn(len(rs)), ids})
		without(rs, slipsIn(len(rs)), func(h uint64) { b.v.slips[h] = add(b.v.slips[h], at) })
	}
}
