package manifest

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestCommittedManifests(t *testing.T) {
	for _, platform := range []string{"linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64"} {
		text, err := os.ReadFile(platform + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		m, err := Parse(string(text))
		if err != nil {
			t.Errorf("%s: %v", platform, err)
			continue
		}
		if want := strings.ReplaceAll(string(text), "\r", ""); m.String() != want {
			t.Errorf("%s: what was read is not what is written", platform)
		}
		if want := strings.Replace(platform, "-", "/", 1); m.Platform != want {
			t.Errorf("%s: it is for %s", platform, m.Platform)
		}
		if len(m.Entries) < 600 || m.Bytes() < 30e6 {
			t.Errorf("%s: %d entries, %d bytes", platform, len(m.Entries), m.Bytes())
		}
	}
}

func TestBuiltInIsOfThisPlatform(t *testing.T) {
	m, err := BuiltIn()
	if errors.Is(err, ErrNone) {
		t.Skip(err)
	}
	if err != nil || m.Platform != runtime.GOOS+"/"+runtime.GOARCH {
		t.Errorf("%s, %v", m.Platform, err)
	}
	if !strings.HasPrefix(m.ID(), m.Python+"-") || len(m.ID()) != len(m.Python)+13 {
		t.Errorf("its name is %s", m.ID())
	}
}

func TestParseErrors(t *testing.T) {
	const head = "regatta-manifest 1\nmodule m v1\npython 3.14.6\nplatform a/b\n"
	sum := strings.Repeat("00", 32)
	for text, want := range map[string]string{
		"":                                          "line 1: no entries",
		head:                                        "line 5: no entries",
		"regatta-manifest 2\n":                      `line 1: want "regatta-manifest 1"`,
		"regatta-manifest 1\npython 3\n":            `line 2: want "module "`,
		head + "link 0777 x\n":                      `line 5: unknown kind "link"`,
		head + "dir 0999 x\n":                       "line 5: mode",
		head + "file 0644 -1 " + sum + " x\n":       "line 5: size",
		head + "file 0644 1 00 x\n":                 "not a SHA-256",
		head + "file 0644 1 " + sum + " ../x\n":     "not a path inside",
		head + "file 0644 1 " + sum + " /x\n":       "not a path inside",
		head + "file 0644 1 " + sum + " a\\..\\b\n": "not a path inside",
		head + "dir 0755\n":                         "not a path inside",
		head + "dir 0755 b\ndir 0755 a\n":           "line 6: a is out of order",
		head + "dir 0755 a\ndir 0755 a\n":           "line 6: a is out of order",
		head + strings.Repeat("x", 1<<17):           "line 5",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80q: error %v, want %q", text, err, want)
		}
	}
}
