//go:build cgo

package window

import (
	"fmt"
	"image/color"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"regatta/visual/timeline"
)

// firstFrameVariable makes the window say on stderr that its first frame is painted, for make bench.
const firstFrameVariable = "REGATTA_FIRST_FRAME"

// tellPictures says on stderr how many pictures of lanes the window has shown, for make bench.
func tellPictures(line *timeline.Timeline) {
	if os.Getenv(firstFrameVariable) != "" {
		fmt.Fprintln(os.Stderr, "pictures", line.Pictures())
	}
}

// tellFirstFrame puts one clear pixel over the window that tells when it is painted, which is in the first frame.
func tellFirstFrame(win fyne.Window) {
	if os.Getenv(firstFrameVariable) == "" {
		return
	}
	told := false
	pixel := canvas.NewRasterWithPixels(func(int, int, int, int) color.Color {
		if !told {
			told = true
			fmt.Fprintln(os.Stderr, "first frame")
		}
		return color.Transparent
	})
	pixel.SetMinSize(fyne.NewSize(1, 1))
	win.SetContent(container.NewStack(win.Content(), container.NewWithoutLayout(pixel)))
	pixel.Resize(fyne.NewSize(1, 1))
}
