package when

import (
	"strings"

	"klinikkbot/faq/norsk"
)

// The vocabularies hold folded words (norsk.Fold): a for æ and å, o for ø.

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func numbered(first int, rows ...string) map[string]int {
	m := map[string]int{}
	for i, row := range rows {
		for _, w := range strings.Fields(row) {
			m[w] = first + i
		}
	}
	return m
}

var numbers = numbered(0, "null",
	"en ein ei et ett eitt e ette one", "to tvo tva two", "tre tri three tres", "fire fira fir four fyra", "fem five feim", "seks saks sekks six sex", "sju syv sy seven sjau", "atte atta otte eight", "ni nie nine nio", "ti tie ten tio",
	"elleve elve ellev elleva eleven elva ellve", "tolv tolt twelve", "tretten tretta trettan", "fjorten fjortan", "femten femtan fifteen", "seksten sekstan", "sytten syttan sotten", "atten attan", "nitten nittan", "tjue tyve kjue tjuge twenty tjugo",
	"tjueen tjueett enogtyve", "tjueto toogtyve", "tjuetre treogtyve", "tjuefire fireogtyve", "tjuefem femogtyve", "tjueseks seksogtyve", "tjuesju tjuesyv syvogtyve", "tjueatte", "tjueni", "tretti tredve thirty", "trettien")

var ordinals = numbered(1, "forste fyrste first fosste", "andre annen second anna", "tredje third", "fjerde fjerda fourth", "femte fifth", "sjette sixth", "sjuende syvende sjuande seventh", "attende attande eighth ottende", "niende niande ninth", "tiende tiande tenth",
	"ellevte elvte eleventh", "tolvte tolfte twelfth", "trettende trettande", "fjortende fjortande", "femtende femtande fifteenth", "sekstende sekstande", "syttende syttande sottende syttene sottene", "attande_", "nittende nittande", "tjuende tyvende tjuande kjuende twentieth",
	"tjueforste tjuefyrste enogtyvende", "tjueandre toogtyvende", "tjuetredje", "tjuefjerde", "tjuefemte", "tjuesjette", "tjuesjuende tjuesyvende", "tjueattende", "tjueniende", "trettiende trettiande tredevte", "trettiforste trettifyrste")

var ordinalEnds = set("st nd rd th de nde ende e te")

var monthNames = numbered(1, "januar jan january januari", "februar feb febr february februari", "mars mar march marts", "april apr", "mai may maj", "juni jun june", "juli july", "august aug augusti", "september sep sept", "oktober okt october oct", "november nov", "desember des december dec")

var weekdayStems = numbered(0, "mandag manda mondag monda mannda", "tirsdag tirsda tysdag tysda tisdag tisda tirsda", "onsdag onsda", "torsdag torsda tosdag tossdag tossda tosda hosdag torsda", "fredag freda", "lordag lorda laurdag laurda laudag laurdan lauda", "sondag sonda sundag sunda")
var weekdayExact = numbered(0, "monday mondays man mon", "tuesday tuesdays tir tirs tue tues tys", "wednesday wednesdays ons wed", "thursday thursdays tor tors thu thur thurs tos", "friday fridays fre fri", "saturday saturdays lor laur sat", "sunday sundays son sun")

// Short names that are also other words, and so need a reason to be a day.
var shyDays = set("man mon tor fre fri sat son sun tos lor")

var dayNames = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

var notDays = set("mandat mandal mandel fridag middag lordags fredrik freda")

var (
	nextWords   = set("neste nest next nasta nasste naste enste nesste nestes nexte nste ")
	comingWords = set("forstkommende forstkomande kommende komande fyrstkomande narmeste naermeste narmaste coming")
	thisWords   = set("denne dinna denna dette denni detta this innevarende inneverande dennan")
	lastWords   = set("forrige forre forige sist siste last forra")
	everyWords  = set("hver kver kvar alle every hvert all each")
	oneWords    = set("en ein ei a an et")
	everyDay    = set("dag dager dagar daga day days dagene dagane")
	dayWords    = set("dag dager dagar daga dagers dages day days dagene dagane dagan dogn dagars dage")
	weekWords   = set("uke uka uken uker ukene uko uku ukes ukas ukens veke veka veker vekene vekes vekas vekene vekone vika viku vikku vikka uga ugo ugar ugen uger uge ugas ugu week weeks vecka veckan veckor vekor vekur ukar vecke vike viker")
	weekDef     = set("uka uken uko uku veka vika viku vikku vikka uga ugo ugen ugu veckan")
	monthWords  = set("maned maneden maneder manad manaden manader manadar mnd mndr month months manader manen manan manads maneds manter mane manedene")
	yearWords   = set("ar aret aars year years ars")
	hourWords   = set("timer tima timar hours hour time timers")
	minuteWords = set("minutter minutta minutt min minuttar minutes")
	weekendWord = set("helg helga helgen helgo helgi halg halga halgen halgo weekend weekenden weekends helger helgar helgene helgane halger helgdag helgadagene")
	weekendMany = set("helger helgar helgene helgane weekends halger")
	workdayWord = set("hverdag hverdager kvardag kvardagar hverdagene hverdagen weekday weekdays ukedag ukedager vekedag vekedagar kverdag kverdaga yrkedag yrkedager virkedag virkedager arbeidsdag arbeidsdager kvardagane ukedagene")
	earlyWords  = []string{"tidligt", "tidlig", "tidleg", "tidli", "tile", "tili", "tidlege", "tidlige"}
	earlySet    = set("tidligt tidlig tidleg tidli tile tili tidlege tidlige early tilleg")
	gluedAfterI = set("dag da kveld kvell kveill natt gar garkveld morges overmorgen overmorra overmorgon overmorga ar aften forgars sommer sommar vinter host")
	tomorrowSet = set("morgen morgon morra morro marra mara marro morga morgo marga morn morna morgan morran marran mornen mora moro moron")
	morningSet  = set("morgen morgenen morgon morgonen morran morraen morningen marran morning mornings morningan morgenkvisten morgentime morgentimer mornan morgnen morgnan morgan morgener morran mornen morgenan morraskvist morgningen")
	eveningSet  = set("kveld kvelden kveldan kvell kvellen kvelln kveill kveilln kveldstid kveldstime kvelds evening evenings aften aftenen kvall kvallen tonight kveldane kveldene kvelder kveldar")
	nightSet    = set("natt natta natten natto nattan night nattes nattetid")
	lunchSet    = set("lunsj lunsjen lunch lunchen lunsjtid lunsjtider lunchtime lunsjpausen lunsjpause lunsjtida lunsjtiden lonsj lunsh lonsjen ")
	workSet     = set("jobb jobben arbeid arbeidet work arbeidstid jobbtid")
	clockWords  = set("kl klokka klokken klockan klokkan klokko klokk klokkja klokki klk klo klokke")
	notWords    = set("ikke ikkje ikkj itj itje ittj ittje ikje isje inte not ikkji ikkj ikk ikek ikje ische issje ikkjee ittjno aldri never")
	exceptWords = set("unntatt unntak unntaket unnateke unntekne untatt utenom utanom except foruten bortsett unnatatt unntagen undtagen bortreist opptatt opptatte borte ferie utom unnagen utan unnateken unnatekne")
	orWords     = set("eller og or and elle hell ella elller eler samt ell elr")
	untilWords  = set("til te ti t to till tell teil")
	betweenWord = set("mellom millom imellom between mellem mella mellam melom meillom")
)

var partWords = map[string]int{"begynnelsen": 1, "begynnelse": 1, "starten": 1, "byrjinga": 1, "start": 1, "beginning": 1, "begynnelsn": 1, "primo": 1, "byrjing": 1, "midten": 2, "middle": 2, "midt": 2, "medio": 2, "mid": 2, "midden": 2, "slutten": 3, "utgangen": 3, "slutt": 3, "end": 3, "ultimo": 3, "enden": 3, "slutn": 3}

func tomorrowWord(f string) bool {
	if tomorrowSet[f] {
		return true
	}
	return f != "morges" && len(f) >= 5 && len(f) <= 8 && f[0] == 'm' && norsk.Distance(f, "morgen", 1) <= 1
}

// nextWord forgives one slip in "neste", where a day or week follows.
func (p *parser) nextWord(i int) bool {
	f := p.f(i)
	if nextWords[f] {
		return true
	}
	if len(f) < 5 || len(f) > 6 || notNext[f] || norsk.Distance(f, "neste", 1) > 1 {
		return false
	}
	return weekWords[p.f(i+1)] || weekendWord[p.f(i+1)] || p.weekdayAt(i+1) || monthWords[p.f(i+1)]
}

var notNext = set("beste leste teste feste reste veste heste")

func afternoon(f string) bool {
	if len(f) < 7 {
		return false
	}
	switch f[:3] {
	case "ett", "att", "itt", "eft", "aft", "ete", "etr", "etm", "ert":
		return strings.Contains(f, "mid")
	}
	return false
}

func forenoon(f string) bool {
	return len(f) >= 7 && (strings.HasPrefix(f, "fo") || strings.HasPrefix(f, "fyr")) && strings.Contains(f, "midd")
}

// weekdayOf reads a weekday; many means the plural or an indefinite "every".
func weekdayOf(f string) (day int, many, ok bool) {
	if d, ok := weekdayExact[f]; ok {
		return d, strings.HasSuffix(f, "days"), true
	}
	if d, ok := weekdayStems[f]; ok {
		return d, false, true
	}
	if len(f) < 5 || notDays[f] {
		return 0, false, false
	}
	for _, s := range [...]struct {
		end  string
		many bool
	}{{"ene", true}, {"ane", true}, {"ens", false}, {"en", false}, {"er", true}, {"ar", true}, {"an", false}, {"a", false}, {"s", false}, {"n", false}} {
		if h, ok := strings.CutSuffix(f, s.end); ok {
			if d, ok := weekdayStems[h]; ok {
				return d, s.many || s.end == "an" && strings.HasSuffix(h, "dag"), true
			}
		}
	}
	return nearDay(f)
}

// nearDay forgives one slip in a long name; the first letter decides between
// two days that are as near.
func nearDay(f string) (day int, many, ok bool) {
	if len(f) < 6 || len(f) > 11 {
		return 0, false, false
	}
	best := 3
	for _, w := range fuzzyDays {
		for i, c := range w.forms {
			d := norsk.Distance(f, c, 1)
			if d > 1 {
				continue
			}
			if f[0] != c[0] {
				d = 2
			}
			switch {
			case d < best:
				best, day, many, ok = d, w.day, i > 0, true
			case d == best && day != w.day:
				ok = false
			}
		}
	}
	return day, many, ok
}

type fuzzyDay struct {
	day   int
	forms []string
}

var fuzzyDays = []fuzzyDay{
	{0, []string{"mandag", "mandager"}}, {1, []string{"tirsdag", "tirsdager"}}, {2, []string{"onsdag", "onsdager"}}, {3, []string{"torsdag", "torsdager"}}, {4, []string{"fredag", "fredager"}}, {5, []string{"lordag", "lordager"}}, {6, []string{"sondag", "sondager"}},
	{1, []string{"tysdag", "tysdagar"}}, {5, []string{"laurdag", "laurdagar"}}, {2, []string{"wednesday"}}, {1, []string{"tuesday"}}, {3, []string{"thursday"}}, {5, []string{"saturday"}},
}

var fuzzyMonths = []struct {
	name string
	m    int
}{{"januar", 1}, {"februar", 2}, {"august", 8}, {"september", 9}, {"oktober", 10}, {"november", 11}, {"desember", 12}, {"december", 12}}

func monthOf(f string) (int, bool) {
	if m, ok := monthNames[f]; ok {
		return m, true
	}
	if h, ok := strings.CutSuffix(f, "s"); ok && len(h) > 4 {
		if m, ok := monthNames[h]; ok {
			return m, true
		}
	}
	if len(f) < 5 || len(f) > 11 {
		return 0, false
	}
	for _, w := range fuzzyMonths {
		limit := 1
		if len(w.name) >= 7 && len(f) >= 6 {
			limit = 2
		}
		if f[0] == w.name[0] && norsk.Distance(f, w.name, limit) <= limit {
			return w.m, true
		}
	}
	return 0, false
}
