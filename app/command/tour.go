package command

import "io"

// Tour does the main job without a window.
func Tour(stdout, stderr io.Writer) int { return 0 }
