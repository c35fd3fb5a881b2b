package runner

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"regatta/workloads/recording"
)

// stopPatience is how long the runner may take to stop before it is ended itself.
const stopPatience = 3 * time.Second

// Run is a run under way, seen from the window or the command line.
type Run struct {
	order    Order
	onEvent  func(Event)
	folder   *folder
	cmd      *exec.Cmd
	input    io.WriteCloser
	complain *complaints
	guard    guard
	stop     sync.Once
	done     chan struct{}
	outcome  Outcome // set before done is closed, as is err
	err      error
}

// Start starts a run in a process of its own. onEvent is called for each event, one at a time, from a goroutine of the
// run; the last one is Ended. An error means that there is no run.
func Start(o Order, onEvent func(Event)) (*Run, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(o.Recording)
	if err != nil {
		return nil, err
	}
	o.Recording = path
	sweep()
	r := &Run{order: o, onEvent: onEvent, complain: &complaints{}, done: make(chan struct{})}
	if r.folder, err = newFolder(); err != nil {
		return nil, err
	}
	events, err := r.launch()
	if err != nil {
		r.folder.remove()
		return nil, fmt.Errorf("start the runner: %w", err)
	}
	go r.follow(events)
	return r, nil
}

// launch starts the runner and sends it on its way.
func (r *Run) launch() (events io.Reader, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	r.cmd = exec.Command(self, firstCommand)
	req := request{Order: r.order, Folder: r.folder.path}
	r.cmd.SysProcAttr = apart(r.order.Attached)
	if r.order.Attached {
		release, err := attach(r.cmd, &req)
		if err != nil {
			return nil, fmt.Errorf("pass standard input and output on: %w", err)
		}
		defer release()
	}
	r.cmd.Stderr = r.complain
	if r.input, err = r.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if events, err = r.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	err = r.guard.hold(r.cmd.Process.Pid)
	if err == nil {
		err = json.NewEncoder(r.input).Encode(req)
	}
	if err == nil {
		_, err = r.input.Write([]byte{goByte})
	}
	if err != nil {
		r.input.Close()
		r.cmd.Process.Kill()
		r.cmd.Wait()
		r.guard.release(0, r.folder.path)
		return nil, errors.Join(err, r.complain.err())
	}
	return events, nil
}

// Stop ends the run: Stopping is answered at once, Ended when nothing of the program is left. It does not wait, and may be
// called at any time.
func (r *Run) Stop() {
	r.stop.Do(func() {
		r.input.Write([]byte{stopByte}) // one byte in an empty pipe; a runner that is gone needs none
		time.AfterFunc(stopPatience, func() {
			select {
			case <-r.done:
			default:
				force(r.cmd.Process)
			}
		})
	})
}

// Signal passes a signal of the front on to the program of an Attached order, unless the whole process group got it: then
// the program has it already. It does not wait.
func (r *Run) Signal(s syscall.Signal) {
	r.input.Write([]byte{signalByte | byte(s)})
}

// Wait returns when the run has ended and nothing of it is left, as often as it is called. An error means that there was
// no run, and no recording.
func (r *Run) Wait() (Outcome, error) {
	<-r.done
	return r.outcome, r.err
}

// Live is where the recording is being written until the run has ended.
func (r *Run) Live() string { return r.order.Recording + recording.PartSuffix }

// follow passes the events on until the runner is gone, and clears up what it could not.
func (r *Run) follow(events io.Reader) {
	defer close(r.done)
	var ended *Event
	var program int
	recorded := false
	lines := json.NewDecoder(events)
	for {
		var e Event
		if lines.Decode(&e) != nil {
			break
		}
		switch e.Kind {
		case Prepared:
			recorded = true
		case Started:
			program = e.PID
		case Ended:
			ended = &e
			continue // is passed on when all is cleared up
		}
		r.onEvent(e)
	}
	io.Copy(io.Discard, events)
	exit := r.cmd.Wait()
	r.input.Close()
	if ended == nil {
		r.guard.release(program, r.folder.path)
		ended = r.orphaned(exit, recorded)
	} else {
		r.guard.release(0, "")
	}
	r.folder.remove()
	if ended.Outcome != nil {
		r.outcome = *ended.Outcome
	}
	if ended.Error != "" {
		r.err = errors.New(ended.Error)
	}
	r.onEvent(*ended)
}

// orphaned is the end of a run whose runner did not tell it.
func (r *Run) orphaned(exit error, recorded bool) *Event {
	why := "the runner was killed during the run"
	if err := errors.Join(exit, r.complain.err()); err != nil {
		why += " (" + strings.ReplaceAll(err.Error(), "\n", "; ") + ")"
	}
	if !recorded {
		return &Event{Kind: Ended, Error: why + ", before the recording was begun: try again"}
	}
	return &Event{Kind: Ended, Outcome: &Outcome{
		Status:    recording.Incomplete,
		Reason:    why + "; what it had recorded is kept",
		ExitCode:  -1,
		Recording: rescue(r.order.Recording),
	}}
}

// complaints keeps the start of what the runner writes to its standard error, which is nothing unless it breaks.
type complaints struct {
	mu   sync.Mutex
	text []byte
}

func (c *complaints) Write(p []byte) (int, error) {
	const most = 4 << 10
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text = append(c.text, p[:min(len(p), most-len(c.text))]...)
	return len(p), nil
}

// err is what was written, nil for nothing.
func (c *complaints) err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if text := strings.TrimSpace(string(c.text)); text != "" {
		return errors.New(text)
	}
	return nil
}
