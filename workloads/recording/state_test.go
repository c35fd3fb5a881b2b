package recording

import "testing"

func TestStateTable(t *testing.T) {
	names := map[string]State{}
	for s := range numStates {
		if s.String() == "" || s.Label() == "" {
			t.Errorf("state %d has no name or label", s)
		}
		if other, taken := names[s.String()]; taken {
			t.Errorf("states %d and %d are both named %s", s, other, s)
		}
		names[s.String()] = s
	}
	if len(States()) != int(numStates) {
		t.Errorf("States lists %d of %d states", len(States()), numStates)
	}
	if numStates > stateBits+1 {
		t.Errorf("%d states do not fit the file's %d", numStates, stateBits+1)
	}
	if got := State(200).String(); got != "state(200)" {
		t.Errorf("a state that is none is %q", got)
	}
}
