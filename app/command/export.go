package command

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"regatta/visual/chart"
	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

type exportCommand struct {
	File  string `arg:"" help:"A recording." type:"path"`
	PNG   string `required:"" name:"png" placeholder:"P" type:"path" help:"Where the picture goes; a file there is replaced."`
	Size  string `default:"1600x900" help:"Width and height of the picture in pixels."`
	Theme string `default:"light" enum:"light,dark" help:"The ground: light or dark."`
}

// Run is called by kong.
func (c exportCommand) Run(out output) error {
	width, height, err := parseSize(c.Size)
	if err != nil {
		return wrongUse{err}
	}
	theme, _ := palette.Named(c.Theme)
	r, err := recording.Open(c.File)
	if err != nil {
		return err
	}
	return savePicture(c.PNG, r, width, height, theme)
}

// The sides of a picture: smaller ones have no room for the text, larger ones take gigabytes.
const (
	smallest = 200
	largest  = 10_000
)

func parseSize(text string) (width, height int, err error) {
	if n, err := fmt.Sscanf(text+" ", "%dx%d ", &width, &height); n != 2 || err != nil ||
		min(width, height) < smallest || max(width, height) > largest || text != fmt.Sprintf("%dx%d", width, height) {
		return 0, 0, fmt.Errorf("--size %s: write it as 1600x900, each side from %d to %d", text, smallest, largest)
	}
	return width, height, nil
}

// savePicture draws a whole run into a file.
func savePicture(path string, r *recording.Recording, width, height int, theme *palette.Theme) error {
	s := analysis.Summarize(r)
	picture := chart.Picture(r, chart.Options{
		Width: float64(width), Height: float64(height), Theme: theme,
		Title: story.Headline(s), Subtitle: story.Setting(s), Numbers: story.Figures(s),
	})
	return replaceFile(path, func(w io.Writer) error { return paint.PNG(w, picture, 1) })
}

// replaceFile writes a file beside its final name and moves it into place, so that there is never half a file.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // once it is moved there is nothing to remove
	err = write(f)
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
