package runner

import (
	"os"
	"os/signal"
	"syscall"

	"regatta/workloads/recording"
)

// watchSignals keeps the runner alive until it has cleared up. The signals are caught and not ignored, because the program would
// inherit that they are ignored. A closed pipe shows as an error where it is written to.
func (s *session) watchSignals() {
	if os.Getenv(groupVariable) != "" {
		s.heard.listen()
		return
	}
	deaf := make(chan os.Signal, 1)
	signal.Notify(deaf, syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE)
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM)
	go func() {
		<-end
		s.halt(recording.Stopped, "the system asked Regatta's runner to end")
	}()
}
