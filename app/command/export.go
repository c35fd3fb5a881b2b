package command

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"regatta/visual/paint"
	"regatta/visual/palette"
	"regatta/visual/pdf"
	"regatta/visual/scene"
	"regatta/visual/story"
	"regatta/visual/svg"
	"regatta/workloads/analysis"
	"regatta/workloads/export"
	"regatta/workloads/recording"
)

type exportCommand struct {
	File string `arg:"" help:"A recording." type:"path"`

	PNG   string `name:"png" placeholder:"P" type:"path" help:"Picture in pixels. P is a new file, or - for standard output."`
	SVG   string `name:"svg" placeholder:"P" type:"path" help:"The same picture as SVG, for web pages and slides."`
	PDF   string `name:"pdf" placeholder:"P" type:"path" help:"The same picture as PDF, for print."`
	CSV   string `name:"csv" placeholder:"P" type:"path" help:"Tables: every span of every lane in P (run.csv), cores and memory over time beside it (run-series.csv)."`
	JSON  string `name:"json" placeholder:"P" type:"path" help:"The summary, as 'regatta show --json' prints it; always of the whole run."`
	Trace string `placeholder:"P" type:"path" help:"Chrome's trace format, for ui.perfetto.dev."`

	Size    string        `default:"1600x900" help:"Width and height of pictures in pixels."`
	Theme   string        `default:"light" enum:"light,dark" help:"The ground of pictures: light or dark."`
	Lecture bool          `help:"Pictures with everything at twice the size, to be read from the last row."`
	From    time.Duration `placeholder:"T" help:"Begin that long after the run's start, as in 250ms."`
	To      time.Duration `placeholder:"T" help:"End that long after the run's start."`
	Force   bool          `help:"Replace files that exist."`
}

// form is one of the things to write.
type form struct {
	path  string // - is standard output
	write func(io.Writer) error
}

// Run is called by kong.
func (c exportCommand) Run(out output) error {
	size, err := parseSize(c.Size)
	if err != nil {
		return wrongUse{err}
	}
	var rec *recording.Recording
	forms := c.forms(size, &rec)
	if err := check(forms, c.File, c.Force); err != nil {
		return wrongUse{err}
	}
	if rec, err = recording.Open(c.File); err != nil {
		return err
	}
	if err := c.checkStretch(rec.Seen()); err != nil {
		return wrongUse{err}
	}
	var failures []error
	for _, f := range forms {
		if f.path == standardOutput {
			failures = append(failures, f.write(out.stdout))
		} else {
			failures = append(failures, replaceFile(f.path, f.write))
		}
	}
	return errors.Join(failures...)
}

// forms lists what was asked for. What writes it reads the recording that rec points to by then.
func (c exportCommand) forms(size size, rec **recording.Recording) []form {
	picture := func(write func(io.Writer, *scene.Scene, float64) error) func(io.Writer) error {
		return func(w io.Writer) error {
			theme, _ := palette.Named(c.Theme)
			return write(w, drawRun(*rec, look{size, theme, c.Lecture, c.From, c.To}), 1)
		}
	}
	data := func(write func(io.Writer, *recording.Recording, export.Stretch) error) func(io.Writer) error {
		return func(w io.Writer) error { return write(w, *rec, c.stretch()) }
	}
	summary := func(w io.Writer) error { return printJSON(w, story.Tell(analysis.Summarize(*rec))) }
	var forms []form
	for _, f := range []form{
		{c.PNG, picture(paint.PNG)},
		{c.SVG, picture(svg.Write)},
		{c.PDF, picture(pdf.Write)},
		{c.CSV, data(export.Spans)},
		{beside(c.CSV, "-series"), data(export.Series)},
		{c.JSON, summary},
		{c.Trace, data(export.Trace)},
	} {
		if f.path != "" {
			forms = append(forms, f)
		}
	}
	return forms
}

// beside is the name of a second file: run-series.csv beside run.csv. Standard output has none.
func beside(path, suffix string) string {
	if path == "" || path == standardOutput {
		return ""
	}
	ext := filepath.Ext(path)
	return strings.TrimSuffix(path, ext) + suffix + ext
}

// stretch is the part of the run that was asked for.
func (c exportCommand) stretch() export.Stretch {
	s := export.Whole
	s.From = c.From
	if c.To > 0 {
		s.To = c.To
	}
	return s
}

func (c exportCommand) checkStretch(seen time.Duration) error {
	switch s := c.stretch(); {
	case c.From < 0 || c.To < 0:
		return errors.New("--from and --to count from the run's start: they must not be negative")
	case s.From >= s.To:
		return fmt.Errorf("--from %v is not before --to %v", s.From, s.To)
	case s.From > 0 && s.From >= seen:
		return fmt.Errorf("--from %v: the run was over after %v", s.From, seen)
	}
	return nil
}
