package runner

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/recording"
	"regatta/workloads/tree"
	"regatta/workloads/webserver"
)

// session is one run, seen from the runner.
type session struct {
	request
	report  reporter
	observe StartObservers
	halts   chan halt           // holds the first reason to end the run early
	signals chan syscall.Signal // to be passed on to the program
	heard   heard

	folder *folder // keeps its lock
	writer *recording.Writer
	server *webserver.Server // nil where the order has none
	url    string            // of the server
	stdout *capture          // nil where the order is Attached, like stderr
	stderr *capture
	start  clock.Start
	forced bool // the program did not end by itself
}

const (
	// flushInterval is how often the recording's spans and points are written.
	flushInterval = 100 * time.Millisecond
	// lingering is how long processes may outlive the program before they count as left over: the interpreter's own
	// helpers, such as its fork server, notice its end only then.
	lingering = 300 * time.Millisecond
)

// run does the whole run. An error means that there was none.
func (s *session) run() (*Outcome, error) {
	defer os.RemoveAll(s.Folder)
	if err := s.prepare(); err != nil {
		return nil, err
	}
	defer s.stopServer()
	s.report.send(Event{Kind: Prepared, Folder: s.Folder})

	end := s.execute()

	o := &Outcome{Status: end.Status, Reason: end.Reason, ExitCode: end.ExitCode, Signal: end.Signal, Forced: s.forced, Recording: s.Order.Recording}
	if err := s.writer.Finish(end); err != nil {
		o.Status, o.Reason = recording.Failed, err.Error()
		o.Recording = rescue(s.Order.Recording)
		if cause := s.writer.Err(); cause != nil {
			o.Reason = fmt.Sprintf("the recording could not be written to its end: %v; what there is lies in %s", cause, o.Recording)
		}
	}
	return o, nil
}

// prepare makes all that the program finds when it starts.
func (s *session) prepare() (err error) {
	s.folder = &folder{s.Folder, lockOf(s.Folder)}
	if err := s.folder.hold(); err != nil {
		return err
	}
	if err := os.Mkdir(s.events(), 0o700); err != nil {
		return fmt.Errorf("prepare the run's folder: %w", err)
	}
	for name, text := range s.Order.Files {
		if err := os.WriteFile(filepath.Join(s.Folder, name), []byte(text), 0o600); err != nil {
			return fmt.Errorf("prepare the run's folder: %w", err)
		}
	}
	if s.Order.Server != nil {
		if s.server, err = webserver.Start(*s.Order.Server); err != nil {
			return fmt.Errorf("start the run's server: %w", err)
		}
		s.url = s.server.URL()
	}
	if s.writer, err = recording.Create(s.Order.Recording, s.Order.Header); err != nil {
		s.stopServer()
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%w: another run records there, or one was killed while it did; choose another name or remove that file", err)
		}
		return err
	}
	return nil
}

func (s *session) stopServer() {
	if s.server != nil {
		s.server.Close()
	}
}

func (s *session) events() string { return filepath.Join(s.Folder, eventsFolder) }

// execute runs the program and says how it ended. When it returns, nothing of the tree is left.
func (s *session) execute() recording.End {
	kills := countOOMKills()
	t, err := s.startProgram()
	if err != nil {
		return recording.End{Status: recording.Failed, Reason: err.Error(), ExitCode: -1}
	}
	s.report.send(Event{Kind: Started, PID: t.PID()})
	var observers Observers
	if !s.Order.Bare {
		observers = s.observe(Target{
			PID: t.PID(), Start: s.start, Events: s.events(), MemoryLimit: s.Order.MemoryLimit, OverLimit: s.overLimit,
			BlockingAfter: s.Order.Header.Observed.BlockingAfter,
		}, s.writer)
	}

	h := s.await(t)
	s.report.send(Event{Kind: Exited})
	s.clear(t, h)
	s.report.send(Event{Kind: Reaped})

	end := s.judge(t.Exit(), h, countOOMKills()-kills)
	if observers != nil {
		end.Observer = observers.Stop()
	}
	end.CPU, end.CPUKnown = t.CPU()
	s.stdout.finish()
	s.stderr.finish()
	s.keepResult(&end)
	return end
}

// startProgram starts it, with t = 0 right before.
func (s *session) startProgram() (*tree.Tree, error) {
	if s.Order.Attached {
		return s.startAttached()
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	var outs [2]*os.File
	for i, c := range []**capture{&s.stdout, &s.stderr} {
		if *c, outs[i], err = newCapture(recording.Stdout+recording.Stream(i), s.writer); err != nil {
			return nil, err
		}
		defer outs[i].Close() // the program has its own
	}
	dir := s.Order.Dir
	if dir == "" {
		dir = s.Folder
	}
	c := tree.Command{
		Args:  s.command(),
		Env:   tree.Tagged(fill(s.Order.Env, s.Folder, s.events(), s.url), s.Folder),
		Dir:   dir,
		Files: []*os.File{null, outs[0], outs[1]},
	}
	s.start = clock.Begin()
	t, err := tree.Start(c, s.Folder)
	go s.stdout.read(s.start)
	go s.stderr.read(s.start)
	return t, err
}

// command is what to run, with everything filled in.
func (s *session) command() []string {
	return append(fill(s.Order.Command, s.Folder, s.events(), s.url), s.Order.Args...)
}

// await waits for the end of the program and brings it about where there is a reason to, which it returns.
func (s *session) await(t *tree.Tree) *halt {
	tick := time.NewTicker(flushInterval)
	defer tick.Stop()
	if limit := s.Order.TimeLimit; limit > 0 {
		timer := time.AfterFunc(limit-s.start.Now(), func() {
			s.halt(recording.TimedOut, "it ran longer than its limit of %v", limit)
		})
		defer timer.Stop()
	}
	for {
		select {
		case <-t.Exited():
			return nil
		case <-tick.C:
			s.writer.Flush()
			if err := s.writer.Err(); err != nil {
				s.halt(recording.Failed, "the recording could not be written: %v", err)
			}
		case sig := <-s.signals:
			s.passOn(t, sig)
		case h := <-s.halts:
			s.forced = true
			s.report.send(Event{Kind: Stopping, Reason: h.reason})
			s.kill(t)
			return &h
		}
	}
}

// kill ends the whole tree. What resists is named in a warning.
func (s *session) kill(t *tree.Tree) {
	if err := t.Kill(); err != nil {
		s.writer.Warn("%v", err)
	}
}

// clear ends what the program left behind.
func (s *session) clear(t *tree.Tree, h *halt) {
	if h != nil || t.WaitEmpty(lingering) {
		return
	}
	if n := t.Left(); n == 1 {
		s.writer.Warn("one process was left over when the program had ended; it was killed")
	} else if n > 1 {
		s.writer.Warn("%d processes were left over when the program had ended; they were killed", n)
	}
	s.kill(t)
}
