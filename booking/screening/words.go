package screening

import (
	"klinikkbot/faq/norsk"
)

// Words are the clinic's lists for reading typed answers, whatever the
// question. What each is for stands in screening.yaml.
type Words struct {
	Yes        []string `yaml:"yes"`
	FirstYes   []string `yaml:"first_yes"` // yes only as the first word of its part
	Agree      []string `yaml:"agree"`     // yes unless something in the part denies
	No         []string `yaml:"no"`
	FirstNo    []string `yaml:"first_no"`
	Not        []string `yaml:"not"`
	Without    []string `yaml:"without"`
	Idioms     []string `yaml:"idioms"`
	Sure       []string `yaml:"sure"`
	Hedge      []string `yaml:"hedge"`
	Others     []string `yaml:"others"`
	Self       []string `yaml:"self"`
	Verbs      []string `yaml:"verbs"`
	Finite     []string `yaml:"finite"`
	Able       []string `yaml:"able"`
	Deny       []string `yaml:"deny"`
	Only       []string `yaml:"only"`
	But        []string `yaml:"but"`
	Except     []string `yaml:"except"`
	Some       []string `yaml:"some"`
	Past       []string `yaml:"past"`
	Ended      []string `yaml:"ended"`
	Still      []string `yaml:"still"`
	Long       []string `yaml:"long"`
	Recent     []string `yaml:"recent"`
	Seasons    []string `yaml:"seasons"`
	Now        []string `yaml:"now"`
	Know       []string `yaml:"know"`
	Object     []string `yaml:"object"` // what a denial may deny, whatever the question
	Limits     []string `yaml:"limits"` // make a denial a partial one
	Good       []string `yaml:"good"`   // denied, they say the contrary
	Affirm     []string `yaml:"affirm"`
	Since      []string `yaml:"since"`
	Longer     []string `yaml:"longer"`
	Formerly   []string `yaml:"formerly"`
	Ever       []string `yaml:"ever"`
	Possessive []string `yaml:"possessive"`
	Governing  []string `yaml:"governing"`
	Among      []string `yaml:"among"`
	And        []string `yaml:"and"`
	Relative   []string `yaml:"relative"`
	Ahead      []string `yaml:"ahead"`
	Ask        []string `yaml:"ask"`
	Booking    []string `yaml:"booking"`
	Joins      []string `yaml:"joins"`
	Plain      []string `yaml:"plain"`
	Reasons    []string `yaml:"plain_reason"`
	Signs      []string `yaml:"doubtful_signs"`

	BornAdult int            `yaml:"born_adult"` // born this year or earlier: 18 or more
	BornMinor int            `yaml:"born_minor"` // born this year or later: under 18
	Minor     []string       `yaml:"minor"`
	Adult     []string       `yaml:"adult"`
	Senior    []string       `yaml:"senior"`
	Soon      []string       `yaml:"soon"`
	Turned    []string       `yaml:"turned"`
	Over      []string       `yaml:"over"`
	Below     []string       `yaml:"below"`
	About     []string       `yaml:"about"`
	Born      []string       `yaml:"born"`
	AgeUnits  []string       `yaml:"age_units"`
	LastUnit  []string       `yaml:"last_unit"` // before a span of time: a window, not a point
	Half      []string       `yaml:"half"`
	HalfMore  []string       `yaml:"half_more"` // one and a half
	Couple    []string       `yaml:"couple"`
	Numbers   map[string]int `yaml:"numbers"`
	Days      map[string]int `yaml:"days"`
}

// A sort is what a word may be in an answer; a word may be several.
type sort uint64

const (
	sYes sort = 1 << iota
	sFirstYes
	sAgree
	sNo
	sFirstNo
	sNot
	sWithout
	sIdiom
	sSure
	sHedge
	sOther
	sSelf
	sVerb
	sFinite
	sAble
	sDeny
	sOnly
	sBut
	sExcept
	sSome
	sPast
	sEnded
	sStill
	sLong
	sRecent
	sSeason
	sNow
	sKnow
	sObject
	sLimit
	sGood
	sAffirm
	sSince
	sLonger
	sFormerly
	sEver
	sPossessive
	sGoverning
	sAmong
	sAnd
	sRelative
	sAhead
	sAsk
	sBooking
	sJoin
	sPlain
	sReason
	sMinor
	sAdult
	sSenior
	sSoon
	sTurned
	sOver
	sBelow
	sAbout
	sBorn
	sAgeUnit
	sLastUnit
	sHalf
	sHalfMore
	sCouple
	sNumber
	sDay
)

// lexicon is Words made ready.
type lexicon struct {
	sorts []struct {
		sort    sort
		phrases phrases
	}
	numbers, days        map[string]int
	ageUnits             []string // folded
	signs                []string
	bornAdult, bornMinor int
	known                vocabulary
}

func (w Words) ready(known vocabulary) lexicon {
	l := lexicon{numbers: map[string]int{}, days: map[string]int{}, signs: w.Signs, bornAdult: w.BornAdult, bornMinor: w.BornMinor, known: known}
	add := func(s sort, list []string) {
		ready := known.exact(list)
		if s&(sYes|sHedge|sSome|sPast|sEnded|sRecent|sStill|sExcept|sOnly|sBut) != 0 {
			ready = known.ready(list)
		}
		l.sorts = append(l.sorts, struct {
			sort    sort
			phrases phrases
		}{s, ready})
	}
	for _, each := range []struct {
		sort sort
		list []string
	}{
		{sYes, w.Yes}, {sFirstYes, w.FirstYes}, {sAgree, w.Agree}, {sNo, w.No}, {sFirstNo, w.FirstNo}, {sNot, w.Not}, {sWithout, w.Without},
		{sIdiom, w.Idioms}, {sSure, w.Sure}, {sHedge, w.Hedge}, {sOther, w.Others}, {sSelf, w.Self}, {sVerb, w.Verbs}, {sFinite, w.Finite},
		{sAble, w.Able}, {sDeny, w.Deny}, {sOnly, w.Only}, {sBut, w.But}, {sExcept, w.Except}, {sSome, w.Some}, {sPast, w.Past}, {sEnded, w.Ended},
		{sStill, w.Still}, {sLong, w.Long}, {sRecent, w.Recent}, {sSeason, w.Seasons}, {sNow, w.Now}, {sKnow, w.Know}, {sObject, w.Object}, {sLimit, w.Limits}, {sGood, w.Good}, {sAffirm, w.Affirm}, {sSince, w.Since}, {sLonger, w.Longer}, {sFormerly, w.Formerly}, {sEver, w.Ever}, {sPossessive, w.Possessive}, {sGoverning, w.Governing}, {sAmong, w.Among}, {sAnd, w.And}, {sRelative, w.Relative}, {sAhead, w.Ahead}, {sHalfMore, w.HalfMore}, {sAsk, w.Ask}, {sBooking, w.Booking}, {sJoin, w.Joins},
		{sPlain, w.Plain}, {sReason, w.Reasons}, {sMinor, w.Minor}, {sAdult, w.Adult}, {sSenior, w.Senior}, {sSoon, w.Soon}, {sTurned, w.Turned},
		{sOver, w.Over}, {sBelow, w.Below}, {sAbout, w.About}, {sBorn, w.Born}, {sAgeUnit, w.AgeUnits}, {sLastUnit, w.LastUnit}, {sHalf, w.Half}, {sCouple, w.Couple},
	} {
		add(each.sort, each.list)
	}
	for _, unit := range w.AgeUnits {
		l.ageUnits = append(l.ageUnits, norsk.Fold(norsk.Clean(unit)))
	}
	for _, m := range []struct {
		from map[string]int
		to   map[string]int
	}{{w.Numbers, l.numbers}, {w.Days, l.days}} {
		for word, n := range m.from {
			m.to[norsk.Clean(word)] = n
			if _, ok := m.to[norsk.Fold(norsk.Clean(word))]; !ok {
				m.to[norsk.Fold(norsk.Clean(word))] = n
			}
			known[norsk.Fold(norsk.Clean(word))] |= folded
		}
	}
	return l
}
