//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"regatta/workloads/catalog"
	"regatta/workloads/plan"
)

// panel is the side of the window where a run is chosen and started.
type panel struct {
	object    fyne.CanvasObject
	workloads *chooser
	models    *chooser
	reasons   *widget.Label   // why some models cannot be chosen
	below     *fyne.Container // where they stand
	form      *form
	run       *push
	menu      *widget.Button
	ground    *canvas.Rectangle

	pair    catalog.Pair
	changed func() // another pair or other settings
}

const panelWidth = 288

// newPanel makes it. runtime is the name of what programs run on; press is called when the large button is.
func newPanel(runtime string, keys keys, press, menu, changed func()) *panel {
	p := &panel{changed: changed, ground: canvas.NewRectangle(nil)}
	var workloads, models []option
	for _, w := range catalog.Workloads() {
		workloads = append(workloads, option{w.ID, w.Name, w.Tag})
	}
	for _, m := range catalog.Models() {
		models = append(models, option{m.ID, m.Name, ""})
	}
	p.workloads = newChooser(workloads, false, 34, func(string) { p.choose() }, keys)
	p.models = newChooser(models, true, 26, func(string) { p.choose() }, keys)
	p.models.chosen = "threads"
	p.reasons = widget.NewLabel("")
	p.reasons.Wrapping = fyne.TextWrapWord
	p.reasons.SizeName = theme.SizeNameCaptionText
	p.reasons.Importance = widget.LowImportance
	p.below = container.New(inset(6, 0, 0, 0), p.reasons)
	p.form = newForm(keys, func() { p.changed() })
	p.run = newPush("Run", press, keys.typed)
	p.run.char = keys.char
	p.menu = widget.NewButtonWithIcon("", theme.MenuIcon(), menu)
	p.menu.Importance = widget.LowImportance

	title := container.New(placed{
		min: func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(panelWidth, 56) },
		place: func(o []fyne.CanvasObject, size fyne.Size) {
			h := o[0].MinSize().Height
			put(o[0], 20, 28-h/2, 160, h)
			put(o[1], size.Width-14-30, 28-15, 30, 30)
		},
	}, newBold("Regatta", 20, theme.ColorNameForeground), p.menu)
	runtimeRow := container.New(placed{
		min: func(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, o[0].MinSize().Height+8) },
		place: func(o []fyne.CanvasObject, size fyne.Size) {
			h := o[0].MinSize().Height
			put(o[0], 0, 6, 70, h)
			put(o[1], 70, 6, size.Width-70, h)
		},
	}, newText("Runtime", 13, colorMuted), trailing(runtime))
	settings := container.New(inset(24, 2, 24, 12), container.New(pile(4), p.form.object, runtimeRow))
	rows := container.New(pile(0),
		heading("WORKLOAD"), container.New(inset(12, 0, 12, 12), p.workloads),
		heading("MODEL"), container.New(inset(12, 0, 12, 12), container.New(pile(0), p.models, p.below)),
		heading("SETTINGS"), settings,
	)
	run := container.New(inset(16, 10, 16, 18), p.run)
	content := container.NewBorder(title, run, nil, nil, container.NewVScroll(rows))
	p.object = container.NewStack(p.ground, content)
	p.paint()
	return p
}

// heading is a small title in the panel.
func heading(words string) fyne.CanvasObject {
	return container.New(inset(20, 4, 20, 8), newBold(words, 11, colorMuted))
}

func trailing(words string) *text {
	t := newText(words, 13, theme.ColorNameForeground)
	t.align = fyne.TextAlignTrailing
	return t
}

// paint takes the colour of the ground from the theme.
func (p *panel) paint() {
	p.ground.FillColor = theme.Color(colorPanel)
	p.ground.Refresh()
}

// choose takes the pair that the lists show, and offers the models that the workload runs under.
func (p *panel) choose() {
	workload := catalog.Workloads()[p.workloads.index()]
	p.models.Refuse(workload.Refused)
	p.reasons.SetText(p.models.Reasons())
	setVisible(p.below, len(workload.Refused) > 0)
	pair, err := catalog.Find(workload.ID, p.models.chosen)
	if err != nil {
		return
	}
	p.pair = pair
	p.form.Show(pair)
}

// Choice is what would be run; ok is false while a setting is wrong.
func (p *panel) Choice() (choice plan.Choice, ok bool) {
	values, ok := p.form.Values()
	return plan.Choice{Pair: p.pair, Values: values}, ok
}

// Show puts the large button right for a phase of the controller.
func (p *panel) Show(phase phase) {
	switch {
	case phase == stopping:
		p.run.Set("Stopping…", true, true)
	case phase.busy():
		p.run.Set("Stop", true, false)
	default:
		_, ok := p.form.Values()
		p.run.Set("Run", false, !ok)
	}
}
