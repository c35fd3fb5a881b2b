package analysis

import (
	"cmp"
	"slices"

	"regatta/workloads/recording"
)

const (
	// muchGIL is the share of their lives that threads wait for the GIL: two that compute all the time wait for half of
	// theirs, two that compute half of the time for less than a sixth.
	muchGIL = 0.25
	// inParallel is how many workers are on a core at once: 1 is no parallelism, and sampling adds a few hundredths.
	inParallel = 1.3
	// inTurns is below what threads of one interpreter reach that only compute: 1 and what starting takes beside them.
	inTurns = 1.2
	// muchNative is the share of work in C code that is worth naming as what let threads run at the same time.
	muchNative = 0.3
	// muchCore is the share of their lives that workers queue for a core: a busy machine makes anybody wait some hundredths.
	muchCore = 0.1
	// takenCore is likewise what workers queue when the machine is more than just busy.
	takenCore = 0.2
	// full is how much of the cores the run itself must have filled before it is its own doing that workers queued.
	full = 0.75
	// mostlyWorking is the share of its life since it had started for which a worker computes, or wants to, that is told apart
	// from one that waits.
	mostlyWorking = 0.5
	// besides is the share of the time that lanes other than the only worker may have worked for it to be the only one.
	besides = 0.1
	// uneven is how many times the average the busiest worker did; nearlyAll is the share of all the work that it did.
	uneven, nearlyAll = 1.5, 0.8
)

func gilBound(f facts) *Finding {
	share := shareOf(f.active, recording.GIL)
	if len(f.active) < 2 || share < muchGIL {
		return nil
	}
	numbers := map[string]float64{"gil_share": share, "processes": float64(f.pids), "running": f.running + f.native}
	f.addCores(numbers)
	found := f.of(f.active, share*f.part(), numbers)
	if f.running+f.native < inTurns*float64(f.pids) {
		found.Names["turns"] = "yes" // and not beside C code
	}
	return found
}

// manyGILs is what lets Python run at the same time: processes, subinterpreters, or a build without GIL.
func (f facts) manyGILs() (how string, n int) {
	switch inside := f.subinterpreters(); {
	case f.pids > 1:
		return "processes", f.pids
	case inside > 1:
		return "subinterpreters", inside
	case !f.Runtime.GIL && f.running >= inParallel:
		return "no GIL", len(f.active)
	case f.running >= inParallel: // the GIL was not seen, or this is no Python
		return "unknown", len(f.active)
	}
	return "", 0
}

func parallel(f facts) *Finding {
	how, n := f.manyGILs()
	if how == "" || len(f.active) < 2 || f.running+f.native < inParallel {
		return nil
	}
	numbers := map[string]float64{"running": f.running + f.native}
	f.addCores(numbers)
	found := f.of(f.active, f.part(), numbers)
	found.Names["how"] = how
	switch how {
	case "processes":
		found.Names["worker"] = "process"
	case "subinterpreters":
		found.Names["worker"] = "subinterpreter"
	}
	numbers["workers"] = float64(n)
	return found
}

func nativeParallel(f facts) *Finding {
	how, _ := f.manyGILs()
	busy := f.running + f.native
	if how != "" || len(f.active) < 2 || busy < inParallel || f.native < muchNative*busy || shareOf(f.active, recording.GIL) >= muchGIL {
		return nil
	}
	numbers := map[string]float64{"running": busy, "native_share": f.native / busy}
	f.addCores(numbers)
	return f.of(f.active, f.part(), numbers)
}

func oneCore(f facts) *Finding {
	working, core := shareOf(f.workers, recording.Running, recording.Native), shareOf(f.workers, recording.Core)
	share := working + core
	if !f.alone() || share < mostlyWorking*(1-shareOf(f.workers, recording.Start)) || share == 0 || f.Machine.Cores < 2 {
		return nil
	}
	numbers := map[string]float64{"working_share": working}
	f.addCores(numbers)
	return f.of(f.workers, share*f.part(), numbers)
}

func oversubscribed(f facts) *Finding {
	share, cores := shareOf(f.active, recording.Core), f.Machine.Cores
	if cores < 1 || len(f.active) <= cores || share < muchCore || f.running+f.native < full*float64(cores) {
		return nil
	}
	return f.of(f.active, share*f.part(), map[string]float64{"core_share": share, "cores": float64(cores)})
}

// noFreeCore is when workers queued for cores that they did not fill: others had them, or the system keeps them from the
// run.
func noFreeCore(f facts) *Finding {
	share := shareOf(f.active, recording.Core)
	if f.Machine.Cores < 1 || share < takenCore || f.running+f.native >= full*float64(f.Machine.Cores) {
		return nil
	}
	return f.of(f.active, share*f.part(), map[string]float64{"core_share": share, "running": f.running + f.native, "cores": float64(f.Machine.Cores)})
}

// unevenShares compares sisters: workers of one kind with one parent, which were given parts of one work. Tasks share one
// thread, and threads one GIL, where it does not matter who of them has more.
func unevenShares(f facts) *Finding {
	if shareOf(f.active, recording.GIL) >= muchGIL {
		return nil
	}
	type family struct {
		parent recording.LaneID
		kind   recording.Kind
	}
	families := map[family][]Lane{}
	var order []family
	for _, l := range f.workers {
		if l.Kind != recording.Task {
			of := family{l.Parent, l.Kind}
			if families[of] == nil {
				order = append(order, of)
			}
			families[of] = append(families[of], l)
		}
	}
	var found *Finding
	for _, of := range order {
		sisters := families[of]
		sum := 0.0
		for _, l := range sisters {
			sum += l.working()
		}
		busiest := slices.MaxFunc(sisters, func(a, b Lane) int { return cmp.Compare(a.working(), b.working()) })
		most, mean := busiest.working(), sum/float64(len(sisters))
		if len(sisters) < 2 || sum < mostlyWorking*f.elapsed || most < uneven*mean || f.wall <= 0 {
			continue
		}
		if weight := (most - mean) / f.wall; found == nil || weight > found.Weight {
			found = f.of(sisters, weight, map[string]float64{"most_s": most, "mean_s": mean, "share": most / sum})
			found.Names["busiest"] = busiest.Name
			if most >= nearlyAll*sum {
				found.Names["nearly"] = "all"
			}
		}
	}
	return found
}
