package norsk

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/norwegian"
)

// kept are the small words that carry the question; stemming would merge them
// with others or take them for endings. In folded spelling.
var kept = map[string]bool{
	"ikke": true, "for": true, "etter": true, "nar": true, "uten": true, "hvor": true,
	"under": true, "over": true, "lenge": true, "mange": true, "hvorfor": true,
}

// Stem takes the endings off a cleaned or folded word, by Snowball's Norwegian
// rules: "behandlingene" and "behandling" give the same stem. Words of fewer
// than four letters and the small question words stay as they are.
func Stem(word string) string {
	if len(word) < 4 || kept[word] {
		return word
	}
	env := snowballstem.NewEnv(word)
	norwegian.Stem(env)
	return env.Current()
}
