package runtimes

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"regatta/workloads/runtimes/manifest"
)

// A tree of a few bytes takes the same way as the real one in a thousandth of the time.
var fakeFiles = map[string]string{
	"bin/python3.14":      "an interpreter",
	"lib/json/decoder.py": "decodes",
	"lib/json/init.py":    "import decoder",
	"lib/os.py":           "import json",
}

func fakeManifest() manifest.Manifest {
	m := manifest.Manifest{Module: "fake", Python: "3.14.6", Platform: "any"}
	for _, dir := range []string{"bin", "lib", "lib/json"} {
		m.Entries = append(m.Entries, manifest.Entry{Path: dir, Mode: fs.ModeDir | 0o755})
	}
	for _, name := range slices.Sorted(maps.Keys(fakeFiles)) {
		content := fakeFiles[name]
		e := manifest.Entry{Path: name, Mode: 0o664, Size: int64(len(content)), Sum: sha256.Sum256([]byte(content))}
		if filepath.Dir(name) == "bin" {
			e.Mode = 0o775
		}
		m.Entries = append(m.Entries, e)
	}
	return m
}

// unpackFake writes as the library does, with its stray lock.
func unpackFake(dir string) error {
	if err := os.WriteFile(dir+".lock", nil, 0o600); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(fakeFiles)) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(fakeFiles[name]), 0o664); err != nil {
			return err
		}
	}
	return nil
}

func fakeInstaller(t *testing.T) installer {
	t.Helper()
	cache := filepath.Join(t.TempDir(), "python")
	if err := os.Mkdir(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	return installer{cache: cache, m: fakeManifest(), unpack: unpackFake, note: func(string) {}}
}

// mustInstall installs and checks what everybody may rely on afterwards.
func mustInstall(t *testing.T, in installer) Preparation {
	t.Helper()
	did, err := in.install()
	if err != nil {
		t.Fatal(err)
	}
	checkClean(t, in)
	return did
}

// checkClean: the tree is right, recorded, and nothing unfinished lies beside it.
func checkClean(t *testing.T, in installer) {
	t.Helper()
	if err := verify(in.dir(), in.m); err != nil {
		t.Error(err)
	}
	if !recorded(in.dir(), in.m.ID()) {
		t.Error("the tree has no record, or one that does not fit")
	}
	checkBeside(t, in, ".lock", in.m.ID(), in.m.ID()+".verified")
}

// checkBeside compares the names in the cache folder.
func checkBeside(t *testing.T, in installer, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(in.cache)
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, e := range entries {
		have = append(have, e.Name())
	}
	if !slices.Equal(have, want) {
		t.Errorf("in the cache folder lie %q, want %q", have, want)
	}
}
