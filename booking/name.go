package booking

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Why a text is not taken as a person's name.
var (
	ErrNameShort    = errors.New("name too short")
	ErrNameLong     = errors.New("name too long")
	ErrNameQuestion = errors.New("a question or a sentence, not a name")
	ErrNameNumber   = errors.New("a name has no figures")
	ErrNameSigns    = errors.New("a name has letters, spaces, hyphens and apostrophes only")
)

// The length of a name in characters, and its most words.
const (
	nameMin, nameMax = 2, 60
	nameWords        = 7
)

// Name checks a person's name and gives it with composed letters and single
// spaces: 2 to 60 characters, letters of any script, and hyphen, apostrophe
// and full stop between them.
func Name(text string) (string, error) {
	name := strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	letters := 0
	var other error
	for _, r := range name {
		switch {
		case r == '?':
			return "", ErrNameQuestion
		case unicode.IsNumber(r):
			return "", ErrNameNumber
		case unicode.IsLetter(r):
			letters++
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r):
		case strings.ContainsRune(" -.'’‐‑", r):
		default:
			other = ErrNameSigns
		}
	}
	switch {
	case other != nil:
		return "", other
	case letters < nameMin:
		return "", ErrNameShort
	case utf8.RuneCountInString(name) > nameMax:
		return "", ErrNameLong
	case len(strings.Fields(name)) > nameWords:
		return "", ErrNameQuestion
	}
	return name, nil
}
