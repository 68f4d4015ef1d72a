package faq

import "slices"

// Row is one labelled message (eval/LABELS.md).
type Row struct {
	ID    string   `json:"id"`
	Text  string   `json:"text"`
	Kind  string   `json:"kind"`
	Entry string   `json:"entry"`
	Also  []string `json:"also"`
	Slice string   `json:"slice"`
}

// Count is how one group of messages fared. Every field counts messages.
type Count struct {
	All       int // messages of the group
	Right     int // kind right, and for faq the entry sent or offered first
	KindRight int
	AtOnce    int // faq: the right answer sent
	Helped    int // faq: the right answer sent or among those offered
	Wrong     int // an entry sent that is not right, or for a message that no entry answers
	Offered   int // "did you mean" shown
}

// Miss is a message that was not understood as labelled.
type Miss struct {
	Row     Row
	Meaning Meaning
}

// Report is a measurement of an engine.
type Report struct {
	All     Count
	Kinds   map[string]*Count
	Entries map[string]*Count
	Slices  map[string]*Count
	Misses  []Miss
}

// Accuracy is the share of messages that were understood as labelled, 0 to 1.
func (r *Report) Accuracy() float64 {
	if r.All.All == 0 {
		return 0
	}
	return float64(r.All.Right) / float64(r.All.All)
}

// Measure lets the engine read every row and counts what came of it.
func Measure(e *Engine, rows []Row) Report {
	r := Report{Kinds: map[string]*Count{}, Entries: map[string]*Count{}, Slices: map[string]*Count{}}
	for _, row := range rows {
		m := e.Understand(row.Text)
		groups := []*Count{&r.All, group(r.Kinds, row.Kind), group(r.Slices, row.Slice)}
		if row.Kind == FAQ {
			groups = append(groups, group(r.Entries, row.Entry))
		}
		fits := func(id string) bool { return row.Kind == FAQ && (id == row.Entry || slices.Contains(row.Also, id)) }
		kindRight := m.Kind == row.Kind
		right := kindRight
		if row.Kind == FAQ {
			right = kindRight && len(m.Suggestions) > 0 && fits(m.Suggestions[0])
		}
		for _, c := range groups {
			c.All++
			count(&c.KindRight, kindRight)
			count(&c.Right, right)
			count(&c.AtOnce, m.Decision == Answer && fits(m.Entry))
			count(&c.Wrong, m.Decision == Answer && !fits(m.Entry))
			count(&c.Helped, (m.Decision == Answer && fits(m.Entry)) || (m.Decision == Suggest && slices.ContainsFunc(m.Suggestions, fits)))
			count(&c.Offered, m.Decision == Suggest)
		}
		if !right {
			r.Misses = append(r.Misses, Miss{row, m})
		}
	}
	return r
}

func group(in map[string]*Count, name string) *Count {
	if in[name] == nil {
		in[name] = &Count{}
	}
	return in[name]
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}
