//go:build cgo

package window

import (
	"time"

	"regatta/workloads/analysis"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
)

const (
	// labelInterval is how often numbers change while a run goes on. Fyne keeps the picture of every text for a minute.
	labelInterval = 200 * time.Millisecond
	// summaryShare bounds what summing up a live run takes from it: a summary is made only when so many times its own
	// cost has passed since the one before.
	summaryShare = 50
)

// follow shows a run while it grows, unless it is to be quiet, and returns how it ended. recorded is closed when there is a recording.
func (c *controller) follow(run activeRun, recorded <-chan struct{}) (view *shown, outcome runner.Outcome, err error) {
	done := make(chan struct{})
	go func() {
		outcome, err = run.Wait()
		close(done)
	}()
	if c.State().quiet {
		<-done
		return nil, outcome, err
	}
	select {
	case <-recorded:
	case <-done:
		return nil, outcome, err
	}
	view = &shown{reader: recording.Follow(run.Live())}
	c.update(func(s *state) { s.shown = view })
	tick := time.NewTicker(c.interval)
	defer tick.Stop()
	var next time.Time // of the summary
	for {
		select {
		case <-done:
			return view, outcome, err
		case <-tick.C:
			next = c.poll(view, next)
		}
	}
}

// poll reads what the recording gained and returns when the next summary is due.
func (c *controller) poll(view *shown, next time.Time) time.Time {
	view.mu.Lock()
	// An error means that the file was just renamed; if it means more, the last read at the end of the run says so.
	grown, _ := view.reader.Poll()
	var summary *analysis.Summary
	if now := time.Now(); grown && !now.Before(next) {
		summary = summarize(view.reader.Recording())
		next = now.Add(max(labelInterval, summaryShare*time.Since(now)))
	}
	view.mu.Unlock()
	if summary != nil {
		c.update(func(s *state) { s.summary = summary })
	} else if grown {
		c.changed()
	}
	return next
}

// summarize sums up a recording, whose lock the caller holds.
func summarize(rec *recording.Recording) *analysis.Summary {
	s := analysis.Summarize(rec)
	if s.Wall == nil { // it goes on
		seen := rec.Seen().Seconds()
		s.Wall = &seen
	}
	return &s
}
