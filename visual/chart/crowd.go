package chart

import (
	"math/bits"

	"regatta/workloads/recording"
)

// crowd adds up what many lanes do, column by column, for a row that stands for all of them: a folded group, or those
// that there is no room for. It is drawn as a mixture is: full height where all of those that live work, and as strong
// as their share where some do. Many short spans are added up beforehand, in steps of time (tally.go).
type crowd struct {
	columns []mixture
	first   int      // the number of columns[0]
	edges   []change // how many more lanes are in a state from a column on than in the one before
	tallies map[recording.LaneID]*tally
	one     walk // along one lane
}

// change is a number of lanes by state.
type change [mixtureStates]int32

// count adds up lanes in the columns from first up to but not including last.
func (c *crowd) count(lanes []*recording.Track, a axis, first, last int) {
	c.begin(first, last)
	for _, t := range lanes {
		c.one.merge(t, a, first, last, c)
	}
	c.end()
}

// countAll is count for all columns, for lanes that will be asked for again under the same name.
func (c *crowd) countAll(name recording.LaneID, lanes []*recording.Track, a axis) {
	steps := c.tallyOf(name, lanes)
	if steps == nil || a.each < float64(steps.width) {
		c.count(lanes, a, 0, a.columns)
		return
	}
	c.begin(0, a.columns)
	steps.addTo(c, a)
	c.end()
}

func (c *crowd) begin(first, last int) {
	c.first = first
	n := last - first
	if cap(c.columns) < n {
		c.columns, c.edges = make([]mixture, n), make([]change, n+1)
	}
	c.columns, c.edges = c.columns[:n], c.edges[:n+1]
	clear(c.columns)
	clear(c.edges)
}

// run counts a lane that is in one state over many columns. Only where that changes is noted.
func (c *crowd) run(s recording.State, first, last int) {
	s &= mixtureStates - 1
	c.edges[first-c.first][s]++
	c.edges[last-c.first][s]--
}

func (c *crowd) mixed(column int, m *mixture) {
	sum := &c.columns[column-c.first]
	for left := m.seen; left != 0; left &= left - 1 {
		s := bits.TrailingZeros16(left) & (mixtureStates - 1)
		sum.share[s] += m.share[s]
	}
	sum.short |= m.short
	sum.spans += m.spans
}

// stretch adds a lane that is in one state between two places, in columns.
func (c *crowd) stretch(s recording.State, from, to float64) {
	from, to = max(from, 0), min(to, float64(len(c.columns)))
	if !(from < to) {
		return
	}
	first, last := int(from), int(to)
	add := func(column int, share float64) {
		if share > 0 {
			c.columns[column].share[s&(mixtureStates-1)] += float32(share)
			c.columns[column].spans++
		}
	}
	if first == last {
		add(first, to-from)
		return
	}
	add(first, float64(first+1)-from)
	add(min(last, len(c.columns)-1), to-float64(last))
	c.run(s, c.first+first+1, c.first+last)
}

// end makes each column the mean over the lanes that lived in it.
func (c *crowd) end() {
	var in change
	for i := range c.columns {
		m, edge := &c.columns[i], &c.edges[i]
		lived := float32(0)
		for s := range in {
			in[s] += edge[s]
			m.share[s] += float32(in[s])
			m.spans += int(in[s])
			if m.share[s] > 0 {
				m.seen |= 1 << s
				lived += m.share[s]
			}
		}
		if lived*traceTall > 1 { // one among that many must not vanish either
			m.short = m.seen
		}
		if lived > 1 {
			for s := range m.share {
				m.share[s] /= lived
			}
		}
	}
}

// mean is a column's mean over the lanes that lived in it.
func (c *crowd) mean(i int) *mixture { return &c.columns[i] }

// crowdOf draws a row that stands for many lanes: those inside of one, or the rest, which have no lane's name.
func (l *layout) crowdOf(name recording.LaneID, lanes []*recording.Track, b *brush) {
	l.crowd.countAll(name, lanes, l.axis)
	for i := range l.crowd.columns {
		if m := l.crowd.mean(i); m.seen != 0 {
			b.mixed(i, m)
		}
	}
}
