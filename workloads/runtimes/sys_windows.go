package runtimes

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows"
)

var diskFull = []error{syscall.ENOSPC, windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}

// On Windows who may write is an access list, not an owner and a mode. The cache folder lies below %LOCALAPPDATA%, whose
// list lets in the user, SYSTEM and the administrators, and what is made there inherits it. Regatta relies on that and
// reads no list: a REGATTA_CACHE that others may write to is not noticed here. Links and junctions are still refused,
// and contents are checked as everywhere.

func foreignOwner(fs.FileInfo) string { return "" }

func writableByOthers(fs.FileInfo) bool { return false }

// keepsModes: of the permissions Windows keeps only whether a file is read-only.
const keepsModes = false

// identity is what a file's look says of its content. There is no change time that only the kernel sets in what Lstat
// gives, so a program of the same user that puts size and times back is not noticed; see the essay in builtin.go.
func identity(info fs.FileInfo) [6]uint64 {
	st := info.Sys().(*syscall.Win32FileAttributeData)
	return [6]uint64{
		uint64(info.Size()), uint64(info.Mode()), uint64(st.FileAttributes), 0,
		uint64(st.LastWriteTime.Nanoseconds()), uint64(st.CreationTime.Nanoseconds()),
	}
}

// flush writes a finished tree to the disk, so that a power cut cannot leave files of the right size full of zeros.
func flush(dir string, files []string) error {
	for _, name := range files {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR, 0)
		if err != nil {
			return err
		}
		err = f.Sync()
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// checkMount has nothing to refuse: Windows has no mounts that forbid starting programs.
func checkMount(string) error { return nil }

func writableByAll(fs.FileInfo) bool { return false }
