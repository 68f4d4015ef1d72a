package faq

// Labelled is one text of a labelled set.
type Labelled struct{ Text, Label string }

// Classifier is the same engine built from another labelled set. It is safe
// for concurrent use.
type Classifier struct {
	labels []string
	reader *reader
	model  *model
	index  *index
}

// Train builds a classifier from labelled texts, and from what is known of
// Norwegian where words are given. The same examples in the same order always
// give the same classifier.
func Train(examples []Labelled, words ...Words) *Classifier {
	at := map[string]int{}
	for _, ex := range examples {
		at[ex.Label] = 0
	}
	c := &Classifier{labels: sortedKeys(at)}
	for i, l := range c.labels {
		at[l] = i
	}
	var w Words
	if len(words) > 0 {
		w = words[0]
	}
	list := make([]example, len(examples))
	for i, ex := range examples {
		list[i] = example{text: ex.Text, class: at[ex.Label], weight: 1}
	}
	c.reader = newReader(w, list)
	c.model, c.index = learn(c.reader, list, len(c.labels))
	return c
}

// Label gives the likeliest label and its probability; "" if nothing was learnt.
func (c *Classifier) Label(text string) (string, float64) {
	if len(c.labels) == 0 {
		return "", 0
	}
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.size(len(c.labels), len(c.index.docs))
	judge(c.reader, c.model, c.index, text, s)
	best := 0
	for i, p := range s.z {
		if p > s.z[best] {
			best = i
		}
	}
	return c.labels[best], float64(s.z[best])
}
