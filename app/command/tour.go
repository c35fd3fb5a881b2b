package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"text/tabwriter"

	"regatta/visual/palette"
	"regatta/visual/story"
	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/plan"
	"regatta/workloads/recording"
	"regatta/workloads/store"
)

// tourWorkload is what a Regatta without a window shows.
const tourWorkload = "sum"

// Tour does the main job without a window: it runs the range sum under every model, prints a table, and leaves a picture of
// each run in the current folder. It returns the exit status.
func Tour(stdout, stderr io.Writer) int {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	return exitCode(tour(ctx, output{stdout, stderr}), stderr)
}

func tour(ctx context.Context, out output) error {
	dir, err := store.Folder()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "model\twork time\tspeed-up\tcores busy\tpeak memory\tstart-up\tpicture")
	var first *float64
	for _, model := range catalog.Models() {
		pair, err := catalog.Find(tourWorkload, model.ID)
		if err != nil {
			continue // the model cannot do this workload
		}
		s, picture, err := tourStop(ctx, pair, dir, out)
		if err != nil {
			return err
		}
		if first == nil {
			first = s.Work // the sequential run
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", pair.Model.Name, story.Seconds(s.Work), times(first, s.Work),
			story.CoresBusy(s), story.Bytes(s.PeakMemory), story.Seconds(s.Startup), picture)
	}
	fmt.Fprintln(w, "\nOne run of each: too few to rank them by. The recordings are in "+dir+".")
	return w.Flush()
}

// tourStop runs one model and draws it.
func tourStop(ctx context.Context, pair catalog.Pair, dir string, out output) (s analysis.Summary, picture string, err error) {
	values, err := pair.Values(nil)
	if err != nil {
		return s, "", err
	}
	path := store.NewPath(dir, pair.Workload.ID, pair.Model.ID)
	outcome, err := execute(ctx, plan.Choice{Pair: pair, Values: values}, path, out)
	if err != nil {
		return s, "", err
	}
	r, err := recording.Open(outcome.Recording)
	if err != nil {
		return s, "", err
	}
	if status := statusCode(outcome.Status); status != Finished {
		fmt.Fprint(out.stderr, r.Printed(recording.Stderr))
		fmt.Fprintf(out.stderr, "regatta: %s under %s: %s\n", pair.Workload.ID, pair.Model.ID, outcome.Reason)
		return s, "", exitStatus(status)
	}
	picture = pair.Workload.ID + "-" + pair.Model.ID + ".png"
	return analysis.Summarize(r), picture, savePicture(picture, r, 1600, 900, palette.Light)
}

// times is how many times as fast a run was as the first one.
func times(first, work *float64) string {
	if first == nil || work == nil || *work <= 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f×", *first / *work)
}
