package observers

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// writeEvents writes a file as the probe does: records, room for more, and in the last record's place since when a callback
// runs.
func writeEvents(t testing.TB, path string, size int, calling uint64, records ...[]byte) {
	t.Helper()
	buf := make([]byte, 0, size)
	for _, r := range records {
		buf = append(buf, r...)
	}
	buf = buf[:size]
	binary.LittleEndian.PutUint64(buf[size-recordSize:], calling)
	if err := os.WriteFile(path, buf, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A callback that runs is told of in a place of its own, when that changes, after its thread is known.
func TestCallbackThatRuns(t *testing.T) {
	r := newEventReader(t.TempDir())
	path := filepath.Join(r.dir, "7-1.ev")
	var got []event
	poll := func() []event {
		got = nil
		r.poll(func(e event) { got = append(got, e) })
		return got
	}
	expect := func(want ...event) {
		t.Helper()
		if diff := cmp.Diff(want, poll(), cmp.AllowUnexported(event{})); diff != "" {
			t.Error(diff)
		}
	}
	first, second := record(loopEvent, 10, 1, ""), record(readyEvent, 50, 1, "")
	binary.LittleEndian.PutUint32(first[24:], 8)
	binary.LittleEndian.PutUint32(second[24:], 8)
	calling := func(since uint64) event {
		return event{kind: callingEvent, pid: 7, tid: 8, at: int64(since), arg: since}
	}
	writeEvents(t, path, 4096, 20)
	expect()
	writeEvents(t, path, 4096, 20, first)
	expect(event{kind: loopEvent, pid: 7, tid: 8, at: 10, id: 1}, calling(20))
	expect()
	writeEvents(t, path, 4096, 60, first, second)
	expect(calling(0), event{kind: readyEvent, pid: 7, tid: 8, at: 50, id: 1}, calling(60))
	writeEvents(t, path, 4096, 0, first, second)
	expect(calling(0))
	expect()
}

// Events that there was no room for are told once, and counted to the last.
func TestDroppedEvents(t *testing.T) {
	r := newEventReader(t.TempDir())
	for n := range uint64(3) {
		last := record(droppedEvent, 10, 0, "")
		binary.LittleEndian.PutUint64(last[16:], n+1)
		if err := os.WriteFile(filepath.Join(r.dir, "7-1.ev"), append(record(stepEvent, 5, 1, ""), last...), 0o600); err != nil {
			t.Fatal(err)
		}
		told := 0
		r.poll(func(e event) {
			if e.kind == droppedEvent {
				told++
			}
		})
		if want := map[uint64]int{0: 1}[n]; told != want || r.lost() != int(n+1) {
			t.Errorf("poll %d: told %d times, %d lost", n, told, r.lost())
		}
	}
}

func BenchmarkPollFullFiles(b *testing.B) {
	r := newEventReader(b.TempDir())
	full := make([][]byte, 4095)
	for i := range full {
		full[i] = record(stepEvent, 5, 1, "")
	}
	for i := range 256 {
		writeEvents(b, filepath.Join(r.dir, fmt.Sprintf("7-%d.ev", i)), 256<<10, 0, full...)
	}
	r.poll(func(event) {})
	for b.Loop() {
		r.poll(func(event) {})
	}
}
