package observers

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"regatta/workloads/recording"
)

// newLoopTest is a book with one process, 5, whose own code runs from the start on and blocks its loop after 100 ms.
func newLoopTest(t *testing.T) (bookTest, *process) {
	b := newBookTest(t)
	b.blockingAfter = 100 * ms
	p := b.process(5, 0, 0)
	b.event(processEvent, 5, 5, 0, 5, 0, "MainProcess")
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	return b, p
}

// task makes a task that is ready.
func (b bookTest) task(tid int, at time.Duration, id uint64, name string) {
	b.event(taskEvent, 5, tid, at, id, uint64(tid), name+"\x1f"+name+"_coroutine")
	b.event(readyEvent, 5, tid, at, id, 0, "")
}

// step runs a step of a task.
func (b bookTest) step(tid int, from, to time.Duration, id uint64) {
	b.event(stepEvent, 5, tid, from, id, 0, "")
	b.event(stepEndEvent, 5, tid, to, id, 0, "")
}

func (b bookTest) ready(at time.Duration, id uint64, due time.Duration) {
	b.event(readyEvent, 5, 5, at, id, uint64(due), "")
}

// turns settles the book as it is settled while a run goes on.
func (b bookTest) turnsUntil(from, to time.Duration) {
	for at := from; at <= to; at += turnEvery {
		b.settle(at-settleLag, at)
	}
}

// label samples the main thread in a function.
func (p *process) in(from, to time.Duration, state recording.State, label string) {
	p.label = label
	for at := from; at <= to; at += ms {
		p.saw(at, state, 0)
	}
}

func TestWhoKeptATaskWaiting(t *testing.T) {
	b, _ := newLoopTest(t)
	for id, name := range []string{"victim", "first", "second"} {
		b.task(5, 0, uint64(id+1), name)
	}
	b.step(5, 1*ms, 11*ms, 2)
	b.event(callbackEvent, 5, 5, 41*ms, 1, uint64(30*ms), "long_callback")
	b.step(5, 41*ms, 61*ms, 3)
	b.step(5, 61*ms, 62*ms, 1)
	r := b.finish(70 * ms)
	check(t, r, 1, kept(0, 1*ms, 1), kept(1*ms, 11*ms, 3), kept(11*ms, 41*ms, 1), kept(41*ms, 61*ms, 4),
		span(61*ms, 62*ms, recording.Running), span(62*ms, 70*ms, recording.Await))
}

// Two loops in two threads do not keep each other's tasks waiting.
func TestLoopsOfTwoThreads(t *testing.T) {
	b, p := newLoopTest(t)
	b.thread(p, 6, 0).saw(1*ms, recording.Running, 0)
	b.task(5, 0, 1, "victim")
	b.task(6, 0, 2, "elsewhere")
	b.step(6, 1*ms, 50*ms, 2)
	b.step(5, 60*ms, 61*ms, 1)
	r := b.finish(61 * ms)
	check(t, r, 2, kept(0, 60*ms, 1), span(60*ms, 61*ms, recording.Running))
	if other := r.Tracks()[3]; other.Parent != r.Tracks()[1].ID {
		t.Errorf("the other loop's task is in lane %d", other.Parent)
	}
}

// A task that was made before its loop ran in another thread moves to that thread.
func TestTaskMadeInAnotherThread(t *testing.T) {
	b, p := newLoopTest(t)
	b.thread(p, 6, 0).saw(1*ms, recording.Running, 0)
	b.task(5, 0, 1, "task")
	b.step(6, 1*ms, 2*ms, 1)
	r := b.finish(10 * ms)
	if task := r.Tracks()[2]; task.Parent != r.Tracks()[1].ID || task.TID != 6 {
		t.Errorf("%+v", task.Lane)
	}
}

// The tasks that are left in a loop end with its thread, others go on.
func TestTasksEndWithTheirThread(t *testing.T) {
	b, p := newLoopTest(t)
	b.thread(p, 6, 0).saw(1*ms, recording.Running, 0)
	b.task(6, 0, 1, "left over")
	b.task(5, 0, 2, "going on")
	b.step(6, 1*ms, 2*ms, 1)
	b.threadEnded(p, 6, 30*ms)
	b.turnsUntil(50*ms, 1000*ms)
	if len(p.tasks.lanes) != 1 || len(p.tasks.order) != 1 || len(p.tasks.loops) != 1 {
		t.Errorf("there are %d tasks and %d loops", len(p.tasks.lanes), len(p.tasks.loops))
	}
	r := b.finish(1000 * ms)
	if left, going := r.Tracks()[2], r.Tracks()[3]; left.End != 30*ms || going.End != 1000*ms {
		t.Errorf("ends %v, %v", left.End, going.End)
	}
}

// A timer that was due while the loop was blocked for long fires after that: what the task did since must still be open.
func TestTimerLongOverdue(t *testing.T) {
	b, _ := newLoopTest(t)
	b.task(5, 0, 1, "victim")
	b.task(5, 0, 2, "blocker")
	b.step(5, 1*ms, 2*ms, 1)
	b.turnsUntil(50*ms, 450*ms)
	b.event(stepEvent, 5, 5, 500*ms, 2, 0, "")
	b.turnsUntil(500*ms, 3000*ms)
	b.event(stepEndEvent, 5, 5, 3000*ms, 2, 0, "")
	b.ready(3000*ms, 1, 600*ms)
	b.step(5, 3000*ms, 3001*ms, 1)
	r := b.finish(3010 * ms)
	check(t, r, 1, span(0, 1*ms, recording.Ready), span(1*ms, 2*ms, recording.Running), span(2*ms, 600*ms, recording.Await),
		kept(600*ms, 3000*ms, 3), span(3000*ms, 3001*ms, recording.Running), span(3001*ms, 3010*ms, recording.Await))
}

// A task that is told in its own step that it can go on is ready after it, not awaiting.
func TestSleepOfZero(t *testing.T) {
	b, _ := newLoopTest(t)
	b.task(5, 0, 1, "task")
	b.event(stepEvent, 5, 5, 1*ms, 1, 0, "")
	b.ready(2*ms, 1, 0)
	b.event(stepEndEvent, 5, 5, 3*ms, 1, 0, "")
	b.step(5, 4*ms, 5*ms, 1)
	r := b.finish(6 * ms)
	check(t, r, 1, span(0, 1*ms, recording.Ready), span(1*ms, 3*ms, recording.Running), span(3*ms, 4*ms, recording.Ready),
		span(4*ms, 5*ms, recording.Running), span(5*ms, 6*ms, recording.Await))
}

func TestBlockingIsNoted(t *testing.T) {
	b, p := newLoopTest(t)
	p.in(1*ms, 300*ms, recording.IO, "start") // which runs the loop
	b.task(5, 0, 1, "short")
	b.task(5, 0, 2, "long")
	b.step(5, 10*ms, 109*ms, 1)
	b.event(stepEvent, 5, 5, 300*ms, 2, 0, "")
	p.in(301*ms, 320*ms, recording.Running, "prepare")
	p.in(321*ms, 1500*ms, recording.Running, "fetch")
	b.turnsUntil(350*ms, 1450*ms)
	b.event(stepEndEvent, 5, 5, 1500*ms, 2, 0, "")
	p.in(1501*ms, 1700*ms, recording.Sleep, "start") // it calls what is not the program's own
	b.event(callbackEvent, 5, 5, 1700*ms, 1, uint64(200*ms), "sleep")
	b.event(callingEvent, 5, 5, 1750*ms, 0, 1750, "") // and another one for ever
	p.in(1701*ms, 2000*ms, recording.Lock, "wait_for_ever")
	b.turnsUntil(1500*ms, 1950*ms)
	r := b.finish(2000 * ms)
	want := []recording.Blocking{
		{Lane: 3, Start: 300 * ms, End: 1500 * ms, Function: "fetch"},
		{Lane: 1, Start: 1500 * ms, End: 1700 * ms, Function: "sleep"},
		{Lane: 1, Start: 1750 * ms, End: 2000 * ms, Function: "wait_for_ever"},
	}
	if diff := cmp.Diff(want, r.Blocking); diff != "" {
		t.Error(diff)
	}
}

// Without samples the coroutine's name is what there is. A step that goes on when the run ends has blocked until then.
func TestBlockingToTheEnd(t *testing.T) {
	b, p := newLoopTest(t)
	b.task(5, 0, 1, "task")
	b.event(stepEvent, 5, 5, 100*ms, 1, 0, "")
	b.turnsUntil(50*ms, 850*ms)
	b.processEnded(p, 900*ms)
	r := b.finish(900 * ms)
	if diff := cmp.Diff([]recording.Blocking{{Lane: 2, Start: 100 * ms, End: 900 * ms, Function: "task_coroutine"}}, r.Blocking); diff != "" {
		t.Error(diff)
	}
}

// The last step before a process's end is told after that was seen, and a short callback leaves nothing.
func TestLastEventsComeLate(t *testing.T) {
	b, p := newLoopTest(t)
	b.task(5, 0, 1, "task")
	b.event(stepEvent, 5, 5, 10*ms, 1, 0, "")
	b.processEnded(p, 500*ms)
	b.event(stepEndEvent, 5, 5, 20*ms, 1, 1, "")
	b.event(callingEvent, 5, 5, 30*ms, 0, 30, "")
	b.event(callingEvent, 5, 5, 0, 0, 0, "")
	r := b.finish(500 * ms)
	if end := r.Tracks()[1].End; end != 20*ms || len(r.Blocking) > 0 {
		t.Errorf("the task ends at %v, blocking %v", end, r.Blocking)
	}
}

// Where events had no room, nothing is claimed.
func TestLostEvents(t *testing.T) {
	b, _ := newLoopTest(t)
	b.task(5, 0, 1, "task")
	b.step(5, 1*ms, 2*ms, 1)
	b.ready(2*ms, 1, 0)
	b.event(stepEvent, 5, 5, 3*ms, 1, 0, "")
	b.event(droppedEvent, 5, 5, 10*ms, 0, 7, "")
	r := b.finish(1000 * ms)
	if got := r.Tracks()[1].StateTimes(10*ms, 1000*ms); got[recording.Unknown] != 990*ms || len(r.Blocking) > 0 {
		t.Errorf("%v, blocking %v", got, r.Blocking)
	}
}

// Ten thousand tasks that wake up together would keep each other waiting in a hundred million ways.
func TestManyTasks(t *testing.T) {
	const n, step = 10_000, 20 * time.Microsecond
	b, p := newLoopTest(t)
	for id := range uint64(n) {
		b.task(5, 0, id+1, fmt.Sprint(id))
	}
	at, turn := time.Duration(0), turnEvery
	for range 2 {
		for id := range uint64(n) {
			b.event(stepEvent, 5, 5, at, id+1, 0, "")
			b.event(stepEndEvent, 5, 5, at+step, id+1, 0, "")
			b.ready(at+step, id+1, 0)
			if at += step; at >= turn {
				b.settle(turn-settleLag, turn)
				turn += turnEvery
			}
		}
	}
	b.turnsUntil(turn, turn+time.Second)
	for _, loop := range p.tasks.loops {
		for level, turns := range loop.turns {
			if len(turns) > 100 {
				t.Errorf("%d turns are kept on level %d", len(turns), level)
			}
		}
	}
	r := b.finish(turn + time.Second)
	spans := 0
	for _, track := range r.Tracks() {
		spans += track.Len()
	}
	if spans > 40*n {
		t.Errorf("%d spans", spans)
	}
	if first := r.Tracks()[2]; first.Span(0).Blocker != 2 || first.Span(0).State != recording.Ready {
		t.Errorf("the second task was kept waiting: %+v", first.Span(0))
	}
}

// Whatever tasks do, their spans are consecutive, none keeps itself waiting, and none says another is running than did.
func TestTasksAtRandom(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b, p := newLoopTest(t)
		type ran struct{ from, to time.Duration }
		running := map[recording.LaneID][]ran{}
		now, settled := time.Duration(0), time.Duration(0)
		for range rapid.IntRange(1, 60).Draw(rt, "events") {
			now += time.Duration(rapid.IntRange(1, 60_000).Draw(rt, "pause")) * time.Microsecond
			id := uint64(rapid.IntRange(1, 4).Draw(rt, "task"))
			if p.tasks.lanes[id] == nil {
				b.task(5, now, id, fmt.Sprint(id))
			}
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				b.ready(now, id, max(0, now-time.Duration(rapid.IntRange(-50, 500).Draw(rt, "late"))*ms))
			case 1, 2:
				end := now + time.Duration(rapid.IntRange(1, 400_000).Draw(rt, "step"))*time.Microsecond
				b.step(5, now, end, id)
				lane := p.tasks.lanes[id].ID
				running[lane] = append(running[lane], ran{now, end})
				now = end
			}
			for ; settled+turnEvery <= now; settled += turnEvery {
				b.settle(settled-settleLag, settled)
			}
		}
		r := b.finish(now + ms)
		for _, track := range r.Tracks()[1:] {
			end := track.Start
			for i := range track.Len() {
				s := track.Span(i)
				if s.Start != end || s.State == recording.Unknown {
					rt.Fatalf("lane %d: %+v after %v", track.ID, s, end)
				}
				end = s.End
				if s.State != recording.Ready || s.Blocker <= 1 {
					continue
				}
				inside := time.Duration(0)
				for _, of := range running[s.Blocker] {
					inside += max(0, min(s.End, of.to)-max(s.Start, of.from))
				}
				// The loop's own way from one step to the next goes to the one beside it, on both sides.
				share := s.Duration() / 3
				if s.Duration() > longStep*4 {
					share = s.Duration() * 9 / 10
				}
				if s.Blocker == track.ID || inside < min(share, s.Duration()-2*between) {
					rt.Fatalf("lane %d was not kept waiting by %d: %+v, %v", track.ID, s.Blocker, s, running[s.Blocker])
				}
			}
			if end != now+ms {
				rt.Fatalf("lane %d ends at %v of %v", track.ID, end, now+ms)
			}
		}
	})
}
