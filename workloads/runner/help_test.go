package runner

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// patience bounds every wait of these tests; what is measured is logged.
const patience = 20 * time.Second

// python is a CPython of this machine: the real executable, not a script that starts one.
var python = sync.OnceValue(func() string {
	out, err := exec.Command("python3", "-I", "-c", "import sys; print(sys.executable)").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
})

// order runs a Python program with its temporary files in a folder of the test's own.
func order(t *testing.T, source string, args ...string) Order {
	t.Helper()
	if python() == "" {
		t.Skip("there is no python3 on this machine's PATH")
	}
	t.Setenv("TMPDIR", t.TempDir())
	return Order{
		Recording: filepath.Join(t.TempDir(), "run.regatta"),
		Header:    recording.Header{Created: time.Now(), Workload: "test"},
		Files:     map[string]string{"main.py": source},
		Command:   append([]string{python(), "-I", "-B", "{dir}/main.py"}, args...),
	}
}

// events collects the events of a run.
type events struct {
	mu   sync.Mutex
	list []Event
	at   []time.Time
}

func (e *events) add(ev Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list, e.at = append(e.list, ev), append(e.at, time.Now())
}

func (e *events) find(k EventKind) (Event, time.Time, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, ev := range e.list {
		if ev.Kind == k {
			return ev, e.at[i], true
		}
	}
	return Event{}, time.Time{}, false
}

func (e *events) kinds() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var kinds []string
	for _, ev := range e.list {
		kinds = append(kinds, string(ev.Kind))
	}
	return strings.Join(kinds, " ")
}

// launch starts a run that is stopped at the end of the test at the latest.
func launch(t *testing.T, o Order) (*Run, *events) {
	t.Helper()
	var e events
	r, err := Start(o, e.add)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Stop(); r.Wait() })
	return r, &e
}

// finish waits for the end of a run and opens its recording.
func finish(t *testing.T, r *Run) (Outcome, *recording.Recording) {
	t.Helper()
	o, err := r.Wait()
	if err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Open(o.Recording)
	if err != nil {
		t.Fatal(err)
	}
	return o, rec
}

// await polls until a condition holds.
func await(t *testing.T, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %v for %s", patience, what)
		}
		time.Sleep(5 * time.Millisecond) // a look at all processes is not free
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// processes lists the living processes whose arguments or environment hold a text.
func processes(text string) []int {
	var found []int
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		args, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)) // empty for a zombie
		env, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
		if len(args) > 0 && (bytes.Contains(args, []byte(text)) || bytes.Contains(env, []byte(text))) {
			found = append(found, pid)
		}
	}
	return found
}

// guards lists our own processes with a hidden argument.
func guards(t *testing.T, hidden string) []int {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return processes(self + "\x00" + hidden)
}

// runFolders lists the folders of runs that are there.
func runFolders(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(os.TempDir(), folderPrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// startFront runs an order in a front of its own, which the caller kills.
func startFront(t *testing.T, o Order) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "order.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, frontCommand, file)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}
