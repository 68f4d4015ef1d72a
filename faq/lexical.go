package faq

import (
	"math"
)

// index is the second witness: all phrasings by their words. It compares a
// message with each of them (cosine of rare-word weights) and gives each class
// the likeness of its nearest phrasing.
type index struct {
	classes  int
	words    map[string]uint32
	postings [][]posting
	idf      []float32
	docs     []doc
}

type posting struct {
	doc    uint32
	weight float32
}

type doc struct {
	class  int
	weight float32
	text   string
	words  []uint32
	length float32
}

func newIndex(classes int) *index {
	return &index{classes: classes, words: map[string]uint32{}}
}

// keys are the words of the terms that the index compares: families where
// there are any, and parts of compounds.
func keys(terms []term, each func(key string, t *term)) {
	for i := range terms {
		t := &terms[i]
		if t.family != "" {
			each(t.family, t)
		} else {
			each(t.stem, t)
		}
		for _, p := range t.parts {
			each(p, t)
		}
	}
}

func (x *index) add(terms []term, ex example) {
	d := doc{class: ex.class, weight: ex.weight, text: ex.text}
	keys(terms, func(key string, _ *term) {
		id, ok := x.words[key]
		if !ok {
			id = uint32(len(x.words))
			x.words[key] = id
		}
		for _, w := range d.words {
			if w == id {
				return
			}
		}
		d.words = append(d.words, id)
	})
	x.docs = append(x.docs, d)
}

func (x *index) finish() {
	x.idf = make([]float32, len(x.words))
	for _, d := range x.docs {
		for _, w := range d.words {
			x.idf[w]++
		}
	}
	for i, n := range x.idf {
		x.idf[i] = float32(math.Log(1 + (float64(len(x.docs))-float64(n)+0.5)/(float64(n)+0.5)))
	}
	x.postings = make([][]posting, len(x.words))
	for i := range x.docs {
		d := &x.docs[i]
		var sum float32
		for _, w := range d.words {
			sum += x.idf[w] * x.idf[w]
		}
		d.length = float32(math.Sqrt(float64(sum)))
		for _, w := range d.words {
			x.postings[w] = append(x.postings[w], posting{uint32(i), x.idf[w] / d.length})
		}
	}
}

// likeness is what the index says of a message.
type likeness struct {
	class    []float32 // of each class's nearest phrasing, 0 to 1
	nearest  int       // the nearest phrasing of all, or -1
	coverage float32   // the share of the message's weight that is in known words
}

// search compares a message with all phrasings. scores must be zero and as long
// as docs; it is zero again afterwards.
func (x *index) search(terms []term, class, scores []float32) likeness {
	out := likeness{class: class, nearest: -1}
	rarest := float32(math.Log(1 + float64(len(x.docs))*2))
	var all, content, have float32
	var ids [128]uint32
	n := 0
	keys(terms, func(key string, t *term) {
		id, ok := x.words[key]
		if !ok {
			all += rarest * rarest
			if !t.stop && len(key) > 2 {
				content += rarest * rarest
			}
			return
		}
		for _, other := range ids[:n] {
			if other == id {
				return
			}
		}
		all += x.idf[id] * x.idf[id]
		if !t.stop && len(key) > 2 {
			content += x.idf[id] * x.idf[id]
			share := float32(1)
			if t.repaired != "" {
				share = 0.7 // it may have been another word
			}
			have += share * x.idf[id] * x.idf[id]
		}
		if n < len(ids) {
			ids[n] = id
			n++
		}
	})
	if all == 0 {
		return out
	}
	if out.coverage = 1; content > 0 { // only small words: those are all known
		out.coverage = have / content
	}
	length := float32(math.Sqrt(float64(all)))
	for _, id := range ids[:n] {
		for _, p := range x.postings[id] {
			scores[p.doc] += x.idf[id] * p.weight
		}
	}
	var best float32
	for i, s := range scores {
		if s == 0 {
			continue
		}
		scores[i] = 0
		s *= (0.5 + 0.5*x.docs[i].weight) / length
		c := x.docs[i].class
		class[c] = max(class[c], s)
		if s > best {
			best, out.nearest = s, i
		}
	}
	return out
}
