package when

import "strings"

var headcount = set("stykk stk personer person folk gjester mennesker pers stykker stykkje personar persona people mann plass venner")

// prep reads a preposition; kind plain if there is none.
func (p *parser) prep(i int) (kind, next int) {
	f := p.f(i)
	if notWords[f] {
		j := i + 1
		for p.f(j) == "noe" || p.f(j) == "sa" || p.f(j) == "da" || p.f(j) == "noko" || p.f(j) == "nokka" || p.f(j) == "for" && p.f(j+1) == "for" {
			j++
		}
		k, n := p.prep(j)
		switch {
		case k == before || p.f(j) == "for" && n == j:
			return from, max(n, j+1)
		case k == after:
			return by, n
		case k == by && p.f(j) == "senere":
			return by, n
		}
		return plain, i
	}
	than := p.f(i+1) == "enn" || p.f(i+1) == "en" || p.f(i+1) == "than"
	switch {
	case beforeRaw[p.at(i).raw]:
		return before, i + 1
	case f == "for" && p.ascii() && (p.holidayAhead(i+1) || workSet[p.f(i+1)] || lunchSet[p.f(i+1)]):
		return before, i + 1
	case (f == "tidligere" || f == "tidlegare" || f == "earlier") && than:
		return before, i + 2
	case (f == "senere" || f == "seinere" || f == "seinare" || f == "later") && than:
		if notWords[p.f(i-1)] {
			return by, i + 2
		}
		return after, i + 2
	case f == "innen" || f == "innan" || f == "inna" || f == "senest" || f == "seinast" || f == "seinest" || f == "inntil" || f == "until" || f == "by" || f == "inom" || f == "innafor" || f == "tom" || f == "within":
		return by, i + 1
	case (f == "frem" || f == "fram") && untilWords[p.f(i+1)]:
		return by, i + 2
	case untilWords[f] && p.is(i+1, "og", "med"):
		return by, i + 3
	case untilWords[f] && p.f(i+1) == "slutten":
		return by, i + 1
	case exceptWords[p.f(i-1)] || p.f(i-1) == "bort" && f == "fra":
		return plain, i
	case f == "fra" || f == "from" || f == "ifra" || f == "fran" || f == "fom" || f == "starting":
		if p.is(i+1, "og", "med") {
			return from, i + 3
		}
		return from, i + 1
	case f == "tidligst" || f == "tidlegast" || f == "earliest":
		return from, i + 1
	case f == "etter" || f == "atter" || f == "efter" || f == "after" || f == "ette" || f == "etterr" || f == "eter" || f == "itter" || f == "ettr" || f == "past" && p.f(i-1) != "half":
		return after, i + 1
	case (f == "itte" || f == "atte" && p.at(i).raw == "ætte") && p.f(i+1) != "pa" && !p.weekdayAt(i+1):
		return after, i + 1
	case f == "over" && (p.holidayAhead(i+1) || weekendWord[p.f(i+1)]):
		return after, i + 1
	}
	return plain, i
}

var beforeRaw = set("før foer føre førr foere fyre before føer førre")

// meansFor tells whether "før" or "førr" is a dialect's "for" here: so many
// people, an alarm for a time.
func (p *parser) meansFor(i int) bool {
	if notWords[p.f(i-1)] {
		return false
	}
	_, count := p.number(i + 1)
	count = count && !p.monthAfter(i+1)
	if p.at(i).raw == "førr" && (count || p.f(i+1) == "i") {
		return true
	}
	for k := i - 1; k >= max(0, i-4); k-- {
		if things[p.f(k)] {
			return true
		}
	}
	return count && p.f(i-1) == "bord" || strings.HasSuffix(p.f(i-1), "meldinga") || p.f(i-1) == "veret"
}

var things = set("alarm alarmen alrmen alramen alarma alarmar alarman alarmer bord reservasjon paminnelse paminnelsen paminnelser paminnelsa vekkerklokke varsel reservasjonen")

func (p *parser) ascii() bool {
	for _, t := range p.toks {
		for _, r := range t.raw {
			if r == 'æ' || r == 'ø' || r == 'å' {
				return false
			}
		}
	}
	return true
}

func (p *parser) weekdayAt(i int) bool {
	_, _, ok := weekdayOf(p.f(i))
	return ok
}

func (p *parser) holidayAhead(i int) bool {
	_, _, _, ok := p.holiday(i)
	return ok
}
