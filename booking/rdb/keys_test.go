package rdb

import (
	"testing"

	"klinikkbot/booking"
)

func TestKeys(t *testing.T) {
	k, day := keys{"skjonnhet"}, booking.Day{Year: 2026, Month: 12, Date: 3}
	for _, c := range []struct{ got, want string }{
		{k.calendar("ida", day), "{skjonnhet}:cal:ida:20261203"},
		{k.patientDay("5f2c", day), "{skjonnhet}:pcal:5f2c:20261203"},
		{k.booking("7M2P4Q"), "{skjonnhet}:booking:7M2P4Q"},
		{k.mine("5f2c"), "{skjonnhet}:mine:5f2c"},
		{k.open(), "{skjonnhet}:open"},
		{k.outcome("5f2c"), "{skjonnhet}:outcome:5f2c"},
		{k.access(), "{skjonnhet}:access"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}
