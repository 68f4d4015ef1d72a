package data

import (
	"os"
	"path/filepath"
	"testing"

	"klinikkbot/faq/danger"
)

func TestDangerBuiltIn(t *testing.T) {
	rules, faults := Danger("")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := rules.Find("Jeg får ikke puste"); got != danger.Level113 {
		t.Errorf("level %q", got)
	}
}

// Each mistake is reported with its line, all of them at once.
func TestDangerFaults(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Fault
	}{
		{"meaning", `words:
  puste: [puste]
groups:
  - name: pust
    level: "112"
    acute:
      - <puste>
      - <luft> + ikke
  - name: tom
    level: klinikk
excuses:
  - name: spøk
    of: [pusting]
    reach: near
    when: [haha]
`, []Fault{
			{"danger.yaml", 5, `the level is "112"`, "write 113, samme-dag, klinikk or livet"},
			{"danger.yaml", 9, "the group has no signs", "write at least one sign, or take the group out"},
			{"danger.yaml", 8, `"<luft> + ikke": there is no list of words <luft>`, "correct the pattern"},
			{"danger.yaml", 13, `there is no group "pusting"`, "write the name of a group"},
		}},
		{"key", "gruppe: []\n", []Fault{
			{"danger.yaml", 1, `unknown key "gruppe"`, "take it out, or correct its spelling"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "danger.yaml"), []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			rules, faults := Danger(dir)
			if rules != nil {
				t.Error("rules in spite of faults")
			}
			if len(faults) != len(c.want) {
				t.Fatalf("faults %v, want %v", faults, c.want)
			}
			for i, want := range c.want {
				if faults[i] != want {
					t.Errorf("fault %v, want %v", faults[i], want)
				}
			}
		})
	}
}
