package command

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// standardOutput is the path that stands for it.
const standardOutput = "-"

// check tells what is wrong with where things are to be written, before anything is.
func check(forms []form, source string, force bool) error {
	if len(forms) == 0 {
		return fmt.Errorf("say what to write: --png, --svg, --pdf, --csv, --json or --trace, each with the name of a file")
	}
	for i, f := range forms {
		if f.path == standardOutput {
			if len(forms) > 1 {
				return fmt.Errorf("- is standard output, which takes one thing only: give the others the names of files, or call export again")
			}
			continue
		}
		if slices.ContainsFunc(forms[:i], func(other form) bool { return other.path == f.path }) {
			return fmt.Errorf("two things are to be written to %s: give each a name of its own", f.path)
		}
		info, err := os.Stat(f.path)
		if err != nil {
			continue // there is nothing to be replaced; what else may be wrong shows when it is written
		}
		if from, err := os.Stat(source); err == nil && os.SameFile(info, from) {
			return fmt.Errorf("%s is the recording itself: choose another name", f.path)
		}
		switch {
		case info.IsDir():
			return fmt.Errorf("%s is a folder: name a file in it", f.path)
		case !info.Mode().IsRegular(): // a device or a pipe, in whose place there would be a file
			return fmt.Errorf("%s is no ordinary file: name one, or - for standard output", f.path)
		case !force:
			return fmt.Errorf("%s exists already: choose another name, or add --force to replace it", f.path)
		}
	}
	return nil
}

// replaceFile writes a file beside its final name and moves it into place, so that there is never half a file.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // once it is moved there is nothing to remove
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
