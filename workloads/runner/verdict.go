package runner

import (
	"fmt"
	"strings"
	"time"

	"regatta/workloads/recording"
	"regatta/workloads/tree"
)

// judge says how the run ended. oomKills is how often the kernel's out-of-memory killer struck on this machine during it.
func (s *session) judge(exit tree.Exit, h *halt, oomKills int) recording.End {
	end := recording.End{Status: recording.Finished, ExitCode: exit.Code, Signal: exit.Signal}
	if exit.At != 0 {
		end.Wall = s.start.At(exit.At)
	} else { // it could not be killed
		end.Wall, end.ExitCode = s.start.Now(), -1
	}
	switch {
	case h != nil:
		end.Status, end.Reason = h.status, h.reason
	case exit.Signal == "SIGINT" && s.Order.Attached:
		end.Status, end.Reason = recording.Stopped, "the program was interrupted"
	case exit.Signal == "SIGKILL" && oomKills > 0:
		end.Status, end.Reason = recording.OutOfMemory, "the kernel's out-of-memory killer ended the program"
	case exit.Signal != "":
		end.Status, end.Reason = recording.Failed, "the program was ended by "+exit.Signal
	case exit.Code != 0:
		end.Status, end.Reason = recording.Failed, fmt.Sprintf("the program ended with exit code %d", exit.Code)
	}
	if end.Status == recording.Failed && oomKills > 0 {
		s.writer.Warn("the kernel's out-of-memory killer ended %d processes on this machine during the run", oomKills)
	}
	return end
}

// keepResult takes what the program printed as its result, and what it printed about its failure.
func (s *session) keepResult(end *recording.End) {
	switch end.Status {
	case recording.Finished:
		r, found := parseResult(s.stdout.lastLine())
		if !found {
			return
		}
		end.Result = r.Result
		s.markWork(r, end.Wall)
	case recording.Failed:
		if line := s.stderr.lastLine(); line != "" && end.Signal == "" && end.ExitCode > 0 {
			end.Reason += ": " + strings.ToValidUTF8(shorten(line, 300), "\uFFFD")
		}
	}
}

// markWork marks the moments that the program gave, if they can be true.
func (s *session) markWork(r result, wall time.Duration) {
	if r.WorkStart == nil || r.WorkEnd == nil {
		return
	}
	from, to := s.start.At(*r.WorkStart), s.start.At(*r.WorkEnd)
	if from < 0 || to < from || to > wall {
		s.writer.Warn("the program says that its work lasted from %v to %v, which lies outside its run of %v", from, to, wall)
		return
	}
	s.writer.Mark(recording.MarkWorkStart, from)
	s.writer.Mark(recording.MarkWorkEnd, to)
}

func shorten(line string, most int) string {
	if len(line) > most {
		return line[:most] + "…"
	}
	return line
}
