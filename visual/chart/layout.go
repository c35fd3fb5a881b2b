package chart

import (
	"math"
	"time"

	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// The chart's measures, in logical pixels. They are those of the drawings.
const (
	pad        = 12.0 // from the card's edge to what is in it
	headerMid  = 26.0 // of the title and the legend
	tickMid    = 57.0 // of the names of ticks
	rulerY     = 68.0 // where the lines of the grid begin
	rowsY      = 75.0 // where the first row begins
	rowsGap    = 14.0 // after the last row
	titleMid   = 20.0 // of a section's title, below its rule
	titleSpace = 35.0 // from a section's rule to what it shows
	sectionGap = 15.0 // from what a section shows to the next rule
	bottomGap  = 18.0 // under the last section

	minLabels, maxLabels = 104.0, 190.0 // widths of the labels' column
	labelGap             = 10.0         // between a label and the plot

	memoryLeast = 78.0 // height of a memory section with its title

	lecturePitch = 36 // rows of a lecture are at least as tall, where that costs only cores and memory

	crowdSize = 12 // more lanes than this take room from cores and memory
)

// pitches are the heights that rows can have: few, so that a live picture seldom changes its spacing.
var pitches = []float64{76, 58, 46, 36, 28, 22, 16}

// maxStrips is how many cores get a strip each; more become a heat map.
const maxStrips = 16

// layout is where everything stands. Drawing and hit test share it.
type layout struct {
	view  View
	rec   *recording.Recording
	axis  axis
	scale float64
	card  scene.Box

	plot  scene.Box // the time axis's width; from the ruler to the end of the last section
	pitch float64
	all   []row
	first int                // the row among all that is shown first
	rows  []row              // those that are shown
	rest  []*recording.Track // lanes that there is no room for: the last row stands for them
	total int                // how many rows there are in all
	crowd *crowd             // only for drawing

	stateTime func(recording.State) time.Duration // that all lanes spent in a state

	coresRule  float64 // 0: there is no such section
	strips     []strip
	workers    bool // it was seen which worker was on which core
	memoryRule float64
	memoryPlot scene.Box
	peak       peak                   // only for drawing
	measure    func(Stretch) Measured // only for drawing
}

// strip is the place of one core.
type strip struct {
	scene.Box
	core   int
	series *recording.Series // how busy it was by anybody; nil before the first sample
	track  *recording.Track  // which worker was on it; nil where that was not seen
}

// snap moves a length to whole device pixels.
func (l *layout) snap(v float64) float64 { return math.Round(v*l.scale) / l.scale }

func (c *Chart) layout(v View, x, y float64) *layout {
	l := &layout{view: v, rec: c.rec, scale: v.scale(), crowd: &c.crowd, stateTime: c.timeIn}
	l.card = scene.Box{X: l.snap(x), Y: l.snap(y), W: l.snap(v.Width), H: l.snap(v.Height)}
	labels := min(max(v.Width*0.118, minLabels), maxLabels)
	l.plot.X = l.snap(l.card.X + pad + labels)
	l.plot.W = max(l.snap(l.card.Right()-pad)-l.plot.X, 1/l.scale)
	l.plot.Y = l.snap(l.card.Y + rulerY)
	l.axis = newAxis(v.From, v.To, int(math.Round(l.plot.W*l.scale)))

	cores := coresOf(c.rec)
	lanes := 0
	if c.rec != nil {
		lanes = len(c.rec.Tracks())
	}
	crowded := lanes > crowdSize || v.Height < 420
	coresHeight := l.coresHeight(len(cores), crowded)
	memoryHeight := max(memoryLeast, 0.2*l.card.H)
	if crowded {
		memoryHeight = max(memoryLeast-10, 0.15*l.card.H)
	}
	least := 3 * pitches[len(pitches)-1]
	if v.Lecture {
		least = lecturePitch * float64(min(max(lanes, 3), crowdSize))
	}
	for _, drop := range []*float64{&memoryHeight, &coresHeight} {
		if l.card.H-rowsY-coresHeight-memoryHeight < least {
			*drop = 0 // a small picture shows the lanes first
		}
	}
	room := l.card.H - rowsY - rowsGap - coresHeight - memoryHeight
	rowsHeight := c.placeRows(l, room)

	at := l.card.Y + rowsY + rowsHeight + rowsGap
	// What the lanes leave over makes the memory taller, up to a third of the card.
	spare := room - rowsHeight
	if memoryHeight > 0 {
		taller := min(spare, max(0.34*l.card.H-memoryHeight, 0))
		memoryHeight += taller
		spare -= taller
	}
	at += spare
	if coresHeight > 0 {
		l.coresRule = l.snap(at)
		l.placeStrips(cores, at+titleSpace, coresHeight-titleSpace-sectionGap)
		at += coresHeight
	}
	if memoryHeight > 0 {
		l.memoryRule = l.snap(at)
		top := l.snap(at + sectionGap)
		l.memoryPlot = scene.Box{X: l.plot.X, Y: top, W: l.plot.W, H: l.snap(l.card.Bottom()-bottomGap) - top}
		at = l.memoryPlot.Bottom()
	} else {
		at = l.card.Bottom() - bottomGap
	}
	l.plot.H = l.snap(at) - l.plot.Y
	return l
}

// placeRows chooses the rows' height and which of them are shown, and returns how much of the room they take.
func (c *Chart) placeRows(l *layout, room float64) float64 {
	least := pitches[len(pitches)-1]
	fit := max(int(room/least), 1)
	l.all = c.rowsOf(l.view.Lanes, fit)
	l.total = len(l.all)
	l.rows = l.all
	wanted := max(l.total, 2)
	if c.rec == nil || c.rec.End == nil {
		wanted = max(l.total, 5) // a live run keeps place for the lanes to come
	}
	for _, l.pitch = range pitches {
		if float64(wanted)*l.pitch <= room {
			return float64(wanted) * l.pitch
		}
	}
	if l.total <= fit {
		return room
	}
	show := max(fit-1, 1) // one row stands for the others
	l.first = min(max(l.view.Lanes.First, 0), l.total-show)
	l.rows = l.all[l.first : l.first+show]
	for i, r := range l.all {
		if i < l.first || i >= l.first+show {
			if l.rest = append(l.rest, r.track); r.group != nil {
				l.rest = append(l.rest, r.group[1:]...)
			}
		}
	}
	return room
}

// rowsBottom is where the last row ends, that of the rest included.
func (l *layout) rowsBottom() float64 {
	n := len(l.rows)
	if len(l.rest) > 0 {
		n++
	}
	return l.rowTop(n)
}

// rowTop is where a row begins.
func (l *layout) rowTop(i int) float64 { return l.card.Y + rowsY + float64(i)*l.pitch }

// rowMid is the middle of a row, on whole device pixels.
func (l *layout) rowMid(i int) float64 { return l.snap(l.rowTop(i) + l.pitch/2) }

// barHeight is how tall a state of full height is drawn, in device pixels.
func (l *layout) barHeight() int {
	share := 0.62
	if l.pitch < 40 {
		share = 0.7
	}
	return max(int(math.Round(l.pitch*share*l.scale)), 3)
}

// x is where a time stands.
func (l *layout) x(column float64) float64 { return l.plot.X + column/l.scale }
