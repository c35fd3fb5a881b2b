package command_test

import (
	"fmt"
	"os"

	"regatta/workloads/catalog"
	"regatta/workloads/plan"
	"regatta/workloads/runner"
	"regatta/workloads/runtimes"
)

// stubborn stands in for sum.py: every task starts a process in a session of its own and a daemon that forks twice, and
// never ends. The models and the observers are the real ones.
const stubborn = `
import os, subprocess, sys, time
import program

PARAMETERS = {"tasks": {"default": 2, "min": 1, "max": 64}, "size": {"default": 1, "min": 1, "max": 1_000_000_000}}

def items(options):
    return list(range(options["tasks"]))

def work(item):
    subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(600)", os.getcwd()], start_new_session=True)
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        open("ready", "w").close()
        while True:
            time.sleep(600)
    while True:
        time.sleep(0.001)

async def work_async(item):
    return work(item)

def combine(results):
    return results

if __name__ == "__main__":
    program.main(sys.modules[__name__])
`

// stubbornOrder runs the stubborn workload under a model.
func stubbornOrder(model, startMethod, path string) (runner.Order, error) {
	pair, err := catalog.Find("sum", model)
	if err != nil {
		return runner.Order{}, err
	}
	typed := map[string]string{"tasks": "2"}
	if startMethod != "" {
		typed["start_method"] = startMethod
	}
	values, err := pair.Values(typed)
	if err != nil {
		return runner.Order{}, err
	}
	rt, err := runtimes.BuiltIn("")
	if err != nil {
		return runner.Order{}, err
	}
	order, err := plan.Order(plan.Choice{Pair: pair, Values: values, Runtime: rt}, path)
	if err == nil {
		order.Files["sum.py"] = stubborn
	}
	return order, err
}

// asFront makes the test's own binary a front that runs the stubborn workload: model, start method, recording.
const asFront = "REGATTA_TEST_FRONT"

func front(words []string) int {
	order, err := stubbornOrder(words[0], words[1], words[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	run, err := runner.Start(order, func(runner.Event) {})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	run.Wait()
	return 0
}
