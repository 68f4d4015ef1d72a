package when

import "testing"

// The rows of testdata are written for this package, as different people.
func TestHeldOut(t *testing.T) {
	atLeast(t, measured(t, "testdata/held.jsonl"), 97)
}
