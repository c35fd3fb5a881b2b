package export

import (
	"strconv"
	"time"
)

// micros is a time that JSON holds as a number of microseconds.
type micros time.Duration

// MarshalJSON writes whole microseconds, else nanoseconds and a hundredth of one, so that readers who cut off do not
// come out one too low. Times before the start, which only a damaged recording has, are the start.
func (m micros) MarshalJSON() ([]byte, error) {
	ns := max(int64(m), 0)
	text := strconv.AppendInt(nil, ns/1000, 10)
	if rest := ns % 1000; rest > 0 {
		text = append(text, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10), '0', '1')
	}
	return text, nil
}
