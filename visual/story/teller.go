package story

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"regatta/visual/number"
	"regatta/workloads/analysis"
	"regatta/workloads/recording"
)

// teller writes the parts of a finding's sentences.
type teller struct {
	analysis.Finding
	summary analysis.Summary
}

func (t teller) percent(name string) string { return number.Percent(t.Numbers[name]) }

func (t teller) bytes(name string) string { return number.Bytes(t.Numbers[name]) }

// tenths writes a number of cores, as the figures do.
func (t teller) tenths(name string) string { return fmt.Sprintf("%.1f", t.Numbers[name]) }

func (t teller) seconds(name string) string {
	const most = 1e9 // seconds: beyond it a time is damaged, and no duration
	return number.Duration(time.Duration(min(t.Numbers[name], most) * float64(time.Second)))
}

// worker is one of those that the finding is about.
func (t teller) worker() string {
	if of := t.Names["worker"]; of != "" {
		return of
	}
	return "worker"
}

// workers counts them: "4 threads".
func (t teller) workers() string { return count(t.Numbers["workers"], t.worker()) }

// cores counts those of the machine.
func (t teller) cores() string {
	if n := t.Numbers["cores"]; n > 0 {
		return count(n, "core")
	}
	return "the cores"
}

// wait is what they did for most of the time: "waiting for I/O".
func (t teller) wait() string {
	for _, s := range recording.States() {
		if s.String() == t.Names["wait"] {
			return lower(s.Label())
		}
	}
	return "waiting"
}

// name is what the program calls something, in one short line.
func (t teller) name(of, otherwise string) string {
	const longest = 60
	text := strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(t.Names[of], "")))
	if text == "" {
		return otherwise
	}
	if r := []rune(text); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return text
}

// count is "1 thread" or "4 threads".
func count(n float64, noun string) string {
	if n != 1 {
		noun = plural(noun)
	}
	return number.Count(int64(n)) + " " + noun
}

func plural(noun string) string {
	if strings.HasSuffix(noun, "s") {
		return noun + "es"
	}
	return noun + "s"
}

// times is how often.
func times(n float64) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return number.Count(int64(n)) + " times"
}
