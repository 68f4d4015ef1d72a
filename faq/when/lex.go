package when

import (
	"strings"
	"unicode"

	"klinikkbot/faq/norsk"
)

// tok is a word, a run of digits or one sign.
type tok struct {
	raw    string // cleaned
	f      string // folded; the sign itself for a sign
	num    int    // value of the digits
	digits int    // how many digits; 0 for words and signs
	gap    bool   // a space before it
}

func (t tok) word() bool { return t.digits == 0 && t.f != "" && unicode.IsLetter(rune(t.f[0])) }

const maxTokens = 400 // longer messages are read up to here

func lex(text string) []tok {
	var out []tok
	rs := []rune(norsk.Clean(text))
	gap := true
	for i := 0; i < len(rs) && len(out) < maxTokens; {
		r := rs[i]
		j := i + 1
		switch {
		case r == ' ':
			gap = true
			i++
			continue
		case r >= '0' && r <= '9':
			for j < len(rs) && rs[j] >= '0' && rs[j] <= '9' {
				j++
			}
			t := tok{raw: string(rs[i:j]), digits: j - i, gap: gap}
			t.f = t.raw
			if t.digits <= 8 {
				for _, c := range t.raw {
					t.num = t.num*10 + int(c-'0')
				}
			} else {
				t.num = -1
			}
			out = append(out, t)
		case unicode.IsLetter(r):
			for j < len(rs) && (unicode.IsLetter(rs[j]) || unicode.Is(unicode.Mn, rs[j]) || rs[j] == '\'' && j+1 < len(rs) && unicode.IsLetter(rs[j+1])) {
				j++
			}
			raw := strings.ReplaceAll(string(rs[i:j]), "'", "")
			out = appendWord(out, tok{raw: raw, f: norsk.Fold(raw), gap: gap})
		case strings.ContainsRune(".,:/-?!;()", r):
			out = append(out, tok{raw: string(r), f: string(r), gap: gap})
		}
		gap = false
		i = j
	}
	return out
}

// appendWord takes apart what people write together: "imorratidlig",
// "ikveld", "halvtre".
func appendWord(out []tok, t tok) []tok {
	if rest, ok := strings.CutPrefix(t.f, "i"); ok && len(rest) > 2 {
		tail := ""
		for _, s := range earlyWords {
			if head, ok := strings.CutSuffix(rest, s); ok && tomorrowWord(head) {
				rest, tail = head, s
				break
			}
		}
		if tomorrowWord(rest) || gluedAfterI[rest] || afternoon(rest) || forenoon(rest) || tomorrowWord(strings.TrimSuffix(rest, "s")) {
			out = append(out, tok{raw: "i", f: "i", gap: t.gap}, tok{raw: rest, f: rest})
			if tail != "" {
				out = append(out, tok{raw: tail, f: tail})
			}
			return out
		}
	}
	if rest, ok := strings.CutPrefix(t.f, "halv"); ok {
		if n, ok := numbers[rest]; ok && n <= 12 {
			return append(out, tok{raw: "halv", f: "halv", gap: t.gap}, tok{raw: rest, f: rest})
		}
	}
	return append(out, t)
}
