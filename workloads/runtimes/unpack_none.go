//go:build !(linux && (amd64 || arm64)) && !(darwin && (amd64 || arm64)) && !(windows && amd64)

package runtimes

import "regatta/workloads/runtimes/manifest"

// Importing the library would not compile here: it has no data for this platform.
func unpackLibrary(string) error {
	return manifest.ErrNone
}
