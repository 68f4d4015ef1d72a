package booking

import (
	"time"

	ics "github.com/arran4/golang-ical"
)

// Event is what a calendar file tells of an appointment. Title, Place and Note
// come from the caller and must name no treatment.
type Event struct {
	Reference  string // K-7M2P
	Host       string // makes the UID the clinic's own, such as its CLINIC_ID
	Start, End time.Time
	Title      string
	Place      string
	Note       string
	Sequence   int // grows by one with each change: the booking's version
	Cancelled  bool
	Written    time.Time // when the file is made
}

// ICS is the visit as an .ics file. Its UID is the same for the visit's whole
// life, so that a later file with a higher Sequence replaces the earlier one
// in the patient's calendar. Instants are in UTC, which every calendar shows
// right on both sides of a clock change without knowing the clinic's zone.
func ICS(v Event) []byte {
	c := ics.NewCalendarFor("klinikkbot")
	c.SetMethod(ics.MethodPublish)
	e := c.AddEvent(v.Reference + "@" + v.Host)
	e.SetDtStampTime(v.Written.UTC())
	e.SetSequence(v.Sequence)
	e.SetStartAt(v.Start.UTC())
	e.SetEndAt(v.End.UTC())
	e.SetSummary(v.Title)
	if v.Place != "" {
		e.SetLocation(v.Place)
	}
	if v.Note != "" {
		e.SetDescription(v.Note)
	}
	e.SetStatus(ics.ObjectStatusConfirmed)
	if v.Cancelled {
		c.SetMethod(ics.MethodCancel)
		e.SetStatus(ics.ObjectStatusCancelled)
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}
