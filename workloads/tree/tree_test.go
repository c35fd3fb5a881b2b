//go:build linux

package tree

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// holderCommand makes the test binary the holder of a tree, which reaps every child and so cannot be the test itself.
const holderCommand = "holder-under-test"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == holderCommand {
		os.Exit(hold())
	}
	os.Exit(m.Run())
}

// hold kills a program that left its session and one that ended, and prints what it saw.
func hold() int {
	null, err := os.Open(os.DevNull)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	start := func(script string) *Tree {
		t, err := Start(Command{Args: []string{"/bin/sh", "-c", script}, Env: os.Environ(), Dir: "/", Files: []*os.File{null, null, null}}, "")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return t
	}
	t := start("trap '' TERM; (sleep 600 & sleep 600 &) ; sleep 600 & wait")
	for deadline := time.Now().Add(10 * time.Second); t.Left() < 4 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	fmt.Println("all there", t.Left() >= 4)
	fmt.Println("empty", t.WaitEmpty(time.Millisecond))
	fmt.Println("kill", t.Kill())
	<-t.Exited()
	fmt.Println("exit", t.Exit().Code, t.Exit().Signal, t.Exit().At > 0)
	fmt.Println("left", t.Left(), len(Descendants(os.Getpid())), t.WaitEmpty(0))

	t = start("exit 7")
	<-t.Exited()
	fmt.Println("exit", t.Exit().Code, t.Exit().Signal)
	fmt.Println("kill", t.Kill())
	_, err = Start(Command{Args: []string{"/no/such/program"}}, "")
	fmt.Println(err)
	return 0
}

func TestHold(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(self, holderCommand).Output()
	if err != nil {
		t.Fatal(err)
	}
	const want = `all there true
empty false
kill <nil>
exit -1 SIGKILL true
left 0 0 true
exit 7 
kill <nil>
start /no/such/program in : no such file or directory
`
	if string(out) != want {
		t.Errorf("got\n%swant\n%s", out, want)
	}
}

// sleepers starts a shell with a child of its own, from a thread that is not the main one, and returns both.
func sleepers(t *testing.T, env ...string) (shell, child int) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd := exec.Command("/bin/sh", "-c", "sleep 600 & echo $!; wait")
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	fmt.Sscan(line, &child)
	return cmd.Process.Pid, child
}

func TestDescendants(t *testing.T) {
	shell, child := sleepers(t)
	got := Descendants(os.Getpid())
	if i, j := slices.Index(got, shell), slices.Index(got, child); i < 0 || j < i {
		t.Errorf("descendants %v, want %d before %d", got, shell, child)
	}
	scanned := scanParents()
	if !slices.Contains(scanned.childrenOf(os.Getpid()), shell) || !slices.Equal(scanned.childrenOf(shell), []int{child}) {
		t.Errorf("the scan found %v and %v", scanned.childrenOf(os.Getpid()), scanned.childrenOf(shell))
	}
	if got := Descendants(child); len(got) > 0 {
		t.Errorf("descendants of a sleep: %v", got)
	}
	if got := Descendants(1 << 30); len(got) > 0 {
		t.Errorf("descendants of nobody: %v", got)
	}
}

func TestKillTagged(t *testing.T) {
	tag := t.TempDir()
	shell, child := sleepers(t, Tagged(nil, tag)...)
	other, _ := sleepers(t, Tagged(nil, tag+"2")...)
	// What the test started stays a zombie without an environment until it is waited for.
	if n := KillTagged(tag); n != 2 || alive(shell) || alive(child) {
		t.Errorf("killed %d", n)
	}
	if !alive(other) {
		t.Error("killed a process with another tag")
	}
}

func TestTagged(t *testing.T) {
	env := []string{"A=1", TagVariable + "=outer", "B=2"}
	if got := strings.Join(Tagged(env, "inner"), " "); got != "A=1 B=2 "+TagVariable+"=inner" {
		t.Error(got)
	}
	if env[1] != TagVariable+"=outer" {
		t.Error("the caller's environment was changed")
	}
}

func TestParseStat(t *testing.T) {
	cases := []struct {
		line string
		want stat
		ok   bool
	}{
		{"7 (sleep) S 5 7 7 0 -1", stat{'S', 5}, true},
		{"7 (a ) R 1 (b) Z 12 7", stat{'Z', 12}, true},
		{"7 () R) T 3", stat{'T', 3}, true},
		{"7 (a\nb) D 3", stat{'D', 3}, true},
		{"", stat{}, false},
		{"7 (sleep", stat{}, false},
		{"7 (sleep)", stat{}, false},
		{"7 (sleep) S", stat{}, false},
		{"7 (sleep) SS 5", stat{}, false},
		{"7 (sleep) S x", stat{}, false},
	}
	for _, c := range cases {
		got, ok := parseStat([]byte(c.line))
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q: %+v %v", c.line, got, ok)
		}
	}
}

func FuzzParseStat(f *testing.F) {
	f.Add([]byte("7 (a ) R 1 (b) Z 12 7"))
	f.Fuzz(func(t *testing.T, line []byte) { parseStat(line) })
}

func BenchmarkDescendants(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Descendants(os.Getpid())
	}
}
