package runtimes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"regatta/workloads/runtimes/manifest"
)

// installer brings one tree into a cache folder that was found to be private.
type installer struct {
	cache  string // the folder, absolute
	m      manifest.Manifest
	unpack func(dir string) error // writes the tree into dir, which does not exist; may leave things beside it
	// compile makes the bytecode of the verified tree in fresh that will be at dir; nil for a tree without programs
	compile func(m manifest.Manifest, fresh, dir string) error
	note    func(string) // told what takes a moment
}

func (in installer) dir() string {
	return filepath.Join(in.cache, in.m.ID())
}

// install makes sure that in.dir() is the tree of the manifest, and tells what it took to get there.
func (in installer) install() (Preparation, error) {
	var did Preparation
	// Whatever else lies there in our own private folder may be repaired, but a link or a folder open to others is
	// somebody's doing that the user should hear of.
	if err := checkPrivate(in.dir()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return did, err
	}
	if in.present() == nil {
		in.sweepIfFree()
		return did, nil
	}
	unlock, err := in.lock()
	if err != nil {
		return did, err
	}
	defer unlock()
	// Another copy of Regatta may have done the work while this one waited for the lock.
	wrong := in.present()
	if wrong == nil {
		return did, nil
	}
	did.Unpacked = true
	_, err = os.Lstat(in.dir())
	first := errors.Is(err, fs.ErrNotExist)
	if first {
		in.note("Unpacking the built-in Python (once)")
	} else {
		did.Repaired = wrong.Error()
		in.note("Unpacking the built-in Python again: " + did.Repaired)
	}
	return did, in.replace(first)
}

// present says what is wrong with the tree, nil when it is there and right. It changes nothing but the record. Bytecode
// counts only with a record: see bytecode.go.
func (in installer) present() error {
	dir, id := in.dir(), in.m.ID()
	if err := checkPrivate(dir); err != nil {
		return err
	}
	if recorded(dir, id) {
		return nil
	}
	before, err := looks(dir, id)
	if err != nil {
		return err
	}
	if err := verify(dir, in.m); err != nil {
		return err
	}
	// A file that changed while the others were read shows in its look.
	after, err := looks(dir, id)
	if err != nil {
		return err
	}
	if before != after {
		return errors.New("it changed while it was read")
	}
	// Without a record, on a read-only disk say, each start reads everything; slower, not wrong.
	_ = record(dir, after)
	return nil
}

// replace unpacks into a fresh folder with a name nobody can guess, verifies what came out, and only then moves it to
// the final name. Unless this is the first, what was there goes aside before and is deleted last.
func (in installer) replace(first bool) error {
	work, err := os.MkdirTemp(in.cache, leftover+"*") // made 0700
	if err != nil {
		return explain("cannot unpack the built-in Python into", in.cache, err)
	}
	defer os.RemoveAll(work)
	fresh, dir := filepath.Join(work, "new"), in.dir()
	if err := in.fill(fresh); err != nil {
		return explain("cannot unpack the built-in Python into", in.cache, err)
	}
	if in.compile != nil {
		if err := in.compile(in.m, fresh, dir); err != nil {
			return explain("cannot make the built-in Python ready in", in.cache, err)
		}
	}
	if !first {
		if err := os.Rename(dir, filepath.Join(work, "old")); err != nil {
			return explain("cannot move the damaged built-in Python away from", dir, err)
		}
	}
	if err := os.Rename(fresh, dir); err != nil {
		// Where locks do not work another copy may have been first. What it put there counts if it is right.
		if in.present() == nil {
			return nil
		}
		return explain("cannot move the built-in Python to", dir, err)
	}
	look, err := looks(dir, in.m.ID())
	if err != nil {
		return explain("cannot read the built-in Python in", dir, err)
	}
	_ = record(dir, look) // as in present
	return nil
}

// fill makes fresh the verified tree, safe on the disk.
func (in installer) fill(fresh string) error {
	if err := in.unpack(fresh); err != nil {
		return err
	}
	if err := makePrivate(fresh, in.m); err != nil {
		return err
	}
	if err := verify(fresh, in.m); err != nil {
		return fmt.Errorf("what came out is not what was packed: %w", err)
	}
	var files []string
	for _, e := range in.m.Entries {
		if e.Mode.IsRegular() {
			files = append(files, filepath.FromSlash(e.Path))
		}
	}
	return flush(fresh, files)
}
