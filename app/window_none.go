//go:build !cgo

package app

import (
	"errors"
	"os"
	"runtime"
)

// openWindow says why this build opens no window.
func openWindow(string) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no display") // what a build with a window would say
	}
	return errors.New("this Regatta was built without a window")
}
