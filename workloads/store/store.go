// Package store says where a user's recordings lie: in a folder of files that can be read, mailed and deleted like any other.
package store

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

// Suffix ends the name of a recording.
const Suffix = ".regatta"

// Folder returns the folder for recordings, made where it was missing: REGATTA_DATA, or the place for data of the system
// that Regatta runs on.
func Folder() (string, error) {
	dir, err := dataFolder()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "recordings")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the folder for recordings: %w; name another one with --out, or in REGATTA_DATA", err)
	}
	return dir, nil
}

func dataFolder() (string, error) {
	if dir := os.Getenv("REGATTA_DATA"); dir != "" {
		return filepath.Abs(dir)
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "regatta"), nil
	}
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Regatta"), nil
		}
	case "darwin":
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, "Library", "Application Support", "Regatta"), nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the folder for recordings: %w; set REGATTA_DATA", err)
	}
	return filepath.Join(home, ".local", "share", "regatta"), nil
}

// NewPath returns a path in a folder for the recording of a run that starts now. Two runs that start in the same second
// get different ones, also in different processes.
func NewPath(dir, workload, model string) string {
	name := fmt.Sprintf("%s-%s-%s", time.Now().Format("2006-01-02T15-04-05.000"), workload, model)
	return filepath.Join(dir, name+"-"+strconv.Itoa(os.Getpid())+Suffix)
}
