package runtimes

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestPlaceRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(dir string) error // dir exists, 0700
		want  string
		unix  bool
		root  bool
	}{
		"link": {func(dir string) error {
			return errors.Join(os.Rename(dir, dir+"-real"), os.Symlink(dir+"-real", dir))
		}, "is a symbolic link", true, false},
		"file": {func(dir string) error {
			return errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o600))
		}, "is not a folder", false, false},
		"open to the group": {func(dir string) error { return os.Chmod(dir, 0o770) }, "may be written to by others (mode 0770)", true, false},
		"open to all":       {func(dir string) error { return os.Chmod(dir, 0o777) }, "may be written to by others (mode 0777)", true, false},
		"foreign":           {func(dir string) error { return os.Chown(dir, 65534, 65534) }, "belongs to ", true, true},
	} {
		for _, component := range []string{".", "python", "python/" + fakeManifest().ID()} {
			t.Run(name+" at "+component, func(t *testing.T) {
				if c.unix && runtime.GOOS == "windows" {
					t.Skip("Windows has no such thing, or does not let it be seen")
				}
				if c.root && os.Geteuid() != 0 {
					t.Skip("only root can give files away")
				}
				cache := filepath.Join(t.TempDir(), "regatta")
				t.Setenv(CacheVariable, cache)
				if err := installFake(); err != nil {
					t.Fatal(err)
				}
				bad := filepath.Join(cache, filepath.FromSlash(component))
				if err := c.spoil(bad); err != nil {
					t.Fatal(err)
				}
				err := installFake()
				if err == nil {
					t.Fatal("it was not refused")
				}
				for _, want := range []string{bad, c.want, CacheVariable} {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("error %q does not say %q", err, want)
					}
				}
			})
		}
	}
}

// installFake installs the small tree in the default place.
func installFake() error {
	at, err := findPlace("")
	if err != nil {
		return err
	}
	cache, err := at.open()
	if err != nil {
		return err
	}
	_, err = installer{cache: cache, m: fakeManifest(), unpack: unpackFake, note: func(string) {}}.install()
	return err
}

func TestPlaceMakesPrivateFolders(t *testing.T) {
	base := t.TempDir()
	cache, err := place{filepath.Join(base, "new"), []string{"regatta", "python"}}.open()
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for dir := cache; dir != filepath.Dir(base) && filepath.Base(dir) != filepath.Base(base); dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v %v", dir, info.Mode(), err)
		}
	}
}

func TestPlaceOfTheCache(t *testing.T) {
	home := t.TempDir()
	for _, c := range []struct{ arg, variable, xdg, want, err string }{
		{arg: filepath.Join(home, "a"), variable: filepath.Join(home, "b"), want: filepath.Join(home, "a")},
		{variable: filepath.Join(home, "b"), want: filepath.Join(home, "b", "python")},
		{variable: "b", err: `REGATTA_CACHE is "b": it must be an absolute path`},
		{xdg: filepath.Join(home, "c"), want: filepath.Join(home, "c", "regatta", "python")},
		{err: "set REGATTA_CACHE"},
	} {
		t.Setenv(CacheVariable, c.variable)
		if c.arg == "" && c.variable == "" {
			if runtime.GOOS != "linux" {
				continue // other systems have other variables
			}
			t.Setenv("XDG_CACHE_HOME", c.xdg)
			t.Setenv("HOME", "")
		}
		at, err := findPlace(c.arg)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%+v: error %v", c, err)
			}
			continue
		}
		if err != nil || filepath.Join(append([]string{at.base}, at.ours...)...) != c.want {
			t.Errorf("%+v: %+v %v", c, at, err)
		}
	}
}

func TestPlaceBelowAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, cache := range []string{file, filepath.Join(file, "x"), filepath.Join(file, "x", "y")} {
		_, err := BuiltIn(cache)
		if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "move it away") {
			t.Errorf("%s: error %v", cache, err)
		}
	}
}

func TestOpenAncestorsAreWarnedOf(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has access lists")
	}
	base := t.TempDir()
	cache := filepath.Join(base, "shared", "regatta")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	shared := filepath.Dir(cache)
	outside := len(openAncestors(cache)) // where the tests' own folder lies is not ours to choose
	for mode, want := range map[os.FileMode]int{0o777: 1, 0o777 | os.ModeSticky: 0, 0o755: 0} {
		if err := os.Chmod(shared, mode); err != nil {
			t.Fatal(err)
		}
		if have := openAncestors(cache); len(have)-outside != want {
			t.Errorf("%v: warnings %q", mode, have)
		}
	}
}
