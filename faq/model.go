package faq

import (
	"math"
	"sync"
)

// example is one labelled text to learn from.
type example struct {
	text   string
	class  int
	weight float32
}

// model is a multinomial logistic regression over the words, pairs of words
// and groups of letters of a message. Features are known by their hash.
type model struct {
	ids     map[uint64]uint32 // hash -> row; only features seen in training
	idf     []float32
	weights []float32 // a row a feature, a column a class
	bias    []float32
	classes int
}

// point is a text as the model sees it.
type point struct {
	rows   []uint32
	values []float32
	class  int
	weight float32
}

const (
	epochs    = 5
	firstStep = 2.2
	lastStep  = 0.3
	decay     = 0.005
	models    = 1 // trained side by side on different variants, then averaged
)

// blocks of features: each has length one by itself, times its share.
const (
	wordBlock = iota
	letterBlock
	blocks
)

var share = [blocks]float32{1.2, 1}

// feature is a hash and the block it belongs to.
type feature struct {
	hash  uint64
	block uint8
	word  int32 // the term it came from, for evidence; -1 for letters
}

func hash(kind byte, parts ...string) uint64 {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(kind)) * 1099511628211
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return h
}

// features lists what is told of the terms: stems, families, parts, pairs of
// neighbours, and the letters of all words that carry meaning.
func features(terms []term, into []feature) []feature {
	out := into[:0]
	add := func(h uint64, block uint8, word int) {
		out = append(out, feature{h, block, int32(word)})
	}
	last := "^"
	lastFamily := "^"
	for i := range terms {
		t := &terms[i]
		add(hash('w', t.stem), wordBlock, i)
		family := t.stem
		if t.family != "" {
			family = t.family
			add(hash('f', family), wordBlock, i)
		}
		for _, p := range t.parts {
			add(hash('w', p), wordBlock, i)
		}
		add(hash('b', lastFamily, family), wordBlock, i)
		last, lastFamily = t.stem, family
		if t.stop && len(t.word) < 4 {
			continue
		}
		out = letterGroups(t.word, out)
		if t.repaired != "" {
			out = letterGroups(t.repaired, out)
		}
	}
	if last != "^" {
		add(hash('b', lastFamily, "$"), wordBlock, len(terms)-1)
	}
	return out
}

func letterGroups(word string, out []feature) []feature {
	var buf [66]byte
	if len(word) > 64 {
		word = word[:64]
	}
	buf[0] = '_'
	n := copy(buf[1:], word) + 1
	buf[n] = '_'
	n++
	for size := 2; size <= 5; size++ {
		for i := 0; i+size <= n; i++ {
			h := uint64(14695981039346656037) ^ uint64(size)
			for _, c := range buf[i : i+size] {
				h = (h ^ uint64(c)) * 1099511628211
			}
			out = append(out, feature{h, letterBlock, -1})
		}
	}
	return out
}

// learn trains the model and fills the word index. The same examples always
// give the same result, on any number of processors.
func learn(r *reader, examples []example, classes int) (*model, *index) {
	index := newIndex(classes)
	sets := make([][][]feature, models+1) // the texts themselves, then a set of variants for each model
	for s := range sets {
		sets[s] = make([][]feature, len(examples))
	}
	var wait sync.WaitGroup
	for s := range sets {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i, ex := range examples {
				text := ex.text
				if s > 0 {
					text = r.variant(text, uint64(i*models+s))
				}
				terms := r.read(text)
				if s == 0 {
					index.add(terms, ex)
				}
				sets[s][i] = features(terms, nil)
			}
		}()
	}
	wait.Wait()
	index.finish()

	m := &model{ids: map[uint64]uint32{}, classes: classes}
	count := map[uint64]int{}
	for _, set := range sets {
		for _, fs := range set {
			for _, f := range fs {
				count[f.hash]++
			}
		}
	}
	var df []float32
	for s, set := range sets {
		for _, fs := range set {
			for i, f := range fs {
				if count[f.hash] < 2 {
					continue
				}
				id, ok := m.ids[f.hash]
				if !ok {
					id = uint32(len(df))
					m.ids[f.hash] = id
					df = append(df, 0)
				}
				if s == 0 && !seen(fs[:i], f.hash) {
					df[id]++
				}
			}
		}
	}
	m.idf = make([]float32, len(df))
	for i, n := range df {
		m.idf[i] = float32(math.Log(1 + float64(len(examples))/float64(n+1)))
	}
	points := make([][]point, len(sets))
	for s, set := range sets {
		wait.Add(1)
		go func() {
			defer wait.Done()
			points[s] = make([]point, len(set))
			for i, fs := range set {
				p := m.point(fs, nil)
				p.class, p.weight = examples[i].class, examples[i].weight
				points[s][i] = p
			}
		}()
	}
	wait.Wait()

	trained := make([]*model, models)
	for k := range trained {
		wait.Add(1)
		go func() {
			defer wait.Done()
			both := append(append([]point(nil), points[0]...), points[k+1]...)
			t := &model{classes: classes, weights: make([]float32, len(df)*classes), bias: make([]float32, classes)}
			t.train(both, uint64(k+1))
			trained[k] = t
		}()
	}
	wait.Wait()
	m.weights, m.bias = trained[0].weights, trained[0].bias
	for _, t := range trained[1:] {
		for i, w := range t.weights {
			m.weights[i] += w
		}
		for i, b := range t.bias {
			m.bias[i] += b
		}
	}
	for i := range m.weights {
		m.weights[i] /= models
	}
	for i := range m.bias {
		m.bias[i] /= models
	}
	return m, index
}

func seen(fs []feature, h uint64) bool {
	for _, f := range fs {
		if f.hash == h {
			return true
		}
	}
	return false
}

// point weighs features: rare ones count for more, each block as a whole the same.
func (m *model) point(fs []feature, into *point) point {
	var p point
	if into != nil {
		p.rows, p.values = into.rows[:0], into.values[:0]
	}
	var length [blocks]float64
	var block [4096]uint8
	for _, f := range fs {
		id, ok := m.ids[f.hash]
		if !ok || len(p.rows) == len(block) {
			continue
		}
		block[len(p.rows)] = f.block
		v := m.idf[id]
		p.rows = append(p.rows, id)
		p.values = append(p.values, v)
		length[f.block] += float64(v) * float64(v)
	}
	for b := range length {
		length[b] = float64(share[b]) / math.Sqrt(length[b]+1e-9)
	}
	for i := range p.values {
		p.values[i] *= float32(length[block[i]])
	}
	return p
}

// train runs stochastic gradient descent with a step that shrinks.
func (m *model) train(points []point, seed uint64) {
	order := make([]int, len(points))
	for i := range order {
		order[i] = i
	}
	dice := dice(seed)
	z := make([]float32, m.classes)
	steps := epochs * len(points)
	n := 0
	for range epochs {
		for i := len(order) - 1; i > 0; i-- {
			j := dice.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, at := range order {
			p := &points[at]
			step := firstStep + (lastStep-firstStep)*float32(n)/float32(steps)
			n++
			m.scores(p, z)
			softmax(z)
			for c, pc := range z {
				g := pc
				if c == p.class {
					g--
				}
				if g > -0.004 && g < 0.004 {
					continue
				}
				g *= step * p.weight
				for i, row := range p.rows {
					m.weights[int(row)*m.classes+c] -= g * p.values[i]
				}
				m.bias[c] -= g * 0.1
			}
		}
		for i := range m.weights {
			m.weights[i] *= 1 - decay
		}
	}
}

// scores fills z with one score a class, before softmax.
func (m *model) scores(p *point, z []float32) {
	copy(z, m.bias)
	for i, row := range p.rows {
		v := p.values[i]
		w := m.weights[int(row)*m.classes:][:len(z)]
		for c := range z {
			z[c] += v * w[c]
		}
	}
}

func softmax(z []float32) {
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	var sum float32
	for i, v := range z {
		v = float32(math.Exp(float64(v - top)))
		z[i] = v
		sum += v
	}
	for i := range z {
		z[i] /= sum
	}
}

// dice is a small random sequence that is the same everywhere.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	x := uint64(*d)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }
