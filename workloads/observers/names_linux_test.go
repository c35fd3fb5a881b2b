package observers

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"regatta/workloads/recording"
)

// A process that the probe is not in is called as its program, even when it becomes another; a name of the probe's stays.
func TestNamesOfTheKernel(t *testing.T) {
	b := newBookTest(t)
	s, err := newSampler(b.book, os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	defer b.w.Finish(recording.End{})
	cmd := exec.Command("sh", "-c", "read line; exec sleep 600")
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	pid := cmd.Process.Pid
	if !s.watch(pid, os.Getpid(), 0) {
		t.Fatal("the child is not there")
	}
	p := s.watched[pid]
	s.nameProcess(p)
	if p.Name != "sh" {
		t.Errorf("it is called %q", p.Name)
	}
	fmt.Fprintln(input)
	for deadline := time.Now().Add(10 * time.Second); p.Name != "sleep"; time.Sleep(time.Millisecond) {
		if s.nameProcess(p); time.Now().After(deadline) {
			t.Fatalf("it became sleep and is called %q", p.Name)
		}
	}
	s.book.rename(&p.lane, "by the probe", "")
	s.nameProcess(p)
	if p.Name != "by the probe" {
		t.Errorf("it is called %q", p.Name)
	}
	if root := s.watched[os.Getpid()]; root.Name != "MainThread" {
		t.Errorf("the first one is called %q", root.Name)
	}
}

// A thread is called by its own name, if it has one.
func TestNamesOfThreads(t *testing.T) {
	b := newBookTest(t)
	own, other := thread(t), thread(t)
	name := fmt.Sprintf("/proc/self/task/%d/comm", own)
	before, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, []byte("my worker"), 0)
	}
	if err != nil {
		t.Skip(err)
	}
	defer os.WriteFile(name, before, 0)
	s, err := newSampler(b.book, os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	defer b.w.Finish(recording.End{})
	s.nameThreads(0)
	tasks := s.watched[os.Getpid()].tasks
	if got := tasks[own].lane.Name; got != "my worker" {
		t.Errorf("it is called %q", got)
	}
	if got := tasks[other].lane.Name; got != unnamedThread {
		t.Errorf("one that has no name of its own is called %q", got)
	}
}

// thread returns the id of a thread, not the main one, that is kept until the test ends.
func thread(t *testing.T) int {
	ids, end := make(chan int), make(chan struct{})
	t.Cleanup(func() { close(end) })
	for {
		go func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			ids <- unix.Gettid()
			<-end
		}()
		if id := <-ids; id != os.Getpid() {
			return id
		}
	}
}
