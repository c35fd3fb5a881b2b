package main

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"regatta/workloads/runtimes/manifest"
)

// listed is an entry of the library's files.json.
type listed struct {
	Name       string      `json:"name"`
	Mode       fs.FileMode `json:"perm"`
	Symlink    string      `json:"symlink"`
	Compressed bool        `json:"compressed"`
}

// manifest computes what the library unpacks for one platform, the way the library does it.
func (mod module) manifest(platform string) (manifest.Manifest, error) {
	m := manifest.Manifest{
		Module:   modulePath + " " + mod.Version,
		Platform: strings.Replace(platform, "-", "/", 1),
	}
	var err error
	if m.Python, err = mod.python(); err != nil {
		return m, err
	}
	m.Entries, err = entries(os.DirFS(filepath.Join(mod.data(), platform)))
	return m, err
}

func entries(data fs.FS) ([]manifest.Entry, error) {
	text, err := fs.ReadFile(data, "files.json")
	if err != nil {
		return nil, err
	}
	var list struct{ Files []listed }
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("files.json: %w", err)
	}
	byName := make(map[string]listed, len(list.Files))
	for _, f := range list.Files {
		byName[f.Name] = f
	}
	var all []manifest.Entry
	for _, f := range list.Files {
		source, err := resolve(byName, f)
		if err != nil {
			return nil, err
		}
		e := manifest.Entry{Path: f.Name, Mode: source.Mode.Perm() | source.Mode.Type()}
		if !source.Mode.IsDir() {
			if e.Size, e.Sum, err = hash(data, source); err != nil {
				return nil, err
			}
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b manifest.Entry) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// resolve follows symbolic links: the library unpacks each as a copy of the file at its end.
func resolve(byName map[string]listed, f listed) (listed, error) {
	at := f
	for range len(byName) {
		switch {
		case at.Mode.Type() == fs.ModeSymlink:
			next, ok := byName[path.Join(path.Dir(at.Name), at.Symlink)]
			if !ok {
				return f, fmt.Errorf("%s: its link to %s leads nowhere", f.Name, at.Symlink)
			}
			at = next
		case at.Mode.IsRegular(), at.Mode.IsDir() && at.Name == f.Name:
			return at, nil
		default:
			return f, fmt.Errorf("%s: the library does not unpack %v", f.Name, at.Mode)
		}
	}
	return f, fmt.Errorf("%s: its links lead round in a circle", f.Name)
}

func hash(data fs.FS, f listed) (size int64, sum [sha256.Size]byte, err error) {
	name := f.Name
	if f.Compressed {
		name += ".gz"
	}
	file, err := data.Open(name)
	if err != nil {
		return 0, sum, err
	}
	defer file.Close()
	var content io.Reader = file
	if f.Compressed {
		if content, err = gzip.NewReader(file); err != nil {
			return 0, sum, fmt.Errorf("%s: %w", name, err)
		}
	}
	h := sha256.New()
	if size, err = io.Copy(h, content); err != nil {
		return 0, sum, fmt.Errorf("%s: %w", name, err)
	}
	return size, [sha256.Size]byte(h.Sum(nil)), nil
}
