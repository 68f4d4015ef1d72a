package booking

import (
	"errors"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Why a text is not taken as a phone number.
var (
	ErrNotNumber    = errors.New("no phone number in it")
	ErrTooShort     = errors.New("too few figures for a phone number")
	ErrTooLong      = errors.New("too many figures for a phone number")
	ErrNotReachable = errors.New("not the number of a mobile or a fixed line")
)

// Phone reads a phone number with or without words around it. Without + or 00
// it is Norwegian; with them any country's. Only a number of a mobile or a
// fixed line is taken. It is given as E.164 ("+4791234567") and as people
// read it ("912 34 567", "73 12 34 56", "+46 70 123 45 67").
func Phone(text string) (e164, shown string, err error) {
	number, n := figuresOf(text)
	if n == 0 {
		return "", "", ErrNotNumber
	}
	abroad := strings.HasPrefix(number, "+") || strings.HasPrefix(number, "00")
	if n < 8 && !abroad {
		return "", "", ErrTooShort
	}
	if n > 17 { // 00 and the 15 of the longest number there is
		return "", "", ErrTooLong
	}
	p, err := phonenumbers.Parse(number, "NO")
	if err != nil {
		return "", "", ErrNotNumber
	}
	switch phonenumbers.IsPossibleNumberWithReason(p) {
	case phonenumbers.IS_POSSIBLE, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
	case phonenumbers.TOO_SHORT:
		return "", "", ErrTooShort
	case phonenumbers.TOO_LONG:
		return "", "", ErrTooLong
	default:
		return "", "", ErrNotReachable
	}
	if !reachable(p) {
		return "", "", ErrNotReachable
	}
	e164 = phonenumbers.Format(p, phonenumbers.E164)
	return e164, shownPhone(p), nil
}

// reachable says that a person answers there: a mobile or a fixed line.
func reachable(p *phonenumbers.PhoneNumber) bool {
	switch phonenumbers.GetNumberType(p) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE, phonenumbers.FIXED_LINE_OR_MOBILE:
		return true
	}
	return false
}

// shownPhone writes a Norwegian mobile in threes and twos as is usual here,
// any other number as its country does.
func shownPhone(p *phonenumbers.PhoneNumber) string {
	if p.GetCountryCode() != 47 {
		return phonenumbers.Format(p, phonenumbers.INTERNATIONAL)
	}
	n := phonenumbers.GetNationalSignificantNumber(p)
	if len(n) == 8 && (n[0] == '4' || n[0] == '9') {
		return n[:3] + " " + n[3:5] + " " + n[5:]
	}
	return phonenumbers.Format(p, phonenumbers.NATIONAL)
}

// figuresOf gives the one number in a text, its figures as 0-9 and a leading
// plus kept, and how many figures it has; none if there are several numbers.
func figuresOf(text string) (string, int) {
	var b strings.Builder
	n, ended, words := 0, false, false
	for _, r := range text {
		switch d := digits(r); {
		case d != "":
			if words && n > 0 {
				ended = true
			}
			if ended {
				return "", 0
			}
			b.WriteString(d)
			n += len(d)
			words = false
		case (r == '+' || r == '＋') && n == 0:
			b.Reset()
			b.WriteByte('+')
		case unicode.IsLetter(r):
			words = true
			if n == 0 {
				b.Reset()
			}
		}
	}
	return b.String(), n
}
