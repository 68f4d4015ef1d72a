package when

import "slices"

var joints = set("i pa den")

var brackets = set("( , en pa som er")

// between2 tells whether only these words stand from a to b.
func (p *parser) between2(a, b int, words map[string]bool) bool {
	for i := a; i < b; i++ {
		if !words[p.f(i)] {
			return false
		}
	}
	return true
}

var (
	lightBefore = set("pa en ein ei i til te for om den det noen nokon alle helst pa a the on hver dager fra akkurat time tid mulighet anledning hove passe denne noko hele heile")
	lightAfter  = set("er litt helt veldig nok gar passer kan funker er jeg eg a det sa bra fungerer har du vi ej i ae og alltid da dessverre dessverre desverre vel vil kunne doesn't doesnt does det dette den kjem komme meg mae works work for blir mulig me je")
	links       = set("og eller , pa i en and or samt til te ei ein heller ikke ikkje itj")
)

// negate finds what each "not" is said of: what follows at once, with the
// items linked to it; else what stands before it in the clause.
func (p *parser) negate() {
	for _, k := range p.nots {
		found := badWords[p.f(k)]
		for i := range p.items {
			if found {
				break
			}
			it := &p.items[i]
			if it.a <= k {
				continue
			}
			start := k + 1
			if p.f(start) == "fra" || p.f(start) == "from" || p.f(start) == "for" {
				start++
			}
			if p.between2(start, it.a, lightBefore) || p.f(k-1) == "kan" && p.between2(start, it.a, goWords) {
				found = true
				it.neg = true
				for j := i + 1; j < len(p.items) && p.between2(p.items[j-1].b, p.items[j].a, links) && (p.items[j].day || !p.items[i].day) && !p.items[j].open; j++ {
					p.items[j].neg = true
				}
			}
			break
		}
		if found && !badWords[p.f(k)] || exceptWords[p.f(k)] && !awayWords[p.f(k)] {
			continue
		}
		for i := len(p.items) - 1; i >= 0; i-- {
			it := &p.items[i]
			if it.b > k {
				continue
			}
			if it.day && k > it.b && p.between2(it.b, k, lightAfter) && !p.condition(it.a) && !(p.f(k+1) != "" && after2[p.f(k+1)]) {
				it.neg = true
				for j := i - 1; j >= 0 && p.items[j].day && p.between2(p.items[j].b, p.items[j+1].a, links); j-- {
					p.items[j].neg = true
				}
			}
			break
		}
	}
}

// badWords say no of what stands before them, awayWords of either side.
var (
	badWords  = set("darlig darleg uaktuell uaktuelt umulig umogleg vanskelig vanskeleg darli")
	awayWords = set("opptatt opptatte bortreist borte")
)

var goWords = set("pa en i komme mote ta ga ha noe den til")
var after2 = set("sant gjort fullt opptatt sa")

// condition tells whether the clause before a begins with a question.
func (p *parser) condition(a int) bool {
	for i := a - 1; i >= max(0, a-4); i-- {
		if conditional[p.f(i)] {
			return true
		}
	}
	return false
}

type exclusion struct {
	week  map[int]bool
	dates []int
}

func (e exclusion) remove(days []int) []int {
	return slices.DeleteFunc(days, func(d int) bool {
		_, hit := slices.BinarySearch(e.dates, d)
		return hit || e.week[weekday(d)]
	})
}

// excluded lists what is negated; a band turns into a limit.
func (p *parser) excluded() exclusion {
	e := exclusion{week: map[int]bool{}}
	for i := range p.items {
		it := &p.items[i]
		if !it.neg {
			continue
		}
		switch {
		case it.day && it.week != 0 && !it.exact:
			for d := range 7 {
				if it.week>>d&1 == 1 {
					e.week[d] = true
				}
			}
		case it.day:
			e.dates = merge(e.dates, it.set)
		case it.time && !it.clock && !it.prepped:
			switch it.hint {
			case morningHint, forenoonHint:
				it.from, it.to, it.prepped = it.to, -1, true
			case afternoonHint, eveningHint:
				it.from, it.to, it.prepped = -1, it.from, true
			default:
				it.time = false
			}
			continue
		case it.time:
			it.time = false
		}
		it.day, it.time = false, false
	}
	for i := range p.items {
		if p.items[i].neg && !p.items[i].time {
			p.items[i].hint = 0
		}
	}
	if len(e.week)+len(e.dates) > 0 { // "alle dager unntatt tirsdag" names no day
		for i := range p.items {
			if it := &p.items[i]; it.day && it.open && it.period {
				it.day = false
			}
		}
	}
	return e
}
