package when

import "testing"

// The rows of testdata were written for this package, as different people.
// Each batch was measured once before anything was mended for it; since then
// they guard against going backwards and are no measure of new messages.
func TestWrittenRows(t *testing.T) {
	atLeast(t, measured(t, "testdata/written.jsonl"), 99)
}
