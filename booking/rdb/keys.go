// Package rdb is the reception in Redis: claims, bookings and outcomes. It is
// the only room with these keys. Everything is written inside the one script
// that commits a turn; this package gives that script its deeds.
package rdb

import "klinikkbot/booking"

// Every key of the reception. All begin with {clinic}: so that a clinic lives
// in one slot of a Redis Cluster.
//
//	key                       type    content                                       ends
//	cal:<practitioner>:<day>  zset    score start minute, member end:until:booking  30 days after the day
//	pcal:<chat>:<day>         zset    the same, the patient's own day               30 days after the day
//	booking:<id>              hash    the booking; person encrypted                 30 days after the visit
//	mine:<chat>               zset    score start (unix s), member booking id       30 days after the last
//	open                      zset    score created (unix s), member booking id     with each answer
//	outcome:<chat>            hash    the check's outcome and instant               as clinic.yaml says
//	access                    stream  who saw which contact when                    12 months
type keys struct{ clinic string }

func (k keys) name(rest string) string { return "{" + k.clinic + "}:" + rest }

func (k keys) calendar(practitioner string, d booking.Day) string {
	return k.name("cal:" + practitioner + ":" + d.Key())
}
func (k keys) patientDay(chat string, d booking.Day) string {
	return k.name("pcal:" + chat + ":" + d.Key())
}
func (k keys) booking(id string) string   { return k.name("booking:" + id) }
func (k keys) mine(chat string) string    { return k.name("mine:" + chat) }
func (k keys) open() string               { return k.name("open") }
func (k keys) outcome(chat string) string { return k.name("outcome:" + chat) }
func (k keys) access() string             { return k.name("access") }
