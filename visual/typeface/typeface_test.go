package typeface_test

import (
	"strings"
	"sync"
	"testing"

	"regatta/visual/typeface"
)

func TestFiguresHaveOneWidth(t *testing.T) {
	for _, w := range []typeface.Weight{typeface.Regular, typeface.Bold} {
		want := typeface.Width("0", 100, w)
		for _, digit := range "123456789" {
			if got := typeface.Width(string(digit), 100, w); got != want {
				t.Errorf("weight %d: %c is %.2f wide, 0 is %.2f", w, digit, got, want)
			}
		}
	}
}

func TestEverythingWrittenHasALetter(t *testing.T) {
	missing := typeface.Shape(nil, "\U0010FFFF", typeface.Regular)[0].Glyph
	for _, r := range "ABCXYZabcxyz0123456789 ·…–—×µ%+−<>()/,.:;'’_-éüñ" {
		for _, w := range []typeface.Weight{typeface.Regular, typeface.Bold} {
			if typeface.Shape(nil, string(r), w)[0].Glyph == missing {
				t.Errorf("weight %d has no letter for %q", w, r)
			}
		}
	}
}

func TestWidthScales(t *testing.T) {
	small, large := typeface.Width("MainThread", 10, typeface.Regular), typeface.Width("MainThread", 20, typeface.Regular)
	if small <= 0 || large < 1.99*small || large > 2.01*small {
		t.Errorf("10 px: %.2f, 20 px: %.2f", small, large)
	}
	if typeface.Width("", 10, typeface.Regular) != 0 {
		t.Error("no text has a width")
	}
}

func TestFit(t *testing.T) {
	const long = "Thread-17 (a_function_with_a_long_name)"
	for _, c := range []struct {
		text  string
		width float64
		whole bool
	}{{"Thread-1", 100, true}, {long, 100, false}, {long, 30, false}, {"日本語のスレッド", 40, false}, {long, 1, false}} {
		got := typeface.Fit(c.text, c.width, 13, typeface.Regular)
		if w := typeface.Width(got, 13, typeface.Regular); w > c.width {
			t.Errorf("Fit(%q, %g) = %q, which is %.1f wide", c.text, c.width, got, w)
		}
		if (got == c.text) != c.whole {
			t.Errorf("Fit(%q, %g) = %q", c.text, c.width, got)
		}
		if !c.whole && got != "" && !strings.HasSuffix(got, "…") {
			t.Errorf("Fit(%q, %g) = %q has no ellipsis", c.text, c.width, got)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, r := range "The quick brown fox" {
				typeface.Width(string(r)+"V", 12, typeface.Bold)
				for _, s := range typeface.Shape(nil, string(r), typeface.Bold) {
					if _, err := typeface.Outline(s.Glyph, 12, typeface.Bold); err != nil {
						t.Errorf("%q: %v", r, err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestFitEnds(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  string
	}{
		{"Thread-1", 100, "Thread-1"},
		{"ThreadPoolExecutor-0_3", 110, "ThreadPool…-0_3"},
		{"ThreadPoolExecutor-0_3", 30, "Thr…"},
	} {
		if got := typeface.FitEnds(c.text, 4, c.width, 13, typeface.Regular); got != c.want {
			t.Errorf("FitEnds(%q, %g) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}
