//go:build !linux && !darwin && !windows

package runtimes

import "io/fs"

// No CPython is carried for these systems, so nothing is ever unpacked; this lets the package compile.

var diskFull []error

func foreignOwner(fs.FileInfo) string { return "" }

func writableByOthers(fs.FileInfo) bool { return false }

const keepsModes = false

func identity(fs.FileInfo) [6]uint64 { return [6]uint64{} }

func flush(string, []string) error { return nil }

func checkMount(string) error { return nil }

func writableByAll(fs.FileInfo) bool { return false }
