package runtimes

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestInstallOnceThenNothing(t *testing.T) {
	in := fakeInstaller(t)
	if did := mustInstall(t, in); !did.Unpacked || did.Repaired != "" {
		t.Errorf("the first start did %+v", did)
	}
	if did := mustInstall(t, in); did.Unpacked {
		t.Errorf("the second start did %+v", did)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]os.FileMode{
		in.dir():                       0o700 | os.ModeDir,
		filepath.Join(in.dir(), "lib"): 0o700 | os.ModeDir,
		filepath.Join(in.dir(), "bin/python3.14"): 0o700,
		filepath.Join(in.dir(), "lib/os.py"):      0o600,
		recordPath(in.dir()):                      0o600,
	} {
		if info, err := os.Lstat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v, want mode %v", path, info.Mode(), err, want)
		}
	}
}

func TestDamageIsRepaired(t *testing.T) {
	write := func(name, content string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	do := func(f func(dir string) error) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			if err := f(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir string)
		want   string
		unix   bool
	}{
		"same size":    {damage: write("lib/os.py", "import evil"), want: "lib/os.py has other contents"},
		"cut":          {damage: write("lib/os.py", ""), want: "lib/os.py has 0 bytes, not 11"},
		"extra module": {damage: write("lib/sitecustomize.py", "evil"), want: "lib/sitecustomize.py does not belong"},
		"bytecode": {damage: do(func(dir string) error {
			return errors.Join(os.Mkdir(filepath.Join(dir, "lib/__pycache__"), 0o700),
				os.WriteFile(filepath.Join(dir, "lib/__pycache__/os.cpython-314.pyc"), []byte("evil"), 0o600))
		}), want: errBytecode.Error()},
		"missing file": {damage: do(func(dir string) error {
			return os.Remove(filepath.Join(dir, "lib/json/init.py"))
		}), want: "lib/json/init.py is missing"},
		"half a tree": {damage: do(func(dir string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, "lib")), os.Remove(recordPath(dir)))
		}), want: "lib is missing"},
		"planted folder": {damage: do(func(dir string) error {
			return errors.Join(os.RemoveAll(dir), os.Remove(recordPath(dir)), os.Mkdir(dir, 0o700))
		}), want: "bin is missing"},
		"file for a folder": {damage: do(func(dir string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, "lib")), os.WriteFile(filepath.Join(dir, "lib"), nil, 0o600))
		}), want: "lib is of another kind"},
		"link to a file": {unix: true, damage: do(func(dir string) error {
			return errors.Join(os.Rename(filepath.Join(dir, "lib/os.py"), filepath.Join(dir, "../os.py")),
				os.Symlink("../../os.py", filepath.Join(dir, "lib/os.py")), os.RemoveAll(filepath.Join(dir, "../os.py")))
		}), want: "lib/os.py is of another kind"},
		"open to the group": {unix: true, damage: do(func(dir string) error {
			return os.Chmod(filepath.Join(dir, "lib/json"), 0o770)
		}), want: "lib/json has mode drwxrwx---"},
		"same size and times": {unix: true, damage: do(func(dir string) error {
			path := filepath.Join(dir, "lib/os.py")
			info, err := os.Stat(path)
			return errors.Join(err, os.WriteFile(path, []byte("import evil"), 0), os.Chtimes(path, time.Time{}, info.ModTime()))
		}), want: "lib/os.py has other contents"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.unix && runtime.GOOS == "windows" {
				t.Skip("Windows has no such thing, or does not let it be seen")
			}
			in := fakeInstaller(t)
			mustInstall(t, in)
			awaitTick(t, in)
			c.damage(t, in.dir())
			if did := mustInstall(t, in); !did.Unpacked || !strings.Contains(did.Repaired, c.want) {
				t.Errorf("did %+v, want a repair because %s", did, c.want)
			}
			if did := mustInstall(t, in); did.Unpacked {
				t.Errorf("after the repair it did %+v", did)
			}
		})
	}
}

// awaitTick returns once the file system's clock, which advances in steps, is past the tree's last change.
func awaitTick(t *testing.T, in installer) {
	t.Helper()
	last, err := os.Stat(recordPath(in.dir()))
	if err != nil {
		t.Fatal(err)
	}
	probe := filepath.Join(t.TempDir(), "probe")
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); {
		if err := os.WriteFile(probe, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(probe); err == nil && info.ModTime().After(last.ModTime()) {
			return
		}
	}
	t.Fatal("the file system's clock stands still")
}

func TestNewLookSameContentIsOnlyReadAgain(t *testing.T) {
	in := fakeInstaller(t)
	mustInstall(t, in)
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(in.dir(), "lib/os.py"), past, past); err != nil {
		t.Fatal(err)
	}
	if recorded(in.dir(), in.m.ID()) {
		t.Error("the record still fits")
	}
	if did := mustInstall(t, in); did.Unpacked {
		t.Errorf("it did %+v", did)
	}
}

func TestLeftoversOfKilledCopiesGo(t *testing.T) {
	for _, before := range []bool{true, false} { // the tree being there already or not
		in := fakeInstaller(t)
		if before {
			mustInstall(t, in)
		}
		if err := os.Mkdir(filepath.Join(in.cache, leftover+"123"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := unpackFake(filepath.Join(in.cache, leftover+"123", "new")); err != nil {
			t.Fatal(err)
		}
		mustInstall(t, in)
	}
}

func TestLeftoversOfACopyAtWorkStay(t *testing.T) {
	in := fakeInstaller(t)
	mustInstall(t, in)
	lock := in.newLock()
	if got, err := lock.TryLock(); !got || err != nil {
		t.Fatal(got, err)
	}
	defer lock.Close()
	if err := os.Mkdir(filepath.Join(in.cache, leftover+"123"), 0o700); err != nil {
		t.Fatal(err)
	}
	if did, err := in.install(); err != nil || did.Unpacked {
		t.Fatal(did, err)
	}
	if len(in.leftovers()) != 1 {
		t.Error("it swept under another copy's hands")
	}
}

func TestManyAtOnceUnpackOnce(t *testing.T) {
	in := fakeInstaller(t)
	var wg sync.WaitGroup
	did, errs := make([]Preparation, 8), make([]error, 8)
	for i := range did {
		wg.Go(func() { did[i], errs[i] = in.install() })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range did {
		if d.Unpacked {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d of them unpacked", n)
	}
	checkClean(t, in)
}

// Where locks do not work, the rename decides.
func TestManyAtOnceWithoutLocks(t *testing.T) {
	in := fakeInstaller(t)
	var together, wg sync.WaitGroup
	together.Add(8)
	in.unpack = func(dir string) error {
		together.Done()
		together.Wait()
		return unpackFake(dir)
	}
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() { errs[i] = in.replace(true) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if err := verify(in.dir(), in.m); err != nil {
		t.Error(err)
	}
	checkBeside(t, in, in.m.ID(), in.m.ID()+".verified")
}

func TestFailedUnpackingLeavesNothing(t *testing.T) {
	half := func(dir string) error {
		return errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "half"), nil, 0o600))
	}
	for name, c := range map[string]struct {
		unpack func(dir string) error
		want   string
	}{
		"full disk": {func(dir string) error {
			return errors.Join(half(dir), &os.PathError{Op: "write", Path: "lib/os.py", Err: syscall.ENOSPC})
		}, "free some, or set REGATTA_CACHE"},
		"other contents": {func(dir string) error {
			return errors.Join(unpackFake(dir), os.WriteFile(filepath.Join(dir, "lib/os.py"), []byte("import evil"), 0o600))
		}, "lib/os.py has other contents"},
		"too much": {func(dir string) error {
			return errors.Join(unpackFake(dir), os.WriteFile(filepath.Join(dir, "more"), nil, 0o600))
		}, "more does not belong to it"},
		"too little": {func(dir string) error {
			return errors.Join(unpackFake(dir), os.Remove(filepath.Join(dir, "lib/os.py")))
		}, "os.py"},
	} {
		t.Run(name, func(t *testing.T) {
			in := fakeInstaller(t)
			in.unpack = c.unpack
			if _, err := in.install(); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), in.cache) {
				t.Errorf("error %v, want one that names the folder and says %q", err, c.want)
			}
			checkBeside(t, in, ".lock")
		})
	}
}
