//go:build (linux && (amd64 || arm64)) || (darwin && (amd64 || arm64)) || (windows && amd64)

package runtimes

import "github.com/kluctl/go-embed-python/python"

// unpackLibrary writes the library's files into dir, which must not exist, and a stray dir.lock beside it.
func unpackLibrary(dir string) error {
	_, err := python.NewEmbeddedPythonWithTmpDir(dir, false)
	return err
}
