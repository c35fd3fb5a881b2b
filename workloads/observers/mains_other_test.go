//go:build !linux

package observers

import "testing"

// A main thread's events carry its process's id, whatever comes first of them.
func TestMainThreads(t *testing.T) {
	mains := mainThreads{}
	for _, test := range []struct {
		e    event
		want int
	}{
		{event{kind: processEvent, pid: 100, tid: 104}, 100},
		{event{kind: threadEvent, pid: 100, tid: 108}, 108},
		{event{kind: processEvent, pid: 100, tid: 108}, 108}, // named anew, by another thread
		{event{kind: taskEvent, pid: 100, tid: 104}, 100},
		{event{kind: threadEvent, pid: 200, tid: 104}, 104},
	} {
		if got := mains.rename(test.e).tid; got != test.want {
			t.Errorf("%+v: %d, want %d", test.e, got, test.want)
		}
	}
}
