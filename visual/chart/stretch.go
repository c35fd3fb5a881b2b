package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"regatta/visual/number"
	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// Stretch is a piece of time that the user measures. The zero value is none.
type Stretch struct{ From, To time.Duration }

// Empty tells whether there is nothing to measure.
func (s Stretch) Empty() bool { return s.To <= s.From }

// Measured is what happened in a stretch of time. What was not measured is NaN.
type Measured struct {
	Stretch
	Lane      *recording.Track // the lane that it is about, nil for all
	States    []StateTime      // the longest first
	CoresBusy float64          // by the run's own tree, in cores
	Memory    float64          // change of resident memory, bytes
}

// StateTime is how long lanes were in a state.
type StateTime struct {
	State recording.State
	Time  time.Duration
	Share float64 // of the lanes' lives within the stretch
}

// Measure measures a stretch: the selected lane, or all lanes that the view's filter leaves. Tasks are left out where
// there are other lanes: they run inside of a thread that counts already.
func (c *Chart) Measure(v View, s Stretch) Measured {
	m := Measured{Stretch: s, CoresBusy: math.NaN(), Memory: math.NaN()}
	if c.rec == nil || s.Empty() {
		return m
	}
	var times recording.Times
	var sum time.Duration
	for _, t := range c.measuredLanes(v, &m) {
		for state, d := range t.Between(s.From, s.To) {
			times[state] += d
			sum += d
		}
	}
	for state, d := range times {
		if d > 0 {
			m.States = append(m.States, StateTime{recording.State(state), d, float64(d) / float64(sum)})
		}
	}
	slices.SortFunc(m.States, func(a, b StateTime) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.State, b.State))
	})
	if ours := c.rec.Series(recording.CoreOurs); len(ours) > 0 {
		m.CoresBusy = meanOver(ours[0].Points, s)
	}
	if before, ok := memoryAt(c.rec, s.From); ok {
		if after, ok := memoryAt(c.rec, min(s.To, c.rec.Seen())); ok {
			m.Memory = after - before
		}
	}
	return m
}

func (c *Chart) measuredLanes(v View, m *Measured) []*recording.Track {
	if t := c.rec.Track(v.Selected.Lane); t != nil {
		m.Lane = t
		return []*recording.Track{t}
	}
	var workers, tasks []*recording.Track
	add := func(t *recording.Track) {
		if t.Kind == recording.Task {
			tasks = append(tasks, t)
		} else {
			workers = append(workers, t)
		}
	}
	for _, r := range c.rowsOf(v.Lanes, math.MaxInt) {
		if r.group == nil {
			add(r.track)
		}
		for _, t := range r.group {
			add(t)
		}
	}
	if len(workers) == 0 {
		return tasks
	}
	return workers
}

// meanOver is the mean of a value whose points are means since the point before, NaN where nothing was measured.
func meanOver(points []recording.Point, s Stretch) float64 {
	i, _ := slices.BinarySearchFunc(points, s.From, func(p recording.Point, at time.Duration) int { return cmp.Compare(p.At, at) })
	sum, covered := 0.0, 0.0
	for ; i < len(points); i++ {
		from := time.Duration(0)
		if i > 0 {
			from = points[i-1].At
		}
		if from >= s.To {
			break
		}
		if d := float64(min(points[i].At, s.To) - max(from, s.From)); d > 0 && !points[i].Missing() {
			sum, covered = sum+d*points[i].Value, covered+d
		}
	}
	if covered == 0 {
		return math.NaN()
	}
	return sum / covered
}

// memoryAt is the resident memory of all processes at a time.
func memoryAt(rec *recording.Recording, at time.Duration) (sum float64, ok bool) {
	for _, s := range rec.Series(recording.RSS) {
		if v, here := s.At(at); here && at <= lifeEnd(rec, s) {
			sum, ok = sum+v, true
		}
	}
	return sum, ok
}

// Tip is what was measured, in words.
func (m Measured) Tip() Tip {
	t := Tip{Title: number.Duration(m.To - m.From)}
	if m.Lane != nil {
		t.Title += " of " + laneName(m.Lane)
	}
	resolution := max((m.To-m.From)/100, 1)
	t.Lines = append(t.Lines, "from "+moment(m.From, resolution)+" to "+moment(m.To, resolution))
	const most = 5
	for _, s := range m.States[:min(len(m.States), most)] {
		t.Lines = append(t.Lines, number.Duration(s.Time)+"  "+number.Percent(s.Share)+" "+inSentence(s.State))
	}
	if !math.IsNaN(m.CoresBusy) {
		t.Lines = append(t.Lines, fmt.Sprintf("%.1f cores busy", m.CoresBusy))
	}
	if m.Memory == 0 {
		t.Lines = append(t.Lines, "memory as before")
	} else if !math.IsNaN(m.Memory) {
		sign := "+"
		if m.Memory < 0 {
			sign = "−"
		}
		t.Lines = append(t.Lines, "memory "+sign+number.Bytes(math.Abs(m.Memory)))
	}
	return t
}

// stretch draws the measured stretch and its numbers.
func (l *layout) stretch(s *scene.Scene) {
	m := l.view.Stretch
	if m.Empty() || l.measure == nil {
		return
	}
	x0, x1 := l.inPlot(m.From), l.inPlot(m.To)
	if x1 <= x0 {
		return
	}
	t := l.view.theme()
	box := scene.Box{X: x0, Y: l.card.Y + tickMid - 9, W: x1 - x0, H: l.plot.Bottom() - l.card.Y - tickMid + 9}
	s.Add(scene.Rect{Box: box, Fill: palette.Alpha(t.Accent, palette.StretchStrength)},
		scene.Rect{Box: scene.Box{X: x0, Y: box.Y, W: 1, H: box.H}, Fill: t.Accent},
		scene.Rect{Box: scene.Box{X: x1 - 1, Y: box.Y, W: 1, H: box.H}, Fill: t.Accent})
	tip := l.measure(m).Tip().Scene(t)
	x := min(max((x0+x1-tip.Width)/2, l.plot.X), l.plot.Right()-tip.Width)
	moved(tip.Shapes, 1, x, l.plot.Y+8)
	s.Add(tip.Shapes...)
}

// inPlot is where a time stands, or the end of the plot that is nearest to it.
func (l *layout) inPlot(at time.Duration) float64 {
	return l.snap(l.x(min(max(l.axis.column(at), 0), float64(l.axis.columns))))
}
