package runtimes

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// mountVariable has the child of child_test.go mount something first, in a mount namespace of its own that ends with
// it: "KIND OPTIONS TARGET".
const mountVariable = "REGATTA_TEST_MOUNT"

func init() {
	beforeChild = func() error {
		kind, rest, _ := strings.Cut(os.Getenv(mountVariable), " ")
		options, target, _ := strings.Cut(rest, " ")
		switch kind {
		case "tmpfs":
			return unix.Mount("tmpfs", target, "tmpfs", 0, options)
		case "read-only-tmpfs":
			return unix.Mount("tmpfs", target, "tmpfs", unix.MS_RDONLY, options)
		case "noexec-tmpfs":
			return unix.Mount("tmpfs", target, "tmpfs", unix.MS_NOEXEC, options)
		case "read-only-bind":
			return errors.Join(unix.Mount(target, target, "", unix.MS_BIND, ""),
				unix.Mount("", target, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, ""))
		}
		return nil
	}
}

func TestDisksThatWillNotDo(t *testing.T) {
	realCache(t) // skips where there is none
	for _, c := range []struct {
		mount string
		want  []string
		left  string // what lies in the cache folder afterwards
	}{
		{"tmpfs size=20m,mode=755", []string{"no space left", "free some", CacheVariable}, "[.lock]"},
		{"read-only-tmpfs size=1m,mode=755", []string{"read-only", CacheVariable}, "[]"},
		{"noexec-tmpfs size=1m,mode=755", []string{"noexec", CacheVariable}, "[]"},
	} {
		kind, _, _ := strings.Cut(c.mount, " ")
		t.Run(kind, func(t *testing.T) {
			disk := t.TempDir()
			cache := filepath.Join(disk, "regatta")
			out, ok := runMounted(t, cache, c.mount+" "+disk)
			if ok {
				t.Fatalf("it went well: %s", out)
			}
			message, left, _ := strings.Cut(out, "\n")
			for _, want := range append(c.want, cache) {
				if !strings.Contains(message, want) {
					t.Errorf("%q does not say %q", message, want)
				}
			}
			if left != c.left {
				t.Errorf("it left %s, want %s", left, c.left)
			}
		})
	}
}

// A tree that is there and right can be used from a disk that cannot be written.
func TestReadOnlyDiskWithTheTree(t *testing.T) {
	cache := realCache(t)
	in := realInstaller(t, cache)
	out, ok := runMounted(t, cache, "read-only-bind - "+cache)
	if !ok || !strings.HasPrefix(out, "false "+in.dir()) {
		t.Errorf("it says %q", out)
	}
}

// runMounted runs the child behind a mount; ok is whether it exited with 0.
func runMounted(t *testing.T, cache, mount string) (out string, ok bool) {
	t.Helper()
	cmd := child(t, cache, "")
	cmd.Env = append(cmd.Env, mountVariable+"="+mount)
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	out, err := output(cmd)
	if errors.Is(err, syscall.EPERM) || cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == exitNoMount {
		t.Skipf("this machine lets us mount nothing: %v %s", err, out)
	}
	return out, err == nil
}
