package tree

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
	"regatta/workloads/clock"
)

var resumeProcess = windows.NewLazySystemDLL("ntdll.dll").NewProc("NtResumeProcess")

// Tree is a started program with everything that grew from it.
type Tree struct {
	job    *Job
	pid    int
	exited chan struct{} // closed when the program itself ended
	exit   Exit          // set before that
}

// Start starts a program inside a job object: it is created asleep, put into the job and woken up, so that it can start
// nothing outside. The tag is the one in its environment; the job makes it superfluous here.
func Start(c Command, tag string) (*Tree, error) {
	job, err := NewJob()
	if err != nil {
		return nil, err
	}
	files := slices.Clone(c.Files[:min(3, len(c.Files))])
	for _, h := range c.Handles {
		files = append(files, os.NewFile(h, "inherited"))
	}
	flags := uint32(windows.CREATE_SUSPENDED)
	if c.Group == 0 {
		flags |= windows.CREATE_NEW_PROCESS_GROUP
	}
	p, err := os.StartProcess(c.Args[0], c.Args, &os.ProcAttr{
		Dir: c.Dir, Env: c.Env, Files: files, Sys: &syscall.SysProcAttr{CreationFlags: flags},
	})
	if err != nil {
		job.Close()
		return nil, fmt.Errorf("start %s in %s: %w", c.Args[0], c.Dir, err)
	}
	if err := errors.Join(job.Add(p.Pid), wake(p.Pid)); err != nil {
		p.Kill()
		p.Wait()
		job.Close()
		return nil, fmt.Errorf("start %s: %w", c.Args[0], err)
	}
	t := &Tree{job: job, pid: p.Pid, exited: make(chan struct{})}
	go func() {
		state, err := p.Wait()
		t.exit = Exit{Code: -1, At: clock.Now()}
		if err == nil {
			t.exit.Code = state.ExitCode()
		}
		close(t.exited)
	}()
	return t, nil
}

func wake(pid int) error {
	h, err := windows.OpenProcess(windows.PROCESS_SUSPEND_RESUME, false, uint32(pid))
	if err != nil {
		return fmt.Errorf("open the new process: %w", err)
	}
	defer windows.CloseHandle(h)
	if status, _, _ := resumeProcess.Call(uintptr(h)); status != 0 {
		return fmt.Errorf("wake up the new process: status %#x", status)
	}
	return nil
}

// PID is the program's process id.
func (t *Tree) PID() int { return t.pid }

// Exited is closed when the program itself has ended; others of its tree may live on.
func (t *Tree) Exited() <-chan struct{} { return t.exited }

// Exit is how the program ended, once Exited is closed.
func (t *Tree) Exit() Exit { return t.exit }

// CPU is the user and system time of the whole tree, as the job object counted it.
func (t *Tree) CPU() (used time.Duration, known bool) {
	a, err := t.job.accounting()
	return 100 * time.Duration(a.TotalUserTime+a.TotalKernelTime), err == nil
}

// Left counts the processes of the tree that are alive.
func (t *Tree) Left() int {
	a, _ := t.job.accounting()
	return int(a.ActiveProcesses)
}

// WaitEmpty waits until nothing of the tree is left, at most for the time given.
func (t *Tree) WaitEmpty(atMost time.Duration) bool {
	deadline := time.Now().Add(atMost)
	var p pause
	for t.Left() > 0 {
		if time.Now().After(deadline) {
			return false
		}
		time.Sleep(p.next())
	}
	return true
}

// Kill ends everything in the tree and returns when it is gone.
func (t *Tree) Kill() error {
	if err := windows.TerminateJobObject(t.job.handle, 1); err != nil {
		return fmt.Errorf("end the job: %w", err)
	}
	if !t.WaitEmpty(killPatience) {
		return fmt.Errorf("%d processes could not be ended within %v: end them yourself", t.Left(), killPatience)
	}
	return nil
}

// KillTagged has nothing to do: a job object ends its processes when whoever held it is gone.
func KillTagged(string) int { return 0 }

// Descendants lists the processes below one, parents before their children. One whose parent ended is in it only until
// the parent's id is given away again.
func Descendants(pid int) []int {
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil
	}
	defer windows.CloseHandle(snapshot)
	children := map[int][]int{}
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err := windows.Process32First(snapshot, &entry); err == nil; err = windows.Process32Next(snapshot, &entry) {
		children[int(entry.ParentProcessID)] = append(children[int(entry.ParentProcessID)], int(entry.ProcessID))
	}
	found := []int{pid}
	for i := 0; i < len(found); i++ { // grows while it is walked
		for _, c := range children[found[i]] {
			if !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	return found[1:]
}
