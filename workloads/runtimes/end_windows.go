package runtimes

import (
	"os/exec"

	"regatta/workloads/tree"
)

// runAndEnd runs a command and ends what it started and left behind. What it starts in the moment before it is put into
// the job is left.
func runAndEnd(cmd *exec.Cmd) error {
	job, err := tree.NewJob()
	if err != nil {
		return cmd.Run()
	}
	defer job.Close()
	if err := cmd.Start(); err != nil {
		return err
	}
	_ = job.Add(cmd.Process.Pid) // it is ended all the same, without what it started
	return cmd.Wait()
}
