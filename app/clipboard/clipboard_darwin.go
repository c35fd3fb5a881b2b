package clipboard

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// patience is how long the script may take.
const patience = 10 * time.Second

// script copies the PNG file that is its argument. «class PNGf» is what AppleScript calls a PNG.
const script = `on run argv
set the clipboard to (read (POSIX file (item 1 of argv)) as «class PNGf»)
end run`

func writePNG(picture []byte) error {
	file, err := os.CreateTemp("", "regatta-clipboard-*.png")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(picture)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	said, err := exec.CommandContext(ctx, "/usr/bin/osascript", "-e", script, file.Name()).CombinedOutput()
	if err != nil {
		return fmt.Errorf("osascript: %w: %s", err, strings.TrimSpace(string(said)))
	}
	return nil
}
