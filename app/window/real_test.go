//go:build cgo && linux

package window_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"regatta/app"
	"regatta/app/window"
)

// role makes the test binary something else: the whole program, or only the window's opening.
const role = "REGATTA_ROLE_UNDER_TEST"

func TestMain(m *testing.M) {
	hidden := len(os.Args) == 2 && strings.HasPrefix(os.Args[1], "__") // the runner, started by the program
	switch {
	case hidden || os.Getenv(role) == "program":
		os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr))
	case os.Getenv(role) == "open":
		if err := window.Open(""); err != nil {
			fmt.Println(err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	code := m.Run()
	screen.stop()
	os.Exit(code)
}

// virtual is an X server of our own, so that a test never takes the mouse from somebody.
type virtual struct {
	cmd     *exec.Cmd
	display string
}

var screen virtual

// start starts it for the first test that needs it, or skips the test where that is not possible.
func (v *virtual) start(t testing.TB) {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no real window here: %v (apt-get install xvfb xdotool imagemagick)", err)
		}
	}
	if v.cmd != nil {
		return
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	err = cmd.Start()
	w.Close()
	if err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		t.Fatalf("Xvfb did not say which display it is: %v", err)
	}
	v.cmd, v.display = cmd, ":"+strings.TrimSpace(number)
}

func (v *virtual) stop() {
	if v.cmd != nil {
		v.cmd.Process.Signal(syscall.SIGTERM)
		v.cmd.Wait()
	}
}

// tool runs a program on the display.
func (v *virtual) tool(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+v.display)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, complaints.Bytes())
	}
	return out
}

// click presses the mouse somewhere and then moves it out of the way, so that nothing looks pointed at.
func (v *virtual) click(t testing.TB, p image.Point) {
	t.Helper()
	v.tool(t, "xdotool", "mousemove", fmt.Sprint(p.X), fmt.Sprint(p.Y), "sleep", "0.05", "click", "1",
		"sleep", "0.05", "mousemove", "144", "770")
}

// replace types over what stands in an input.
func (v *virtual) replace(t testing.TB, p image.Point, text string) {
	t.Helper()
	v.click(t, p)
	v.tool(t, "xdotool", "key", "ctrl+a")
	v.tool(t, "xdotool", "type", "--delay", "15", text)
}

// shot is what is on the screen. REGATTA_SHOTS names a folder to keep them in.
func (v *virtual) shot(t testing.TB) image.Image {
	t.Helper()
	data := v.tool(t, "import", "-window", "root", "png:-")
	if dir := os.Getenv("REGATTA_SHOTS"); dir != "" {
		os.WriteFile(filepath.Join(dir, t.Name()+".png"), data, 0o600)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// program is Regatta with its window open.
type program struct {
	t    testing.TB
	cmd  *exec.Cmd
	data string
	over chan struct{} // closed when it has ended
	said *bytes.Buffer // on stderr; to be read when it is over
}

// open starts it and returns when its first frame is painted.
func open(t testing.TB) *program {
	t.Helper()
	screen.start(t)
	p := &program{t: t, data: t.TempDir(), over: make(chan struct{}), said: &bytes.Buffer{}}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = environment(t, role+"=program", "DISPLAY="+screen.display, "REGATTA_FIRST_FRAME=1", "REGATTA_DATA="+p.data)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	painted := make(chan struct{})
	go func() {
		defer close(p.over)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if lines.Text() == "first frame" {
				close(painted)
				continue
			}
			fmt.Fprintln(p.said, lines.Text())
		}
		p.cmd.Wait()
	}()
	t.Cleanup(func() {
		p.cmd.Process.Signal(syscall.SIGTERM)
		p.awaitEnd()
	})
	select {
	case <-painted:
	case <-p.over:
		t.Fatalf("the window did not open: %s", p.said)
	case <-time.After(patience):
		t.Fatal("no first frame")
	}
	return p
}

// environment keeps the window away from the user's own folders, but for the unpacked Python where there is one.
func environment(t testing.TB, more ...string) []string {
	t.Helper()
	home := t.TempDir()
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "LANG=C", "FYNE_THEME=light", "GORACE=atexit_sleep_ms=0", cacheFolder(t),
	}
	return append(env, more...)
}

// cacheFolder lets the tests share a Python.
func cacheFolder(t testing.TB) string {
	if dir := os.Getenv("REGATTA_CACHE"); dir != "" {
		return "REGATTA_CACHE=" + dir
	}
	if dir, err := os.UserCacheDir(); err == nil {
		if _, err := os.Stat(filepath.Join(dir, "regatta")); err == nil {
			return "REGATTA_CACHE=" + filepath.Join(dir, "regatta")
		}
	}
	return "REGATTA_CACHE=" + t.TempDir()
}

// awaitEnd waits for the program's end and returns its exit status.
func (p *program) awaitEnd() int {
	p.t.Helper()
	select {
	case <-p.over:
	case <-time.After(patience):
		p.cmd.Process.Kill()
		p.t.Fatal("the program does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

// recorded waits for the recording of a run that is over and returns its path.
func (p *program) recorded() string {
	p.t.Helper()
	var found []string
	await(p.t, "recording", func() bool {
		found, _ = filepath.Glob(filepath.Join(p.data, "recordings", "*.regatta"))
		return len(found) == 1
	})
	return found[0]
}

// patience is how long to wait for what must come. On a slow machine with one core unpacking takes most of it.
const patience = time.Minute

// await polls for a condition.
func await(t testing.TB, what string, met func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !met(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("no %s within %v", what, patience)
		}
	}
}

// gone tells whether a process is not there any more; one that waits to be reaped counts as gone.
func gone(pid int) bool {
	if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
		return true
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}
