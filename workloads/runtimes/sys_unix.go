//go:build linux || darwin

package runtimes

import (
	"io/fs"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

var diskFull = []error{syscall.ENOSPC, syscall.EDQUOT}

// foreignOwner names the owner when that is somebody else. Access lists, which macOS has beside the mode, are not read:
// only the owner can add to them.
func foreignOwner(info fs.FileInfo) string {
	uid := info.Sys().(*syscall.Stat_t).Uid
	if int(uid) == os.Geteuid() {
		return ""
	}
	id := strconv.FormatUint(uint64(uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return "user " + id
}

func writableByOthers(info fs.FileInfo) bool {
	return info.Mode().Perm()&0o022 != 0
}

// keepsModes: a file's permissions read back as they were set.
const keepsModes = true

// writableByAll tells whether anybody may rename and delete what others put into a folder.
func writableByAll(info fs.FileInfo) bool {
	return info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0
}
