package data

import "testing"

func TestBuiltInWords(t *testing.T) {
	w, faults := words("")
	for _, f := range faults {
		t.Error(f)
	}
	if len(w.Forms) < 300 || len(w.Synonyms) < 40 || len(w.Stop) < 50 {
		t.Errorf("%d forms, %d families, %d stop words", len(w.Forms), len(w.Synonyms), len(w.Stop))
	}
	for form, want := range map[string]string{"æ": "jeg", "ikkje": "ikke", "korleis": "hvordan", "pregnant": "gravid", "katti": "når"} {
		if w.Forms[form] != want {
			t.Errorf("%q is %q, want %q", form, w.Forms[form], want)
		}
	}
}
