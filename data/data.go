// Package data holds all that the clinic owns, as YAML files in Norwegian, and
// reads them. The files are embedded in the program; a folder (DATA_DIR) may
// replace any of them, file by file.
//
// Reading never stops at the first mistake: every fault is reported with its
// file, its line and what to do about it, so that the person who edits a file
// can mend all of them at once.
package data

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml
var builtIn embed.FS

// Fault is one mistake in a data file.
type Fault struct {
	File   string // the file's name, "faq.yaml"
	Line   int    // counted from 1; 0 where the whole file is meant
	What   string // what is wrong
	Remedy string // what to do about it
}

func (f Fault) Error() string {
	at := f.File
	if f.Line > 0 {
		at += ":" + strconv.Itoa(f.Line)
	}
	if f.Remedy == "" {
		return at + ": " + f.What
	}
	return at + ": " + f.What + ": " + f.Remedy
}

// file is one data file while it is read: its text as a tree with line
// numbers, and the faults found in it so far.
type file struct {
	name   string
	bytes  []byte
	root   yaml.Node
	faults []Fault
}

// open reads one data file: from dir where it stands there, else the one that
// is built in. dir may be empty. A file that can't be read or is not YAML is a
// fault, and the file is then empty.
func open(dir, name string) *file {
	f := &file{name: name}
	var err error
	if dir != "" {
		f.bytes, err = os.ReadFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			f.faults = append(f.faults, Fault{name, 0, err.Error(), "make the file readable"})
			return f
		}
	}
	if f.bytes == nil {
		if f.bytes, err = builtIn.ReadFile(name); err != nil {
			f.faults = append(f.faults, Fault{name, 0, "is not built in", "build the program again"})
			return f
		}
	}
	if err := yaml.Unmarshal(f.bytes, &f.root); err != nil {
		f.yamlFaults(err)
	}
	return f
}

// decode fills v from the file, strictly: an unknown key, a key written twice
// or a value of the wrong type is a fault with its line.
func (f *file) decode(v any) {
	if len(f.faults) > 0 {
		return
	}
	d := yaml.NewDecoder(strings.NewReader(string(f.bytes)))
	d.KnownFields(true)
	if err := d.Decode(v); err != nil {
		f.yamlFaults(err)
	}
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)

func (f *file) yamlFaults(err error) {
	var messages []string
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	} else {
		messages = []string{err.Error()}
	}
	for _, m := range messages {
		line := 0
		if g := yamlLine.FindStringSubmatch(m); g != nil {
			line, _ = strconv.Atoi(g[1])
			m = g[2]
		}
		remedy := "correct the spelling, the indentation or the type of the value"
		if strings.Contains(m, "not found in type") {
			m = regexp.MustCompile(`field (\S+) not found in type .*`).ReplaceAllString(m, `unknown key "$1"`)
			remedy = "take it out, or correct its spelling"
		}
		f.faults = append(f.faults, Fault{f.name, line, m, remedy})
	}
}

// line finds the line on which a value stands. A path is made of keys (string)
// and positions in a list (int): line("entries", 3, "answer"). Where the path
// leads nowhere, the line of its nearest existing part is given.
func (f *file) line(path ...any) int {
	node := &f.root
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	at := node.Line
	for _, step := range path {
		var next *yaml.Node
		switch step := step.(type) {
		case string:
			for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
				if node.Content[i].Value == step {
					at, next = node.Content[i].Line, node.Content[i+1]
				}
			}
		case int:
			if node.Kind == yaml.SequenceNode && step < len(node.Content) {
				next = node.Content[step]
				at = next.Line
			}
		}
		if next == nil {
			return at
		}
		node = next
	}
	return at
}

// fault notes a mistake found by meaning rather than by type.
func (f *file) fault(path []any, remedy, what string, args ...any) {
	f.faults = append(f.faults, Fault{f.name, f.line(path...), fmt.Sprintf(what, args...), remedy})
}
