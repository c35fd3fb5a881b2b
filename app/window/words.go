//go:build cgo

package window

import (
	"regatta/visual/story"
	"regatta/workloads/catalog"
)

// headline is the one sentence on top: what will happen, happens or happened, and a line of second rank under it.
func headline(s state, chosen catalog.Pair) (title, subtitle string) {
	ran := story.Pair(s.choice.Pair.Workload.Name, s.choice.Pair.Model.Name)
	planned := story.Planned(s.choice.Pair, s.choice.Values, s.choice.Runtime.Name)
	switch s.phase {
	case idle:
		return story.Pair(chosen.Workload.Name, chosen.Model.Name), chosen.Workload.Help
	case preparing:
		if s.note != "" {
			return ran, story.Sentence(s.note)
		}
		return ran, "Starting Python."
	case running:
		if s.quiet {
			planned += "  ·  quiet: the picture comes at the end"
		}
		return ran + ": running…", planned
	case stopping:
		return "Stopping…", planned
	}
	if s.err != nil {
		return "There was no run.", story.Sentence(s.err.Error())
	}
	return story.Headline(*s.summary), story.Subtitle(*s.summary)
}
