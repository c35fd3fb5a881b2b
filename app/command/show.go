package command

import (
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

type showCommand struct {
	File string `arg:"" help:"A recording." type:"path"`
	JSON bool   `help:"Print JSON."`
}

// Run is called by kong.
func (c showCommand) Run(out output) error {
	r, err := recording.Open(c.File)
	if err != nil {
		return err
	}
	s := analysis.Summarize(r)
	if c.JSON {
		return printJSON(out.stdout, story.Tell(s))
	}
	return printSummary(out.stdout, s)
}
