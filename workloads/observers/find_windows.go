package observers

import (
	"time"

	"golang.org/x/sys/windows"
)

// find returns what is watched of a process in the table, nil where it is none of the tree.
func (s *sampler) find(info *windows.SYSTEM_PROCESS_INFORMATION, threads []systemThread, at time.Duration) *watchedProcess {
	if len(threads) == 0 {
		return nil // it has ended, and somebody keeps its handle
	}
	pid, parent := int(info.UniqueProcessID), int(info.InheritedFromUniqueProcessID)
	if p := s.watched[pid]; p != nil {
		if p.created == info.CreateTime {
			return p
		}
		s.unwatch(p, at) // it has ended, and another has its id
	}
	// The id of a parent that has ended may be another's by now, which is younger than the child then.
	of, root := s.watched[parent], s.watched[s.root]
	first := pid == s.root && s.tables == 1
	child := of != nil && of.created <= info.CreateTime
	told := s.book.processes[pid] != nil && root != nil && root.created <= info.CreateTime // by the probe
	if !first && !child && !told {
		return nil
	}
	p := &watchedProcess{process: s.book.process(pid, parent, at), created: info.CreateTime, threads: map[int]*watchedThread{}}
	s.mains[pid] = mainThread(threads)
	s.watched[pid] = p
	return p
}

func (s *sampler) unwatch(p *watchedProcess, at time.Duration) {
	p.close()
	s.book.processEnded(p.process, at)
	delete(s.watched, p.PID)
}

// findThreads notes which threads a process has.
func (s *sampler) findThreads(p *watchedProcess, threads []systemThread, at time.Duration) {
	for i := range threads {
		of := &threads[i]
		tid := int(of.Thread)
		t := p.threads[tid]
		if t != nil && t.seen.CreateTime != of.CreateTime {
			s.drop(p, tid, at) // it has ended, and another has its id
			t = nil
		}
		if t == nil {
			t = &watchedThread{found: at, woke: at}
			if s.asks {
				t.handle, _ = openThread(tid)
			}
			p.threads[tid] = t
		}
		t.table, t.seen = s.tables, *of
		if t.lane == nil && (s.knows(p, tid) || of.KernelTime+of.UserTime >= worked) {
			s.giveLane(p, tid, at)
		}
		s.spoke = s.spoke || of.State != 0
	}
	for tid, t := range p.threads {
		if t.table != s.tables {
			s.drop(p, tid, at)
		}
	}
}

// knows tells whether the book has a lane of a thread already.
func (s *sampler) knows(p *watchedProcess, tid int) bool {
	_, known := p.process.threads[tid]
	return known || s.mains[p.PID] == tid
}

// giveLane gives a thread its lane. What it did before is not known.
func (s *sampler) giveLane(p *watchedProcess, tid int, at time.Duration) {
	t := p.threads[tid]
	t.lane = s.book.thread(p.process, s.bookID(p, tid), t.found)
	if s.mains[p.PID] != tid {
		t.lane.missed(at)
	}
}

func (s *sampler) drop(p *watchedProcess, tid int, at time.Duration) {
	p.threads[tid].close()
	delete(p.threads, tid)
	s.book.threadEnded(p.process, tid, at)
}

// bookID is the id by which the book knows a thread: a main thread has its process's there.
func (s *sampler) bookID(p *watchedProcess, tid int) int {
	if s.mains[p.PID] == tid {
		return p.PID
	}
	return tid
}
