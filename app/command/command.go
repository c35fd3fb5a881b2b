// Package command is the command line.
package command

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/alecthomas/kong"

	"regatta/workloads/plan"
)

// The exit statuses.
const (
	Finished    = 0
	Failed      = 1
	WrongUse    = 2
	OverLimit   = 3
	Interrupted = 130
)

// cli is every command with its flags; kong reads the tags.
type cli struct {
	List    listCommand   `cmd:"" help:"List workloads, models and runtimes."`
	Run     runCommand    `cmd:"" help:"Run a workload under a model and print what it took."`
	Show    showCommand   `cmd:"" help:"Print the summary of a saved recording."`
	Export  exportCommand `cmd:"" help:"Draw a saved recording as a picture, without a window."`
	Doctor  doctorCommand `cmd:"" help:"Say what this machine lets Regatta see, and what to do about the rest."`
	Version versionFlag   `help:"Print the version and quit."`
}

// output is where a command writes.
type output struct{ stdout, stderr io.Writer }

// exitStatus is an error that only sets the exit status: what there was to say has been said.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// wrongUse is an error about how the command was called.
type wrongUse struct{ error }

func (w wrongUse) Unwrap() error { return w.error }

// Main runs one command and returns the exit status.
func Main(args []string, stdout, stderr io.Writer) int {
	var c cli
	status, exited := 0, false
	parser, err := kong.New(&c,
		kong.Name("regatta"),
		kong.Description("Runs a workload under a concurrency model and shows what every worker did. Without a command it opens its window; with a recording alone, FILE.regatta, it opens that."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { status, exited = code, true }),
		kong.KindMapper(reflect.String, kong.MapperFunc(asTyped)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		panic(err) // the tags above are wrong
	}
	context, err := parser.Parse(args)
	switch {
	case exited: // --help and --version have printed
		return status
	case err != nil:
		fmt.Fprintf(stderr, "regatta: %v\ntry: regatta --help\n", err)
		return WrongUse
	}
	return exitCode(context.Run(output{stdout, stderr}), stderr)
}

// asTyped takes a text byte by byte: kong's own way makes Unicode of it, which file names and arguments need not be.
func asTyped(c *kong.DecodeContext, target reflect.Value) error {
	token, err := c.Scan.PopValue("string")
	if err == nil {
		target.SetString(fmt.Sprint(token.Value))
	}
	return err
}

func exitCode(err error, stderr io.Writer) int {
	var status exitStatus
	var use wrongUse
	switch {
	case err == nil:
		return Finished
	case errors.As(err, &status):
		return int(status)
	}
	fmt.Fprintf(stderr, "regatta: %v\n", err)
	if errors.As(err, &use) {
		return WrongUse
	}
	return Failed
}

// versionFlag prints the version.
type versionFlag bool

// BeforeReset is called by kong when the flag is given.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	fmt.Fprintln(app.Stdout, "regatta", plan.Version)
	app.Exit(Finished)
	return nil
}
