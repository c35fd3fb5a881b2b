//go:build cgo

package app

import "regatta/app/window"

// openWindow opens the window, with a recording in it unless path is "", and returns when it is closed. The error says why
// there can be none.
func openWindow(path string) error { return window.Open(path) }
