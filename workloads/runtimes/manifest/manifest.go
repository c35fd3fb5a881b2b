// Package manifest says what the built-in CPython must look like once it is unpacked: each folder and file with its
// mode, size and SHA-256. The texts beside this file are made by the program in generate from the very data that the
// binary carries; a binary embeds only the one of its own platform.
package manifest

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run ./generate

const header = "regatta-manifest 1"

// ErrNone means that this platform has no built-in CPython.
var ErrNone = errors.New("there is no built-in CPython for " + runtime.GOOS + "/" + runtime.GOARCH)

// Entry is one folder or file of the unpacked tree. The tree has no links: the library unpacks them as copies.
type Entry struct {
	Path string      // relative to the tree's root, with forward slashes
	Mode fs.FileMode // fs.ModeDir or 0, and the permissions the library asks for, before the umask
	Size int64       // bytes; 0 for a folder
	Sum  [sha256.Size]byte
}

// Manifest describes one platform's tree.
type Manifest struct {
	Module   string  // path and version of the Go module that carries the data
	Python   string  // version of CPython, as in "3.14.6"
	Platform string  // GOOS/GOARCH
	Entries  []Entry // in increasing order of Path, a folder before what it holds
}

// BuiltIn returns the manifest of the platform this binary was built for, or ErrNone.
var BuiltIn = sync.OnceValues(func() (Manifest, error) {
	if text == "" {
		return Manifest{}, ErrNone
	}
	return Parse(text)
})

// ID names the tree: the version of CPython and the first 12 hex digits of the manifest's SHA-256, so that two trees
// with different contents never share a folder.
func (m Manifest) ID() string {
	sum := sha256.Sum256([]byte(m.String()))
	return m.Python + "-" + hex.EncodeToString(sum[:6])
}

// Bytes is the size of all files together.
func (m Manifest) Bytes() int64 {
	var n int64
	for _, e := range m.Entries {
		n += e.Size
	}
	return n
}

// String is the text that Parse reads.
func (m Manifest) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nmodule %s\npython %s\nplatform %s\n", header, m.Module, m.Python, m.Platform)
	for _, e := range m.Entries {
		if e.Mode.IsDir() {
			fmt.Fprintf(&b, "dir %04o %s\n", e.Mode.Perm(), e.Path)
		} else {
			fmt.Fprintf(&b, "file %04o %d %x %s\n", e.Mode.Perm(), e.Size, e.Sum, e.Path)
		}
	}
	return b.String()
}

// Parse reads a manifest; an error names the line.
func Parse(text string) (Manifest, error) {
	var m Manifest
	lines := bufio.NewScanner(strings.NewReader(text))
	head := []struct {
		prefix string
		value  *string
	}{{header, new(string)}, {"module ", &m.Module}, {"python ", &m.Python}, {"platform ", &m.Platform}}
	number := 0
	for lines.Scan() {
		line := lines.Text()
		number++
		if number <= len(head) {
			h := head[number-1]
			value, ok := strings.CutPrefix(line, h.prefix)
			if !ok {
				return Manifest{}, fmt.Errorf("manifest line %d: want %q, have %q", number, h.prefix, line)
			}
			*h.value = value
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			return Manifest{}, fmt.Errorf("manifest line %d: %w", number, err)
		}
		if n := len(m.Entries); n > 0 && m.Entries[n-1].Path >= e.Path {
			return Manifest{}, fmt.Errorf("manifest line %d: %s is out of order", number, e.Path)
		}
		m.Entries = append(m.Entries, e)
	}
	if err := lines.Err(); err != nil {
		return Manifest{}, fmt.Errorf("manifest line %d: %w", number+1, err)
	}
	if len(m.Entries) == 0 {
		return Manifest{}, fmt.Errorf("manifest line %d: no entries", number+1)
	}
	return m, nil
}

func parseEntry(line string) (Entry, error) {
	var e Entry
	kind, rest, _ := strings.Cut(line, " ")
	perm, rest, _ := strings.Cut(rest, " ")
	mode, err := strconv.ParseUint(perm, 8, 9)
	if err != nil {
		return e, fmt.Errorf("mode %q: %w", perm, err)
	}
	e.Mode = fs.FileMode(mode)
	switch kind {
	case "dir":
		e.Mode |= fs.ModeDir
		e.Path = rest
	case "file":
		size, rest, _ := strings.Cut(rest, " ")
		if e.Size, err = strconv.ParseInt(size, 10, 64); err != nil || e.Size < 0 {
			return e, fmt.Errorf("size %q is not a number of bytes", size)
		}
		sum, path, _ := strings.Cut(rest, " ")
		raw, err := hex.DecodeString(sum)
		if err != nil || len(raw) != len(e.Sum) {
			return e, fmt.Errorf("%q is not a SHA-256", sum)
		}
		copy(e.Sum[:], raw)
		e.Path = path
	default:
		return e, fmt.Errorf("unknown kind %q", kind)
	}
	if !fs.ValidPath(e.Path) || e.Path == "." || strings.Contains(e.Path, `\`) {
		return e, fmt.Errorf("%q is not a path inside the tree", e.Path)
	}
	return e, nil
}
