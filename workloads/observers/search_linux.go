package observers

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"strconv"
	"time"
)

// somethingNew tells whether the system has started a process or a thread since the call before.
func (s *sampler) somethingNew() bool {
	n, errno := pread(s.loadavg, s.buf[:])
	if errno != 0 {
		return true
	}
	line := s.buf[:n]
	for len(line) > 0 && (line[len(line)-1] < '0' || line[len(line)-1] > '9') {
		line = line[:len(line)-1]
	}
	from := len(line)
	for from > 0 && line[from-1] != ' ' {
		from--
	}
	last := numbers{line[from:]}
	newest := last.decimal()
	changed := newest != s.newest
	s.newest = newest
	return changed
}

// adopt watches the processes that only the probe has told of so far, and ends those that are gone already.
func (s *sampler) adopt(at time.Duration) {
	for pid, p := range s.book.processes {
		if s.watched[pid] != nil {
			continue
		}
		s.book.moveInto(p, parentOf(pid)) // which the probe does not tell
		if !s.watch(pid, 0, at) {
			s.book.processEnded(p, max(p.heard, p.born))
		}
	}
}

// parentOf is the process that started a process, 0 when that is gone.
func parentOf(pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, fields, _ := bytes.Cut(text[max(bytes.LastIndexByte(text, ')'), 0):], []byte(" "))
	_, fields, _ = bytes.Cut(fields, []byte(" ")) // the state
	n := numbers{fields}
	return int(n.decimal())
}

// search finds new threads of known processes, and new children of known threads, until nothing is new.
func (s *sampler) search(at time.Duration) {
	listed := map[int]bool{}
	for again := true; again; {
		again = false
		for pid, p := range s.watched {
			s.findThreads(p, at)
			for tid := range p.tasks {
				for _, child := range children(pid, tid) {
					listed[child] = true
					if s.watched[child] == nil && !s.buried[child] && s.watch(child, pid, at) {
						again = true
					}
				}
			}
		}
	}
	maps.DeleteFunc(s.buried, func(pid int, _ bool) bool { return !listed[pid] })
}

// watch starts to watch a process.
func (s *sampler) watch(pid, parent int, at time.Duration) bool {
	p := &watchedProcess{dir: fmt.Sprintf("/proc/%d/task", pid), tasks: map[int]*watchedTask{}, names: patience{wait: firstNames / 2}}
	t, err := openTask(pid, pid)
	if err != nil {
		return false // it has ended already
	}
	p.process = s.book.process(pid, parent, at)
	p.tasks[pid] = &watchedTask{task: t, lane: &p.process.lane}
	s.watched[pid] = p
	s.findThreads(p, at)
	return true
}

func (s *sampler) unwatch(p *watchedProcess) {
	for _, t := range p.tasks {
		t.close()
	}
	clear(p.tasks)
	delete(s.watched, p.PID)
	s.ours.ended += p.cpu
}

func (s *sampler) drop(p *watchedProcess, tid int, at time.Duration) {
	t := p.tasks[tid]
	if tid == p.PID {
		s.nameProcess(p)
	}
	t.close()
	delete(p.tasks, tid)
	if tid != p.PID {
		s.book.threadEnded(p.process, tid, at-(at-t.lane.stays.at)/2)
	}
}

// findThreads looks for threads that are new.
func (s *sampler) findThreads(p *watchedProcess, at time.Duration) {
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		tid, err := strconv.Atoi(e.Name())
		if err != nil || p.tasks[tid] != nil {
			continue
		}
		if t, err := openTask(p.PID, tid); err == nil {
			p.tasks[tid] = &watchedTask{task: t, lane: s.book.thread(p.process, tid, at)}
			p.quiet = false // what it does is not known yet
		}
	}
}

// isZombie tells whether a thread has ended and only waits for its parent to notice.
func isZombie(pid, tid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/stat", pid, tid))
	if err != nil {
		return true
	}
	_, after, found := bytes.Cut(text[max(bytes.LastIndexByte(text, ')'), 0):], []byte(") "))
	return found && len(after) > 0 && (after[0] == 'Z' || after[0] == 'X')
}

// children lists the processes that a thread has started and that have not ended.
func children(pid, tid int) []int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, tid))
	if err != nil {
		return nil
	}
	var pids []int
	fields := numbers{text}
	for fields.skip(); len(fields.rest) > 0; fields.skip() {
		pids = append(pids, int(fields.decimal()))
	}
	return pids
}
