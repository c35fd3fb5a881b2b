//go:build cgo

package window

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
)

// pollInterval is how often a run's recording is read while it grows: 5.5 Hz. Each reading costs a frame of the window,
// which takes its time from the run; 10 Hz cost half as much again.
const pollInterval = 180 * time.Millisecond

// controller runs one run at a time and follows what it records. All methods may be called from any goroutine, and none
// waits for a run, so that the window never does.
type controller struct {
	starter starter
	changed func() // called after every change of state, without the lock; must not block

	mu       sync.Mutex
	state    state
	run      activeRun     // nil while there is none to stop
	asked    bool          // Stop was called for the run under way
	over     chan struct{} // closed when the run under way is over; nil before the first
	quiet    bool          // runs are not followed: what they recorded is read when they are over
	interval time.Duration
}

func newController(s starter, changed func()) *controller {
	return &controller{starter: s, changed: changed, interval: pollInterval}
}

// State returns a copy of what there is to show.
func (c *controller) State() state {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// SetQuiet says whether the next runs are shown only when they are over.
func (c *controller) SetQuiet(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.quiet = on
}

// Start begins a run, unless one is under way: started tells.
func (c *controller) Start(choice plan.Choice) (started bool) {
	c.mu.Lock()
	if c.state.phase.busy() {
		c.mu.Unlock()
		return false
	}
	c.state = state{phase: preparing, choice: choice, quiet: c.quiet}
	c.run, c.asked, c.over = nil, false, make(chan struct{})
	over := c.over
	c.mu.Unlock()
	c.changed()
	go func() {
		defer close(over)
		c.perform(choice)
	}()
	return true
}

// Stop asks for the end of the run under way. It is answered at once, with phase stopping; without a run it does nothing.
func (c *controller) Stop() {
	c.mu.Lock()
	if !c.state.phase.busy() || c.asked {
		c.mu.Unlock()
		return
	}
	c.asked = true
	c.state.phase = stopping
	run := c.run
	c.mu.Unlock()
	c.changed()
	if run != nil {
		run.Stop()
	}
}

// Over is closed when no run is under way.
func (c *controller) Over() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over == nil || !c.state.phase.busy() {
		none := make(chan struct{})
		close(none)
		return none
	}
	return c.over
}

// Close stops a run under way and waits for its end, but not for longer than patience.
func (c *controller) Close(patience time.Duration) {
	c.Stop()
	select {
	case <-c.Over():
	case <-time.After(patience):
	}
}

// perform is a whole run, in a goroutine of its own.
func (c *controller) perform(choice plan.Choice) {
	rt, warnings, err := c.starter.Prepare(func(note string) { c.update(func(s *state) { s.note = note }) })
	if err != nil {
		c.fail(err)
		return
	}
	choice.Runtime = rt
	c.update(func(s *state) { s.choice, s.warnings, s.note = choice, warnings, "" })
	if c.wasAsked() {
		c.fail(errBeforeStart)
		return
	}
	recorded := make(chan struct{})
	run, err := c.starter.Start(choice, func(e runner.Event) {
		switch e.Kind {
		case runner.Prepared:
			close(recorded)
		case runner.Started:
			c.update(func(s *state) {
				if s.phase == preparing {
					s.phase = running
				}
			})
		}
	})
	if err != nil {
		c.fail(err)
		return
	}
	c.mu.Lock()
	c.run = run
	asked := c.asked
	c.mu.Unlock()
	if asked {
		run.Stop()
	}
	before, began := ownCPUNow(), time.Now()
	view, outcome, err := c.follow(run, recorded)
	share := before.share(time.Since(began))
	c.update(func(s *state) { s.window = share })
	c.end(view, outcome, err)
}

var errBeforeStart = errors.New("the run was stopped before the program started")

func (c *controller) wasAsked() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked
}

// end shows how the run ended. view is what was shown of it while it went on, nil where nothing was.
func (c *controller) end(view *shown, outcome runner.Outcome, err error) {
	switch {
	case err != nil:
		c.fail(err)
	case outcome.Recording == "":
		c.fail(errors.New("the run left no recording"))
	case view == nil:
		c.show(outcome.Recording)
	default:
		view.mu.Lock()
		view.reader.SetPath(outcome.Recording)
		_, err := view.reader.Poll()
		view.mu.Unlock()
		if err != nil {
			c.fail(fmt.Errorf("read what was recorded: %w", err))
			return
		}
		c.finish(view, outcome.Recording)
	}
}

// Open shows an old recording; reading a large one takes its time. Not while a run is under way. The error says what is wrong with the file; what was shown
// before stays then.
func (c *controller) Open(path string) error {
	view, err := openFollowing(path)
	if err != nil {
		return err
	}
	opened := finishedState(view, path)
	c.mu.Lock()
	busy := c.state.phase.busy()
	if !busy {
		c.state = opened
	}
	c.mu.Unlock()
	if busy {
		return errors.New("a run is under way: stop it first, or wait for its end")
	}
	c.changed()
	return nil
}

// show shows the finished recording of a run that was over before it could be followed.
func (c *controller) show(path string) {
	view, err := openFollowing(path)
	if err != nil {
		c.fail(err)
		return
	}
	c.finish(view, path)
}

// openFollowing opens a recording that is complete, or as complete as it gets. recording.Open finds what is wrong with
// a file; the reader is what the window works with.
func openFollowing(path string) (*shown, error) {
	if _, err := recording.Open(path); err != nil {
		return nil, err
	}
	r := recording.Follow(path)
	_, err := r.Poll()
	return &shown{reader: r}, err
}

// finish shows the recording of the run under way, which is over.
func (c *controller) finish(view *shown, path string) {
	done := finishedState(view, path)
	c.update(func(s *state) {
		done.choice, done.warnings, done.window = s.choice, s.warnings, s.window
		*s = done
	})
}

// finishedState is what there is to show of a recording that grows no more.
func finishedState(view *shown, path string) state {
	view.mu.Lock()
	defer view.mu.Unlock()
	rec := view.reader.Recording()
	return state{
		phase: finished, shown: view, summary: summarize(rec),
		result: &content{
			path: path, length: rec.Seen(), sources: rec.Header.Sources,
			stdout: rec.Printed(recording.Stdout), stderr: rec.Printed(recording.Stderr),
		},
	}
}

// fail ends a run of which there is nothing to see.
func (c *controller) fail(err error) {
	c.update(func(s *state) { s.phase, s.err, s.note = finished, err, "" })
}

func (c *controller) update(change func(*state)) {
	c.mu.Lock()
	change(&c.state)
	c.mu.Unlock()
	c.changed()
}
