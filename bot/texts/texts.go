// Package texts holds the sentences that the bot says. The sentences
// themselves are the clinic's and stand in data/texts.yaml; here they are
// looked up and filled in.
package texts

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"klinikkbot/booking"
)

// Book is all sentences by their key, and the names of days and months.
type Book struct {
	text  map[string]string
	Names booking.Names
}

// New makes a book of sentences.
func New(text map[string]string, names booking.Names) *Book { return &Book{text, names} }

var blank = regexp.MustCompile(`\{[a-zæøå_]+\}`)

// Blanks lists what is to be filled in in a sentence: "{navn}", each once, in
// order of the alphabet.
func Blanks(text string) []string {
	found := blank.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Say fills in a sentence as HTML for Telegram. fill is pairs of a blank's
// name and its value, which is escaped; a value of type HTML is not. A key
// that is missing is a programming error, found by a test; it gives its name.
func (b *Book) Say(key string, fill ...any) string {
	text, ok := b.text[key]
	if !ok {
		return "{" + key + "}"
	}
	for i := 0; i+1 < len(fill); i += 2 {
		value := ""
		switch v := fill[i+1].(type) {
		case HTML:
			value = string(v)
		default:
			value = html.EscapeString(fmt.Sprint(v))
		}
		text = strings.ReplaceAll(text, "{"+fill[i].(string)+"}", value)
	}
	return strings.TrimRight(text, "\n ")
}

// Label fills in a text that is shown without formatting: a button, an alert.
func (b *Book) Label(key string, fill ...any) string { return html.UnescapeString(b.Say(key, fill...)) }

// HTML is text that is formatted already.
type HTML string

// Keys lists all keys.
func (b *Book) Keys() []string {
	var keys []string
	for k := range b.text {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Words reads a text that is lists of words: a list a line, its words
// separated by commas. "ordinals" lists how people name the first, second, …
// choice on the screen.
func (b *Book) Words(key string) [][]string {
	var all [][]string
	for line := range strings.Lines(b.text[key]) {
		var words []string
		for w := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			words = append(words, strings.TrimSpace(w))
		}
		all = append(all, words)
	}
	return all
}
