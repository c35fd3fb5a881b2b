// Regatta makes concurrency visible: it runs a workload under a concurrency model and shows what every worker did.
//
// Without an argument it opens its window, otherwise it is a command line: see regatta --help.
package main

import (
	"os"

	"regatta/app"
)

func main() {
	os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr))
}
