package interpreter

import (
	"regexp"
	"strings"
)

// library matches the folders of Python's own and of installed modules, on every system: /usr/lib/python3.14/json,
// /usr/lib/python3/dist-packages, a virtual environment's site-packages; on Windows the folder Lib below one with the version
// in its name, or of a distribution: C:\Python314\Lib\json, ...\cpython-3.13.0-windows-x86_64-none\Lib, ...\3.14.6-8cfb32\Lib,
// C:\miniconda3\Lib.
var library = regexp.MustCompile(`[/\\](lib(64)?[/\\]python3(\.\d+t?)?|` +
	`(?i:c?python-?3[^/\\]*|3\.\d[^/\\]*|(miniconda|anaconda|miniforge|mambaforge)3[^/\\]*)\\Lib|` +
	`site-packages|dist-packages)[/\\]`)

// OwnCode returns what tells by its file's name whether code is the user's own: it is from a real file, not something
// like "<frozen importlib>" or "<string>"; that file is no part of Python nor of an installed package; and it lies in none
// of the folders, which Regatta's own modules are in.
func OwnCode(except ...string) func(filename string) bool {
	return func(filename string) bool {
		if filename == "" || filename[0] == '<' || library.MatchString(filename) {
			return false
		}
		for _, folder := range except {
			rest, inside := strings.CutPrefix(filename, strings.TrimRight(folder, `/\`))
			if folder != "" && inside && rest != "" && (rest[0] == '/' || rest[0] == '\\') {
				return false
			}
		}
		return true
	}
}
