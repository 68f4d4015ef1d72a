package when

var (
	soonWords   = set("snarest asap straks omgaende soonest fortest raskest tidligst kjappest snarast fortast raskast tidlegast earliest omgaaende")
	fastWords   = set("fort snart raskt kjapt tidlig tidleg snarlig snarleg snogt kvikt fortt tidli soon early quickly forte snar fast")
	asWords     = set("som so sum as")
	soWords     = set("sa so as")
	canWords    = set("mulig mogleg muligt mogeleg mulgi muli moglig rad possible radelig det du dere dokker jeg ae mule maulig mulie")
	firstWords  = set("forste fyrste first fosste neste tidligste tidlegaste nermeste narmeste next earliest fyste foste snareste forst fyrst raskeste hurtigste")
	freeWords   = set("ledige ledig mulige moglege available ledie ledigee ledge beste free ledige mogelege opening ledigtime appointment slot ledi leie time timen timeluke luka")
	clinicWords = set("dere dokker dykk dykkar dokke de klinikken")
	anyWhen     = set("nar ner narr dag time timer dager klokkeslett tid ti korti kortid kati katid katti katt kolles kostid kortti korsti nati natid tidspunkt")
)

// soonest reads a wish for the first available time, or any time.
func (p *parser) soonest(i int) int {
	f := p.f(i)
	switch {
	case soWords[f] && fastWords[p.f(i+1)] && (asWords[p.f(i+2)] || canWords[p.f(i+2)]):
		p.soon = true
		if canWords[p.f(i+3)] {
			return i + 4
		}
		return i + 3
	case soonWords[f] && canWords[p.f(i+1)]:
		p.soon = true
		return i + 2
	case (f == "tidligst" || f == "tidlegast" || f == "earliest") && i+1 < len(p.toks):
		if freeWords[p.f(i+1)] {
			p.soon = true
			return i + 2
		}
		return 0 // "tidligst kl 12" is a preposition
	case soonWords[f]:
		p.soon = true
		return i + 1
	case firstWords[f] && freeWords[p.f(i+1)]:
		p.soon = true
		return i + 2
	case firstWords[f] && p.f(i+1) == "og" && p.f(i+2) == "beste":
		p.soon = true
		return i + 3
	case firstWords[f] && f != "neste" && f != "next" && p.at(i-1).raw != "på" && freeWords[p.f(i+2)] && (p.is(i+1, "mulig") || p.is(i+1, "mulige")):
		p.soon = true
		return i + 3
	case p.is(i, "med", "en", "gang") || p.is(i, "med", "ein", "gong") || p.is(i, "as", "soon", "as") || p.is(i, "med", "det", "samme"):
		p.soon = true
		return i + 3
	case anyWhen[f] && (asWords[p.f(i+1)] || p.f(i+1) == "sa") && (p.f(i+2) == "helst" || p.f(i+2) == "hels"):
		p.anytime = true
		return i + 3
	case f == "nar" && p.f(i+1) == "helst":
		p.anytime = true
		return i + 2
	case p.is(i, "any", "time") || p.is(i, "any", "day"):
		p.anytime = true
		return i + 2
	case f == "anytime" || f == "whenever" || f == "nasomhelst" || f == "narsomhelst" || f == "nårsomhelst":
		p.anytime = true
		return i + 1
	case (f == "samme" || f == "same") && (p.f(i+1) == "nar" || p.f(i+1) == "hvilken" || p.f(i+1) == "kva" || p.f(i+1) == "ka") || p.is(i, "likegyldig", "nar"):
		p.anytime = true
		return i + 2
	case f == "nar" && clinicWords[p.f(i+1)] && p.f(i+2) == "har" && p.f(i+3) != "apent" && p.f(i+3) != "ope":
		p.anytime = true
		return i + 3
	case p.is(i, "uansett", "nar") || p.is(i, "samme", "for", "meg"):
		p.anytime = true
		return i + 2
	case p.is(i, "ingen", "rolle") || p.is(i, "inga", "rolle"):
		p.anytime = true
		if p.f(i+2) == "nar" {
			return i + 3
		}
		return i + 2
	}
	return 0
}
