package recording

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestOldVersions opens a file of each version of the format that there ever was, as it was written then. A new version
// adds a file and a row; none is ever changed.
func TestOldVersions(t *testing.T) {
	for _, name := range []string{"version1.regatta"} {
		t.Run(name, func(t *testing.T) {
			r := open(t, filepath.Join("testdata", name))
			if len(r.Damage) > 0 || r.Status() != Finished || r.Header.Workload != "sum" || len(r.Tracks()) != 2 || len(r.Cores()) != 1 {
				t.Fatalf("damage %v, status %v, header %+v, %d lanes, %d cores", r.Damage, r.Status(), r.Header, len(r.Tracks()), len(r.Cores()))
			}
			want := map[State]time.Duration{GIL: 4 * ms, Running: 6 * ms, Unknown: 3 * ms, IO: 2 * ms}
			if diff := cmp.Diff(want, r.Tracks()[1].StateTimes(0, time.Second)); diff != "" {
				t.Error(diff)
			}
			if n := len(r.Series(RSS)[0].Points); n != 3 || len(r.Blocking) != 1 || r.Printed(Stdout) != "hello\n" {
				t.Errorf("%d points, %d blocking steps, output %q", n, len(r.Blocking), r.Printed(Stdout))
			}
		})
	}
}
