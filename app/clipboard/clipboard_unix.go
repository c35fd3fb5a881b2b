//go:build unix && !darwin

package clipboard

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// patience is how long a program may take to accept the picture.
const patience = 5 * time.Second

// tool is a program that owns the clipboard for us. It stays in the background until something else is copied, because
// on these systems whoever copied something hands it out.
type tool struct {
	name    string
	args    []string
	display string // the variable that says that its display is there
}

// tools in the order in which they are tried.
var tools = []tool{
	{"wl-copy", []string{"--type", "image/png"}, "WAYLAND_DISPLAY"},
	{"xclip", []string{"-selection", "clipboard", "-target", "image/png", "-in"}, "DISPLAY"},
}

func writePNG(picture []byte) error {
	var displays []string
	var failures []error
	for _, t := range tools {
		if os.Getenv(t.display) == "" {
			continue
		}
		displays = append(displays, t.display)
		path, err := exec.LookPath(t.name)
		if err != nil {
			continue
		}
		if err = t.copy(path, picture); err == nil {
			return nil
		}
		failures = append(failures, err)
	}
	switch {
	case len(failures) > 0:
		return errors.Join(failures...)
	case len(displays) == 0:
		return errors.New("there is no display, and so no clipboard: save the picture as a file instead")
	}
	return errors.New("no program for it is there: install wl-clipboard (Wayland) or xclip (X11), or save the picture as a file instead")
}

func (t tool) copy(path string, picture []byte) error {
	// What it says goes to a file: a pipe would stay open for as long as it is in the background.
	said, err := os.CreateTemp("", "regatta-clipboard-*")
	if err != nil {
		return err
	}
	defer os.Remove(said.Name())
	defer said.Close()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, t.args...)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(picture), said
	err = cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%s took longer than %v", t.name, patience)
	}
	if _, seek := said.Seek(0, io.SeekStart); seek == nil {
		if text, _ := io.ReadAll(io.LimitReader(said, 500)); len(text) > 0 {
			return fmt.Errorf("%s says: %s", t.name, strings.TrimSpace(string(text)))
		}
	}
	return fmt.Errorf("%s: %w", t.name, err)
}
