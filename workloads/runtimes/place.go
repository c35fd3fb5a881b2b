package runtimes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// CacheVariable names the environment variable that moves Regatta's cache folder.
const CacheVariable = "REGATTA_CACHE"

// place is the folder that holds the unpacked trees: ours below base, which is the user's own arrangement.
type place struct {
	base string   // what was there before us; may be reached by links
	ours []string // the folders below it that Regatta makes and vouches for, outermost first
}

// findPlace turns the argument of BuiltIn into a place. Nothing is created.
func findPlace(cacheDir string) (place, error) {
	if cacheDir != "" {
		abs, err := filepath.Abs(cacheDir)
		if err != nil {
			return place{}, fmt.Errorf("cannot find the cache folder %s: %w", cacheDir, err)
		}
		return place{filepath.Dir(abs), []string{filepath.Base(abs)}}, nil
	}
	if dir := os.Getenv(CacheVariable); dir != "" {
		if !filepath.IsAbs(dir) {
			return place{}, fmt.Errorf("%s is %q: it must be an absolute path", CacheVariable, dir)
		}
		dir = filepath.Clean(dir)
		return place{filepath.Dir(dir), []string{filepath.Base(dir), "python"}}, nil
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return place{}, fmt.Errorf("cannot find a cache folder of yours: %w; set %s to an absolute path", err, CacheVariable)
	}
	return place{base, []string{"regatta", "python"}}, nil
}

// cache is the folder's path; nothing of it need exist.
func (p place) cache() string {
	return filepath.Join(append([]string{p.realBase()}, p.ours...)...)
}

// realBase is the base without links, where that can be told: it must exist, and some Windows drives resist.
func (p place) realBase() string {
	if real, err := filepath.EvalSymlinks(p.base); err == nil {
		return real
	}
	return p.base
}

// open makes what is missing of the place, checks our part of it and returns the cache folder's real path. The base is
// resolved once, so that a link in it that turns elsewhere later does not turn us.
func (p place) open() (string, error) {
	if err := os.MkdirAll(p.base, 0o700); err != nil {
		return "", explain("cannot make the folder", p.base, err)
	}
	dir := p.realBase()
	for _, name := range p.ours {
		dir = filepath.Join(dir, name)
		if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", explain("cannot make the folder", dir, err)
		}
		if err := checkPrivate(dir); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// checkPrivate refuses a folder through which somebody else could hand us code: a link, one that another user owns,
// one that others may write to. The error wraps fs.ErrNotExist when there is nothing.
func checkPrivate(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return explain("cannot look at the folder", dir, err)
	}
	refuse := func(what, try string) error {
		return fmt.Errorf("the built-in Python is not used: %s %s; %s, or set %s to a folder of your own",
			dir, what, try, CacheVariable)
	}
	switch {
	case info.Mode().Type() == fs.ModeSymlink:
		return refuse("is a symbolic link, which could lead to someone else's files", "remove the link")
	case info.Mode().Type() != fs.ModeDir: // a junction of Windows is irregular beside being a folder
		return refuse("is not a folder", "move it away")
	}
	if owner := foreignOwner(info); owner != "" {
		return refuse("belongs to "+owner+", not to you", "remove it if you may")
	}
	if writableByOthers(info) {
		return refuse(fmt.Sprintf("may be written to by others (mode %04o)", info.Mode().Perm()),
			"remove it, since they may have changed what it holds")
	}
	return nil
}

// openAncestors warns of folders above the cache in which anybody may rename anything.
func openAncestors(cache string) []string {
	var warnings []string
	for dir := filepath.Dir(cache); ; dir = filepath.Dir(dir) {
		info, err := os.Lstat(dir)
		if err == nil && writableByAll(info) {
			warnings = append(warnings, fmt.Sprintf("everybody may write to %s, and so could replace the built-in Python below it; "+
				"on a machine with other users set %s to a folder of your own", dir, CacheVariable))
		}
		if dir == filepath.Dir(dir) {
			return warnings
		}
	}
}
