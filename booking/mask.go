package booking

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// masked stands for a number that is not kept. It has no figures, so masking
// twice changes nothing.
const masked = "•••••••••••"

// betweenMost is how many signs may stand between two figures of one number.
const betweenMost = 3

// MaskNumbers takes out what may be a Norwegian identity number (11 figures),
// whatever its checksum: also written "ddmmyy xxxxx" or "ddmmyy-xxxxx", with
// other signs between, in other scripts' figures or with invisible characters.
// In doubt it is one. Left alone are only chains of figures that are wholly
// explained as phone numbers, dates and times of day.
func MaskNumbers(text string) (out string, found bool) {
	var b strings.Builder
	rest := []rune(text)
	for len(rest) > 0 {
		before, chain := nextChain(rest)
		b.WriteString(string(rest[:before]))
		part := rest[before : before+chain]
		if suspicious(part, before > 0 && (rest[before-1] == '+' || rest[before-1] == '＋')) {
			b.WriteString(masked)
			found = true
		} else {
			b.WriteString(string(part))
		}
		rest = rest[before+chain:]
	}
	if !found {
		return text, false // as it was, broken UTF-8 included
	}
	return b.String(), true
}

// nextChain finds the first chain of figures: how many runes stand before it,
// and how many it has. Between two figures of a chain stand at most three
// signs, none of them a letter; invisible ones are not counted.
func nextChain(rs []rune) (before, length int) {
	start, end, gap := -1, 0, 0
	for i, r := range rs {
		switch {
		case digits(r) != "":
			if start < 0 {
				start = i
			}
			end, gap = i+1, 0
		case start < 0:
		case invisible(r):
			if gap == 0 {
				end = i + 1 // goes with the figure before it
			}
		case !separates(r) || gap == betweenMost:
			return start, end - start
		default:
			gap++
		}
	}
	if start < 0 {
		return len(rs), 0
	}
	return start, end - start
}

// separates says that r may stand between the figures of one number.
func separates(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

// invisible says that r is not seen, or only changes how the figure before it
// looks (as in keycap emoji).
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) ||
		(unicode.IsControl(r) && !unicode.IsSpace(r))
}

// suspicious says that the chain has 11 figures or more and isn't explained.
func suspicious(chain []rune, plus bool) bool {
	var plain strings.Builder // figures as 0-9, separators by kind
	n := 0
	for _, r := range chain {
		d := digits(r)
		switch {
		case d != "":
			plain.WriteString(d)
			n += len(d)
		case invisible(r):
		case unicode.IsSpace(r):
			plain.WriteByte(' ')
		case unicode.Is(unicode.Pd, r) || r == '−':
			plain.WriteByte('-')
		default:
			plain.WriteRune(r)
		}
	}
	if n < 11 {
		return false
	}
	text := plain.String()
	if plus {
		text = "+" + text
	}
	return !explained(text)
}

// What a chain may be made of besides an identity number. A time of day has
// its minutes, so that loose figures are never taken for hours, unless it is
// one end of a range.
var (
	abroad   = regexp.MustCompile(`^(\+|00)[1-9][0-9 ()./-]*$`)
	norphone = `(?:(?:\+|00)47 ?)?(?:[49]\d{2} \d{2} \d{3}|[2-79]\d(?: \d{2}){3}|[2-79]\d{7})`
	clock    = `(?:[01]?\d|2[0-4])[.:][0-5]\d`
	hour     = `(?:[01]?\d|2[0-4])`
	hours    = `(?:` + clock + `(?: ?- ?(?:` + clock + `|` + hour + `))?|` + hour + `-` + clock + `)`
	dmy      = `(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])(?:[./-]2\d|[./-](?:19|20)\d{2}|\.)?`
	ymd      = `(?:19|20)\d{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])`
	item     = `(?:` + strings.Join([]string{norphone, ymd, dmy, hours}, "|") + `)`
	harmless = regexp.MustCompile(`^` + item + `(?:[ ,;/&()-]{1,3}` + item + `)*$`)
)

// explained says that the chain is one foreign phone number, or nothing but
// Norwegian ones, dates and times.
func explained(text string) bool {
	if harmless.MatchString(text) {
		return true
	}
	if !abroad.MatchString(text) {
		return false
	}
	p, err := phonenumbers.Parse(text, "NO")
	return err == nil && phonenumbers.IsValidNumber(p)
}

// digits is the value of a figure of any script in 0-9, also of one in a
// circle or raised; empty if r is no figure.
func digits(r rune) string {
	switch {
	case r >= '0' && r <= '9':
		return string(r)
	case unicode.Is(unicode.Nd, r):
		for _, t := range unicode.Nd.R16 {
			if rune(t.Lo) <= r && r <= rune(t.Hi) {
				return string('0' + (r-rune(t.Lo))%10)
			}
		}
		for _, t := range unicode.Nd.R32 {
			if rune(t.Lo) <= r && r <= rune(t.Hi) {
				return string('0' + (r-rune(t.Lo))%10)
			}
		}
	case unicode.Is(unicode.No, r):
		var b strings.Builder
		for _, d := range norm.NFKC.String(string(r)) {
			if d < '0' || d > '9' {
				if d == '(' || d == ')' || d == '.' {
					continue
				}
				return ""
			}
			b.WriteRune(d)
		}
		return b.String()
	}
	return ""
}
