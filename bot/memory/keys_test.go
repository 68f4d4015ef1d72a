package memory

import "testing"

func TestKeys(t *testing.T) {
	k := keys{"skjonnhet"}
	for _, c := range []struct{ got, want string }{
		{k.talk("5f2c"), "{skjonnhet}:talk:5f2c"},
		{k.seen("u17"), "{skjonnhet}:seen:u17"},
		{k.lane("5f2c"), "{skjonnhet}:lane:5f2c"},
		{k.holder("5f2c"), "{skjonnhet}:holder:5f2c"},
		{k.lanes(), "{skjonnhet}:lanes"},
		{k.slots("5f2c"), "{skjonnhet}:slots:5f2c"},
		{k.due(), "{skjonnhet}:due"},
		{k.lease(), "{skjonnhet}:lease"},
		{k.pace("5f2c"), "{skjonnhet}:pace:5f2c"},
		{k.paceAll(), "{skjonnhet}:pace"},
		{k.secret(), "{skjonnhet}:secret"},
		{k.tries("u17"), "{skjonnhet}:tries:u17"},
		{k.dead(), "{skjonnhet}:dead"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}
