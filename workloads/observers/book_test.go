package observers

import (
	"encoding/binary"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"regatta/workloads/clock"
	"regatta/workloads/recording"
)

// bookTest is a book whose recording can be read.
type bookTest struct {
	*book
	t    *testing.T
	path string
}

func newBookTest(t *testing.T) bookTest {
	path := filepath.Join(t.TempDir(), "run.regatta")
	w, err := recording.Create(path, recording.Header{Created: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return bookTest{newBook(w, clock.Start(0)), t, path}
}

// finish ends everything at a moment and opens the recording.
func (b bookTest) finish(at time.Duration) *recording.Recording {
	b.t.Helper()
	for _, p := range b.processes {
		b.processEnded(p, at)
	}
	b.settle(at, at)
	if err := b.w.Finish(recording.End{Status: recording.Finished, Wall: at}); err != nil {
		b.t.Fatal(err)
	}
	r, err := recording.Open(b.path)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// kept is a stretch in which a task was ready and a lane kept it waiting.
func kept(from, to time.Duration, by recording.LaneID) recording.Span {
	return recording.Span{Start: from, End: to, State: recording.Ready, Blocker: by}
}

func (b bookTest) event(kind eventKind, pid, tid int, at time.Duration, id, arg uint64, text string) {
	b.apply(event{kind: kind, pid: pid, tid: tid, at: int64(at), id: id, arg: arg, text: text})
}

func check(t *testing.T, r *recording.Recording, lane int, want ...recording.Span) {
	t.Helper()
	var got []recording.Span
	track := r.Tracks()[lane]
	for i := range track.Len() {
		got = append(got, track.Span(i))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lane %d, %s:\n%s", lane, track.Name, diff)
	}
}

// What a process does before its own code starts is start-up, whatever the kernel said meanwhile.
func TestStartUp(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	p.saw(10*ms, recording.Running, 0)
	b.settle(5*ms, 10*ms) // the probe may still come: nothing is written
	p.saw(20*ms, recording.IO, 0)
	p.saw(60*ms, recording.Running, 0)
	b.event(processEvent, 5, 5, 12*ms, 5, 0, "MainProcess")
	b.event(mainEvent, 5, 5, 30*ms, 5, 0, "")
	p.saw(80*ms, recording.Running, 0)
	r := b.finish(80 * ms)
	check(t, r, 0, span(0, 30*ms, recording.Start), span(30*ms, 40*ms, recording.IO), span(40*ms, 80*ms, recording.Running))
	if at, ok := r.Mark(recording.MarkMain); !ok || at != 30*ms || r.Tracks()[0].Name != "MainThread" {
		t.Errorf("main at %v, lane %q", at, r.Tracks()[0].Name)
	}
}

// A process without the probe has no start-up of its own.
func TestStrangeProcess(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	p.saw(2*time.Second, recording.Running, 0)
	b.settle(1500*ms, 2*time.Second)
	r := b.finish(2 * time.Second)
	check(t, r, 0, span(0, 2*time.Second, recording.Running))
}

// The probe's events are read a moment later: the name of a thread that has ended goes to its lane, not to a new one.
func TestNamesComeLate(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	first := b.thread(p, 6, 10*ms)
	first.saw(12*ms, recording.Running, 0)
	b.threadEnded(p, 6, 14*ms)
	second := b.thread(p, 6, 40*ms) // the system used the number again
	second.saw(45*ms, recording.IO, 0)
	child := b.process(9, 5, 20*ms)
	child.saw(21*ms, recording.Running, 0)
	b.processEnded(child, 30*ms)
	b.event(threadEvent, 5, 6, 10*ms, 1, 0, "Thread-1 (work)")
	b.event(threadEvent, 5, 6, 39*ms, 2, 0, "pool_0")
	b.event(processEvent, 9, 9, 22*ms, 9, 0, "Process-1")
	b.event(mainEvent, 9, 9, 22*ms, 9, 0, "")
	r := b.finish(50 * ms)
	var got []string
	for _, track := range r.Tracks() {
		got = append(got, track.Name+"/"+track.Detail)
	}
	if diff := cmp.Diff([]string{"MainThread/", "Thread-1/work", "pool_0/", "Process-1/python"}, got); diff != "" {
		t.Error(diff)
	}
	check(t, r, 1, span(10*ms, 14*ms, recording.Running))
	check(t, r, 2, span(39*ms, 50*ms, recording.IO)) // as the probe says
	check(t, r, 3, span(20*ms, 22*ms, recording.Start), span(22*ms, 30*ms, recording.Running))
	if r.Tracks()[3].Parent != r.Tracks()[0].ID {
		t.Error("the child is not inside its parent")
	}
}

// A thread that only the probe saw has a life of which nothing is known.
func TestThreadThatWasNeverSampled(t *testing.T) {
	b := newBookTest(t)
	b.process(5, 0, 0)
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	b.event(threadEvent, 5, 6, 10*ms, 1, 0, "Thread-1")
	r := b.finish(50 * ms)
	check(t, r, 1, span(10*ms, 50*ms, recording.Unknown))
}

// A thread that came and went between two samples has the life that the probe tells, also when its process is over.
func TestShortThread(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	p.saw(50*ms, recording.Running, 0)
	b.processEnded(p, 50*ms)
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	b.event(threadEvent, 5, 6, 10*ms, 1, 0, "Thread-1")
	b.event(threadEndEvent, 5, 6, 11*ms, 1, 0, "")
	b.event(threadEvent, 5, 7, 20*ms, 2, 0, "Thread-2") // which goes down with its process
	r := b.finish(50 * ms)
	check(t, r, 1, span(10*ms, 11*ms, recording.Unknown))
	check(t, r, 2, span(20*ms, 50*ms, recording.Unknown))
}

// Whatever the samples and the probe say of a thread, and in which order, its states add up to its life.
func TestLivesAtRandom(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBookTest(t)
		p := b.process(5, 0, 0)
		b.event(mainEvent, 5, 5, 0, 5, 0, "")
		now := time.Duration(0)
		held := map[int]*lane{} // by the sampler
		for range rapid.IntRange(1, 50).Draw(rt, "events") {
			now += time.Duration(rapid.IntRange(1, 30_000).Draw(rt, "pause")) * time.Microsecond
			tid := rapid.IntRange(6, 8).Draw(rt, "thread")
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0:
				held[tid] = b.thread(p, tid, now)
			case 1:
				if l := held[tid]; l != nil {
					l.saw(now, recording.Running, 0)
					l.stays.saw(now, 0)
				}
			case 2:
				if held[tid] != nil {
					b.threadEnded(p, tid, now)
					delete(held, tid)
				}
			case 3:
				b.event(threadEvent, 5, tid, now-time.Duration(rapid.IntRange(0, 3000).Draw(rt, "late"))*time.Microsecond, 1, 0, "Thread")
			case 4:
				b.event(threadEndEvent, 5, tid, now-time.Duration(rapid.IntRange(0, 3000).Draw(rt, "late"))*time.Microsecond, 1, 0, "")
			case 5:
				b.settle(now-settleLag/100, now)
			}
		}
		for _, l := range b.finish(now + ms).Tracks() {
			sum := time.Duration(0)
			for _, d := range l.StateTimes(l.Start, l.End) {
				sum += d
			}
			if l.End == recording.StillAlive || sum != l.End-l.Start {
				rt.Fatalf("%s lives from %v to %v, its states add up to %v", l.Name, l.Start, l.End, sum)
			}
		}
	})
}

// A process that only the probe has told of is inside the first one until its parent is known.
func TestMoveInto(t *testing.T) {
	b := newBookTest(t)
	b.process(5, 0, 0)
	server := b.process(6, 5, 10*ms)
	b.event(processEvent, 7, 7, 20*ms, 7, 0, "Process-1")
	b.moveInto(b.processes[7], 6)
	b.moveInto(b.processes[7], 99) // which is not there
	r := b.finish(50 * ms)
	if worker := r.Tracks()[2]; worker.PID != 7 || worker.Parent != server.ID {
		t.Errorf("%+v", worker.Lane)
	}
}

// The probe knows better than the samples when a thread started and ended, unless it was seen after that.
func TestLifeOfAThread(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	sampled := func(tid int, found, seen, missed time.Duration) {
		l := b.thread(p, tid, found)
		l.saw(seen, recording.Running, 0)
		l.stays.saw(seen, 0)
		b.threadEnded(p, tid, missed)
	}
	sampled(6, 12*ms, 12*ms+1, 20*ms)
	sampled(7, 12*ms, 15*ms, 20*ms)
	b.event(threadEvent, 5, 6, 10*ms, 1, 0, "Thread-1")
	b.event(threadEndEvent, 5, 6, 14*ms, 1, 0, "")
	b.event(threadEvent, 5, 7, 11*ms, 2, 0, "Thread-2")
	b.event(threadEndEvent, 5, 7, 14*ms, 2, 0, "")
	r := b.finish(50 * ms)
	check(t, r, 1, span(10*ms, 14*ms, recording.Running))
	check(t, r, 2, span(11*ms, 15*ms, recording.Running))
	for _, l := range r.Tracks()[1:] {
		if first, last := l.Span(0), l.Span(l.Len()-1); l.Start != first.Start || l.End != last.End {
			t.Errorf("%s lives from %v to %v, its spans from %v to %v", l.Name, l.Start, l.End, first.Start, last.End)
		}
	}
}

// One task blocks the loop by sleeping in it; the other's timer is due meanwhile, so it is ready and not awaiting.
func TestBlockedLoop(t *testing.T) {
	b := newBookTest(t)
	p := b.process(5, 0, 0)
	b.event(processEvent, 5, 5, 0, 5, 0, "MainProcess")
	b.event(mainEvent, 5, 5, 0, 5, 0, "")
	for i, name := range []string{"blocker\x1fblock", "victim\x1ftick"} {
		id := uint64(i + 1)
		b.event(taskEvent, 5, 5, 0, id, 1, name)
		b.event(readyEvent, 5, 5, 0, id, 0, "")
	}
	b.event(stepEvent, 5, 5, 1*ms, 2, 0, "")
	b.event(stepEndEvent, 5, 5, 2*ms, 2, 0, "")
	b.event(stepEvent, 5, 5, 2*ms, 1, 0, "")
	p.saw(2*ms, recording.Running, 0)
	p.saw(3*ms, recording.Sleep, 0)
	p.saw(102*ms, recording.Sleep, 0)
	p.saw(103*ms, recording.Running, 0)
	b.event(stepEndEvent, 5, 5, 102*ms, 1, 1, "")
	b.event(readyEvent, 5, 5, 103*ms, 2, uint64(50*ms), "")
	b.event(stepEvent, 5, 5, 103*ms, 2, 0, "")
	b.event(stepEndEvent, 5, 5, 104*ms, 2, 1, "")
	p.saw(105*ms, recording.Running, 0)
	r := b.finish(105 * ms)
	check(t, r, 1, span(0, 1*ms, recording.Ready), kept(1*ms, 2*ms, 3), span(2*ms, 2500*time.Microsecond, recording.Running), span(2500*time.Microsecond, 102*ms, recording.Sleep))
	check(t, r, 2, span(0, 1*ms, recording.Ready), span(1*ms, 2*ms, recording.Running), span(2*ms, 50*ms, recording.Await),
		kept(50*ms, 102*ms, 2), kept(102*ms, 103*ms, 1), span(103*ms, 104*ms, recording.Running))
	if victim := r.Tracks()[2]; victim.Kind != recording.Task || victim.Name != "victim" || victim.Detail != "tick" || victim.Parent != 1 {
		t.Errorf("%+v", victim.Lane)
	}
}

// record makes one of the probe's records as regatta_probe_core.py does.
func record(kind eventKind, at int64, id uint64, text string) []byte {
	buf := make([]byte, recordSize)
	binary.LittleEndian.PutUint64(buf, uint64(at))
	binary.LittleEndian.PutUint64(buf[8:], id)
	binary.LittleEndian.PutUint16(buf[28:], uint16(len(text)))
	rest := text[copy(buf[textAt:textAt+textInPlace], text):]
	buf[recordSize-1] = byte(kind)
	for len(rest) > 0 {
		more := make([]byte, recordSize)
		rest = rest[copy(more[:recordSize-1], rest):]
		more[recordSize-1] = byte(textEvent)
		buf = append(buf, more...)
	}
	return buf
}

func TestParseEvents(t *testing.T) {
	long := "a name that is much longer than what fits into the place that a record has for it"
	buf := append(record(threadEvent, 1, 2, "short"), record(taskEvent, 3, 4, long)...)
	whole := len(buf)
	var got []event
	collect := func(e event) { got = append(got, e) }
	if used := parseEvents(7, append(buf, make([]byte, 2*recordSize)...), collect); used != whole {
		t.Errorf("used %d of %d bytes", used, whole)
	}
	want := []event{{kind: threadEvent, pid: 7, at: 1, id: 2, text: "short"}, {kind: taskEvent, pid: 7, at: 3, id: 4, text: long}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(event{})); diff != "" {
		t.Error(diff)
	}
	got = nil // the text's second record is not written yet
	if used := parseEvents(7, append(buf[:2*recordSize:2*recordSize], make([]byte, recordSize)...), collect); used != recordSize || len(got) != 1 {
		t.Errorf("used %d bytes for %d events", used, len(got))
	}
}

func FuzzParseEvents(f *testing.F) {
	f.Add(record(taskEvent, 3, 4, "a name that is longer than what fits into one record"))
	f.Fuzz(func(t *testing.T, buf []byte) {
		used := parseEvents(1, buf, func(e event) {
			if len(e.text) > 3*maxText {
				t.Fatalf("a text of %d bytes", len(e.text))
			}
		})
		if used > len(buf) || used%recordSize != 0 {
			t.Fatalf("used %d of %d", used, len(buf))
		}
	})
}

func TestPidOf(t *testing.T) {
	for name, want := range map[string]int{"12-0.ev": 12, "12.ev": 0, "x-0.ev": 0, "-1.ev": 0, "12-0.tmp": 0, "99999999999999-0.ev": 0} {
		if pid, ok := pidOf(name); pid != want && ok || ok != (want != 0) {
			t.Errorf("%s: %d, %v", name, pid, ok)
		}
	}
}
