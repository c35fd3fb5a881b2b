// Package observers watches a running tree of processes and writes what it sees to the recording: use of the cores, memory
// of each process, and lanes with their states. It brings together what the kernel says of each thread, who holds the GIL
// according to the interpreter's own memory, and what the probe inside the program tells.
package observers

import (
	"sync"
	"time"

	"regatta/workloads/recording"
	"regatta/workloads/runner"
)

const (
	// machineEvery is how often cores and memory are sampled: the system counts the use of cores in ticks of 10 ms.
	machineEvery = 100 * time.Millisecond
	// turnEvery is how often the lanes are brought up to date with the probe's events and written.
	turnEvery = 100 * time.Millisecond
)

// watch is the observers of one run.
type watch struct {
	target runner.Target
	w      *recording.Writer
	stop   chan struct{}
	done   sync.WaitGroup
	began  time.Duration // own CPU time at the start
	cost   recording.ObserverCost
}

// Start starts watching. It is a runner.StartObservers.
func Start(target runner.Target, w *recording.Writer) runner.Observers {
	o := &watch{target: target, w: w, stop: make(chan struct{}), began: ownTime()}
	b := newBook(w, target.Start)
	b.blockingAfter = target.BlockingAfter
	b.process(target.PID, 0, 0)
	o.done.Go(func() { o.watchLanes(b) })
	o.done.Go(func() { o.watchMachine(b) })
	return o
}

// Stop ends the observers and tells what they took.
func (o *watch) Stop() recording.ObserverCost {
	close(o.stop)
	o.done.Wait()
	o.cost.CPU = ownTime() - o.began
	if o.cost.Dropped > 0 {
		o.w.Warn("%d events of asyncio and threads were not recorded, there was no room for more: some tasks' lanes have holes", o.cost.Dropped)
	}
	return o.cost
}

// watchMachine samples cores and memory, which need no haste.
func (o *watch) watchMachine(b *book) {
	cores := newCores(o.w, o.target.Start)
	memory := &memory{
		w: o.w, start: o.target.Start, pids: b.pids, limit: o.target.MemoryLimit, over: o.target.OverLimit,
		series: map[seriesKey]recording.SeriesID{}, nextPSS: pssFirst,
	}
	tick := time.NewTicker(machineEvery)
	defer tick.Stop()
	memory.sample()
	for {
		select {
		case <-tick.C:
			cores.sample()
			memory.sample()
		case <-o.stop:
			cores.finish()
			memory.sample()
			return
		}
	}
}
