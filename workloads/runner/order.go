package runner

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"regatta/workloads/recording"
	"regatta/workloads/webserver"
)

// Order says what to run, how, and where to record it.
type Order struct {
	Recording   string // path of the finished recording; no file may be at this path with recording.PartSuffix
	Header      recording.Header
	Files       map[string]string  // text by base name, written into the run's folder before the start
	Command     []string           // Command[0] is an absolute path; {dir}, {events} and {server} are replaced
	Env         []string           // all of the program's environment; replaced likewise
	Dir         string             // working directory; "" is the run's own folder
	TimeLimit   time.Duration      // from the start of the process; 0 is none
	MemoryLimit uint64             // bytes of the whole tree, watched by the observers; 0 is none
	Server      *webserver.Options // for the server of {server}; nil is none
	Bare        bool               // no observers, to find out what observing costs
}

// The placeholders in an Order's Command and Env.
const (
	dirPlace    = "{dir}"    // the run's own folder
	eventsPlace = "{events}" // the folder of the probe's files, inside it
	serverPlace = "{server}" // URL of the run's server
)

// check finds what would make no sense to start.
func (o Order) check() error {
	switch {
	case o.Recording == "":
		return errors.New("the order names no file for the recording")
	case len(o.Command) == 0:
		return errors.New("the order has no command")
	case !filepath.IsAbs(o.Command[0]):
		return fmt.Errorf("the program %q is not named by its absolute path", o.Command[0])
	case o.TimeLimit < 0:
		return fmt.Errorf("the time limit %v is negative", o.TimeLimit)
	}
	for name := range o.Files {
		if !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) || name == "." || name == eventsFolder || name == lockFile {
			return fmt.Errorf("the file name %q may not be used inside a run's folder", name)
		}
	}
	return nil
}

// fill replaces the placeholders.
func fill(texts []string, dir, events, server string) []string {
	r := strings.NewReplacer(dirPlace, dir, eventsPlace, events, serverPlace, server)
	filled := make([]string, len(texts))
	for i, t := range texts {
		filled[i] = r.Replace(t)
	}
	return filled
}

// request is what travels to the runner, as JSON.
type request struct {
	Order  Order
	Folder string // the run's own, made by the front
}

// The bytes that follow the request.
const (
	goByte   = 'g'
	stopByte = 's'
)
