package runtimes

import (
	"time"

	"regatta/workloads/runtimes/manifest"
)

// How the built-in CPython gets onto the disk, and why not by the library's default call.
//
// NewEmbeddedPython(name) unpacks into $TMPDIR/go-embedded-python-<name>-<hash>: a name that anyone can compute, in a
// folder that everyone may write to. It takes a folder that somebody else made, believes a file whose size is right and
// leaves extra files alone, so another user of the machine can lay out json/__init__.py or sitecustomize.py and have it
// run as us. Its lock file is 0600, so the second honest user gets an error. It writes in place: a full disk or a power
// cut leaves half a tree under the final name. PythonCmd passes our whole environment on and adds PYTHONHOME, which
// breaks every other Python that the program starts.
//
// Here the tree is <cache>/<version>-<hash of the manifest>, in a folder of the user's own (place.go):
//
//  1. The folders that are ours are made 0700. A link, a foreign owner or a right to write for others is refused.
//  2. The tree is unpacked into a neighbour with a random name, made 0700, then verified against the manifest: each
//     kind, mode, size and SHA-256, nothing missing, nothing more (tree.go). Then it is flushed, compiled (bytecode.go)
//     and renamed (install.go).
//  3. The look of every file then (inode, owner, mode, size, times) is digested into a record beside it. A later start
//     compares looks, 3 ms; where one differs it reads all contents again, and where a content differs it unpacks anew.
//  4. A lock that dies with its holder keeps two copies apart; what a killed one left is swept (lock.go).
//  5. Programs start with -I -B and an allow-listed environment (runtime.go, env.go).
//
// What another user of the machine can do: nothing inside a 0700 folder of ours: not read, not add, not rename, not even
// look. Whoever is there first is refused as a foreign owner. The neighbour's name cannot be guessed, nor would it help.
// If the user keeps his caches below a folder that all may write to and that is not sticky, others may rename our whole
// folder away and put theirs in its place between the check and the start. That is the user's arrangement, and every
// file of his there is as open, so it is a warning (Preparation.Warnings), not a refusal: in containers such folders are
// common and nobody else is there. /tmp is sticky, so a cache below it is safe.
//
// What root can do: anything. What another program of the same user can do: anything too, it may as well replace
// Regatta or trace it. So the record is no defence against that one; it catches what really happens: a tool that
// "fixes" files, a __pycache__ from a Python started by hand, a disk cleaner, half a restore. On Linux and macOS a
// changed content cannot keep its look, since only the kernel sets the change time (to a tick of a few ms); on Windows a
// program that puts size and times back goes unnoticed until the record is made again. sys_windows.go says what else is
// not checked there.
//
// Rejected: hashing everything at each start (60 ms of two cores, right when a run is to be timed); running from
// memory (needs memfd tricks a system, and multiprocessing starts sys.executable by its path); a read-only tree (os
// cleaners and the user could not delete it).

// Preparation tells what it took to get the built-in CPython ready.
type Preparation struct {
	Unpacked bool          // the files were written, at first use or as a repair
	Repaired string        // what was wrong with the tree that was there; "" without a repair
	Took     time.Duration // all of it, checks included
	Warnings []string      // what the user should know about where the cache folder lies
}

// BuiltIn makes sure that the built-in CPython lies unpacked and unchanged below cacheDir and returns it. An empty
// cacheDir means $REGATTA_CACHE/python, else the folder regatta/python in the user's cache folder. Safe to call from
// several goroutines and processes at once. The error says what is wrong with the folder and what to try; it wraps
// manifest.ErrNone where this platform has no built-in CPython.
func BuiltIn(cacheDir string) (Runtime, error) {
	rt, _, err := Prepare(cacheDir, nil)
	return rt, err
}

// Prepare is BuiltIn that tells what it did. note, which may be nil, is called with a sentence for the user before each
// step that takes longer than a moment.
func Prepare(cacheDir string, note func(string)) (Runtime, Preparation, error) {
	if note == nil {
		note = func(string) {}
	}
	return prepare(cacheDir, unpackLibrary, compileLibrary, note)
}

func prepare(cacheDir string, unpack func(dir string) error, compile func(m manifest.Manifest, fresh, dir string) error, note func(string)) (Runtime, Preparation, error) {
	start := time.Now()
	m, err := manifest.BuiltIn()
	if err != nil {
		return Runtime{}, Preparation{}, err
	}
	at, err := findPlace(cacheDir)
	if err != nil {
		return Runtime{}, Preparation{}, err
	}
	cache, err := at.open()
	if err != nil {
		return Runtime{}, Preparation{}, err
	}
	if err := checkMount(cache); err != nil {
		return Runtime{}, Preparation{}, err
	}
	in := installer{cache: cache, m: m, unpack: unpack, compile: compile, note: note}
	did, err := in.install()
	did.Took = time.Since(start)
	if err != nil {
		return Runtime{}, did, err
	}
	did.Warnings = openAncestors(cache)
	return builtIn(m, in.dir()), did, nil
}
