// Package number writes measured values for people, the same way in every picture, table and sentence: three digits
// that count, a unit, and figures of equal width, so that columns of them line up.
package number

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Missing stands for a value that was not measured.
const Missing = "–"

// Duration writes a length of time with three digits: "980 µs", "15.4 ms", "1.13 s", "2:05 min".
func Duration(d time.Duration) string {
	switch abs := d.Abs(); {
	case abs == 0:
		return "0 s"
	case abs < 999500*time.Nanosecond:
		return three(float64(d)/float64(time.Microsecond)) + " µs"
	case abs < 999500*time.Microsecond:
		return three(float64(d)/float64(time.Millisecond)) + " ms"
	case abs < 99950*time.Millisecond:
		return three(d.Seconds()) + " s"
	}
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	whole := d.Round(time.Second)
	if whole < time.Hour {
		return fmt.Sprintf("%s%d:%02d min", sign, whole/time.Minute, whole%time.Minute/time.Second)
	}
	return fmt.Sprintf("%s%d:%02d:%02d h", sign, whole/time.Hour, whole%time.Hour/time.Minute, whole%time.Minute/time.Second)
}

// Bytes writes an amount of memory in decimal units with three digits: "512 B", "980 kB", "14.2 MB".
func Bytes(b float64) string {
	if math.IsNaN(b) {
		return Missing
	}
	units := [...]string{"B", "kB", "MB", "GB", "TB", "PB"}
	i := 0
	for i < len(units)-1 && math.Abs(b) >= 999.5 {
		b /= 1000
		i++
	}
	if i == 0 {
		return fmt.Sprintf("%.0f B", b)
	}
	return three(b) + " " + units[i]
}

// RoundBytes writes an amount that has few digits, such as the end of an axis, without zeros that say nothing: "16 MB",
// "1.2 GB".
func RoundBytes(b float64) string {
	value, unit, _ := strings.Cut(Bytes(b), " ")
	if strings.Contains(value, ".") {
		value = strings.TrimRight(strings.TrimRight(value, "0"), ".")
	}
	return strings.TrimSpace(value + " " + unit)
}

// Percent writes a share, 0 to 1, as "74 %"; what is not 0 but rounds to it as "<1 %".
func Percent(share float64) string {
	switch {
	case math.IsNaN(share):
		return Missing
	case share > 0 && share < 0.005:
		return "<1 %"
	}
	return fmt.Sprintf("%.0f %%", share*100)
}

// Count writes a whole number in groups of three: "10 000 000".
func Count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + " " + digits[i:]
	}
	return digits
}

// three writes a value with three digits that count.
func three(v float64) string {
	switch abs := math.Abs(v); {
	case abs < 9.995:
		return fmt.Sprintf("%.2f", v)
	case abs < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}
