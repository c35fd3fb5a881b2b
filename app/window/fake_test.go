//go:build cgo

package window

import (
	"path/filepath"
	"sync"
	"testing"
	"time"

	"regatta/workloads/catalog"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// fakeStarter starts runs that are a recording and no process. A run ends when the test says so, or when it is stopped.
type fakeStarter struct {
	t       *testing.T
	hold    chan struct{} // Prepare returns when it is closed; nil is at once
	prepErr error
	runErr  error
	status  recording.Status // of a run that is not stopped
	stderr  string

	mu   sync.Mutex
	runs []*fakeRun
}

func (f *fakeStarter) Prepare(note func(string)) (runtimes.Runtime, []string, error) {
	if f.hold != nil {
		note("unpacking")
		<-f.hold
	}
	return runtimes.Runtime{Name: "CPython of a test"}, []string{"mind the cache"}, f.prepErr
}

func (f *fakeStarter) Start(choice plan.Choice, onEvent func(runner.Event)) (activeRun, error) {
	if f.runErr != nil {
		return nil, f.runErr
	}
	path := filepath.Join(f.t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{
		Created: time.Now(), Workload: choice.Pair.Workload.ID, Model: choice.Pair.Model.ID,
		Sources: []recording.Source{{Name: "sum.py", Text: "print(1)\n"}}, Machine: recording.Machine{Cores: 2},
	})
	if err != nil {
		return nil, err
	}
	r := &fakeRun{
		writer: w, path: path, onEvent: onEvent, status: f.status, stderr: f.stderr,
		ended: make(chan recording.Status, 1), over: make(chan struct{}),
	}
	f.mu.Lock()
	f.runs = append(f.runs, r)
	f.mu.Unlock()
	go r.work()
	return r, nil
}

// count is how many runs were started.
func (f *fakeStarter) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.runs)
}

// latest waits for a run and returns it.
func (f *fakeStarter) latest() *fakeRun {
	await(f.t, "a run", func() bool { return f.count() > 0 })
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.runs[len(f.runs)-1]
}

type fakeRun struct {
	writer  *recording.Writer
	path    string
	onEvent func(runner.Event)
	status  recording.Status
	stderr  string
	stops   sync.Once
	ended   chan recording.Status
	over    chan struct{}
	outcome runner.Outcome
}

func (r *fakeRun) work() {
	defer close(r.over)
	r.onEvent(runner.Event{Kind: runner.Prepared})
	main := r.writer.AddLane(recording.Lane{Kind: recording.Process, Name: "MainThread", End: recording.StillAlive})
	worker := r.writer.AddLane(recording.Lane{Parent: main, Kind: recording.Thread, Name: "Thread-1", End: recording.StillAlive})
	r.writer.Span(main, recording.Span{End: time.Second, State: recording.Lock})
	r.writer.Span(worker, recording.Span{End: 250 * time.Millisecond, State: recording.Running})
	r.writer.Span(worker, recording.Span{Start: 250 * time.Millisecond, End: time.Second, State: recording.GIL})
	r.writer.Flush()
	r.onEvent(runner.Event{Kind: runner.Started, PID: 1})
	status := <-r.ended
	if r.stderr != "" {
		r.writer.Output(recording.Output{Stream: recording.Stderr, Text: []byte(r.stderr)})
	}
	r.writer.Finish(recording.End{Status: status, Wall: time.Second, CPU: time.Second, CPUKnown: true})
	r.outcome = runner.Outcome{Status: status, Recording: r.path}
}

// finish lets the program end by itself.
func (r *fakeRun) finish() { r.stops.Do(func() { r.ended <- r.status }) }

func (r *fakeRun) Stop() { r.stops.Do(func() { r.ended <- recording.Stopped }) }

func (r *fakeRun) Live() string { return r.path + recording.PartSuffix }

func (r *fakeRun) Wait() (runner.Outcome, error) { <-r.over; return r.outcome, nil }

// choice is what the tests run.
func choice(t *testing.T) plan.Choice {
	t.Helper()
	pair, err := catalog.Find("sum", "threads")
	if err != nil {
		t.Fatal(err)
	}
	values, err := pair.Values(nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan.Choice{Pair: pair, Values: values}
}

// await polls for a condition.
func await(t *testing.T, what string, met func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !met(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no %s within 20 s", what)
		}
	}
}
