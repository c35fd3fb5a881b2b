package analysis

import (
	"math"

	"regatta/workloads/recording"
)

const (
	// muchLoad is the share of the machine that others take from which on it may matter, leastLoad that in cores: below it
	// are the ticks in which the system counts.
	muchLoad, leastLoad = 0.1, 0.2
	// enoughLoad is for how long the cores must have been counted, in seconds: three samples.
	enoughLoad = 0.3
	// muchWatching is the share of a core that observing may take before it is a part of the result: it aims at 0.015.
	muchWatching = 0.05
	// muchLate is the share of late samples from which on short states are missing: some are late on any busy machine.
	muchLate = 0.25
	// muchUnseen is the share of the workers' time that was not seen, after which shares are off by as much.
	muchUnseen = 0.1
	// severalTimes is how much more memory all processes together have than the largest of them.
	severalTimes = 1.5
)

// ended finds a run that ended so.
func ended(status recording.Status) func(facts) *Finding {
	return func(f facts) *Finding {
		if f.Status != status {
			return nil
		}
		numbers := map[string]float64{"wall_s": f.wall}
		if f.ExitCode != nil {
			numbers["exit_code"] = float64(*f.ExitCode)
		}
		return &Finding{Weight: 1, Numbers: numbers}
	}
}

func tooShort(f facts) *Finding {
	if f.Status != recording.Finished || !f.short() {
		return nil
	}
	numbers := map[string]float64{"work_s": f.work}
	if rate := f.rate(); rate > 0 {
		numbers["samples"] = math.Floor(f.work * rate)
	}
	return &Finding{Weight: 1, Numbers: numbers}
}

func memoryOfProcesses(f facts) *Finding {
	peak, ok := largest(Totals(f.rec, recording.RSS), 2)
	if !ok || peak.Bytes < severalTimes*peak.Largest {
		return nil
	}
	numbers := map[string]float64{"processes": float64(peak.Processes), "rss_bytes": peak.Bytes, "largest_bytes": peak.Largest}
	// PSS is read now and then: it counts only where it was read of as many processes.
	if pss, ok := largest(Totals(f.rec, recording.PSS), peak.Processes); ok && pss.Bytes < peak.Bytes {
		numbers["pss_bytes"] = pss.Bytes
	}
	return &Finding{Numbers: numbers}
}

// largest is the largest total of at least so many processes.
func largest(totals []Total, processes int) (peak Total, ok bool) {
	for _, t := range totals {
		if t.Processes >= processes && t.Bytes > peak.Bytes {
			peak, ok = t, true
		}
	}
	return peak, ok
}

// otherLoad is what the whole machine's cores did, without what the run and its observers took.
func otherLoad(f facts) *Finding {
	all, counted := 0.0, 0.0
	for _, s := range f.rec.Series(recording.CoreUse) {
		mean, seconds := meanOf(s)
		all += mean
		counted = max(counted, seconds)
	}
	ours, have := 0.0, false
	for _, s := range f.rec.Series(recording.CoreOurs) {
		mean, seconds := meanOf(s)
		ours, have = ours+mean, have || seconds >= enoughLoad
	}
	if f.CoresBusy != nil {
		ours, have = max(ours, *f.CoresBusy), true
	}
	if !have || counted < enoughLoad || f.Machine.Cores < 1 {
		return nil
	}
	if f.Observer.CPUShare != nil {
		ours += *f.Observer.CPUShare
	}
	other := min(all-ours, float64(f.Machine.Cores))
	if other < leastLoad || other < muchLoad*float64(f.Machine.Cores) {
		return nil
	}
	return &Finding{Weight: other / float64(f.Machine.Cores), Numbers: map[string]float64{"other_cores": other, "cores": float64(f.Machine.Cores)}}
}

// meanOf is the mean of a series of means since the point before, and over how many seconds.
func meanOf(s *recording.Series) (mean, seconds float64) {
	before := 0.0
	for _, p := range s.Points {
		if d := p.At.Seconds() - before; !p.Missing() && !math.IsInf(p.Value, 0) && d > 0 {
			mean += p.Value * d
			seconds += d
		}
		before = p.At.Seconds()
	}
	if seconds <= 0 {
		return 0, 0
	}
	return mean / seconds, seconds
}

func observer(f facts) *Finding {
	numbers := map[string]float64{}
	if c := f.Observer.CPUShare; c != nil && *c >= muchWatching {
		numbers["observer_share"] = *c
	}
	if n := f.Observer.Samples; n > 0 && float64(f.Observer.Late) >= muchLate*float64(n) {
		numbers["late_share"] = min(float64(f.Observer.Late)/float64(n), 1)
	}
	if n := f.Observer.Dropped; n > 0 {
		numbers["dropped"] = float64(n)
	}
	if len(numbers) == 0 {
		return nil
	}
	return &Finding{Numbers: numbers}
}

func notSeen(f facts) *Finding {
	numbers, names := map[string]float64{}, map[string]string{}
	if share := shareOf(f.workers, recording.Unknown); share >= muchUnseen {
		numbers["unseen_share"] = share
	}
	if share := shareOf(f.active, recording.Lock); share >= muchGIL && len(f.active) > 1 && !f.sawGIL() {
		numbers["lock_share"], names["gil"] = share, "unseen"
	}
	if len(numbers) == 0 {
		return nil
	}
	return &Finding{Numbers: numbers, Names: names}
}
