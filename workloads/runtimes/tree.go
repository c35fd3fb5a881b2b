package runtimes

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"regatta/workloads/runtimes/manifest"
)

// errBytecode says that there is bytecode, which the manifest cannot vouch for (bytecode.go).
var errBytecode = errors.New("it has bytecode that may have been changed")

// verify reads the whole tree in dir and compares it with the manifest: every entry there with its kind, owner, private
// mode, size and SHA-256, and nothing else. The error says what differs first, errBytecode last. About 60 ms for 150 MB
// on two cores.
func verify(dir string, m manifest.Manifest) error {
	bytecode, err := verifyLook(dir, m)
	if err == nil {
		err = verifyContent(dir, m)
	}
	if err == nil && bytecode {
		err = errBytecode
	}
	return err
}

// verifyLook compares all but the contents, and tells whether there is bytecode.
func verifyLook(dir string, m manifest.Manifest) (bytecode bool, err error) {
	missing := make(map[string]manifest.Entry, len(m.Entries))
	for _, e := range m.Entries {
		missing[e.Path] = e
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		if d.IsDir() && d.Name() == "__pycache__" {
			bytecode = true
			return fs.SkipDir
		}
		name, err := relative(dir, path)
		if err != nil {
			return err
		}
		e, known := missing[name]
		if !known {
			return fmt.Errorf("%s does not belong to it", name)
		}
		delete(missing, name)
		info, err := d.Info()
		if err != nil {
			return err
		}
		return compareLook(e, info)
	})
	if err != nil {
		return bytecode, err
	}
	for _, e := range m.Entries { // in order, so that the same damage reads the same
		if _, gone := missing[e.Path]; gone {
			return bytecode, fmt.Errorf("%s is missing", e.Path)
		}
	}
	return bytecode, nil
}

func compareLook(e manifest.Entry, info fs.FileInfo) error {
	mode := info.Mode()
	switch {
	case mode.Type() != e.Mode.Type():
		return fmt.Errorf("%s is of another kind (%v)", e.Path, mode.Type())
	case foreignOwner(info) != "":
		return fmt.Errorf("%s belongs to %s", e.Path, foreignOwner(info))
	case keepsModes && mode&^fs.ModeType != private(e.Mode):
		return fmt.Errorf("%s has mode %v", e.Path, mode)
	case e.Mode.IsRegular() && info.Size() != e.Size:
		return fmt.Errorf("%s has %d bytes, not %d", e.Path, info.Size(), e.Size)
	}
	return nil
}

// verifyContent hashes the files on all cores, the largest first so that none is left over at the end.
func verifyContent(dir string, m manifest.Manifest) error {
	files := slices.DeleteFunc(slices.Clone(m.Entries), func(e manifest.Entry) bool { return e.Mode.IsDir() })
	slices.SortStableFunc(files, func(a, b manifest.Entry) int { return cmp.Compare(b.Size, a.Size) })
	var (
		next   atomic.Int64
		wg     sync.WaitGroup
		failed = make([]error, runtime.GOMAXPROCS(0))
	)
	for w := range failed {
		wg.Go(func() {
			h, buf := sha256.New(), make([]byte, 256<<10)
			for failed[w] == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				failed[w] = compareContent(dir, files[i], h, buf)
			}
		})
	}
	wg.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

func compareContent(dir string, e manifest.Entry, h hash.Hash, buf []byte) error {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(e.Path)))
	if err != nil {
		return err
	}
	defer f.Close()
	h.Reset()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{f}, buf); err != nil {
		return fmt.Errorf("%s: %w", e.Path, err)
	}
	if !bytes.Equal(h.Sum(nil), e.Sum[:]) {
		return fmt.Errorf("%s has other contents", e.Path)
	}
	return nil
}

// makePrivate gives each entry of a tree just unpacked the owner's part of its permissions and nobody else any.
func makePrivate(dir string, m manifest.Manifest) error {
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	for _, e := range m.Entries {
		if err := os.Chmod(filepath.Join(dir, filepath.FromSlash(e.Path)), private(e.Mode)); err != nil {
			return err
		}
	}
	return nil
}

func private(mode fs.FileMode) fs.FileMode {
	return mode & 0o700
}

func relative(dir, path string) (string, error) {
	name, err := filepath.Rel(dir, path)
	return filepath.ToSlash(name), err
}
