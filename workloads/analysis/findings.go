package analysis

import (
	"cmp"
	"math"
	"slices"

	"regatta/workloads/recording"
)

// Finding is something that a run's numbers say: what happened, and why. It has the numbers; package story has the words.
type Finding struct {
	ID      string             `json:"id"`
	Role    Role               `json:"role"`
	Weight  float64            `json:"weight"`          // the share of the run's time that it explains, 0 to 1
	Numbers map[string]float64 `json:"numbers"`         // what the sentence is made from: seconds, bytes, shares from 0 to 1, counts
	Names   map[string]string  `json:"names,omitempty"` // likewise: of lanes, functions, states and kinds of workers
}

// Role is what a finding is there for.
type Role string

// The roles, in the order in which findings are told. Of several causes the one that explains most comes before the
// cautions, the others after them.
const (
	Outcome Role = "outcome" // how the run ended, where it did not finish
	Doubt   Role = "doubt"   // why the rest would mean nothing
	Cause   Role = "cause"   // what took the time, or saved it
	Caution Role = "caution" // what to know before trusting a number
	Cost    Role = "cost"    // what it took besides time
)

// rule says when something is found.
type rule struct {
	id     string
	role   Role
	anyway bool // it needs no lanes, so that it holds for runs that were too short or not seen, too
	finds  func(facts) *Finding
}

// rules is every rule. Each stands with its thresholds and their reasons beside its sisters in findings_*.go, its words
// stand in visual/story. A rule looks at nothing but the facts, and says nothing where they do not suffice. What must not
// be said together excludes itself by its thresholds; a test holds them to that.
var rules = []rule{
	// How it ended.
	{"failed", Outcome, true, ended(recording.Failed)},             // the program broke
	{"stopped", Outcome, true, ended(recording.Stopped)},           // somebody asked for its end
	{"timed-out", Outcome, true, ended(recording.TimedOut)},        // it went on for too long
	{"out-of-memory", Outcome, true, ended(recording.OutOfMemory)}, // it took more than it was given
	{"incomplete", Outcome, true, ended(recording.Incomplete)},     // Regatta was killed, or it still goes on

	{"too-short", Doubt, true, tooShort}, // the work was over before it was looked at often enough

	// What cores did.
	{"gil-bound", Cause, false, gilBound},             // threads of one interpreter wanted to run Python at the same time
	{"parallel", Cause, false, parallel},              // workers computed at the same time, each with a GIL of its own or none
	{"native-parallel", Cause, false, nativeParallel}, // threads computed at the same time, in C code without the GIL
	{"one-core", Cause, false, oneCore},               // a single worker computed, on a machine with more cores
	{"oversubscribed", Cause, false, oversubscribed},  // more workers than cores computed, and queued
	{"no-free-core", Cause, false, noFreeCore},        // workers queued for cores that they themselves did not fill
	{"uneven-shares", Cause, false, unevenShares},     // one worker did far more than its sisters

	// What waits did.
	{"overlapping-waits", Cause, false, overlappingWaits}, // workers waited at the same time for what is outside
	{"nothing-overlaps", Cause, false, nothingOverlaps},   // a single worker waited, and nothing ran meanwhile
	{"waiting-for-locks", Cause, false, waitingForLocks},  // workers waited for each other
	{"blocked-loop", Cause, false, blockedLoop},           // a step kept its event loop from other tasks for long
	{"busy-loop", Cause, false, busyLoop},                 // tasks queued for their event loop, with no step that was long
	{"start-up", Cause, true, startUp},                    // much of the time passed before the work began

	{"memory-of-processes", Cost, true, memoryOfProcesses}, // each process has memory of its own

	{"other-load", Caution, true, otherLoad}, // the rest of the machine was busy too
	{"observer", Caution, true, observer},    // watching took much, or missed much
	{"not-seen", Caution, true, notSeen},     // of some of the lanes' time it is not known what they did
}

// Rules lists the ids of all rules, in the order of the table.
func Rules() []string {
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.id
	}
	return ids
}

// findings is what the rules find, the most important first.
func findings(r *recording.Recording, s Summary) []Finding {
	f := newFacts(r, s)
	list := []Finding{}
	for _, rule := range rules {
		if !rule.anyway && !f.tell() {
			continue
		}
		if found := rule.finds(f); found != nil && found.finite() {
			found.ID, found.Role, found.Weight = rule.id, rule.role, min(max(found.Weight, 0), 1)
			list = append(list, *found)
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Role.place(), b.Role.place()), cmp.Compare(b.Weight, a.Weight))
	})
	// The cautions belong behind the first cause: who reads no further has seen them.
	first := slices.IndexFunc(list, func(f Finding) bool { return f.Role == Cause })
	if first >= 0 {
		slices.SortStableFunc(list[first+1:], func(a, b Finding) int { return cmp.Compare(b.caution(), a.caution()) })
	}
	return list
}

// finite tells whether every number is one. Damaged recordings hold any.
func (f *Finding) finite() bool {
	for _, n := range f.Numbers {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return false
		}
	}
	return !math.IsNaN(f.Weight)
}

func (r Role) place() int { return slices.Index([]Role{Outcome, Doubt, Cause, Caution, Cost}, r) }

func (f Finding) caution() int {
	if f.Role == Caution {
		return 1
	}
	return 0
}

// Headline is the finding that says most about a run. ok is false where there is none but cautions and costs.
func (s Summary) Headline() (f Finding, ok bool) {
	if len(s.Findings) > 0 && s.Findings[0].Role.place() <= Cause.place() {
		return s.Findings[0], true
	}
	return Finding{}, false
}
