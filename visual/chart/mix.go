package chart

import (
	"cmp"
	"image/color"
	"math"
	"math/bits"
	"slices"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// A span too short to see must not vanish where it stands alone, and must not look like more than it is where there are
// many. So a state has at least lonely of a column that holds one short span of it between two others, and the less the
// more spans there are, down to a trace. What is above that is as it is.
const (
	lonely     = 0.25
	traceTall  = 0.12 // of strength: a tall state among thin ones
	traceShort = 0.03 // of colour: a thin state among tall ones, where little is seen already
)

// manySpans in a column have shares that are much like those of the next.
const manySpans = 12

// least is how much of a column a state has at least, by how many spans there are; of each pair the second is for a
// state with short ones. (A table needs no branch, which in a crowded picture would be guessed wrong at every column. For
// the same reason min and max of floats are avoided below: they mind numbers that are none.)
var least = func() (t [26]floors) {
	for n := range t {
		share := lonely * 3 / float32(max(n, 3))
		t[n].strength[1], t[n].colour[1] = max(share, traceTall), max(share, traceShort)
	}
	return t
}()

// floors are of a state without short spans, which has none, and of one with them.
type floors struct{ strength, colour [2]float32 }

// maxLevels is how many heights there can be.
const maxLevels = 6

// brush draws the columns of lanes. What is at a distance from a lane's middle is the mean of the states that are tall
// enough to reach there, and as strong as the share of time that they take.
type brush struct {
	*ink
	levels []scene.Band          // the heights that states are drawn at, relative to the row's middle, the tallest first
	states [mixtureStates]drawn  // by rank
	look   [mixtureStates]*drawn // by state, nil for those that are not drawn
	inks   uint16                // a bit for each state that is drawn
	unused uint16                // a bit for each state that no lane of the picture has
	dots   color.NRGBA

	axis         axis
	plotX, scale float64
	mid          float32
	full         int // device pixels of full height
	one          walk
}

// drawn is how a state is drawn.
type drawn struct {
	state  recording.State
	level  int
	same   uint16 // a bit for each rank at the same level
	fill   color.NRGBA
	linear [3]float32
}

func newBrush(l *layout, k *ink) *brush {
	t := l.view.theme()
	b := &brush{unused: l.unused(), ink: k, axis: l.axis, plotX: l.plot.X, scale: l.scale, full: l.barHeight(), dots: t.Track}
	var same [maxLevels]uint16
	for rank, s := range ranks {
		height, c := palette.Height(s), t.State(s)
		if height == 0 || b.unused&(1<<s) != 0 {
			continue
		}
		at := b.extent(height)
		if n := len(b.levels); n == 0 || b.levels[n-1] != at {
			b.levels = append(b.levels, at)
		}
		level := len(b.levels) - 1
		b.states[rank] = drawn{state: s, level: level, fill: c, linear: [3]float32{toLinear[c.R], toLinear[c.G], toLinear[c.B]}}
		b.look[s] = &b.states[rank]
		b.inks |= 1 << s
		same[level] |= 1 << rank
	}
	for rank := range b.states {
		b.states[rank].same = same[b.states[rank].level]
	}
	return b
}

// unused has a bit for each state that no lane has: it needs no height of its own.
func (l *layout) unused() uint16 {
	if l.rec == nil {
		return 0
	}
	unused := ^uint16(0)
	for _, t := range l.rec.Tracks() {
		for s, d := range t.Total() {
			if d > 0 {
				unused &^= 1 << s
			}
		}
	}
	return unused
}

// extent is where a bar of a height begins and ends, on whole device pixels, so that edges are sharp at every height.
func (b *brush) extent(height float64) scene.Band {
	h := max(int(math.Round(height*float64(b.full))), 1)
	from := (b.full-h)/2 - b.full/2
	return scene.Band{Top: float32(float64(from) / b.scale), Bottom: float32(float64(from+h) / b.scale)}
}

// row draws a row around a middle: what draw gives to the brush.
func (b *brush) row(mid float64, draw func()) {
	b.mid = float32(mid)
	draw()
	b.endRow(b.plotX, 1/b.scale, b.mid, b.levels)
}

func (b *brush) x(column int) float32 { return float32(b.plotX + float64(column)/b.scale) }

func (b *brush) run(s recording.State, first, last int) {
	d := b.look[s&(mixtureStates-1)]
	if d == nil {
		b.unseen(first, last)
		return
	}
	at := b.levels[d.level]
	b.bars = append(b.bars, scene.Bar{
		X0: b.x(first), Y0: b.mid + at.Top, X1: b.x(last), Y1: b.mid + at.Bottom, Fill: d.fill,
	})
}

// unseen dots the middle of a stretch that nobody saw: the lane lived, and more is not known. The dots stand at fixed
// times, so that they do not crawl while a live stretch grows or the view is moved.
func (b *brush) unseen(first, last int) {
	dot := max(int(math.Round(2*b.scale)), 1)
	step := 4 * dot
	offset := int(b.axis.base % int64(step))
	for c := (first+offset+step-1)/step*step - offset; c+dot <= last; c += step {
		y := b.mid - float32(dot/2)/float32(b.scale)
		b.bars = append(b.bars, scene.Bar{
			X0: b.x(c), Y0: y, X1: b.x(c + dot), Y1: y + float32(float64(dot)/b.scale), Fill: b.dots,
		})
	}
}

func (b *brush) mixed(column int, m *mixture) {
	b.columns = append(b.columns, int32(column))
	from := len(b.fills)
	if cap(b.fills) < from+2*maxLevels {
		b.fills = slices.Grow(b.fills, 2*maxLevels)
	}
	fills := (*levelFills)(b.fills[from : from+2*maxLevels])
	*(*[maxLevels]scene.Packed)(fills[:]) = [maxLevels]scene.Packed{}
	atLeast := &least[min(m.spans, len(least)-1)]
	if m.spans < manySpans {
		b.few(fills, m, atLeast)
	} else {
		b.many(fills, m, atLeast)
	}
	b.fills = b.fills[:from+len(b.levels)]
}

// levelFills is a column's fills, and room for what [levelFills.put] puts beyond the last.
type levelFills [2 * maxLevels]scene.Packed

// put fills a level and those within it.
func (f *levelFills) put(level int, red, green, blue, strength float32) {
	fill := fromLinear(red) | fromLinear(green)<<8 | fromLinear(blue)<<16 | scene.Packed(strength*255+0.5)<<24
	inner := (*[maxLevels]scene.Packed)(f[level:])
	// An array of them would be made elsewhere and copied, which stalls.
	inner[0], inner[1], inner[2], inner[3], inner[4], inner[5] = fill, fill, fill, fill, fill, fill
}

// few fills the levels of a column of a few spans. Nothing can be foretold of their shares, so that it has no branches for
// them. For many spans it would give the same as [brush.many].
func (b *brush) few(fills *levelFills, m *mixture, atLeast *floors) {
	var red, green, blue float32
	var share, weight float32 // of the states so far: of the time, and of the colour
	var floor float32         // of the strength
	for left := byHeight(m.seen & b.inks); left != 0; {
		d := &b.states[bits.TrailingZeros16(left)&(mixtureStates-1)]
		left &= left - 1
		w := m.share[d.state&(mixtureStates-1)]
		share += w
		short := m.short >> (d.state & (mixtureStates - 1)) & 1
		floor = larger(floor, atLeast.strength[short])
		w = larger(w, smaller(atLeast.colour[short], weight)) // beside what is there already, not instead of it
		weight += w
		red, green, blue = red+w*d.linear[0], green+w*d.linear[1], blue+w*d.linear[2]
		if left&d.same == 0 { // else the mean of both
			scale := 1 / weight
			fills.put(d.level, red*scale, green*scale, blue*scale, larger(share, floor))
		}
	}
}

// many fills the levels of a column of many spans. Hardly a state has less than the least, so that branches are quicker.
func (b *brush) many(fills *levelFills, m *mixture, atLeast *floors) {
	var red, green, blue float32
	var share, weight, floor float32
	for left := byHeight(m.seen & b.inks); left != 0; {
		d := &b.states[bits.TrailingZeros16(left)&(mixtureStates-1)]
		left &= left - 1
		w := m.share[d.state&(mixtureStates-1)]
		share += w
		short := m.short >> (d.state & (mixtureStates - 1)) & 1
		if f := atLeast.strength[short]; f > floor {
			floor = f
		}
		if f := atLeast.colour[short]; f > w {
			w = larger(w, smaller(f, weight))
		}
		weight += w
		red, green, blue = red+w*d.linear[0], green+w*d.linear[1], blue+w*d.linear[2]
		if left&d.same == 0 {
			strength := share
			if strength < floor {
				strength = floor
			}
			scale := 1 / weight
			fills.put(d.level, red*scale, green*scale, blue*scale, strength)
		}
	}
}

// larger and smaller are max and min of numbers that are not below zero: those are in the order of their bits, and of
// whole numbers the larger one is found without a branch.
func larger(a, b float32) float32 {
	return math.Float32frombits(max(math.Float32bits(a), math.Float32bits(b)))
}

func smaller(a, b float32) float32 {
	return math.Float32frombits(min(math.Float32bits(a), math.Float32bits(b)))
}

// byHeight turns bits by state into bits by rank among states: the tallest first.
func byHeight(states uint16) uint16 { return rankBits[states&(1<<len(ranks)-1)] }

// ranks is the states, the tallest first.
var ranks = func() (all [int(recording.Ready) + 1]recording.State) {
	copy(all[:], recording.States())
	slices.SortStableFunc(all[:], func(a, c recording.State) int { return -cmp.Compare(palette.Height(a), palette.Height(c)) })
	return all
}()

var rankBits = func() (t [1 << len(ranks)]uint16) {
	for states := range t {
		for rank, s := range ranks {
			if states&(1<<s) != 0 {
				t[states] |= 1 << rank
			}
		}
	}
	return t
}()

// Colours are averaged as light is, not as numbers of sRGB, which would come out too dark.

const linearFull = 4096 // the most light

var toLinear = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(linearFull * math.Pow(float64(i)/255, 2.2))
	}
	return t
}()

var fromLinearTable = func() (t [8192]uint8) {
	for i := range t {
		t[i] = uint8(math.Round(255 * math.Pow(min(float64(i)/linearFull, 1), 1/2.2)))
	}
	return t
}()

// fromLinear is for values from 0 to linearFull.
func fromLinear(v float32) scene.Packed {
	return scene.Packed(fromLinearTable[int(v+0.5)&(len(fromLinearTable)-1)])
}
