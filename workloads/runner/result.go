package runner

import (
	"encoding/json"
	"strings"
)

// result is what a program of ours prints as its last line, in JSON. Times are readings of Python's
// time.perf_counter_ns: the first dispatch of work, and the last result.
type result struct {
	Result    json.RawMessage `json:"result"`
	WorkStart *int64          `json:"work_start_ns"`
	WorkEnd   *int64          `json:"work_end_ns"`
}

// parseResult reads a program's last line. Any other program's last line is no result, and no error.
func parseResult(line string) (r result, found bool) {
	if !strings.HasPrefix(line, "{") {
		return r, false
	}
	err := json.Unmarshal([]byte(line), &r)
	return r, err == nil && r.Result != nil
}
