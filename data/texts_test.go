package data

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every text that the program names stands in texts.yaml, and every text in it
// is named by the program.
func TestTextsAreCompleteAndInUse(t *testing.T) {
	book, faults := Texts("", time.UTC)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var source strings.Builder
	for _, root := range []string{"../bot", "../cmd"} {
		err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				b, readErr := os.ReadFile(path)
				source.Write(b)
				return readErr
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	code := source.String()
	for _, m := range regexp.MustCompile(`\.(?:Say|say|Label|label|stop)\("([a-z0-9_]+)"[,)]`).FindAllStringSubmatch(code, -1) {
		if !slices.Contains(book.Keys(), m[1]) {
			t.Errorf("the program says %q, which texts.yaml doesn't have", m[1])
		}
	}
	made := []string{"card_", "check_", "mine_", "taken_", "fact_"} // keys put together from a status, an outcome, a reason, a fact
	for _, key := range book.Keys() {
		named := strings.Contains(code, `"`+key+`"`)
		for _, prefix := range made {
			named = named || strings.HasPrefix(key, prefix)
		}
		if !named {
			t.Errorf("texts.yaml has %q, which the program never says", key)
		}
	}
}

func TestTextsFaults(t *testing.T) {
	own, err := builtIn.ReadFile("texts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, want string }{
		"missing":      {"  smalltalk: Bare hyggelig.\n", "", `text "smalltalk" is missing`},
		"unused":       {"  smalltalk: Bare hyggelig.\n", "  smalltalk: Bare hyggelig.\n  frokost: Ja.\n", `text "frokost" is not in use`},
		"empty":        {"  smalltalk: Bare hyggelig.\n", "  smalltalk: \"\"\n", `text "smalltalk" is empty`},
		"unknown word": {"  smalltalk: Bare hyggelig.\n", "  smalltalk: Hei {fornavn}.\n", "nothing fills in {fornavn}"},
		"wrong type":   {"  smalltalk: Bare hyggelig.\n", "  smalltalk: [a, b]\n", "cannot unmarshal"},
		"six days":     {"lørdag]", "]", "weekdays has 6 names instead of 7"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			text := strings.Replace(string(own), c.old, c.new, 1)
			if text == string(own) {
				t.Fatal("the file has not this line any more")
			}
			text = strings.Replace(text, ", ]", "]", 1)
			if err := os.WriteFile(filepath.Join(dir, "texts.yaml"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, faults := Texts(dir, time.UTC)
			if len(faults) != 1 || faults[0].Line == 0 || faults[0].Remedy == "" || !strings.Contains(faults[0].What, c.want) {
				t.Errorf("got %v, want one fault with line and remedy: %s", faults, c.want)
			}
		})
	}
}
