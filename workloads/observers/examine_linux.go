package observers

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"regatta/workloads/interpreter"
	"regatta/workloads/machine"
)

// Sources are where lanes come from on this system.
func Sources() []string {
	return []string{"kernel (/proc)", "interpreter's memory", "probe"}
}

// Examine finds out which sources can be used, on a process of ours that keeps a core busy with Python.
func Examine(pid int) []Finding {
	return []Finding{examineCalls(pid), examineQueues(pid), examineInterpreter(pid), examinePSS(pid)}
}

func examineCalls(pid int) Finding {
	const source = "what a thread waits for (/proc/PID/task/TID/syscall)"
	if _, err := os.ReadFile(fmt.Sprintf("/proc/%d/syscall", pid)); err != nil {
		return unusable(source, err, ptraceAdvice())
	}
	return usable(source, "readable")
}

// examineQueues looks whether the kernel counts, since some leave the counters at zero.
func examineQueues(pid int) Finding {
	const source = "time on a core and waiting for one (/proc/PID/task/TID/schedstat)"
	deadline := time.Now().Add(500 * time.Millisecond)
	for time.Now().Before(deadline) {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/schedstat", pid, pid))
		if err != nil {
			return unusable(source, err, "use a kernel with CONFIG_SCHED_INFO; waiting for a core counts as running until then")
		}
		if !strings.HasPrefix(string(text), "0 ") {
			return usable(source, "counts")
		}
		time.Sleep(10 * time.Millisecond)
	}
	return unusable(source, errors.New("stays at zero for a busy thread"), "use a kernel with CONFIG_SCHED_INFO; waiting for a core counts as running until then")
}

func examineInterpreter(pid int) Finding {
	const source = "who holds the GIL (the interpreter's memory)"
	reader, err := interpreter.Open(pid)
	if err == nil {
		_, err = reader.Holdings()
	}
	if err != nil {
		return unusable(source, err, ptraceAdvice())
	}
	return usable(source, "readable")
}

func examinePSS(pid int) Finding {
	const source = "shared memory (PSS)"
	var m machine.Memory
	if _, err := m.PSS(pid); err != nil {
		return unusable(source, err, "memory is shown as RSS alone, which counts shared pages in every process")
	}
	return usable(source, "readable")
}

func ptraceAdvice() string {
	scope, err := os.ReadFile("/proc/sys/kernel/yama/ptrace_scope")
	if level := strings.TrimSpace(string(scope)); err == nil && level != "0" && level != "1" {
		return "kernel.yama.ptrace_scope is " + level + ": with 1, the usual setting, a program may read its own children"
	}
	return "a container or a security module forbids it: allow ptrace of children (docker run --cap-add SYS_PTRACE)"
}
