package command

import (
	"fmt"
	"io"
	"time"

	"regatta/visual/chart"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// size is that of a picture, in pixels.
type size struct{ width, height int }

// What a picture may measure. Curves are only drawn as far as the longest side, and a pixel takes four bytes of memory.
const (
	longestSide = 16_000
	mostPixels  = 100_000_000
)

func parseSize(text string) (s size, err error) {
	n, err := fmt.Sscanf(text+" ", "%dx%d ", &s.width, &s.height)
	if n != 2 || err != nil || min(s.width, s.height) < 1 || max(s.width, s.height) > longestSide ||
		s.width*s.height > mostPixels || text != fmt.Sprintf("%dx%d", s.width, s.height) {
		return size{}, fmt.Errorf("--size %s: write it as 1600x900, each side from 1 to %d and no more than %d million pixels in all",
			text, longestSide, mostPixels/1_000_000)
	}
	return s, nil
}

// look is how a run is to be drawn.
type look struct {
	size     size
	theme    *palette.Theme
	lecture  bool
	from, to time.Duration // to is 0 for the end
}

// drawRun draws a run with its headline and numbers, in device pixels.
func drawRun(r *recording.Recording, l look) *scene.Scene {
	summary := analysis.Summarize(r)
	return chart.Picture(r, chart.Options{
		Width: float64(l.size.width), Height: float64(l.size.height), Theme: l.theme, From: l.from, To: l.to, Lecture: l.lecture,
		Title: story.Headline(summary), Subtitle: story.Subtitle(summary), Numbers: story.Figures(summary),
	})
}

// savePicture draws a whole run into a file, which is replaced where there is one.
func savePicture(path string, r *recording.Recording, width, height int, theme *palette.Theme) error {
	s := drawRun(r, look{size: size{width, height}, theme: theme})
	return replaceFile(path, func(w io.Writer) error { return paint.PNG(w, s, 1) })
}
