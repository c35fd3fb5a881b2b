//go:build !(linux && (amd64 || arm64)) && !(darwin && (amd64 || arm64)) && !(windows && amd64)

package manifest

// Empty: the module carries no CPython for this platform.
const text = ""
