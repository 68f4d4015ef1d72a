package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms is who may import whom: every package of this module with the others
// of it that it may use. cmd and tests may use any.
var rooms = map[string][]string{
	"faq/norsk":         {},
	"faq/danger":        {"faq/norsk"},
	"faq/when":          {"faq/norsk"},
	"faq":               {"faq/norsk"},
	"booking":           {},
	"booking/screening": {"faq/norsk"},
	"booking/seal":      {},
	"booking/rdb":       {"booking", "booking/seal"},
	"bot/texts":         {"booking"},
	"bot/talk":          {"booking", "booking/screening", "bot/texts", "faq", "faq/when"},
	"bot/desk":          {"booking", "bot/talk", "bot/texts"},
	"bot/memory":        {"booking/seal"},
	"bot/tgtest":        {},
	"bot/preview":       {"bot/tgtest"},
	"bot":               {"booking", "booking/screening", "booking/seal", "bot/desk", "bot/memory", "bot/talk", "bot/texts", "faq", "faq/danger"},
	"data":              {"booking", "booking/screening", "bot/texts", "faq", "faq/danger", "faq/when"},
}

// guests is where each third-party package has its room, tests of other rooms
// included.
var guests = map[string][]string{
	"github.com/go-telegram/":  {"bot"},
	"github.com/redis/":        {"booking/rdb", "bot/memory", "cmd/klinikkbot"},
	"github.com/sahilm/fuzzy":  {"faq"},
	"go.yaml.in/":              {"data"},
	"gopkg.in/yaml":            {},
	"sigs.k8s.io/yaml":         {},
	"github.com/goccy/go-yaml": {},
}

// pure rooms have none of these even through others.
var (
	pure   = []string{"faq", "faq/norsk", "faq/danger", "faq/when", "booking", "booking/screening", "bot/texts", "bot/talk", "bot/desk"}
	impure = []string{"github.com/go-telegram/", "github.com/redis/", "go.yaml.in/", "gopkg.in/yaml", "sigs.k8s.io/yaml", "github.com/goccy/go-yaml"}
)

func TestRooms(t *testing.T) {
	const module = "klinikkbot/"
	list := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports,Deps", "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err, stderr(err))
	}
	seen := 0
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath                               string
			Imports, TestImports, XTestImports, Deps []string
		}
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		seen++
		room := strings.TrimPrefix(p.ImportPath, module)
		may, known := rooms[room]
		cmd := strings.HasPrefix(room, "cmd/")
		if !known && !cmd {
			t.Errorf("%s isn't in the table of rooms", room)
		}
		for _, i := range p.Imports {
			if other, ours := strings.CutPrefix(i, module); ours && !cmd && !slices.Contains(may, other) {
				t.Errorf("%s may not import %s", room, other)
			}
		}
		for _, i := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for guest, at := range guests {
				if strings.HasPrefix(i, guest) && !slices.Contains(at, room) {
					t.Errorf("%s may not import %s, which has its room in %v", room, i, at)
				}
			}
		}
		for _, i := range p.Deps {
			if slices.Contains(pure, room) && slices.ContainsFunc(impure, func(not string) bool {
				return i == not || strings.HasPrefix(i, not) && strings.HasSuffix(not, "/") || strings.HasPrefix(i, not+"/") || strings.HasPrefix(i, not+".")
			}) {
				t.Errorf("%s is pure and yet needs %s", room, i)
			}
		}
	}
	if seen < len(pure) {
		t.Errorf("only %d packages were looked at", seen)
	}
}

func stderr(err error) string {
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		return string(e.Stderr)
	}
	return ""
}
