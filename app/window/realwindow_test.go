//go:build cgo && linux

package window_test

import (
	"image"
	"image/color"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"regatta/visual/palette"
	"regatta/workloads/recording"
	"regatta/workloads/tree"
)

// Where things are in a window of its default size.
var (
	runButton    = image.Pt(144, 860)
	runEdge      = image.Pt(24, 860)  // in the button, beside its word
	downloads    = image.Pt(80, 138)  // the workload
	numbersInput = image.Pt(200, 664) // of the range sum
	addresses    = image.Pt(140, 727) // of the downloads
	chart        = image.Rect(310, 200, 1420, 880)
	headline     = image.Rect(310, 16, 1420, 52)
	outputTab    = image.Rect(540, 174, 592, 186)
)

// shows counts the pixels of a colour in an area.
func shows(img image.Image, area image.Rectangle, c color.NRGBA) int {
	n := 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) == c {
				n++
			}
		}
	}
	return n
}

// awaitButton waits until the large button has a ground.
func awaitButton(t *testing.T, what string, c color.NRGBA) image.Image {
	t.Helper()
	var img image.Image
	await(t, what, func() bool {
		img = screen.shot(t)
		return color.NRGBAModel.Convert(img.At(runEdge.X, runEdge.Y)) == c
	})
	return img
}

// begin presses Run and returns when the program runs, with the processes that are there then.
func begin(t *testing.T, p *program) []int {
	t.Helper()
	screen.click(t, runButton)
	var processes []int
	await(t, "running program", func() bool {
		processes = tree.Descendants(p.cmd.Process.Pid)
		return len(processes) >= 2 // the runner and the program at least
	})
	return processes
}

func awaitGone(t *testing.T, processes []int) {
	t.Helper()
	await(t, "end of all processes", func() bool {
		for _, pid := range processes {
			if !gone(pid) {
				return false
			}
		}
		return true
	})
}

func status(t *testing.T, path string) recording.Status {
	t.Helper()
	r, err := recording.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return r.Status()
}

func TestRealRun(t *testing.T) {
	p := open(t)
	before := awaitButton(t, "Run button", palette.Light.Accent)
	if n := shows(before, chart, palette.Light.Grid); n > 1000 {
		t.Errorf("before the first run there is a chart: %d pixels of a grid", n)
	}
	screen.click(t, runButton)
	if s := status(t, p.recorded()); s != recording.Finished {
		t.Errorf("the run is %s", s)
	}
	awaitButton(t, "Run button again", palette.Light.Accent)
	var after image.Image
	await(t, "lanes in the window", func() bool {
		after = screen.shot(t)
		return shows(after, chart, palette.Light.State(recording.Running)) > 1000
	})
	waiting := 0
	for _, s := range []recording.State{recording.GIL, recording.Core, recording.Lock} {
		waiting += shows(after, chart, palette.Light.State(s))
	}
	if waiting < 1000 {
		t.Errorf("the lanes show %d pixels of waiting, of four threads that share a GIL", waiting)
	}
	if !differ(before, after, headline) {
		t.Error("the headline says what it said before the run")
	}
}

func differ(a, b image.Image, area image.Rectangle) bool {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return true
			}
		}
	}
	return false
}

func TestRealStop(t *testing.T) {
	p := open(t)
	screen.replace(t, numbersInput, "1000000000")
	processes := begin(t, p)
	awaitButton(t, "Stop button", palette.Light.Ink)
	screen.click(t, runButton)
	if s := status(t, p.recorded()); s != recording.Stopped {
		t.Errorf("the run is %s", s)
	}
	awaitGone(t, processes)
	awaitButton(t, "Run button again", palette.Light.Accent)
	await(t, "end of everything that the window started", func() bool { return len(tree.Descendants(p.cmd.Process.Pid)) == 0 })
}

func TestRealCloseDuringRun(t *testing.T) {
	p := open(t)
	screen.replace(t, numbersInput, "1000000000")
	processes := begin(t, p)
	id := strings.Fields(string(screen.tool(t, "xdotool", "search", "--name", "^Regatta$")))
	window, err := strconv.ParseUint(id[len(id)-1], 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	askToClose(t, screen.display, uint32(window))
	if code := p.awaitEnd(); code != 0 {
		t.Errorf("the window ended with %d: %s", code, p.said)
	}
	awaitGone(t, processes)
	if s := status(t, p.recorded()); s != recording.Stopped {
		t.Errorf("the run is %s", s)
	}
}

func TestRealFailure(t *testing.T) {
	p := open(t)
	screen.click(t, downloads)
	screen.replace(t, addresses, "http://127.0.0.1:9/")
	screen.click(t, runButton)
	if s := status(t, p.recorded()); s != recording.Failed {
		t.Errorf("the run is %s", s)
	}
	await(t, "traceback", func() bool {
		img := screen.shot(t)
		return shows(img, outputTab, palette.Light.Accent) > 20 && shows(img, chart, palette.Light.Ink) > 200
	})
	awaitButton(t, "Run button", palette.Light.Accent) // it is alive
}

func TestRealTerminate(t *testing.T) {
	p := open(t)
	screen.replace(t, numbersInput, "1000000000")
	processes := begin(t, p)
	p.cmd.Process.Signal(syscall.SIGTERM)
	if code := p.awaitEnd(); code != 0 {
		t.Errorf("the window ended with %d: %s", code, p.said)
	}
	awaitGone(t, processes)
}

func TestNoWindow(t *testing.T) {
	for name, test := range map[string]struct{ display, want string }{
		"no display":          {"", "there is no display"},
		"nobody at a display": {":9999", "the display cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0])
			cmd.Env = environment(t, role+"=open", "DISPLAY="+test.display)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.HasPrefix(string(out), test.want) || strings.Count(string(out), "\n") != 1 {
				t.Errorf("%v, it says\n%s\nwant one line that begins with %q", err, out, test.want)
			}
		})
	}
}
