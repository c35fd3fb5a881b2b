//go:build unix && !darwin

package clipboard

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Where nothing can be copied, the error says what to do.
func TestErrorsSayWhatToDo(t *testing.T) {
	data, _ := picture(t)
	dir := t.TempDir()
	broken := filepath.Join(dir, "xclip")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\ncat > /dev/null\necho cannot open display >&2\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, path, x11, wayland, want string }{
		{"no display", dir, "", "", "save the picture as a file"},
		{"no program for Wayland", t.TempDir(), "", "wayland-0", "install wl-clipboard"},
		{"no program for X11", t.TempDir(), ":1", "", "xclip (X11)"},
		{"the program fails", dir + ":/usr/bin:/bin", ":1", "", "xclip says: cannot open display"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("PATH", c.path)
			t.Setenv("DISPLAY", c.x11)
			t.Setenv("WAYLAND_DISPLAY", c.wayland)
			if err := WriteImage(data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// On a display of its own a picture comes back from the clipboard as it was put there.
func TestThroughX11(t *testing.T) {
	for _, program := range []string{"xclip", "Xvfb"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program + " is not installed: copying was not tried")
		}
	}
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("DISPLAY", display(t))
	data, _ := picture(t)
	if err := WriteImage(data); err != nil {
		t.Fatal(err)
	}
	// xclip answers as soon as it has read the picture, a moment before it owns the clipboard.
	deadline := time.Now().Add(20 * time.Second)
	var got []byte
	for len(got) == 0 && time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Until(deadline))
		got, _ = exec.CommandContext(ctx, "xclip", "-selection", "clipboard", "-target", "image/png", "-out").Output()
		cancel()
	}
	if !bytes.Equal(got, data) {
		t.Errorf("%d bytes, want %d", len(got), len(data))
	}
}

// display starts an X server, which chooses a free number. The program that holds the clipboard ends with it.
func display(t *testing.T) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "64x64x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	err = server.Start()
	write.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	})
	if err := read.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n') // the line's end comes when the server takes clients
	if err != nil {
		t.Fatalf("Xvfb does not say its display: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}
