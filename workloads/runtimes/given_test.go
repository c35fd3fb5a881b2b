//go:build linux || darwin

package runtimes

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An interpreter is what it says: the path that it names starts scripts, and its lock is off where build and environment
// leave it off.
func TestGiven(t *testing.T) {
	const answer = `{"implementation": "cpython", "version": [3, 14], "full": "3.14.1", "executable": %q, "gil": %v, "free": %v}`
	for name, c := range map[string]struct {
		executable string
		gil, free  bool
		env        string // PYTHON_GIL
		want       Runtime
	}{
		"with a lock":                  {"/real/python", true, false, "", Runtime{Name: "CPython 3.14.1", GIL: true, Path: "/real/python"}},
		"without":                      {"/real/python", false, true, "", Runtime{Name: "CPython 3.14.1 free-threaded", Path: "/real/python"}},
		"without, but it is wanted":    {"/real/python", false, true, "1", Runtime{Name: "CPython 3.14.1 free-threaded", GIL: true, Path: "/real/python"}},
		"that knows no path of itself": {"", true, false, "", Runtime{Name: "CPython 3.14.1", GIL: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PYTHON_GIL", c.env)
			path := filepath.Join(t.TempDir(), "python")
			text := "#!/bin/sh\necho '" + fmt.Sprintf(answer, c.executable, c.gil, c.free) + "'\n"
			if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
				t.Fatal(err)
			}
			if c.want.Path == "" {
				c.want.Path = path
			}
			c.want.ID, c.want.Version = c.want.Path, "3.14.1"
			if got, err := Given(path); err != nil || got != c.want {
				t.Errorf("%+v, %v, want %+v", got, err, c.want)
			}
		})
	}
}

// What cannot be used is refused with what it is, and with what would do.
func TestGivenRefuses(t *testing.T) {
	const answer = `echo '{"implementation": "%s", "version": [%s], "full": "%s", "executable": "", "gil": true, "free": false}'`
	for want, script := range map[string]string{
		"is CPython 3.8.18, which is too old":                               fmt.Sprintf(answer, "cpython", "3, 8", "3.8.18"),
		"is pypy, language version 3.11.13, but Regatta reads only CPython": fmt.Sprintf(answer, "pypy", "3, 11", "3.11.13"),
		"does not answer as a Python 3: exit status 2: Unknown option: -I":  "echo 'Unknown option: -I' >&2; echo usage >&2; exit 2",
		"does not answer as a Python 3: exit status 127":                    "exit 127",
		`does not answer as a Python 3: it said "hello"`:                    "echo hello; echo world",
		`does not answer as a Python 3: it said ""`:                         "exit 0",
		`does not answer as a Python 3: it said "{}"`:                       "echo {}",
		"does not answer as a Python 3: signal: killed":                     "kill -9 $$",
	} {
		path := filepath.Join(t.TempDir(), "python")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := Given(path)
		if err == nil || !strings.Contains(err.Error(), path+" "+want) || !strings.HasSuffix(err.Error(), "; name a CPython 3.9 or newer") {
			t.Errorf("%v; want %s", err, want)
		}
	}
	folder := t.TempDir()
	noProgram := filepath.Join(folder, "no-program")
	if err := os.WriteFile(noProgram, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "missing"), noProgram, folder} {
		if _, err := Given(path); err == nil || !strings.Contains(err.Error(), "there is no Python to be started as "+path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// What a launcher starts does not outlive the look at it, whether it is the launcher that ends or our patience.
func TestGivenLeavesNothingBehind(t *testing.T) {
	const answer = `{"implementation": "cpython", "version": [3, 14], "full": "3.14.1", "executable": "", "gil": true, "free": false}`
	for name, c := range map[string]struct{ script, want string }{
		"it waits": {"sleep 600 & echo $! >PID; sleep 600", "said nothing within"},
		"it ends":  {"sleep 600 >/dev/null 2>&1 & echo $! >PID; echo '" + answer + "'", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path, started := filepath.Join(dir, "python"), filepath.Join(dir, "pid")
			text := "#!/bin/sh\n" + strings.ReplaceAll(c.script, "PID", "'"+started+"'") + "\n"
			if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
				t.Fatal(err)
			}
			if _, err := Given(path); c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
			said, err := os.ReadFile(started)
			if err != nil {
				t.Fatal(err)
			}
			pid, err := strconv.Atoi(strings.TrimSpace(string(said)))
			if err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(10 * time.Second); runs(pid); time.Sleep(10 * time.Millisecond) {
				if time.Now().After(deadline) {
					syscall.Kill(pid, syscall.SIGKILL)
					t.Fatalf("process %d still runs", pid)
				}
			}
		})
	}
}

// runs tells whether a process is there and more than a zombie, which nobody may be left to notice in a container.
func runs(pid int) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}

// Whoever ends us meanwhile ends the launcher too: a Ctrl-C does not reach its process group.
func TestGivenEndsWithUs(t *testing.T) {
	dir := t.TempDir()
	path, started := filepath.Join(dir, "python"), filepath.Join(dir, "pid")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho $$ >'"+started+"'\nsleep 600\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	caught := make(chan os.Signal, 2) // this test must live on
	signal.Notify(caught, syscall.SIGHUP)
	defer signal.Stop(caught)
	examined := make(chan error, 1)
	go func() { _, err := Given(path); examined <- err }()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if text, err := os.ReadFile(started); err == nil && len(text) > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the launcher was not started")
		}
	}
	syscall.Kill(os.Getpid(), syscall.SIGHUP)
	if err := <-examined; err == nil || !strings.Contains(err.Error(), "signal: killed") {
		t.Errorf("%v, want that it was killed", err)
	}
	<-caught
	select {
	case <-caught:
	case <-time.After(10 * time.Second):
		t.Error("the signal was not passed on to who else listens")
	}
}

func TestGivenIsExaminedForReal(t *testing.T) {
	builtin, err := BuiltIn("")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Given(builtin.Path)
	if err != nil || got.Version != builtin.Version || got.GIL != builtin.GIL || got.Path != builtin.Path {
		t.Errorf("%+v, %v, want %+v", got, err, builtin)
	}
}
