package runner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"regatta/workloads/recording"
	"regatta/workloads/tree"
)

const (
	folderPrefix = "regatta-run-"
	lockFile     = "lock"
	eventsFolder = "events"
	// settling is how long a new folder may go without its lock.
	settling = time.Minute
)

// folder is a run's own: its files, the probe's events, its program's working directory. Front and runner each hold a
// shared lock on it, so one that nobody holds is left over from a run that was killed with both.
type folder struct {
	path string
	lock *flock.Flock
}

func newFolder() (*folder, error) {
	path, err := os.MkdirTemp("", folderPrefix+"*") // mode 0700
	if err != nil {
		return nil, fmt.Errorf("make a folder for the run: %w", err)
	}
	f := &folder{path, lockOf(path)}
	if err := f.hold(); err != nil {
		os.RemoveAll(path)
		return nil, err
	}
	return f, nil
}

func lockOf(folder string) *flock.Flock { return flock.New(filepath.Join(folder, lockFile)) }

// hold takes the shared lock, until the end of this process at the latest.
func (f *folder) hold() error {
	if ok, err := f.lock.TryRLock(); err != nil || !ok {
		return fmt.Errorf("lock the run's folder %s: %w", f.path, err)
	}
	return nil
}

func (f *folder) remove() {
	f.lock.Close()
	os.RemoveAll(f.path)
}

// sweep removes what earlier runs left behind that were killed with all their guards, processes first.
func sweep() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), folderPrefix) {
			continue
		}
		if info, err := e.Info(); err == nil && info.IsDir() && ours(info) && time.Since(info.ModTime()) > settling {
			sweepOne(filepath.Join(os.TempDir(), e.Name()))
		}
	}
}

func sweepOne(path string) {
	lock := lockOf(path)
	if ok, err := lock.TryLock(); err != nil || !ok {
		return // its run goes on
	}
	tree.KillTagged(path)
	lock.Close()
	os.RemoveAll(path)
}

// rescue gives a recording without an end its final name and says where it lies.
func rescue(path string) string {
	part := path + recording.PartSuffix
	if err := os.Rename(part, path); err == nil || os.IsNotExist(err) {
		return path
	}
	return part
}
