package observers

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"regatta/workloads/recording"
)

// The kernel's view of real processes that do one thing each.
func TestReadRealThreads(t *testing.T) {
	for name, test := range map[string]struct {
		command []string
		want    recording.State
	}{
		"busy":     {[]string{"sh", "-c", "while :; do :; done"}, recording.Running},
		"sleeping": {[]string{"sleep", "60"}, recording.Sleep},
		"reading":  {[]string{"cat"}, recording.IO},
		"waiting":  {[]string{"sh", "-c", "sleep 60; true"}, recording.Lock},
	} {
		t.Run(name, func(t *testing.T) {
			task, pid := watchCommand(t, test.command)
			seen := recording.Unknown
			for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
				if seen, _ = classify(task.read(), pid, nil); seen == test.want {
					return
				}
				time.Sleep(time.Millisecond)
			}
			t.Errorf("seen %v, want %v", seen, test.want)
		})
	}
}

// Where the system keeps calls secret, the letter of the state tells work from waits, but not for what.
func TestReadWithoutCalls(t *testing.T) {
	for name, test := range map[string]struct {
		command []string
		want    recording.State
	}{
		"busy":     {[]string{"sh", "-c", "while :; do :; done"}, recording.Running},
		"sleeping": {[]string{"sleep", "60"}, recording.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			task, pid := watchCommand(t, test.command)
			syscall.Close(task.syscall)
			task.syscall = -1
			seen := recording.IO
			for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
				r := task.read()
				if seen, _ = classify(r, pid, nil); seen == test.want && r.ready == (r.core != nowhere) {
					return
				}
				time.Sleep(time.Millisecond)
			}
			t.Errorf("seen %v, want %v", seen, test.want)
		})
	}
}

func TestParentOf(t *testing.T) {
	if parent := parentOf(os.Getpid()); parent != os.Getppid() {
		t.Errorf("our parent is %d, want %d", parent, os.Getppid())
	}
	if parent := parentOf(-1); parent != 0 {
		t.Errorf("the parent of no process is %d", parent)
	}
}

func TestParseStat(t *testing.T) {
	tail := " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 13 36 37\n"
	for line, want := range map[string]struct {
		letter byte
		core   int
	}{
		"7 (python) R" + tail:    {'R', 13},
		"7 (a) R) (b) S" + tail:  {'S', 13},
		"7 (python) R 1 2":       {'R', nowhere},
		"7 (python":              {0, nowhere},
		"7 (python)":             {0, nowhere},
		"":                       {0, nowhere},
		"7 (new\nline) D" + tail: {'D', 13},
	} {
		if letter, core := parseStat([]byte(line)); letter != want.letter || core != want.core {
			t.Errorf("%q: %c, %d", line, letter, core)
		}
	}
}

func TestReadTellsThatAThreadIsGone(t *testing.T) {
	cmd := exec.Command("cat")
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	task, err := openTask(cmd.Process.Pid, cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	defer task.close()
	if task.read().gone {
		t.Error("a process that is there is gone")
	}
	input.Close()
	for !isZombie(cmd.Process.Pid, cmd.Process.Pid) {
		time.Sleep(time.Millisecond)
	}
	cmd.Wait()
	if !task.read().gone {
		t.Error("a process that is gone is there")
	}
}

func watchCommand(t *testing.T, command []string) (*task, int) {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	input, err := cmd.StdinPipe() // held open: cat goes on reading
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	task, err := openTask(cmd.Process.Pid, cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		task.close()
		children := children(cmd.Process.Pid, cmd.Process.Pid)
		input.Close()
		cmd.Process.Kill()
		cmd.Wait()
		for _, pid := range children {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	return task, cmd.Process.Pid
}

func TestNumbers(t *testing.T) {
	f := numbers{[]byte("202 0x7f00 -1 running\n")}
	if a, b := f.decimal(), f.hex(); a != 202 || b != 0x7f00 {
		t.Errorf("%d, %#x", a, b)
	}
	if c := f.decimal(); c != 1<<64-1 {
		t.Errorf("a negative number is %d", c)
	}
	if d := f.decimal(); d != 0 {
		t.Errorf("a word is %d", d)
	}
	empty := numbers{}
	if empty.decimal() != 0 || empty.hex() != 0 {
		t.Error("nothing is not 0")
	}
}
