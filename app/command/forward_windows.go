package command

import (
	"os"
	"os/signal"
)

// forward catches what the console sends to every program in it.
func forward(to chan<- os.Signal) { signal.Notify(to, os.Interrupt) }
