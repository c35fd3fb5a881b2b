package observers

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The probe's events, as regatta_probe.py writes them: records of 64 bytes in one file a thread, the kind last, 0 where
// nothing was written yet.
const recordSize = 64

type eventKind uint8

const (
	processEvent    eventKind = 1  // id: pid, arg: time of day in ns, text: name
	mainEvent       eventKind = 2  // id: pid; the program's own code starts
	threadEvent     eventKind = 3  // id: threading's ident, text: name
	threadEndEvent  eventKind = 4  // id: threading's ident
	taskEvent       eventKind = 5  // id: task, arg: loop, text: name and coroutine, parted by U+001F
	readyEvent      eventKind = 6  // id: task, arg: since when it could have run, or 0
	stepEvent       eventKind = 7  // id: task
	stepEndEvent    eventKind = 8  // id: task, arg: 1 when the task is done
	callbackEvent   eventKind = 9  // id: loop, arg: ns that it took, text: name
	droppedEvent    eventKind = 10 // arg: how many events there was no room for
	processEndEvent eventKind = 11 // id: pid
	loopEvent       eventKind = 12 // id: loop
	textEvent       eventKind = 15 // more text of the record before

	// callingEvent is in no file: what is said in the place for it has changed. arg: since when a callback is running, by
	// perf_counter_ns, or 0.
	callingEvent eventKind = 16
)

// event is one record.
type event struct {
	kind eventKind
	pid  int
	tid  int
	at   int64 // Python's perf_counter_ns
	id   uint64
	arg  uint64
	text string
}

const (
	textAt      = 30
	textInPlace = 33
	maxText     = 255
)

// parseEvents turns whole records into events and returns how many bytes it used. A record whose text continues in one
// that is not written yet is left for the next time.
func parseEvents(pid int, buf []byte, yield func(event)) (used int) {
	for used+recordSize <= len(buf) {
		record := buf[used : used+recordSize]
		if record[recordSize-1] == 0 {
			break
		}
		length := int(min(binary.LittleEndian.Uint16(record[28:]), maxText))
		text := append([]byte(nil), record[textAt:textAt+min(length, textInPlace)]...)
		size := recordSize
		for len(text) < length {
			if used+size+recordSize > len(buf) || buf[used+size+recordSize-1] == 0 {
				return used
			}
			more := buf[used+size : used+size+recordSize-1]
			text = append(text, more[:min(length-len(text), len(more))]...)
			size += recordSize
		}
		yield(event{
			kind: eventKind(record[recordSize-1]), pid: pid, tid: int(binary.LittleEndian.Uint32(record[24:])),
			at: int64(binary.LittleEndian.Uint64(record)), id: binary.LittleEndian.Uint64(record[8:]),
			arg: binary.LittleEndian.Uint64(record[16:]), text: string(bytes.ToValidUTF8(text, []byte("\ufffd"))),
		})
		if eventKind(record[recordSize-1]) == droppedEvent {
			break // it is the last of its file, and changes while events are dropped: read it again the next time
		}
		used += size
	}
	return used
}

// eventReader follows the probe's files.
type eventReader struct {
	dir    string
	polls  int
	files  map[string]*eventFile
	events []event
	buf    []byte
}

// eventFile is one of them.
type eventFile struct {
	offset  int64  // of what was not read yet
	calling int64  // offset of the word on the callback that runs
	since   uint64 // that word
	tid     int    // of the last event
	dropped uint64 // events that there was no room for
}

// full tells whether only the count of events that there is no room for may still come.
func (of *eventFile) full() bool {
	return of != nil && of.calling > 0 && of.offset >= of.calling && of.since == 0
}

// fullEvery is at how many polls full files are looked at once: a program with many tasks fills hundreds.
const fullEvery = 20

func newEventReader(dir string) *eventReader {
	return &eventReader{dir: dir, files: map[string]*eventFile{}, buf: make([]byte, 64<<10)}
}

// poll hands on every event that was written since the poll before, in the order in which they happened: a process writes
// several files.
func (r *eventReader) poll(yield func(event)) {
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return // the run is over and the folder gone
	}
	r.events = r.events[:0]
	r.polls++
	for _, e := range entries {
		if pid, ok := pidOf(e.Name()); ok && (!r.files[e.Name()].full() || r.polls%fullEvery == 0) {
			r.pollFile(e.Name(), pid)
		}
	}
	slices.SortStableFunc(r.events, func(a, b event) int { return cmp.Compare(a.at, b.at) })
	for _, e := range r.events {
		yield(e)
	}
}

// lost is how many events the probe had no room for.
func (r *eventReader) lost() int {
	lost := uint64(0)
	for name, f := range r.files {
		if pid, _ := pidOf(name); f.full() {
			r.pollFile(name, pid)
		}
		lost += f.dropped
	}
	return int(lost)
}

// pollFile reads what a file has gained.
func (r *eventReader) pollFile(name string, pid int) {
	f, err := os.Open(filepath.Join(r.dir, name))
	if err != nil {
		return
	}
	defer f.Close()
	of := r.files[name]
	if of == nil {
		of = &eventFile{}
		r.files[name] = of
	}
	since := of.readCalling(f) // first: when it says that a callback is over, the event that tells of it is there already
	for {
		n, _ := f.ReadAt(r.buf, of.offset)
		used := parseEvents(pid, r.buf[:n], func(e event) {
			of.tid = e.tid
			if e.kind == droppedEvent {
				if first := of.dropped == 0; first {
					r.events = append(r.events, e)
				}
				of.dropped = e.arg
				return
			}
			r.events = append(r.events, e)
		})
		of.offset += int64(used)
		if used == 0 {
			break
		}
	}
	if since != of.since && of.tid != 0 {
		if of.since != 0 {
			r.events = append(r.events, event{kind: callingEvent, pid: pid, tid: of.tid})
		}
		if since != 0 {
			r.events = append(r.events, event{kind: callingEvent, pid: pid, tid: of.tid, at: int64(since), arg: since})
		}
		of.since = since
	}
}

// readCalling reads the place, in a file's last record, that says since when its thread is in a callback.
func (of *eventFile) readCalling(f *os.File) (since uint64) {
	if of.calling == 0 {
		info, err := f.Stat()
		if err != nil || info.Size() < 2*recordSize {
			return 0
		}
		of.calling = info.Size() - recordSize
	}
	var last [recordSize]byte
	if _, err := f.ReadAt(last[:], of.calling); err != nil || last[recordSize-1] != 0 {
		return 0 // it has become the place for the count of events that there is no room for
	}
	return binary.LittleEndian.Uint64(last[:])
}

// pidOf takes the process from a file's name, "1234-0.ev".
func pidOf(name string) (pid int, ok bool) {
	digits, _, found := strings.Cut(name, "-")
	for _, c := range digits {
		if c < '0' || c > '9' || pid > 1<<31 {
			return 0, false
		}
		pid = pid*10 + int(c-'0')
	}
	return pid, found && pid > 0 && strings.HasSuffix(name, ".ev")
}
