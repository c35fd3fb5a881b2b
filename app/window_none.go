//go:build !cgo

package app

import "errors"

// openWindow says that this build has no window.
func openWindow() error { return errors.New("this Regatta was built without a window") }
