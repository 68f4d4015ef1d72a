package faq

import (
	"strings"
	"unicode/utf8"
)

// longParagraph is the number of letters from which a paragraph is read
// sentence by sentence.
const longParagraph = 260

// passages cuts an answer into its paragraphs and list items, long paragraphs
// into sentences. Each is a piece of the answer, unchanged.
func passages(answer string) []string {
	var out []string
	for _, line := range strings.Split(answer, "\n") {
		line = strings.TrimSpace(line)
		line = strings.TrimSpace(strings.TrimLeft(line, "•-*–"))
		if line == "" {
			continue
		}
		if utf8.RuneCountInString(line) < longParagraph {
			out = append(out, line)
			continue
		}
		out = append(out, sentences(line)...)
	}
	return out
}

// sentences cuts after a full stop that is followed by a space and a capital.
func sentences(line string) []string {
	var out []string
	start := 0
	for i := 0; i+2 < len(line); i++ {
		if line[i] == '.' && line[i+1] == ' ' {
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[i+1:], " "))
			if strings.ToUpper(string(next)) == string(next) && strings.ToLower(string(next)) != string(next) {
				out = append(out, line[start:i+1])
				start = i + 1 + len(line[i+1:]) - len(strings.TrimLeft(line[i+1:], " "))
			}
		}
	}
	return append(out, line[start:])
}

// Passage gives the paragraph, list item or sentence of an entry's answer that
// answers the text best, verbatim; where none stands out, the first. For an
// unknown id it gives "".
func (e *Engine) Passage(id, text string) string {
	entry, ok := e.Entry(id)
	if !ok {
		return ""
	}
	all := passages(entry.Answer)
	if len(all) == 0 {
		return ""
	}
	asked := map[string]float32{}
	keys(e.reader.read(text), func(key string, _ *term) {
		if w, ok := e.index.words[key]; ok {
			asked[key] = e.index.idf[w]
		} else {
			asked[key] = 1
		}
	})
	best, bestScore := all[0], float32(1.5)
	for _, p := range all {
		var score float32
		counted := map[string]bool{}
		keys(e.reader.read(p), func(key string, _ *term) {
			if !counted[key] && !e.reader.stop[key] {
				score += asked[key]
			}
			counted[key] = true
		})
		if score > bestScore {
			best, bestScore = p, score
		}
	}
	return best
}
