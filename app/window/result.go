//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"regatta/visual/story"
	"regatta/visual/timeline"
	"regatta/workloads/analysis"
	"regatta/workloads/catalog"
	"regatta/workloads/recording"
)

// The tabs over the card.
const (
	timelineTabIndex = iota
	numbersTabIndex
	sourceTabIndex
	outputTabIndex
)

// result is the large part of the window: what happened, and the evidence under it.
type result struct {
	object          fyne.CanvasObject
	title, subtitle *text
	figures         *figureRow
	tabs            *tabs
	card            *card
	empty           *empty
	timeline        *timeline.Timeline
	filter          *entry // of the lanes
	hint            *text  // how to follow a run again
	bar             *bar
	numbers         *numbersTab
	source          *sourceTab
	output          *outputTab
	pages           []fyne.CanvasObject // by tab
	evidence        []fyne.CanvasObject // what is hidden until there is something to see

	under    string // the headline
	last     state  // as shown
	hasShown bool
	lecture  bool
	withBar  bool
}

func newResult(dispatch func(func()), clipboard func() fyne.Clipboard) *result {
	r := &result{
		title: newBold("", 23, theme.ColorNameForeground), subtitle: newText("", 14, colorMuted),
		figures: newFigureRow(5), empty: newEmpty(), timeline: timeline.New(dispatch),
		hint:    newText("", 12, colorMuted),
		numbers: newNumbersTab(), source: newSourceTab(), output: newOutputTab(clipboard),
	}
	r.figures.sensor.changed = func(int) { r.showSubtitle() }
	r.tabs = newTabs([]string{"Timeline", "Numbers", "Source", "Output"}, func(int) { r.page() })
	r.pages = []fyne.CanvasObject{r.timeline, r.numbers.object, r.source.object, r.output.object}
	r.card = newCard(append([]fyne.CanvasObject{r.empty.object}, r.pages...)...)
	r.hint.align = fyne.TextAlignTrailing
	r.filter = newEntry("")
	r.filter.PlaceHolder = "Filter lanes"
	r.filter.OnChanged = r.timeline.SetFilter
	r.filter.focus = func(bool) {}
	r.evidence = []fyne.CanvasObject{r.figures.object, r.tabs}
	r.object = container.New(placed{
		min:   func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(620, 480) },
		place: func(_ []fyne.CanvasObject, size fyne.Size) { r.place(size) },
	}, r.title, r.subtitle, r.figures.object, r.tabs, r.hint, r.filter, r.card.object)
	return r
}

// timelineShows tells whether the timeline is what the user looks at, so that keys are for it.
func (r *result) timelineShows() bool { return r.hasShown && r.tabs.chosen == timelineTabIndex }

// place puts the parts under each other; the card takes what is left.
func (r *result) place(size fyne.Size) {
	const left, right, edge = 28, 24, 16
	bottom := size.Height - edge
	if r.withBar {
		bottom = size.Height - barHeight
		put(r.bar.object, edge, bottom, size.Width-2*edge, barHeight)
	}
	width := size.Width - left - right
	if r.lecture {
		r.placeLecture(width, bottom, size.Width-2*edge)
		return
	}
	h := r.title.MinSize().Height
	put(r.title, left, 34-h/2, width, h)
	h = r.subtitle.MinSize().Height
	put(r.subtitle, left, 64-h/2, width, h)
	y := float32(92)
	if r.hasShown {
		put(r.figures.object, left, y, width, 52)
		y += 64
		put(r.tabs, left, y, width-filterWidth-hintWidth, 28)
		put(r.hint, left+width-filterWidth-hintWidth-10, y+6, hintWidth, 16)
		put(r.filter, left+width-filterWidth, y-3, filterWidth, 30)
		y += 32
	}
	put(r.card.object, edge, y, size.Width-2*edge, bottom-y)
}

const (
	filterWidth = 170
	hintWidth   = 150
)

// page shows the tab that is chosen, or what stands in for all of them.
func (r *result) page() {
	for _, o := range r.evidence {
		setVisible(o, r.hasShown && !r.lecture)
	}
	for _, o := range []fyne.CanvasObject{r.filter, r.hint} {
		setVisible(o, r.timelineShows() && !r.lecture)
	}
	setVisible(r.bar.object, r.withBar)
	setVisible(r.empty.object, !r.hasShown)
	setVisible(r.card.ground, !r.hasShown || r.tabs.chosen != timelineTabIndex)
	for i, p := range r.pages {
		setVisible(p, r.hasShown && i == r.tabs.chosen)
	}
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// Show brings the right side up to a state. Parts that did not change are left alone.
func (r *result) Show(s state, chosen catalog.Pair) {
	title, subtitle := headline(s, chosen)
	r.title.Set(title, theme.ColorNameForeground)
	r.under = subtitle
	r.showSubtitle()
	r.empty.Show(chosen)

	began := s.phase.busy() && !r.last.phase.busy()
	if s.shown != nil && !r.hasShown { // unpacking Python for the first run shows nothing yet
		r.hasShown = true
		r.page()
		r.place(r.object.Size())
	}
	switch {
	case s.shown != r.last.shown && s.shown == nil:
		r.timeline.SetRecording(nil, nil)
	case s.shown != r.last.shown:
		r.timeline.SetRecording(s.shown.reader.Recording(), &s.shown.mu)
	case s.shown != nil && s.phase.busy() || s.result != r.last.result:
		r.timeline.Update()
	}
	hint := ""
	if s.phase.busy() && s.shown != nil && !r.timeline.Follows() {
		hint = "F follows the run"
	}
	r.hint.Set(hint, colorMuted)
	if began || s.summary != r.last.summary {
		r.figures.Show(figures(s.summary))
	}
	if s.result != r.last.result {
		r.showContent(s)
	}
	if began && r.tabs.chosen != timelineTabIndex {
		r.tabs.Choose(timelineTabIndex)
	}
	if s.result != nil && s.result != r.last.result && failed(s.summary) {
		r.tabs.Choose(outputTabIndex)
	}
	r.last = s
}

// showSubtitle shows what stands under the headline, or what the number means that is pointed at.
func (r *result) showSubtitle() {
	text := r.under
	if i := r.figures.sensor.on; i != nowhere && r.last.summary != nil {
		text = story.Meanings(*r.last.summary)[i]
	}
	r.subtitle.Set(text, colorMuted)
}

// failed tells whether the program broke, so that its traceback is what matters.
func failed(s *analysis.Summary) bool { return s != nil && s.Status == recording.Failed }

// showContent fills the pages that wait for the end of the run, or empties them.
func (r *result) showContent(s state) {
	r.output.Show(s.result)
	if s.result == nil {
		r.numbers.Show(nil, nil, nil)
		r.source.Show(nil)
		return
	}
	r.numbers.Show(s.summary, s.window, s.warnings)
	r.source.Show(s.result.sources)
}

// paint takes the colours of what is no widget from the theme.
func (r *result) paint() {
	r.figures.paint()
	r.card.paint()
	r.empty.paint()
	r.source.paint()
	r.output.paint()
}
