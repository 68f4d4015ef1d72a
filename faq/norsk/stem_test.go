package norsk

import "testing"

func TestStem(t *testing.T) {
	for word, want := range map[string]string{
		"behandlingene": "behandling", "behandlingen": "behandling", "rynkene": "rynk", "rynker": "rynk",
		"ikke": "ikke", "etter": "etter", "uten": "uten", "hvor": "hvor", "nar": "nar", "før": "før", "uke": "uke", "": "",
	} {
		if got := Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}
