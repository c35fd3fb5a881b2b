//go:build cgo

package window

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"regatta/workloads/recording"
)

// ranView makes a window that shows a finished run.
func ranView(t *testing.T) (v *view, dispatched func()) {
	t.Helper()
	f := &fakeStarter{t: t, status: recording.Finished}
	v, dispatched = testView(t, f)
	v.press()
	f.latest().finish()
	<-v.control.Over()
	dispatched()
	return v, dispatched
}

func (v *view) typeKey(name fyne.KeyName) { v.typed(&fyne.KeyEvent{Name: name}) }

func TestLectureSize(t *testing.T) {
	v, _ := ranView(t)
	v.win.Resize(fyne.NewSize(1440, 900))
	if v.result.bar.object.Visible() {
		t.Error("there is a row of controls before anybody asked for one")
	}
	for key, do := range map[string]func(){"l": func() { v.char('l') }, "F11": func() { v.typeKey(fyne.KeyF11) }} {
		do()
		if !v.lecture || v.panel.object.Visible() || !v.result.bar.object.Visible() || v.result.figures.object.Visible() {
			t.Errorf("%s: lecture %t, panel %t, bar %t", key, v.lecture, v.panel.object.Visible(), v.result.bar.object.Visible())
		}
		if v.result.title.size != 46 || v.result.object.Size().Width != v.content.Size().Width {
			t.Errorf("%s: the title is %v large, the result %v wide", key, v.result.title.size, v.result.object.Size().Width)
		}
		for _, b := range v.result.bar.buttons {
			if right := b.Position().X + b.Size().Width; right > v.result.bar.object.Size().Width {
				t.Errorf("%s: a button ends at %.0f of %.0f", key, right, v.result.bar.object.Size().Width)
			}
		}
		v.typeKey(fyne.KeyEscape)
		if v.lecture || !v.panel.object.Visible() || v.result.bar.object.Visible() || v.result.title.size != 23 {
			t.Errorf("%s: Escape does not leave it", key)
		}
	}
	v.char('l')
	test.Tap(v.result.bar.leave)
	if v.lecture {
		t.Error("the button does not leave it")
	}
}

func TestReplayInTheWindow(t *testing.T) {
	v, dispatched := ranView(t)
	v.char(',') // of the timeline: nothing is replayed
	if v.replay.active {
		t.Error("a step of the selection began a replay")
	}
	v.char('p')
	dispatched()
	if !v.replay.playing || !v.result.bar.object.Visible() || v.result.bar.play.label != "Pause" {
		t.Errorf("playing %t, bar %t, %q", v.replay.playing, v.result.bar.object.Visible(), v.result.bar.play.label)
	}
	v.char('p')
	if v.replay.playing || v.result.bar.play.label != "Go on at 1/10 speed" {
		t.Errorf("paused: %q", v.result.bar.play.label)
	}
	at := v.replay.at
	v.char('.')
	if v.replay.at <= at {
		t.Errorf("a step leads from %v to %v", at, v.replay.at)
	}
	v.result.bar.speed.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if v.result.bar.play.label != "Go on at 1/100 speed" {
		t.Errorf("the speed is %q", v.result.bar.play.label)
	}
	v.typeKey(fyne.KeyEscape)
	if v.replay.active || v.result.bar.object.Visible() {
		t.Error("Escape does not end the replay")
	}
	v.char('p')
	v.press() // another run
	dispatched()
	if v.replay.active || v.replay.length != 0 {
		t.Error("the replay goes on during the next run")
	}
}

func TestShortcutSheet(t *testing.T) {
	v, _ := testView(t, &fakeStarter{t: t})
	for _, closing := range []func(){func() { v.typeKey(fyne.KeyEscape) }, func() { v.char('?') }} {
		v.char('?')
		if v.sheet == nil || !v.covered() {
			t.Fatal("? shows nothing")
		}
		v.char('l')
		v.typeKey(fyne.KeySpace)
		if v.lecture || v.control.State().phase != idle {
			t.Error("keys work behind the sheet")
		}
		closing()
		if v.covered() {
			t.Error("the sheet does not go")
		}
	}
	for _, group := range shortcuts {
		for _, k := range group.keys {
			if strings.TrimSpace(k[0]) == "" || strings.TrimSpace(k[1]) == "" {
				t.Errorf("%s: %q has a hole", group.title, k)
			}
		}
	}
}

func TestFilterByName(t *testing.T) {
	v, _ := ranView(t)
	if !v.result.filter.Visible() {
		t.Fatal("there is no filter")
	}
	v.char('/')
	if v.win.Canvas().Focused() != v.result.filter {
		t.Fatal("/ does not lead to the filter")
	}
	test.Type(v.result.filter, "Thread")
	v.result.filter.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if v.win.Canvas().Focused() != nil || v.control.State().phase.busy() || v.result.filter.Text != "Thread" {
		t.Error("Return in the filter does not just leave it")
	}
	v.typeKey(fyne.KeyEscape)
	if v.result.filter.Text != "" {
		t.Error("Escape does not empty the filter")
	}
	v.result.tabs.Choose(sourceTabIndex)
	if v.result.filter.Visible() {
		t.Error("there is a filter of lanes over the source")
	}
	v.char('/')
	if v.win.Canvas().Focused() != nil {
		t.Error("/ leads to a filter that nobody sees")
	}
}

func TestSettingsAreKept(t *testing.T) {
	v, _ := testView(t, &fakeStarter{t: t})
	v.actions.patterns.Action()
	v.char('q')
	v.menu()
	if !v.patterns() || !v.quiet() || !v.actions.patterns.Checked || !v.actions.quiet.Checked {
		t.Errorf("patterns %t, quiet %t", v.patterns(), v.quiet())
	}
	v.char('q')
	if v.quiet() {
		t.Error("q does not take quiet back")
	}
}

func TestQuietRun(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Finished}
	v, dispatched := testView(t, f)
	v.setQuiet(true)
	v.press()
	awaitPhase(t, v.control, running)
	dispatched()
	if s := v.control.State(); s.shown != nil || s.summary != nil {
		t.Error("a quiet run is followed")
	}
	if !strings.Contains(v.result.subtitle.content, "quiet") {
		t.Errorf("nobody says why there is nothing to see: %q", v.result.subtitle.content)
	}
	f.latest().finish()
	<-v.control.Over()
	dispatched()
	if s := v.control.State(); s.shown == nil || s.summary == nil || len(s.summary.Lanes) != 2 || s.window == nil {
		t.Errorf("at the end: %+v", s)
	}
}

// TestTabReachesEverything: Tab leads to every control and to the timeline, and each shows that it has the keyboard.
func TestTabReachesEverything(t *testing.T) {
	v, _ := ranView(t)
	c := v.win.Canvas()
	var reached []fyne.Focusable
	for range 40 {
		c.(interface{ FocusNext() }).FocusNext()
		if slices.Contains(reached, c.Focused()) {
			break
		}
		reached = append(reached, c.Focused())
	}
	for name, want := range map[string]fyne.Focusable{
		"workloads": v.panel.workloads, "models": v.panel.models, "run": v.panel.run, "tabs": v.result.tabs,
		"filter": v.result.filter, "timeline": v.result.timeline, "menu": v.panel.menu,
	} {
		if !slices.Contains(reached, want) {
			t.Errorf("Tab does not reach the %s", name)
		}
	}
}

func TestNumbersSayWhatWasObserved(t *testing.T) {
	v, _ := ranView(t)
	s := *v.control.State().summary
	rate, share := 950.0, 0.021
	s.Observer.RateHz, s.Observer.CPUShare, s.Observer.Late, s.Observer.Sources = &rate, &share, 12, []string{"kernel (/proc)", "probe"}
	window := 0.08
	text := strings.Join(facts(s, &window), "\n")
	for _, want := range []string{
		"Lanes come from: kernel (/proc), probe", "950 samples of the lanes a second", "12 samples came late", "window itself took 8.0 %",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the numbers do not say %q:\n%s", want, text)
		}
	}
}

func TestHintToFollowAgain(t *testing.T) {
	f := &fakeStarter{t: t}
	v, dispatched := testView(t, f)
	v.press()
	await(t, "lanes", func() bool { dispatched(); return v.control.State().summary != nil })
	if v.show(); v.result.hint.content != "" {
		t.Errorf("while the run is followed there is a hint: %q", v.result.hint.content)
	}
	v.char('+')
	if v.show(); !strings.Contains(v.result.hint.content, "F follows") {
		t.Errorf("nobody says how to follow again: %q", v.result.hint.content)
	}
	v.char('f')
	if v.show(); v.result.hint.content != "" {
		t.Errorf("the hint stays: %q", v.result.hint.content)
	}
}
