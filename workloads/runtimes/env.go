package runtimes

import (
	"os"
	"runtime"
	"slices"
	"strings"
)

// What a built-in program may inherit. -I makes Python itself ignore PYTHON*, but a program started by the program
// would still inherit them, and the loader reads LD_* and DYLD_* before Python runs; so only what is listed passes.
// Proxies do not: the programs talk to a server on this machine.
var (
	passUnix = []string{
		"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR",
	}
	passWindows = []string{
		"PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "TEMP", "TMP", "TZ", "USERNAME",
		"USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "NUMBER_OF_PROCESSORS",
		"PROCESSOR_ARCHITECTURE", "SSL_CERT_FILE", "SSL_CERT_DIR",
	}
)

// Env is the environment for a built-in program, as exec.Cmd takes it: what is on an allow-list of our own
// environment, never PYTHON*, loader variables or proxies. The caller may append to it.
func (r Runtime) Env() []string {
	return cleanEnv(os.Environ(), runtime.GOOS)
}

func cleanEnv(environ []string, goos string) []string {
	clean := make([]string, 0, len(environ))
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if mayPass(name, goos) {
			clean = append(clean, entry)
		}
	}
	return clean
}

func mayPass(name, goos string) bool {
	if goos == "windows" { // where names differ in case from machine to machine
		return slices.Contains(passWindows, strings.ToUpper(name))
	}
	return slices.Contains(passUnix, name) || strings.HasPrefix(name, "LC_")
}
