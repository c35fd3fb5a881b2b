package observers

import (
	"testing"
	"time"
)

// Samples that take longer are taken less often, and what was missed is not made up for.
func TestPace(t *testing.T) {
	const ms = time.Millisecond
	var p pace
	now := time.Duration(0)
	sample := func(took time.Duration) time.Duration {
		wait := p.next(now, now+took, now+took)
		now += took + wait
		return wait
	}
	for range 100 {
		if wait := sample(5 * time.Microsecond); wait <= 0 || wait > fastest {
			t.Fatalf("waits %v", wait)
		}
	}
	for range 100 {
		sample(ms)
	}
	if want := 66 * ms; p.interval < want-ms || p.interval > want+ms {
		t.Errorf("samples of 1 ms are %v apart, not %v", p.interval, want)
	}
	late := p.late
	now += time.Second // the machine slept
	if wait := sample(ms); wait < p.interval-ms || p.late != late+1 {
		t.Errorf("after a pause: waits %v, %d late", wait, p.late-late)
	}
}
