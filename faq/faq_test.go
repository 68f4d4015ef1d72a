package faq_test

import (
	"reflect"
	"strings"
	"testing"

	"klinikkbot/faq"
)

// small is knowledge enough to see each step at work. The clinic's own is
// tested where it is read.
func small() faq.Knowledge {
	return faq.Knowledge{
		Entries: []faq.Entry{
			{ID: "smerte", Label: "Gjør det vondt?", Question: "Er behandlingen smertefull?",
				Answer:    "Behandlingen utføres med svært tynne nåler og er forbundet med minimal smerte. Det er ikke behov for bedøvelse.",
				Words:     []string{"smerte", "bedøvelse"},
				Phrasings: []string{"gjør det vondt", "er sprøytene vonde", "må jeg ha bedøvelse", "kjenner man nålene", "hvor vondt er det"}},
			{ID: "varighet", Label: "Hvor lenge varer det?", Question: "Hvor lenge varer effekten av behandlingen?",
				Answer:    "Ved behandling av panne har de fleste effekt i 3-4 måneder.\n\nVed behandling av svette i armhuler kan en ha effekt opptil 6-9 måneder.",
				Words:     []string{"varighet", "måneder"},
				Phrasings: []string{"hvor lenge varer det", "når må jeg ta det på nytt", "hvor mange måneder holder effekten", "hvor ofte må man fylle på"}},
		},
		Topics: []faq.Topic{
			{Name: "time", Kind: faq.Booking, Phrasings: []string{"jeg vil bestille time", "kan jeg få en time", "har dere noe ledig i morgen"}},
			{Name: "avbestille", Kind: faq.Manage, Phrasings: []string{"jeg må avbestille timen min", "kan jeg flytte timen", "når er timen min"}},
			{Name: "åpent", Kind: faq.Unknown, Fact: "hours", Phrasings: []string{"når har dere åpent", "åpningstider", "er dere åpne på lørdager"}},
			{Name: "pris", Kind: faq.Unknown, Fact: "prices", Phrasings: []string{"hva koster det", "prisliste", "hvor dyrt er det"}},
			{Name: "hilsen", Kind: faq.Smalltalk, Phrasings: []string{"hei", "takk for hjelpen", "god morgen"}},
		},
		Words: faq.Words{
			Stop:     []string{"jeg", "det", "er", "en", "den", "man", "å", "i", "på", "av", "har", "dere", "hva", "hvor", "når", "gjør", "må", "kan", "ha", "ta", "de", "ved", "med"},
			Synonyms: map[string][]string{"smerte": {"vondt", "vonde", "smertefull", "ubehag"}, "vare": {"varer", "varighet", "holder"}},
			Forms:    map[string]string{"æ": "jeg", "kor": "hvor", "ka": "hva", "leng": "lenge", "vont": "vondt", "kosta": "koster", "hurt": "vondt", "katti": "når"},
		},
		Danger: func(text string) faq.Level {
			switch {
			case strings.Contains(text, "puste"):
				return "113"
			case strings.Contains(text, "blåmerke"):
				return faq.Mild
			}
			return ""
		},
	}
}

func engine(t testing.TB) *faq.Engine {
	t.Helper()
	e, err := faq.New(small())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestUnderstand(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ text, kind, decision, entry, fact string }{
		{"Gjør det vondt?", faq.FAQ, faq.Answer, "smerte", ""},
		{"gjør d vont", faq.FAQ, faq.Answer, "smerte", ""},
		{"kor leng varer d", faq.FAQ, faq.Answer, "varighet", ""},
		{"hvor lnege vraer effketen", faq.FAQ, faq.Answer, "varighet", ""},
		{"bedovelse", faq.FAQ, faq.Answer, "smerte", ""},
		{"hva koster det", faq.Unknown, faq.None, "", "prices"},
		{"åpningstider", faq.Unknown, faq.None, "", "hours"},
		{"aapningstider", faq.Unknown, faq.None, "", "hours"},
		{"jeg vil bestille time", faq.Booking, faq.None, "", ""},
		{"må avbestille timen min", faq.Manage, faq.None, "", ""},
		{"takk for hjelpen", faq.Smalltalk, faq.None, "", ""},
		{"😀", faq.Smalltalk, faq.None, "", ""},
		{"", faq.Unknown, faq.None, "", ""},
		{"får ikke puste", faq.Emergency, faq.None, "", ""},
	} {
		m := e.Understand(c.text)
		got := []string{m.Kind, m.Decision, m.Entry, m.Fact}
		if want := []string{c.kind, c.decision, c.entry, c.fact}; !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %q, want %q (%.2f)", c.text, got, want, m.Score)
		}
		if m.Suggestions == nil {
			t.Errorf("%q: suggestions are nil", c.text)
		}
	}
	if m := e.Understand("fikk et blåmerke"); m.Level != faq.Mild || m.Kind == faq.Emergency {
		t.Errorf("a mild side effect: %+v", m)
	}
}

// alike is what must not depend on how a message is dressed.
func alike(m faq.Meaning) []any { return []any{m.Kind, m.Decision, m.Entry, m.Suggestions, m.Fact} }

func TestCaseAndQuestionMarkChangeNothing(t *testing.T) {
	e := engine(t)
	for _, text := range []string{"gjør det vondt", "kor leng varer det", "åpningstider", "jeg vil bestille time",
		"Hei. Jeg skal i bryllup snart og er litt redd for nåler. Gjør det vondt når dere setter sprøytene"} {
		want := alike(e.Understand(text))
		for _, other := range []string{text + "?", text + " ?", text + "??", strings.ToUpper(text), "  " + text + " "} {
			if got := alike(e.Understand(other)); !reflect.DeepEqual(got, want) {
				t.Errorf("%q: %v, but %q: %v", text, want, other, got)
			}
		}
	}
}

func TestSameKnowledgeSameEngine(t *testing.T) {
	a, b := engine(t), engine(t)
	for _, text := range []string{"gjør det vondt", "hvor lenge", "ledig time", "noe helt annet"} {
		if x, y := a.Understand(text), b.Understand(text); !reflect.DeepEqual(x, y) {
			t.Errorf("%q: %+v and %+v", text, x, y)
		}
	}
}

func TestPassage(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ id, text, want string }{
		{"varighet", "hvor lenge varer det mot svette i armhuler", "Ved behandling av svette i armhuler kan en ha effekt opptil 6-9 måneder."},
		{"varighet", "xyz", "Ved behandling av panne har de fleste effekt i 3-4 måneder."},
		{"none", "xyz", ""},
	} {
		if got := e.Passage(c.id, c.text); got != c.want {
			t.Errorf("Passage(%q, %q) = %q, want %q", c.id, c.text, got, c.want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, k := range map[string]faq.Knowledge{
		"no entries": {},
		"same id":    {Entries: []faq.Entry{{ID: "a"}, {ID: "a"}}},
		"kind":       {Entries: []faq.Entry{{ID: "a"}}, Topics: []faq.Topic{{Name: "t", Kind: "other"}}},
	} {
		if _, err := faq.New(k); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTrain(t *testing.T) {
	c := faq.Train([]faq.Labelled{{"spill en sang", "music"}, {"spill musikk", "music"}, {"hvordan blir været", "weather"}, {"regner det i dag", "weather"}})
	for text, want := range map[string]string{"spill noe musikk": "music", "blir det regn, hvordan er været": "weather"} {
		if got, p := c.Label(text); got != want || p <= 0.5 {
			t.Errorf("Label(%q) = %q, %.2f", text, got, p)
		}
	}
	if got, _ := faq.Train(nil).Label("x"); got != "" {
		t.Errorf("nothing learnt, yet %q", got)
	}
}

func FuzzUnderstand(f *testing.F) {
	e := engine(f)
	for _, s := range []string{"gjør det vondt?", "\xff\xfe", "ææææ øøø ååå", strings.Repeat("a", 9000), "١٢٣", "a\u0300\u0301", "🙂🙃", "1.2.3/4:5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := e.Understand(text)
		if m.Suggestions == nil || len(m.Suggestions) > 3 {
			t.Errorf("suggestions %v", m.Suggestions)
		}
		if (m.Decision == faq.Answer) != (m.Entry != "") || (m.Entry != "" && m.Kind != faq.FAQ) {
			t.Errorf("entry %q with %s %s", m.Entry, m.Kind, m.Decision)
		}
		for id := range map[string]bool{"smerte": true, "varighet": true} {
			entry, _ := e.Entry(id)
			if p := e.Passage(id, text); !strings.Contains(entry.Answer, p) || p == "" {
				t.Errorf("passage %q is not the answer's", p)
			}
		}
	})
}

// TestNoiseGetsNoEntry types letters at random.
func TestNoiseGetsNoEntry(t *testing.T) {
	e := engine(t)
	seed := uint32(1)
	for range 3000 {
		var b strings.Builder
		for range 12 {
			seed = seed*1664525 + 1013904223
			b.WriteByte("abcdefghijklmnopqrstuvwxyz    "[seed>>16%30])
		}
		if m := e.Understand(b.String()); m.Decision == faq.Answer {
			t.Errorf("%q was answered with %s (%.2f)", b.String(), m.Entry, m.Score)
		}
	}
}
