package number

import (
	"fmt"
	"math"
	"time"
)

// Unit is what the moments of one time axis are written in.
type Unit struct {
	Name string
	Size time.Duration
}

// The units of a time axis.
var (
	Microseconds = Unit{"µs", time.Microsecond}
	Milliseconds = Unit{"ms", time.Millisecond}
	Seconds      = Unit{"s", time.Second}
	Minutes      = Unit{"min", time.Minute}
)

// UnitUpTo is the unit in which moments from 0 to end read best.
func UnitUpTo(end time.Duration) Unit {
	switch {
	case end <= 1500*time.Microsecond:
		return Microseconds
	case end <= 1500*time.Millisecond:
		return Milliseconds
	case end <= 2*time.Minute:
		return Seconds
	}
	return Minutes
}

// Moment writes a time since the start in a unit, as exactly as a resolution asks for: "262.2 ms", "0.25 s",
// "2:05 min".
func (u Unit) Moment(at, resolution time.Duration) string {
	if u == Minutes {
		return minutes(at, resolution)
	}
	return fmt.Sprintf("%.*f %s", decimals(u.Size, resolution), float64(at)/float64(u.Size), u.Name)
}

func minutes(at, resolution time.Duration) string {
	digits := decimals(time.Second, resolution)
	width := 2
	if digits > 0 {
		width = 3 + digits
	}
	// Rounded first, so that 59.96 s does not become "0:60.0".
	step := time.Duration(math.Round(float64(time.Second) / math.Pow10(digits)))
	at = at.Round(step)
	return fmt.Sprintf("%d:%0*.*f min", at/time.Minute, width, digits, (at % time.Minute).Seconds())
}

// decimals is how many digits after the point tell moments apart that lie a resolution from each other.
func decimals(unit, resolution time.Duration) int {
	n := 0
	for step := unit; step > max(resolution, 1) && n < 9; n++ {
		if step%10 != 0 {
			break
		}
		step /= 10
	}
	// A resolution such as 0.25 s needs the digit that its last figure stands in.
	for n < 9 && resolution > 0 {
		scale := unit / time.Duration(math.Pow10(n))
		if scale == 0 || resolution%scale == 0 {
			break
		}
		n++
	}
	return n
}
