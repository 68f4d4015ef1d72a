package tgtest

import (
	"fmt"
	"html"
	"strings"
)

// allowed are the tags of Telegram's HTML.
var allowed = map[string]bool{"b": true, "strong": true, "i": true, "em": true, "u": true, "s": true, "code": true, "pre": true, "a": true, "blockquote": true, "tg-spoiler": true}

// plainOf takes the formatting out of a text, and refuses what Telegram
// refuses: unknown or unbalanced tags.
func plainOf(text string) (string, error) {
	var out strings.Builder
	var open []string
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			out.WriteString(text)
			break
		}
		out.WriteString(text[:i])
		j := strings.IndexByte(text[i:], '>')
		if j < 0 {
			return "", fmt.Errorf("unclosed start tag")
		}
		tag := text[i+1 : i+j]
		text = text[i+j+1:]
		if name, ok := strings.CutPrefix(tag, "/"); ok {
			if len(open) == 0 || open[len(open)-1] != name {
				return "", fmt.Errorf("unmatched end tag %q", name)
			}
			open = open[:len(open)-1]
			continue
		}
		name, _, _ := strings.Cut(tag, " ")
		if !allowed[name] {
			return "", fmt.Errorf("unsupported start tag %q", name)
		}
		open = append(open, name)
	}
	if len(open) > 0 {
		return "", fmt.Errorf("can't find end tag corresponding to start tag %q", open[len(open)-1])
	}
	return html.UnescapeString(out.String()), nil
}
