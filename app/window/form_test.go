//go:build cgo

package window

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"regatta/workloads/recording"
)

// testView makes a window in Fyne's test driver. Under test everything runs on the test's goroutine, so dispatched calls
// wait in a queue until the test lets them run.
func testView(t *testing.T, f *fakeStarter) (v *view, run func()) {
	t.Helper()
	t.TempDir() // made before the Cleanup below is, so that it goes after the run that writes there
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look{alwaysLight})
	queue := make(chan func(), 1000)
	v = newView(app, test.NewTempWindow(t, nil), f, func(do func()) { queue <- do })
	v.control.interval = pollInterval / 10
	t.Cleanup(func() { v.control.Close(closePatience) })
	v.show()
	return v, func() {
		for {
			select {
			case do := <-queue:
				do()
			default:
				return
			}
		}
	}
}

// entryOf is the input of a parameter.
func entryOf(t *testing.T, v *view, name string) (*field, *entry) {
	t.Helper()
	for _, f := range v.panel.form.fields {
		if f.param.Name == name {
			return f, f.input.(*entry)
		}
	}
	t.Fatalf("the form has no %s", name)
	return nil, nil
}

func TestFormSaysWhatIsWrong(t *testing.T) {
	v, _ := testView(t, &fakeStarter{t: t})
	f, e := entryOf(t, v, "tasks")
	if f.message.Visible() && f.object.Objects[1].Visible() {
		t.Error("there is a message before anything is wrong")
	}
	for _, typed := range []string{"0", "65", "four", ""} {
		e.SetText(typed)
		if !f.object.Objects[1].Visible() || f.message.Text == "" {
			t.Errorf("%q: no message", typed)
		}
		if !v.panel.run.disabled {
			t.Errorf("%q: Run is not disabled", typed)
		}
		if v.press(); v.control.State().phase != idle {
			t.Fatalf("%q: it ran", typed)
		}
	}
	e.SetText("64")
	if f.object.Objects[1].Visible() || v.panel.run.disabled {
		t.Errorf("with a good number the message is %q, Run disabled %t", f.message.Text, v.panel.run.disabled)
	}
	if c, ok := v.panel.Choice(); !ok || c.Values.Int("tasks") != 64 || c.Values.Int("size") != 10_000_000 {
		t.Errorf("the choice is %v, %t", c.Values, ok)
	}
}

func TestFormKeepsWhatWasTyped(t *testing.T) {
	v, _ := testView(t, &fakeStarter{t: t})
	_, e := entryOf(t, v, "tasks")
	e.SetText("7")
	v.panel.models.Choose("processes")
	v.panel.workloads.Choose("download")
	if _, e := entryOf(t, v, "images"); e.Text != "3" {
		t.Errorf("images is %q", e.Text)
	}
	v.panel.workloads.Choose("sum")
	if _, e := entryOf(t, v, "tasks"); e.Text != "7" {
		t.Errorf("tasks is %q again", e.Text)
	}
	c, ok := v.panel.Choice()
	if !ok || c.Pair.Model.ID != "processes" || c.Values.Text("start_method") != "default" {
		t.Errorf("the choice is %+v, %t", c, ok)
	}
}

func TestButtonFollowsTheRun(t *testing.T) {
	f := &fakeStarter{t: t}
	v, dispatched := testView(t, f)
	if v.panel.run.label != "Run" {
		t.Fatalf("the button says %q", v.panel.run.label)
	}
	test.Tap(v.panel.run)
	dispatched()
	if v.panel.run.label != "Stop" {
		t.Errorf("during a run the button says %q", v.panel.run.label)
	}
	f.latest()
	test.Tap(v.panel.run)
	dispatched()
	if s := v.panel.run.label; s != "Stopping…" && s != "Run" {
		t.Errorf("after Stop the button says %q", s)
	}
	<-v.control.Over()
	dispatched()
	if v.panel.run.label != "Run" || v.result.figures.values[0].content != "1.00 s" {
		t.Errorf("at the end the button says %q, wall time %q", v.panel.run.label, v.result.figures.values[0].content)
	}
}

func TestFailureShowsItsTraceback(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Failed, stderr: "Traceback (most recent call last):\nOSError\n"}
	v, dispatched := testView(t, f)
	test.Tap(v.panel.run)
	f.latest().finish()
	<-v.control.Over()
	dispatched()
	if v.result.tabs.chosen != outputTabIndex || !v.result.output.object.Visible() {
		t.Errorf("the tab is %d", v.result.tabs.chosen)
	}
	test.Tap(v.panel.run) // the window is alive, and a new run begins with its timeline
	dispatched()
	if v.result.tabs.chosen != timelineTabIndex {
		t.Errorf("during the next run the tab is %d", v.result.tabs.chosen)
	}
}

func TestKeys(t *testing.T) {
	f := &fakeStarter{t: t}
	v, dispatched := testView(t, f)
	key := func(name fyne.KeyName) { v.typed(&fyne.KeyEvent{Name: name}); dispatched() }
	_, e := entryOf(t, v, "tasks")
	v.win.Canvas().Focus(e)
	e.TypedRune(' ')
	if v.control.State().phase != idle {
		t.Error("a blank in an input ran the program")
	}
	e.SetText("2")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if v.win.Canvas().Focused() != nil || v.control.State().phase != idle {
		t.Error("Escape does not leave the input")
	}
	key(fyne.KeySpace)
	if !v.control.State().phase.busy() {
		t.Fatal("the space bar does not run")
	}
	key(fyne.KeyEscape)
	if v.control.State().phase == running {
		t.Error("Escape does not stop")
	}
	<-v.control.Over()
	e.TypedShortcut(v.actions.run.Shortcut)
	if !v.control.State().phase.busy() {
		t.Error("Ctrl+R in an input does not run")
	}
}

func TestAppearance(t *testing.T) {
	v, _ := testView(t, &fakeStarter{t: t})
	setAppearance(v.app, alwaysDark)
	if loadAppearance(v.app.Preferences()) != alwaysDark || currentPalette().Name != "dark" {
		t.Errorf("the appearance is %s, the palette %s", loadAppearance(v.app.Preferences()), currentPalette().Name)
	}
	setAppearance(v.app, alwaysLight)
	if currentPalette().Name != "light" {
		t.Error("light is not light")
	}
	v.app.Preferences().SetString(keyAppearance, "pink")
	if loadAppearance(v.app.Preferences()) != followSystem {
		t.Error("nonsense in the preferences is taken")
	}
}

func TestDroppedFiles(t *testing.T) {
	f := &fakeStarter{t: t, status: recording.Finished}
	c := controlled(f)
	c.Start(choice(t))
	f.latest().finish()
	<-c.Over()

	v, dispatched := testView(t, &fakeStarter{t: t})
	v.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(c.State().result.path)})
	await(t, "recording in the window", func() bool { dispatched(); return v.result.last.result != nil })
	if got := v.result.title.content; got != "Threads: 1.00 s, 1.0 of 2 cores kept busy." {
		t.Errorf("the title is %q", got)
	}
	v.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/etc/passwd")})
	if v.win.Canvas().Overlays().Top() == nil {
		t.Error("nobody says that this is no recording")
	}
}

func TestFileDialogsOpen(t *testing.T) {
	t.Setenv("REGATTA_DATA", t.TempDir())
	f := &fakeStarter{t: t, status: recording.Finished}
	v, dispatched := testView(t, f)
	shown := func() bool { return v.win.Canvas().Overlays().Top() != nil }
	v.askSave()
	if shown() {
		t.Error("there is a picture to save before the first run")
	}
	v.press()
	v.askOpen()
	if shown() {
		t.Error("a recording can be opened during a run")
	}
	f.latest().finish()
	<-v.control.Over()
	dispatched()
	for name, ask := range map[string]func(){"open": v.askOpen, "save": v.askSave} {
		if ask(); !shown() {
			t.Errorf("no dialog to %s", name)
		}
		v.typed(&fyne.KeyEvent{Name: fyne.KeySpace})
		v.shortcut(v.actions.run.Shortcut)
		if v.control.State().phase.busy() {
			t.Error("keys run the program behind a dialog")
		}
		v.win.Canvas().Overlays().Remove(v.win.Canvas().Overlays().Top())
	}
}
