package runtimes

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"
)

// leftover begins the name of everything unfinished in the cache folder. Whoever holds the lock knows that nobody is at
// work there, so whatever has such a name was left by a copy of Regatta that was killed, and may go.
const leftover = ".unfinished-"

// lockWait is how long to wait for another copy that unpacks; it takes seconds even on a slow disk.
const lockWait = 2 * time.Minute

func (in installer) newLock() *flock.Flock {
	// Some network file systems lock only what is open for writing.
	return flock.New(filepath.Join(in.cache, ".lock"), flock.SetFlag(os.O_CREATE|os.O_RDWR))
}

// lock waits until no other copy of Regatta changes the cache folder, then sweeps it. The system gives the lock back when its holder
// dies, so none is ever stale. Where locks do not work at all, on some network disks, it goes on without: the final
// rename lets only one copy win.
func (in installer) lock() (unlock func(), err error) {
	lock := in.newLock()
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	got, err := lock.TryLock()
	if err == nil && !got {
		in.note("Waiting for another copy of Regatta that unpacks the built-in Python")
		_, err = lock.TryLockContext(ctx, 20*time.Millisecond)
	}
	switch {
	case err == nil:
		in.sweep()
		return func() { lock.Close() }, nil
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("another copy of Regatta has been unpacking into %s for %v: end it, or set %s to another folder",
			in.cache, lockWait, CacheVariable)
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, errors.ErrUnsupported):
		return func() {}, nil
	default:
		return nil, explain("cannot unpack the built-in Python into", in.cache, err)
	}
}

// sweepIfFree deletes leftovers unless another copy is at work; to find out costs a look into one folder.
func (in installer) sweepIfFree() {
	if len(in.leftovers()) == 0 {
		return
	}
	lock := in.newLock()
	if got, err := lock.TryLock(); err == nil && got {
		in.sweep()
		lock.Close()
	}
}

// sweep deletes leftovers; the caller holds the lock. What cannot be deleted is left for the next start.
func (in installer) sweep() {
	for _, name := range in.leftovers() {
		_ = os.RemoveAll(filepath.Join(in.cache, name))
	}
}

func (in installer) leftovers() []string {
	var names []string
	entries, _ := fs.ReadDir(os.DirFS(in.cache), ".")
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), leftover) {
			names = append(names, e.Name())
		}
	}
	return names
}
