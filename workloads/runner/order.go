package runner

import (
	"encoding/json"
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
	Command     Texts              // Command[0] is an absolute path; {dir}, {events} and {server} are replaced
	Args        Texts              // follow Command as they are
	Env         Texts              // all of the program's environment; replaced like Command unless Attached
	Dir         string             // working directory; "" is the run's own folder, or the caller's where Attached
	TimeLimit   time.Duration      // from the start of the process; 0 is none
	MemoryLimit uint64             // bytes of the whole tree, watched by the observers; 0 is none
	Server      *webserver.Options // for the server of {server}; nil is none
	Bare        bool               // no observers, to find out what observing costs
	// Attached gives the program what it would have without Regatta: the standard input and output of whoever calls
	// Start, unrecorded, its terminal, its process group, so that Ctrl-C reaches it, and every descriptor it inherited.
	Attached bool
}

// Texts travel to the runner byte by byte: arguments and environment need not be Unicode.
type Texts []string

// MarshalJSON encodes them as what JSON does not change.
func (t Texts) MarshalJSON() ([]byte, error) {
	raw := make([][]byte, len(t))
	for i, text := range t {
		raw[i] = []byte(text)
	}
	return json.Marshal(raw)
}

// UnmarshalJSON decodes what MarshalJSON made.
func (t *Texts) UnmarshalJSON(text []byte) error {
	var raw [][]byte
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	*t = make(Texts, len(raw))
	for i, b := range raw {
		(*t)[i] = string(b)
	}
	return nil
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
	// Handles are the front's standard input, output and error as the runner inherited them, for an Attached order.
	Handles []uintptr
}

// The bytes that follow the request.
const (
	goByte   = 'g'
	stopByte = 's'
	// signalByte plus a signal's number passes the signal on to the program.
	signalByte = 0x80
)
