package faq

import (
	"sort"
	"strings"
	"sync"

	"klinikkbot/faq/norsk"
)

// The margins of a verdict. They are shares of probability, chosen so that an
// answer is sent only where another entry or kind is clearly less likely.
const (
	coolness      = 1.2  // divides the model's scores: they are surer than they should be
	lexicalShare  = 5    // weight of the nearest phrasing beside them
	answerAt      = 0.60 // an entry is sent from this probability on,
	answerMargin  = 0.25 // and this far before the next
	suggestAt     = 0.30 // "did you mean" where all entries together reach this
	suggestEach   = 0.06 // and each of those offered this
	familiarLeast = 0.25 // share of a message's weight in known words for any entry at all
	suggestions   = 3
)

// scratch is the memory of one message being judged.
type scratch struct {
	features []feature
	point    point
	z, sum   []float32
	class    []float32
	docs     []float32
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func (s *scratch) size(classes, docs int) {
	if len(s.z) != classes {
		s.z, s.sum, s.class = make([]float32, classes), make([]float32, classes), make([]float32, classes)
	}
	if len(s.docs) != docs {
		s.docs = make([]float32, docs)
	}
}

// judged is the two witnesses' opinion of one text.
type judged struct {
	terms    []term
	likeness likeness
}

// judge fills s.z with the probability of each class.
func judge(r *reader, m *model, x *index, text string, s *scratch) judged {
	terms := r.read(text)
	if len(terms) > 120 {
		terms = terms[:120]
	}
	s.features = features(terms, s.features)
	s.point = m.point(s.features, &s.point)
	m.scores(&s.point, s.z)
	clear(s.class)
	like := x.search(terms, s.class, s.docs)
	for c := range s.z {
		s.z[c] = s.z[c]/coolness + lexicalShare*s.class[c]
	}
	softmax(s.z)
	return judged{terms, like}
}

// Understand says what a message wants. Case, a question mark at the end and
// spaces don't change it.
func (e *Engine) Understand(text string) Meaning {
	m := Meaning{Kind: Unknown, Decision: None, Suggestions: []string{}}
	if e.danger != nil {
		m.Level = e.danger(text)
	}
	if len(text) > 8000 {
		text = text[:8000]
	}
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.size(len(e.classes), len(e.index.docs))
	j := judge(e.reader, e.model, e.index, text, s)
	if len(j.terms) > 14 {
		e.bySentence(text, s)
	}
	if len(j.terms) > 0 {
		e.verdict(s.z, j, &m)
		m.Why = e.why(s, j, m)
	} else if norsk.Clean(text) != "" {
		m.Kind, m.Score = Smalltalk, 0.5 // only signs and emoji
	}
	if m.Level != "" && m.Level != Mild {
		m.Kind, m.Decision, m.Entry, m.Score, m.Fact = Emergency, None, "", 1, ""
		m.Suggestions = []string{}
		m.Why = append([]Evidence{{"danger", string(m.Level), 1}}, m.Why...)
	}
	return m
}

// bySentence judges a long message again sentence by sentence: the story round
// a question says little, the question much. Sure sentences count most.
func (e *Engine) bySentence(text string, s *scratch) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '\n' || r == ';' })
	n := 0
	copy(s.sum, s.z)
	var weight float32 = 1
	for _, part := range parts {
		if n++; n > 12 {
			break
		}
		j := judge(e.reader, e.model, e.index, part, s)
		if len(j.terms) < 2 || j.likeness.coverage < familiarLeast {
			continue
		}
		var top float32
		at := 0
		for c, p := range s.z {
			if p > top {
				top, at = p, c
			}
		}
		w := 2 * top * top
		if e.classes[at].kind == Smalltalk {
			w *= 0.1
		}
		for c, p := range s.z {
			s.sum[c] += w * p
		}
		weight += w
	}
	for c := range s.z {
		s.z[c] = s.sum[c] / weight
	}
}

// verdict turns probabilities into what may be sent.
func (e *Engine) verdict(z []float32, j judged, m *Meaning) {
	kinds := map[string]float32{}
	var order []int // entries, likeliest first
	best, next := -1, float32(0)
	topTopic := -1
	for c, p := range z {
		cl := &e.classes[c]
		kinds[cl.kind] += p
		if cl.kind == FAQ {
			order = append(order, c)
		} else if topTopic < 0 || p > z[topTopic] {
			topTopic = c
		}
		if best < 0 || p > z[best] {
			best = c
		}
	}
	for c, p := range z {
		if c != best && p > next {
			next = p
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return z[order[a]] > z[order[b]] })

	m.Kind = Unknown
	for _, kind := range []string{Unknown, Smalltalk, Human, Booking, Manage, FAQ} {
		if kinds[kind] > kinds[m.Kind] {
			m.Kind = kind
		}
	}
	m.Score = float64(kinds[m.Kind])
	familiar := j.likeness.coverage >= familiarLeast
	first := order[0]
	switch {
	case !familiar:
		if m.Kind == FAQ {
			m.Kind = Unknown
		}
	case m.Kind == FAQ && best == first && z[first] >= answerAt && z[first]-next >= answerMargin:
		m.Decision, m.Entry, m.Score = Answer, e.classes[first].entry, float64(z[first])
	case (m.Kind == FAQ || m.Kind == Unknown) && kinds[FAQ] >= suggestAt:
		m.Decision = Suggest
	case m.Kind == FAQ:
		m.Kind = Unknown
	}
	if m.Decision != None {
		for _, c := range order {
			if len(m.Suggestions) < suggestions && (z[c] >= suggestEach || c == first) {
				m.Suggestions = append(m.Suggestions, e.classes[c].entry)
			}
		}
	}
	if m.Kind != FAQ && topTopic >= 0 {
		m.Topic = e.classes[topTopic].name
		if e.classes[topTopic].kind == m.Kind && familiar && z[topTopic] > 0.3 {
			m.Fact = e.classes[topTopic].fact
		}
	}
}

// why names the words that spoke most for the verdict, what was repaired, and
// the nearest known phrasing.
func (e *Engine) why(s *scratch, j judged, m Meaning) []Evidence {
	var out []Evidence
	for _, t := range j.terms {
		if t.repaired != "" && len(out) < 4 {
			out = append(out, Evidence{"repaired", t.repaired + " > " + t.word, 0})
		}
	}
	if j.likeness.nearest >= 0 {
		d := e.index.docs[j.likeness.nearest]
		out = append(out, Evidence{"phrasing", d.text, float64(s.class[d.class])})
	}
	return out
}
