//go:build cgo

package window

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// controlled makes a controller that polls fast.
func controlled(f *fakeStarter) *controller {
	c := newController(f, func() {})
	c.interval = time.Millisecond
	return c
}

func awaitPhase(t *testing.T, c *controller, p phase) {
	t.Helper()
	await(t, "phase "+[]string{"idle", "preparing", "running", "stopping", "finished"}[p], func() bool { return c.State().phase == p })
}

func TestRunToItsEnd(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Finished}
	c := controlled(f)
	if c.State().phase != idle {
		t.Fatal("a new controller is not idle")
	}
	if !c.Start(choice(t)) {
		t.Fatal("the run did not start")
	}
	awaitPhase(t, c, running)
	await(t, "live summary", func() bool { s := c.State(); return s.summary != nil && len(s.summary.Lanes) == 2 })
	if c.State().result != nil {
		t.Error("there is a result before the end")
	}
	f.latest().finish()
	<-c.Over()
	s := c.State()
	if s.phase != finished || s.err != nil {
		t.Fatalf("phase %d, error %v", s.phase, s.err)
	}
	if s.summary.Status != recording.Finished || *s.summary.Wall != 1 {
		t.Errorf("the summary says %s after %v s", s.summary.Status, *s.summary.Wall)
	}
	if len(s.result.sources) != 1 || len(s.warnings) != 1 || s.choice.Runtime.Name == "" {
		t.Errorf("sources, warnings or runtime are missing: %+v", s)
	}
}

func TestManyClicksStartOneRun(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Finished}
	c := controlled(f)
	started := 0
	for range 20 {
		if c.Start(choice(t)) {
			started++
		}
	}
	f.latest().finish()
	<-c.Over()
	if started != 1 || f.count() != 1 {
		t.Errorf("%d calls of Start said yes, %d runs were started", started, f.count())
	}
	if !c.Start(choice(t)) {
		t.Error("a second run cannot start after the first")
	}
	await(t, "second run", func() bool { return f.count() == 2 })
	c.Stop()
	<-c.Over()
}

func TestStop(t *testing.T) {
	f := &fakeStarter{t: t}
	c := controlled(f)
	c.Stop() // without a run: nothing
	if c.State().phase != idle {
		t.Fatal("Stop without a run changed the phase")
	}
	c.Start(choice(t))
	awaitPhase(t, c, running)
	for range 5 {
		c.Stop()
	}
	if p := c.State().phase; p != stopping && p != finished {
		t.Errorf("phase %d right after Stop", p)
	}
	<-c.Over()
	if s := c.State(); s.summary == nil || s.summary.Status != recording.Stopped {
		t.Errorf("after Stop: %+v", s)
	}
}

func TestStopWhilePreparing(t *testing.T) {
	f := &fakeStarter{t: t, hold: make(chan struct{})}
	c := controlled(f)
	c.Start(choice(t))
	await(t, "note", func() bool { return c.State().note != "" })
	c.Stop()
	if c.State().phase != stopping {
		t.Error("Stop while preparing is not acknowledged at once")
	}
	close(f.hold)
	<-c.Over()
	if s := c.State(); s.phase != finished || s.err == nil || f.count() != 0 {
		t.Errorf("phase %d, error %v, %d runs", s.phase, s.err, f.count())
	}
}

func TestRunThatCannotStart(t *testing.T) {
	for name, f := range map[string]*fakeStarter{
		"no runtime": {t: t, prepErr: errors.New("no room on the disk")},
		"no runner":  {t: t, runErr: errors.New("no room on the disk")},
	} {
		t.Run(name, func(t *testing.T) {
			c := controlled(f)
			c.Start(choice(t))
			<-c.Over()
			s := c.State()
			if s.phase != finished || s.err == nil {
				t.Fatalf("phase %d, error %v", s.phase, s.err)
			}
			if title, sub := headline(s, s.choice.Pair); title != "There was no run." || sub != "No room on the disk." {
				t.Errorf("the window says %q, %q", title, sub)
			}
		})
	}
}

func TestCloseWaitsForTheEnd(t *testing.T) {
	f := &fakeStarter{t: t}
	c := controlled(f)
	c.Start(choice(t))
	awaitPhase(t, c, running)
	c.Close(time.Minute)
	if s := c.State(); s.phase != finished || s.summary.Status != recording.Stopped {
		t.Errorf("after Close: phase %d", s.phase)
	}
}

func TestCloseHasNoEndlessPatience(t *testing.T) {
	f := &fakeStarter{t: t, hold: make(chan struct{})}
	c := controlled(f)
	c.Start(choice(t))
	c.Close(time.Millisecond) // returns, though nothing answers
	if c.State().phase != stopping {
		t.Errorf("phase %d", c.State().phase)
	}
	close(f.hold)
	<-c.Over()
}

func TestOpenARecording(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Failed, stderr: "Traceback: no\n"}
	c := controlled(f)
	c.Start(choice(t))
	if err := c.Open("any.regatta"); err == nil {
		t.Error("a file was opened during a run")
	}
	f.latest().finish()
	<-c.Over()
	path := c.State().result.path

	other := controlled(f)
	if err := other.Open(path); err != nil {
		t.Fatal(err)
	}
	s := other.State()
	if s.phase != finished || !failed(s.summary) || s.result.stderr != "Traceback: no\n" {
		t.Errorf("the opened recording: %+v", s)
	}
	bad := filepath.Join(t.TempDir(), "bad.regatta")
	os.WriteFile(bad, []byte("a picture, perhaps"), 0o600)
	if err := other.Open(bad); !errors.Is(err, recording.ErrNotRecording) {
		t.Errorf("opening nonsense: %v", err)
	}
	if other.State().summary == nil {
		t.Error("nonsense replaced what was shown")
	}
}

func TestHeadlines(t *testing.T) {
	for _, test := range []struct {
		status recording.Status
		want   string
	}{
		{recording.Finished, "Threads: 1.00 s, 1.0 of 2 cores kept busy."},
		{recording.Failed, "Sum a range under threads failed after 1.00 s."},
		{recording.Stopped, "Sum a range under threads was stopped after 1.00 s."},
		{recording.TimedOut, "took too long"},
		{recording.OutOfMemory, "too much memory"},
	} {
		f := &fakeStarter{t: t, status: test.status}
		c := controlled(f)
		c.Start(choice(t))
		f.latest().finish()
		<-c.Over()
		s := c.State()
		if title, _ := headline(s, s.choice.Pair); !strings.Contains(title, test.want) {
			t.Errorf("%s: the title is %q, want %q", test.status, title, test.want)
		}
	}
}
