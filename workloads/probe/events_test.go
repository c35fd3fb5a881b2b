package probe_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	process = iota + 1
	main
	thread
	threadEnd
	task
	ready
	taskStep
	stepEnd
	callback
	dropped
	processEnd
	loop
	text = 15
)

// event is one record of the probe.
type event struct {
	kind, pid, tid int
	at, id, arg    uint64
	text           string
}

// read returns all events in the folder, in the order of time.
func read(t *testing.T, dir string) []event {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.ev"))
	if err != nil {
		t.Fatal(err)
	}
	var events []event
	for _, file := range files {
		digits, _, _ := strings.Cut(filepath.Base(file), "-")
		pid, err := strconv.Atoi(digits)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
			t.Errorf("%s can be read by others: %v", file, info.Mode())
		}
		for ; len(data) >= 64 && data[63] != 0; data = data[64:] {
			e := event{
				kind: int(data[63]), pid: pid, tid: int(binary.LittleEndian.Uint32(data[24:])),
				at: binary.LittleEndian.Uint64(data), id: binary.LittleEndian.Uint64(data[8:]),
				arg: binary.LittleEndian.Uint64(data[16:]),
			}
			length := int(binary.LittleEndian.Uint16(data[28:]))
			text := slices.Clone(data[30 : 30+min(length, 33)])
			for len(text) < length {
				data = data[64:]
				if data[63] != 15 {
					t.Fatalf("%s: a text of %d bytes ends after %d", file, length, len(text))
				}
				text = append(text, data[:min(63, length-len(text))]...)
			}
			e.text = string(text)
			events = append(events, e)
		}
		for _, b := range data {
			if b != 0 {
				t.Fatalf("%s: something behind a record that was not written", file)
			}
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return int(a.at) - int(b.at) })
	return events
}

// of returns the events of one kind.
func of(events []event, kind int) []event {
	return slices.DeleteFunc(slices.Clone(events), func(e event) bool { return e.kind != kind })
}

// texts returns the texts of the events of one kind, sorted.
func texts(events []event, kind int) []string {
	var list []string
	for _, e := range of(events, kind) {
		list = append(list, e.text)
	}
	slices.Sort(list)
	return list
}

// lives checks what holds for every process: it has a start, and its name, main code and end are its own.
func lives(t *testing.T, events []event) map[int]string {
	t.Helper()
	names := map[int]string{}
	for _, e := range events {
		switch e.kind {
		case process:
			names[e.pid] = e.text
		case main, processEnd:
			if e.id != uint64(e.pid) {
				t.Errorf("an event %d of process %d is in a file of %d", e.kind, e.id, e.pid)
			}
		}
		if names[e.pid] == "" {
			t.Errorf("process %d has an event %d before its name", e.pid, e.kind)
		}
	}
	return names
}
