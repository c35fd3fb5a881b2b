package runtimes

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// identity is what a file's look says of its content. The kernel sets the change time at every write, rename, chmod and
// utimes, and no call sets it back.
func identity(info fs.FileInfo) [6]uint64 {
	st := info.Sys().(*syscall.Stat_t)
	return [6]uint64{
		uint64(st.Size), uint64(st.Mode), st.Ino, uint64(st.Uid),
		uint64(st.Mtim.Nano()), uint64(st.Ctim.Nano()),
	}
}

// flush writes a finished tree to the disk, so that a power cut cannot leave files of the right size full of zeros.
func flush(dir string, _ []string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}

// checkMount refuses a file system from which nothing may be started.
func checkMount(dir string) error {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err == nil && st.Flags&unix.ST_NOEXEC != 0 {
		return explain("cannot start the built-in Python from", dir, errNoExec)
	}
	return nil
}

var errNoExec = errors.New("the file system is mounted noexec")
