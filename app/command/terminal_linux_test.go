package command_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"regatta/app/command"
	"regatta/workloads/runner"
)

// terminal is a pseudo-terminal with a command in it, as its session's leader.
type terminal struct {
	t      *testing.T
	keys   *os.File // what the user types goes in here
	cmd    *exec.Cmd
	mu     sync.Mutex
	screen bytes.Buffer
	ended  chan struct{} // closed when nobody has the screen any more
}

// inTerminal starts a command in a terminal of its own.
func inTerminal(t *testing.T, dir string, cmd *exec.Cmd) *terminal {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine has no pseudo-terminals:", err)
	}
	t.Cleanup(func() { keys.Close() })
	number, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	screen, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	term := &terminal{t: t, keys: keys, cmd: cmd, ended: make(chan struct{})}
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, screen, screen, screen
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go term.read()
	t.Cleanup(func() { cmd.Process.Kill() })
	return term
}

func (term *terminal) read() {
	defer close(term.ended)
	buf := make([]byte, 4096)
	for {
		n, err := term.keys.Read(buf)
		term.mu.Lock()
		term.screen.Write(buf[:n])
		term.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (term *terminal) shown() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.screen.String()
}

// await waits until a text is on the screen.
func (term *terminal) await(text string) {
	term.t.Helper()
	awaitThat(term.t, "the text "+text, func() bool { return strings.Contains(term.shown(), text) })
}

func (term *terminal) press(keys string) {
	term.t.Helper()
	if _, err := term.keys.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

// code waits for the end.
func (term *terminal) code() int {
	term.t.Helper()
	select {
	case <-term.ended:
	case <-time.After(30 * time.Second):
		term.t.Fatalf("it did not end; the screen shows %q", term.shown())
	}
	term.cmd.Wait()
	return exitOf(term.cmd.ProcessState)
}

func awaitThat(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

const (
	ctrlC         = "\x03"
	ctrlZ         = "\x1a"
	ctrlBackslash = "\x1c"
)

// A script has the terminal that Python would have.
func TestScriptHasTheTerminal(t *testing.T) {
	rt := interpreter(t)
	dir := folder(t, "it.py", `import os, sys
print([os.isatty(fd) for fd in range(3)], os.ttyname(0) == os.ttyname(2), os.tcgetpgrp(0) == os.getpgrp(), os.isatty(os.open('/dev/tty', os.O_RDWR)))
print('Hello', input('who? '), os.get_terminal_size().lines)
sys.exit(4)`)
	var shown []string
	for _, cmd := range []*exec.Cmd{exec.Command(rt.Path, "-B", "it.py"), asScript(t, "it.py")} {
		term := inTerminal(t, dir, cmd)
		term.await("who? ")
		term.press("me\n")
		if code := term.code(); code != 4 {
			t.Errorf("exit %d", code)
		}
		text, _, _ := strings.Cut(term.shown(), "regatta: ")
		shown = append(shown, text)
	}
	if shown[0] != shown[1] || !strings.HasPrefix(shown[0], "[True, True, True] True True True\r\n") {
		t.Errorf("shown %q, by Python %q", shown[1], shown[0])
	}
}

// What the keys of a terminal do to a script, they do under Regatta.
func TestScriptAtTheKeyboard(t *testing.T) {
	rt := interpreter(t)
	// Python may miss a signal that comes right before it begins to sleep, so it says that it is up only then.
	const up = "import asyncio, os, resource, subprocess, sys, threading, time\nthreading.Timer(0.3, os.write, (1, b'up\\n')).start()\n"
	const child = up + "try: time.sleep(600)\nexcept KeyboardInterrupt: os.write(1, b'child\\n')"
	for name, c := range map[string]struct{ source, keys, says string }{
		"interrupt": {up + "time.sleep(600)", ctrlC, "KeyboardInterrupt"},
		"caught":    {up + "try: time.sleep(600)\nexcept KeyboardInterrupt: time.sleep(0.4); print('caught'); sys.exit(7)", ctrlC, "^Ccaught\r\n"},
		"one each": {"import subprocess, sys\nchild = subprocess.Popen([sys.executable, 'child.py'])\n" +
			"try: child.wait()\nexcept KeyboardInterrupt: print('parent', child.wait())", ctrlC, "parent 0\r\n"},
		"quit":         {up + "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); time.sleep(600)", ctrlBackslash, "^\\"},
		"end of input": {up + "print(repr(sys.stdin.read()))", "a\n\x04", "'a\\n'"},
		"asyncio": {up + "async def main():\n    try: await asyncio.sleep(600)\n    finally: print('clean')\n" +
			"asyncio.run(main())", ctrlC, "clean\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, "it.py", c.source)
			if err := os.WriteFile(filepath.Join(dir, "child.py"), []byte(child), 0o600); err != nil {
				t.Fatal(err)
			}
			var codes []int
			for _, cmd := range []*exec.Cmd{exec.Command(rt.Path, "-B", "it.py"), asScript(t, "it.py")} {
				term := inTerminal(t, dir, cmd)
				term.await("up\r\n")
				term.press(c.keys)
				codes = append(codes, term.code())
				if !strings.Contains(term.shown(), c.says) || (name == "one each") != strings.Contains(term.shown(), "child\r\n") {
					t.Errorf("%v shows %q", cmd.Args, term.shown())
				}
			}
			if codes[0] != codes[1] {
				t.Errorf("exit %d, Python's %d", codes[1], codes[0])
			}
		})
	}
}

// stubbornScript takes no hint.
const stubbornScript = `import os, signal, subprocess, sys, time
for s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, lambda *_: os.write(1, b'no\n'))
child = subprocess.Popen([sys.executable, '-Ic', 'import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print("up", flush=True); time.sleep(600)'], start_new_session=True)
while True: time.sleep(0.01)`

// The second Ctrl-C stops for good what did not mind the first.
func TestSecondInterrupt(t *testing.T) {
	dir := folder(t, "it.py", stubbornScript)
	mark := t.TempDir()
	cmd := asScript(t, "it.py")
	cmd.Env = append(cmd.Env, "TMPDIR="+mark)
	term := inTerminal(t, dir, cmd)
	term.await("up")
	term.press(ctrlC)
	term.await("no\r\n")
	time.Sleep(300 * time.Millisecond) // it is the user who takes a moment to press again
	term.press(ctrlC)
	if code := term.code(); code != command.Interrupted {
		t.Errorf("exit %d, %q", code, term.shown())
	}
	awaitNone(t, mark)
}

// Whoever is killed, nothing of a script is left.
func TestKillScript(t *testing.T) {
	for _, victim := range []string{"front", "group", runner.Command, "__keeper"} {
		t.Run(victim, func(t *testing.T) {
			dir := folder(t, "it.py", stubbornScript)
			mark := t.TempDir()
			cmd := asScript(t, "it.py", "--out", filepath.Join(mark, "x.regatta"))
			cmd.Env = append(cmd.Env, "TMPDIR="+mark)
			term := inTerminal(t, dir, cmd)
			term.await("up")
			pid := cmd.Process.Pid
			switch victim {
			case "front":
			case "group":
				pid = -pid
			default:
				pid = find(t, mark, victim)
			}
			start := time.Now()
			syscall.Kill(pid, syscall.SIGKILL)
			term.code()
			awaitNone(t, mark)
			t.Logf("gone after %v", time.Since(start).Round(time.Millisecond))
			openEither(t, filepath.Join(mark, "x.regatta"))
		})
	}
}

// Ctrl-Z stops script and front, so that a shell takes over, and the script goes on when the shell says so.
func TestScriptIsSuspended(t *testing.T) {
	dir := folder(t, "it.py", "print('up', flush=True)\nprint('line', input())")
	mark := t.TempDir()
	cmd := asScript(t, "it.py")
	cmd.Env = append(cmd.Env, "TMPDIR="+mark)
	term := inTerminal(t, dir, cmd)
	term.await("up")
	term.press(ctrlZ)
	awaitThat(t, "the front to be stopped", func() bool { return state(cmd.Process.Pid) == "T" })
	syscall.Kill(-cmd.Process.Pid, syscall.SIGCONT)
	term.press("again\n")
	if code := term.code(); code != 0 || !strings.Contains(term.shown(), "line again") {
		t.Errorf("exit %d, %q", code, term.shown())
	}
}

// state is the letter that /proc has for what a process does.
func state(pid int) string {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	return strings.Join(fields[:min(1, len(fields))], "")
}

// A signal comes to the script once, whether it was sent to Regatta alone or to the whole group.
func TestSignalsReachTheScript(t *testing.T) {
	const counting = `import os, signal, sys, time
count = 0
def add(s, frame):
    global count
    count += 1
for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1): signal.signal(s, add)
print('up', flush=True)
while not count: time.sleep(0.01)
time.sleep(0.5)
sys.exit(40 + count)`
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGUSR1} {
		for _, to := range []string{"front", "group", "front and group"} {
			t.Run(s.String()+" to "+to, func(t *testing.T) {
				cmd := asScript(t, "it.py")
				cmd.Dir = folder(t, "it.py", counting)
				cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
				out, err := cmd.StdoutPipe()
				if err == nil {
					err = cmd.Start()
				}
				if err != nil {
					t.Fatal(err)
				}
				out.Read(make([]byte, 3))
				if to != "group" {
					cmd.Process.Signal(s)
				}
				if to != "front" {
					syscall.Kill(-cmd.Process.Pid, s)
				}
				cmd.Wait()
				if code := exitOf(cmd.ProcessState); code != 41 {
					t.Errorf("exit %d", code)
				}
			})
		}
	}
}

// What the caller ignores is ignored by the script too, as under nohup.
func TestScriptUnderNohup(t *testing.T) {
	dir := folder(t, "it.py", "import signal; print([signal.getsignal(s) is signal.SIG_IGN for s in (signal.SIGHUP, signal.SIGINT)])")
	cmd := asScript(t, "it.py")
	cmd.Args = append([]string{"sh", "-c", `trap "" HUP INT; exec "$0" "$@"`}, append([]string{cmd.Path}, cmd.Args[1:]...)...)
	cmd.Path = "/bin/sh"
	if e := (called{}).in(t, dir, cmd); e.stdout != "[True, True]\n" {
		t.Errorf("%+v", e)
	}
}
