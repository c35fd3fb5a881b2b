package runtimes

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// explain turns a failed file operation into what failed, where, why and what to try; it wraps err. doing reads as in
// "cannot make the folder".
func explain(doing, path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) && at.Path == path {
		err = at.Err // the path is in the sentence already
	}
	return fmt.Errorf("%s %s: %w; %s", doing, path, err, remedy(err))
}

func remedy(err error) string {
	elsewhere := "set " + CacheVariable + " (or XDG_CACHE_HOME) to a folder "
	switch {
	case isFull(err):
		return "the built-in Python takes up to 150 MB: free some, or " + elsewhere + "on another disk"
	case errors.Is(err, syscall.EROFS):
		return "the disk is read-only: " + elsewhere + "that can be written"
	case errors.Is(err, fs.ErrPermission):
		return "your user may not do that there: " + elsewhere + "of your own"
	case errors.Is(err, syscall.ENOTDIR):
		return "a file lies where a folder should be: move it away, or " + elsewhere + "elsewhere"
	default:
		return "if it stays so, " + elsewhere + "on another disk"
	}
}

func isFull(err error) bool {
	for _, full := range diskFull {
		if errors.Is(err, full) {
			return true
		}
	}
	return false
}
