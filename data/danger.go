package data

import (
	"errors"

	"klinikkbot/faq/danger"
)

// Danger reads the rules for danger signs, danger.yaml. The rules are nil
// where there is any fault.
func Danger(dir string) (*danger.Rules, []Fault) {
	f := open(dir, "danger.yaml")
	var book danger.Book
	f.decode(&book)
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	rules, err := danger.New(book)
	f.mistakes(err)
	return rules, f.faults
}

// mistakes notes the faults that the rules found in what was read.
func (f *file) mistakes(err error) {
	if err == nil {
		return
	}
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			f.mistakes(e)
		}
		return
	}
	var m *danger.Mistake
	if errors.As(err, &m) {
		f.fault(m.Path, m.Remedy, "%s", m.What)
		return
	}
	f.fault(nil, "", "%s", err.Error())
}
