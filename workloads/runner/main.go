package runner

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// Command is the hidden argument that makes our binary the runner.
const Command = "__runner"

// Main is the part of our binary's main that is for its hidden arguments: it must be called before anything else. ours
// says whether args, those after the program's name, were such; the program then ends with code.
func Main(args []string, stdin *os.File, stdout io.Writer, observe StartObservers) (code int, ours bool) {
	if len(args) != 1 {
		return 0, false
	}
	switch args[0] {
	case Command:
		return run(stdin, stdout, observe), true
	case keeperCommand:
		return keep(), true
	}
	return 0, false
}

// run is the runner.
func run(stdin *os.File, stdout io.Writer, observe StartObservers) int {
	s := &session{report: reporter{out: stdout}, observe: observe, halts: make(chan halt, 1), signals: make(chan syscall.Signal, 64)}
	s.watchSignals()
	s.watchKeeper()
	input := json.NewDecoder(stdin)
	var req request
	if err := input.Decode(&req); err != nil {
		fmt.Fprintln(os.Stderr, "the hidden command", Command, "is for Regatta itself:", err)
		return 2
	}
	s.request = req
	keepFromPrograms(req.Handles)
	control := io.MultiReader(input.Buffered(), stdin)
	if err := awaitGo(control); err != nil {
		return 1 // the front gave up before the start
	}
	go s.obey(control)
	outcome, err := s.run()
	ended := Event{Kind: Ended, Outcome: outcome}
	if err != nil {
		ended.Error = err.Error()
	}
	s.report.send(ended)
	if err != nil {
		return 1
	}
	return 0
}

// awaitGo waits for the byte that starts the run.
func awaitGo(control io.Reader) error {
	b := []byte{0}
	for {
		if _, err := io.ReadFull(control, b); err != nil {
			return err
		}
		switch b[0] {
		case goByte:
			return nil
		case '\n': // ends the request
		default:
			return errors.New("no go")
		}
	}
}
