//go:build cgo

package app

import "regatta/app/window"

// openWindow opens the window and returns when it is closed. The error says why there can be none.
func openWindow() error { return window.Open() }
