package story

import (
	"fmt"
	"strings"
)

// words is what each finding says: a headline, and what it is made from. The rules are those of package analysis, by id.
var words = map[string]func(teller) (headline, why string){
	"failed":        outcome("failed"),
	"stopped":       outcome("was stopped"),
	"timed-out":     outcome("took too long and was stopped"),
	"out-of-memory": outcome("took too much memory and was stopped"),
	"incomplete": func(t teller) (string, string) {
		return Pair(names(t.summary)) + ": the recording has no end.", ""
	},

	"too-short": func(t teller) (string, string) {
		why := "Give it more to do and run it again."
		if n, ok := t.Numbers["samples"]; ok && n < 1 {
			why = "Nobody looked at the lanes meanwhile. " + why
		} else if ok {
			why = fmt.Sprintf("The lanes were looked at %s meanwhile: shares of their time mean little. %s", times(n), why)
		}
		return fmt.Sprintf("Too short to tell: the work took %s.", t.seconds("work_s")), why
	},

	"gil-bound": func(t teller) (string, string) {
		each := fmt.Sprintf("Each spent %s of its life waiting for the GIL", t.percent("gil_share"))
		switch {
		case t.Names["turns"] == "":
			return "Threads waited for the GIL, beside C code that does without it.",
				fmt.Sprintf("%s of %s ran the %s. %s.", t.tenths("running"), t.cores(), t.workers(), each)
		case t.Numbers["processes"] > 1:
			return "Threads took turns: in each process only one held the GIL at a time.",
				fmt.Sprintf("There were %s in %s. %s.", t.workers(), count(t.Numbers["processes"], "process"), each)
		}
		did := "There were " + t.workers()
		if _, ok := t.Numbers["cores_busy"]; ok {
			did = fmt.Sprintf("%s kept %s of %s busy", t.workers(), t.tenths("cores_busy"), t.cores())
		}
		return "Threads took turns: only one held the GIL at a time.", fmt.Sprintf("%s. %s, so more cores would not have helped.", did, each)
	},
	"parallel": func(t teller) (string, string) {
		why := fmt.Sprintf("On average %s of %s ran them", t.tenths("running"), t.cores())
		switch t.Names["how"] {
		case "processes", "subinterpreters":
			why += ": each has a GIL of its own"
		case "no GIL":
			why += ": this Python has no GIL"
		}
		return t.workers() + " computed at the same time.", why + "."
	},
	"native-parallel": func(t teller) (string, string) {
		return "Threads computed at the same time, with one GIL.",
			fmt.Sprintf("On average %s of %s ran the %s: %s of their work was C code that lets go of the GIL.",
				t.tenths("running"), t.cores(), t.workers(), t.percent("native_share"))
	},
	"one-core": func(t teller) (string, string) {
		why := fmt.Sprintf("It computed for %s of its life, on one core at a time", t.percent("working_share"))
		if _, ok := t.Numbers["cores_busy"]; ok {
			why += fmt.Sprintf(": %s of %s were kept busy", t.tenths("cores_busy"), t.cores())
		}
		return fmt.Sprintf("One %s did all the work.", t.worker()), why + "."
	},
	"oversubscribed": func(t teller) (string, string) {
		return fmt.Sprintf("There were more workers than cores: %s shared %s.", t.workers(), t.cores()),
			fmt.Sprintf("Each was ready but waited for a free core for %s of its life.", t.percent("core_share"))
	},
	"no-free-core": func(t teller) (string, string) {
		who, each := t.workers(), "Each"
		if t.Numbers["workers"] == 1 {
			who, each = "the only "+t.worker(), "It"
		}
		return fmt.Sprintf("The cores were taken: %s waited for a free one.", who),
			fmt.Sprintf("%s was ready but without a core for %s of its life, though the workers were on only %s of %s.",
				each, t.percent("core_share"), t.tenths("running"), t.cores())
	},
	"uneven-shares": func(t teller) (string, string) {
		busiest := t.name("busiest", "one "+t.worker())
		if t.Names["nearly"] == "all" {
			return Sentence(busiest + " did nearly all the work"),
				fmt.Sprintf("It did %s of the work of %s.", t.percent("share"), t.workers())
		}
		return "The work was shared unevenly.",
			Sentence(fmt.Sprintf("%s worked for %s, the %s for %s on average", busiest, t.seconds("most_s"), t.workers(), t.seconds("mean_s")))
	},

	"overlapping-waits": func(t teller) (string, string) {
		why := fmt.Sprintf("%s waited at the same time: each spent %s of its life %s.", t.workers(), t.percent("wait_share"), t.wait())
		switch {
		case t.worker() == "task":
			why += " A task that awaits lets the others run."
		case t.worker() == "thread" && t.summary.Runtime.GIL:
			why += " A thread that waits lets go of the GIL."
		}
		return fmt.Sprintf("The waits overlapped: %s of waiting took %s.", t.seconds("waited_s"), t.seconds("elapsed_s")), why
	},
	"nothing-overlaps": func(t teller) (string, string) {
		return "While it waited, nothing else ran.",
			fmt.Sprintf("The only %s spent %s of its life %s.", t.worker(), t.percent("wait_share"), t.wait())
	},
	"waiting-for-locks": func(t teller) (string, string) {
		why := fmt.Sprintf("Each of %s spent %s of its life waiting for a lock, a queue or another %s.", t.workers(), t.percent("lock_share"), t.worker())
		if _, ok := t.Numbers["holder_share"]; ok {
			why += fmt.Sprintf(" For %s of that time %s held it.", t.percent("holder_share"), t.name("holder", "another"))
		}
		return fmt.Sprintf("The %s waited for each other.", plural(t.worker())), why
	},
	"blocked-loop": func(t teller) (string, string) {
		kept := "kept " + count(t.Numbers["kept_waiting"], "task") + " waiting"
		why := "It " + kept + "."
		if in := t.name("function", ""); in != "" {
			why = fmt.Sprintf("It was in %s, and %s.", in, kept)
		}
		if n := t.Numbers["times"]; n > 1 {
			why += fmt.Sprintf(" The loop was blocked %s, for %s in all.", times(n), t.seconds("sum_s"))
		}
		return Sentence(fmt.Sprintf("%s blocked the event loop for %s", t.name("task", "a task"), t.seconds("longest_s"))), why
	},
	"busy-loop": func(t teller) (string, string) {
		return "Tasks took turns: an event loop runs one at a time.",
			fmt.Sprintf("%s were ready but waited for their turn for %s of their lives.", t.workers(), t.percent("ready_share"))
	},
	"start-up": func(t teller) (string, string) {
		why := t.seconds("start_s") + " passed before the program's own work began"
		if _, ok := t.Numbers["child_start_s"]; ok {
			why += fmt.Sprintf(", and a process took %s more to start", t.seconds("child_start_s"))
		}
		return fmt.Sprintf("Starting took %s of the time.", t.percent("start_share")), fmt.Sprintf("%s; the whole run took %s.", why, t.seconds("wall_s"))
	},

	"memory-of-processes": func(t teller) (string, string) {
		why := fmt.Sprintf("The largest of them took %s. Pages that they share count in each of them", t.bytes("largest_bytes"))
		if _, ok := t.Numbers["pss_bytes"]; ok {
			why += "; counted once, all took " + t.bytes("pss_bytes")
		}
		return fmt.Sprintf("%s took %s together.", count(t.Numbers["processes"], "process"), t.bytes("rss_bytes")), why + "."
	},

	"other-load": func(t teller) (string, string) {
		return fmt.Sprintf("Something else kept %s of %s busy meanwhile.", t.tenths("other_cores"), t.cores()),
			"It was other programs, or Regatta's own window: on an idle computer the run may take less time."
	},
	"observer": func(t teller) (headline, why string) {
		headline = "Watching missed some of this run."
		if _, ok := t.Numbers["observer_share"]; ok {
			headline = fmt.Sprintf("Watching took %s of a core from this run.", t.percent("observer_share"))
		}
		if _, ok := t.Numbers["late_share"]; ok {
			why = fmt.Sprintf("%s of the looks at the lanes came late: what was short may be missing.", t.percent("late_share"))
		}
		if n, ok := t.Numbers["dropped"]; ok {
			why += fmt.Sprintf(" There was no room for %s of the program.", count(n, "event"))
		}
		return headline, strings.TrimSpace(why)
	},
	"not-seen": func(t teller) (headline, why string) {
		headline = "It was not seen who held the GIL."
		if _, ok := t.Numbers["unseen_share"]; ok {
			headline = fmt.Sprintf("For %s of the workers' time it was not seen what they did.", t.percent("unseen_share"))
		}
		if t.Names["gil"] == "unseen" {
			why = fmt.Sprintf("Waiting for the GIL shows as waiting for a lock, which took %s of the threads' lives.", t.percent("lock_share"))
		}
		return headline, why
	},
}

// outcome says how a run ended, when, and why.
func outcome(what string) func(teller) (string, string) {
	return func(t teller) (string, string) {
		return fmt.Sprintf("%s %s after %s.", Pair(names(t.summary)), what, Seconds(t.summary.Wall)), Sentence(t.summary.Reason)
	}
}
