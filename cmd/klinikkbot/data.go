package main

import (
	"errors"
	"fmt"

	"klinikkbot/bot"
	"klinikkbot/data"
	"klinikkbot/faq"
)

// dataFlags say where the clinic's files are.
type dataFlags struct {
	DataDir string `name:"data" env:"DATA_DIR" placeholder:"DIR" help:"Folder with the clinic's data files; one that is missing there is the built-in one."`
}

// load reads all data files and builds the engine. Every fault of every file
// is reported.
func (d dataFlags) load() (*bot.Data, []data.Fault, error) {
	clinic, faults := data.Clinic(d.DataDir)
	rules, more := data.Danger(d.DataDir)
	faults = append(faults, more...)
	check, more := data.Screening(d.DataDir)
	faults = append(faults, more...)
	knowledge, more := data.Knowledge(d.DataDir)
	faults = append(faults, more...)
	if clinic == nil {
		return nil, faults, faulty(faults)
	}
	book, more := data.Texts(d.DataDir, clinic.Zone)
	faults = append(faults, more...)
	if len(faults) > 0 {
		return nil, faults, faulty(faults)
	}
	knowledge.Danger = func(text string) faq.Level { return faq.Level(rules.Find(text)) }
	engine, err := faq.New(knowledge)
	if err != nil {
		return nil, nil, err
	}
	return &bot.Data{Clinic: clinic, Check: check, Texts: book, Ears: engine, Danger: rules}, nil, nil
}

func faulty(faults []data.Fault) error {
	var all []error
	for _, f := range faults {
		all = append(all, f)
	}
	return fmt.Errorf("faulty data:\n%w", errors.Join(all...))
}
