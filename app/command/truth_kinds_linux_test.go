package command_test

import (
	"cmp"
	"slices"
	"testing"
)

// Workers of every kind go through phases that they tell of, four times. How near their lanes come to the wanted agreement
// of 98 % is what BenchmarkTruth measures; on a machine that is busy with something else neither the workers nor the
// observers get their cores in time. So this holds the better quarter of each phase's stretches to a bound that a phase
// taken for another, or shifted by a fraction of its length, cannot meet.
func TestTruthOfEveryKind(t *testing.T) {
	const enough = 0.9
	for _, kind := range []string{"thread", "fork", "interpreter", "task"} {
		t.Run(kind, func(t *testing.T) {
			w := testify(t, "truth.py", kind, "0.1", "0.1", "0.1", "0.1")
			w.check(t)
			for phase, stretches := range byPhase(w.told.Stretches) {
				slices.SortFunc(stretches, func(a, b stretch) int { return cmp.Compare(w.agreement(a), w.agreement(b)) })
				s := stretches[len(stretches)*3/4]
				if w.agreement(s) < enough {
					t.Errorf("%s: %.1f %% of %v agree: was %v, seen %v", phase, 100*w.agreement(s), s.duration(), s.truth(), w.times(s))
				}
			}
		})
	}
}
