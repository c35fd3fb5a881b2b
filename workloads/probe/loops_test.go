package probe_test

import (
	"fmt"
	"strings"
	"testing"
)

// Event loops in many threads begin and create tasks at the same time: each task has a number of its own and is run by one
// thread, and nothing is lost. With REGATTA_TEST_PYTHON set to a free-threaded build the threads really run at once.
func TestLoopsInManyThreads(t *testing.T) {
	const threads, tasks = 16, 40
	events := stream(t, fmt.Sprintf(`
import asyncio, threading
gate = threading.Barrier(%d)
async def step(): await asyncio.sleep(0)
async def main():
    await asyncio.gather(*(step() for _ in range(%d)))
def work():
    gate.wait()
    asyncio.run(main())
threads = [threading.Thread(target=work) for _ in range(%[1]d)]
for t in threads: t.start()
for t in threads: t.join()
`, threads, tasks))
	if lost := of(events, dropped); len(lost) > 0 {
		t.Errorf("lost: %v", lost)
	}
	steps, named := 0, map[uint64]event{}
	for _, e := range of(events, task) {
		if other, twice := named[e.id]; twice {
			t.Errorf("task %d is %v and %v", e.id, other, e)
		}
		named[e.id] = e
		if strings.HasSuffix(e.text, "step") {
			steps++
		}
	}
	if steps != threads*tasks {
		t.Errorf("%d tasks, want %d", steps, threads*tasks)
	}
	for _, e := range of(events, taskStep) {
		if e.tid != named[e.id].tid {
			t.Errorf("task %d ran in %d, but was begun in %d", e.id, e.tid, named[e.id].tid)
		}
	}
}
