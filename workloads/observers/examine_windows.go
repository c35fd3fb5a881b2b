package observers

import (
	"errors"
	"time"

	"regatta/workloads/interpreter"
)

// Sources are where lanes come from on this system.
func Sources() []string {
	return []string{"kernel (table of threads)", "interpreter's memory", "probe"}
}

// Examine finds out which sources can be used, on a process of ours that keeps a core busy with Python.
func Examine(pid int) []Finding {
	return []Finding{examineTable(pid), examineInterpreter(pid)}
}

// examineTable looks whether the system tells what a busy thread does.
func examineTable(pid int) Finding {
	const source = "what threads do (NtQuerySystemInformation)"
	var table systemTable
	if err := table.read(); err != nil {
		return unusable(source, err, "lanes show start, end, names and asyncio steps until then")
	}
	for info, threads := range table.processes() {
		if int(info.UniqueProcessID) != pid {
			continue
		}
		for _, t := range threads {
			if t.State != 0 {
				return usable(source, "tells states and why threads wait")
			}
		}
	}
	return unusable(source, errors.New("threads are listed without their states"), "lanes show only who holds the GIL; Wine is such a system")
}

// examineInterpreter waits a moment for the interpreter: it is not there before its library is loaded.
func examineInterpreter(pid int) Finding {
	const source = "who holds the GIL (the interpreter's memory)"
	var err error
	for deadline := time.Now().Add(2 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var reader *interpreter.Reader
		if reader, err = interpreter.Open(pid); err != nil {
			continue
		}
		_, err = reader.Holdings()
		reader.Close()
		if err == nil {
			return usable(source, "readable")
		}
	}
	return unusable(source, err, "run Regatta and the program as the same user; security software may forbid it")
}
