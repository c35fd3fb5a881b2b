package probe_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// A callback that never ends stands in the last record of its thread's file, one that has ended does not.
func TestCallbackThatNeverEnds(t *testing.T) {
	const source = `
import asyncio, os, signal, sys
async def main():
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGKILL if sys.argv[1] == 'inside' else 0)
    await asyncio.sleep(0.001)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
`
	for where, want := range map[string]int{"inside": 1, "after": 0} {
		b := newBench(t, source)
		if end := b.observed("", where); end.State != "signal: killed" {
			t.Fatalf("%+v", end)
		}
		files, err := filepath.Glob(filepath.Join(b.events, "*.ev"))
		if err != nil {
			t.Fatal(err)
		}
		running := 0
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if binary.LittleEndian.Uint64(data[len(data)-64:]) != 0 {
				running++
			}
		}
		if running != want {
			t.Errorf("killed %s the callback: %d callbacks are running", where, running)
		}
	}
}

// A step that forks ends twice: in the parent's file, and in one of the child.
func TestForkInAStep(t *testing.T) {
	events := stream(t, `
import asyncio, os, signal
async def main():
    if os.fork():
        os.wait()
    else: # its loop is of no use any more, but the step ends
        signal.setitimer(signal.ITIMER_REAL, 0.2)
asyncio.run(main())
`)
	pids := map[int]int{}
	for _, e := range of(events, stepEnd) {
		if e.tid != e.pid {
			t.Errorf("process %d writes into the file of %d", e.tid, e.pid)
		}
		pids[e.pid]++
	}
	if len(pids) != 2 {
		t.Errorf("ends of steps by process: %v", pids)
	}
}

// A task that waits for a socket could not have run before something was there to be read.
func TestReadyAfterASocket(t *testing.T) {
	events := stream(t, `
import asyncio, socket, threading, time
async def main():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    threading.Timer(0.2, theirs.send, (b'x',)).start()
    await asyncio.get_running_loop().sock_recv(ours, 1)
    reader, writer = await asyncio.open_connection(sock=ours)
    threading.Timer(0.2, theirs.send, (b'y',)).start()
    await reader.read(1)
    writer.close()
asyncio.run(main())
`)
	const late = 50_000_000 // ns, a quarter of the wait
	readies := of(events, ready)
	if len(readies) < 3 {
		t.Fatalf("the task was ready %d times", len(readies))
	}
	for _, e := range readies {
		if e.arg != 0 && e.at > e.arg+late {
			t.Errorf("a task is said to have been ready for %d ms", (e.at-e.arg)/1e6)
		}
	}
}
