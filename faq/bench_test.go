package faq_test

import (
	"testing"

	"klinikkbot/faq"
)

func BenchmarkNew(b *testing.B) {
	k := small()
	for b.Loop() {
		if _, err := faq.New(k); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnderstand(b *testing.B) {
	e := engine(b)
	for name, text := range map[string]string{
		"plain": "gjør det vondt?", "slips": "hvro lnege vraer effketen", "dialect": "kor leng varer d",
		"long": "Hei. Jeg skal i bryllup snart og er litt redd for nåler. Gjør det vondt når dere setter sprøytene? Jeg lurer også på hvor mange måneder det holder.",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Understand(text)
			}
		})
	}
}

func BenchmarkPassage(b *testing.B) {
	e := engine(b)
	for b.Loop() {
		e.Passage("varighet", "hvor lenge varer det mot svette")
	}
}
