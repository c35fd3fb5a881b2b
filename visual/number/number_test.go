package number_test

import (
	"math"
	"testing"
	"time"

	"regatta/visual/number"
)

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0 s"},
		{120, "0.12 µs"},
		{980 * time.Microsecond, "980 µs"},
		{999_499, "999 µs"},
		{999_600, "1.00 ms"},
		{15_400 * time.Microsecond, "15.4 ms"},
		{-15_400 * time.Microsecond, "-15.4 ms"},
		{99_960 * time.Microsecond, "100 ms"},
		{999_600 * time.Microsecond, "1.00 s"},
		{1130 * time.Millisecond, "1.13 s"},
		{9_996 * time.Millisecond, "10.0 s"},
		{99_940 * time.Millisecond, "99.9 s"},
		{99_960 * time.Millisecond, "1:40 min"},
		{125 * time.Second, "2:05 min"},
		{-125 * time.Second, "-2:05 min"},
		{3*time.Hour + 5*time.Minute + 7*time.Second, "3:05:07 h"},
	} {
		if got := number.Duration(c.d); got != c.want {
			t.Errorf("Duration(%d) = %q, want %q", c.d, got, c.want)
		}
	}
}

func TestBytes(t *testing.T) {
	for _, c := range []struct {
		b    float64
		want string
	}{
		{0, "0 B"},
		{512, "512 B"},
		{999.6, "1.00 kB"},
		{980e3, "980 kB"},
		{14.2e6, "14.2 MB"},
		{999.6e6, "1.00 GB"},
		{1.2e9, "1.20 GB"},
		{math.NaN(), number.Missing},
	} {
		if got := number.Bytes(c.b); got != c.want {
			t.Errorf("Bytes(%g) = %q, want %q", c.b, got, c.want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		share float64
		want  string
	}{{0, "0 %"}, {0.004, "<1 %"}, {0.006, "1 %"}, {0.74, "74 %"}, {1, "100 %"}, {1.97, "197 %"}, {math.NaN(), number.Missing}} {
		if got := number.Percent(c.share); got != c.want {
			t.Errorf("Percent(%g) = %q, want %q", c.share, got, c.want)
		}
	}
}

func TestMoment(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		unit       number.Unit
		at         time.Duration
		resolution time.Duration
		want       string
	}{
		{number.Milliseconds, 0, 100 * ms, "0 ms"},
		{number.Milliseconds, 600 * ms, 100 * ms, "600 ms"},
		{number.Milliseconds, 262_210 * time.Microsecond, 100 * time.Microsecond, "262.2 ms"},
		{number.Seconds, 0, 250 * ms, "0.00 s"},
		{number.Seconds, 250 * ms, 250 * ms, "0.25 s"},
		{number.Seconds, 2 * time.Second, time.Second, "2 s"},
		{number.Seconds, 20 * time.Second, 10 * time.Second, "20 s"},
		{number.Seconds, 1500 * ms, 500 * ms, "1.5 s"},
		{number.Microseconds, 20 * time.Microsecond, 5 * time.Microsecond, "20 µs"},
		{number.Minutes, 125 * time.Second, time.Second, "2:05 min"},
		{number.Minutes, 59_960 * ms, 100 * ms, "1:00.0 min"},
		{number.Minutes, 65_500 * ms, 500 * ms, "1:05.5 min"},
	} {
		if got := c.unit.Moment(c.at, c.resolution); got != c.want {
			t.Errorf("%s: Moment(%v, %v) = %q, want %q", c.unit.Name, c.at, c.resolution, got, c.want)
		}
	}
}

func TestUnitUpTo(t *testing.T) {
	for _, c := range []struct {
		end  time.Duration
		want number.Unit
	}{
		{time.Millisecond, number.Microseconds},
		{600 * time.Millisecond, number.Milliseconds},
		{1500 * time.Millisecond, number.Milliseconds},
		{2 * time.Second, number.Seconds},
		{3 * time.Minute, number.Minutes},
	} {
		if got := number.UnitUpTo(c.end); got != c.want {
			t.Errorf("UnitUpTo(%v) = %v, want %v", c.end, got, c.want)
		}
	}
}

func TestRoundBytes(t *testing.T) {
	for _, c := range []struct {
		b    float64
		want string
	}{{0, "0 B"}, {16e6, "16 MB"}, {1.2e9, "1.2 GB"}, {140e6, "140 MB"}, {100, "100 B"}, {math.NaN(), number.Missing}} {
		if got := number.RoundBytes(c.b); got != c.want {
			t.Errorf("RoundBytes(%g) = %q, want %q", c.b, got, c.want)
		}
	}
}
