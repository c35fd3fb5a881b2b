// Command generate writes the manifest of every platform that github.com/kluctl/go-embed-python carries data for into
// the current folder. It reads the module's own data from the module cache, which the checksum in go.sum vouches for,
// so the manifest trusts nothing that the build does not trust already. Run it by go generate after a new version.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const modulePath = "github.com/kluctl/go-embed-python"

func main() {
	if err := generate("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(out string) error {
	mod, err := findModule()
	if err != nil {
		return err
	}
	platforms, err := mod.platforms()
	if err != nil {
		return err
	}
	for _, p := range platforms {
		m, err := mod.manifest(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		if err := os.WriteFile(filepath.Join(out, p+".txt"), []byte(m.String()), 0o644); err != nil {
			return err
		}
		fmt.Printf("%-14s %s  %d entries, %d bytes\n", p, m.ID(), len(m.Entries), m.Bytes())
	}
	return nil
}

// module is where the go command keeps go-embed-python.
type module struct {
	Dir, Version string
}

func findModule() (module, error) {
	var mod module
	out, err := exec.Command("go", "list", "-m", "-json", modulePath).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return mod, fmt.Errorf("go list -m %s: %w", modulePath, err)
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		return mod, fmt.Errorf("go list -m %s: %w", modulePath, err)
	}
	if mod.Dir == "" {
		return mod, fmt.Errorf("%s is not downloaded: run go mod download", modulePath)
	}
	return mod, nil
}

func (mod module) data() string {
	return filepath.Join(mod.Dir, "python", "internal", "data")
}

// python is the version of CPython that the module's release names, as in "3.14.6".
func (mod module) python() (string, error) {
	text, err := os.ReadFile(filepath.Join(mod.data(), "PYTHON_VERSION"))
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(text)) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), "PYTHON_VERSION="); ok {
			return strings.Trim(v, `"`), nil
		}
	}
	return "", errors.New("PYTHON_VERSION names no version")
}

// platforms are the folders that hold a platform's data, as in "linux-amd64".
func (mod module) platforms() ([]string, error) {
	files, err := fs.Glob(os.DirFS(mod.data()), "*/files.json")
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no */files.json", mod.data())
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(f, "/files.json")
	}
	return files, err
}
