package booking

import "time"

// Status is where a booking stands.
type Status string

// The life of a booking.
const (
	Requested Status = "requested" // sent by the patient, not answered
	Confirmed Status = "confirmed"
	Declined  Status = "declined"
	Cancelled Status = "cancelled"
	Lapsed    Status = "lapsed" // nobody answered in time
	Served    Status = "served" // a call that was made
)

// The two kinds of booking: a visit at a time, and a wish to be called.
const (
	KindVisit = "visit"
	KindCall  = "call"
	// KindQuestion is a text that a patient sent on; it keeps no text, only
	// where the answer goes.
	KindQuestion = "question"
)

// Judged is the outcome after a practitioner has said that a check which was
// to be judged doesn't stand in the way of an appointment.
const Judged = "judged"

// Booking is one request or appointment. It holds no answer of the check, only
// its outcome.
type Booking struct {
	ID       string // the draft's id, and the reference after "K-"
	Version  int    // rises with every change
	Kind     string // KindVisit or KindCall
	Status   Status
	Slot     Slot
	Areas    []string // neutral service codes
	Medical  bool     // for a medical reason
	Outcome  string   // of the check: "ok", "review", or Judged after a practitioner's yes
	Patient  string   // the patient's chat, as a keyed hash
	Created  time.Time
	AnswerBy time.Time // when the patient was promised an answer
	By       string    // who made the last change: "patient" or a staff member's first name
	At       time.Time // when the last change was made
	Person   Person    // empty where it wasn't asked for
}

// Reference is how people name the booking: "K-7M2P4Q".
func (b Booking) Reference() string { return "K-" + b.ID }

// Open says whether the booking is to come or waits for an answer.
func (b Booking) Open() bool { return b.Status == Requested || b.Status == Confirmed }

// Person is what names the patient; it is stored encrypted only.
type Person struct {
	Name  string `json:"name"`
	Phone string `json:"phone"` // E.164
	Chat  int64  `json:"chat"`  // where Telegram reaches her
}

// Deed is something that a turn wants done at the reception. It is a value: a
// test sees what would be done. All of it is done, in the turn's one commit, or
// none and a Refusal says why.
type Deed interface{ deed() }

// Hold claims a time for a draft until an instant, and gives back what the
// same draft held before.
type Hold struct {
	ID      string
	Patient string
	Slot    Slot
	Old     Slot // what the draft holds now; zero if nothing
	Until   time.Time
}

// Release gives a draft's held time back.
type Release struct {
	ID      string
	Patient string
	Slot    Slot
}

// Judge stores the outcome of a check for Keep.
type Judge struct {
	Patient string
	Outcome string
	Release *Release // a time that was held, given back when the check stopped
	Keep    time.Duration
}

// Request makes a booking of a draft: its time is claimed firmly. The outcome
// of the check is read where it is stored; the one given is only compared.
type Request struct {
	Booking Booking
	Limit   int // open bookings that one patient may have; 0 is no limit
}

// Change moves a booking to another status if its version is still the given
// one.
type Change struct {
	Booking Booking // as it was read: id, version, slot, patient
	To      Status
	By      string
	At      time.Time
	Outcome string // a practitioner's judgement of a check that was to be judged; empty leaves it
}

// Look records that a staff member saw a patient's contact.
type Look struct {
	Booking Booking
	Who     int64
	At      time.Time
}

func (Hold) deed()    {}
func (Release) deed() {}
func (Judge) deed()   {}
func (Request) deed() {}
func (Change) deed()  {}
func (Look) deed()    {}

// Refusal is why a deed was not done. Nothing was written.
type Refusal string

// The reasons. A refused deed goes back into the conversation as an event.
const (
	Gone    Refusal = "taken"   // the time is somebody else's
	Clash   Refusal = "clash"   // the patient has another appointment then
	NoCheck Refusal = "check"   // no passed check is stored
	TooMany Refusal = "limit"   // too many open bookings
	Changed Refusal = "version" // the booking is no longer as it was read
	Used    Refusal = "used"    // the id is taken
)

// Patient is what the reception knows of one chat without its names.
type Patient struct {
	Outcome string    // of the last check, "" where there is none
	Blocked time.Time // when a check last ended in a block; zero: never, or long ago
	Under18 time.Time // when a check last ended by age
	Coming  int       // open bookings
}
