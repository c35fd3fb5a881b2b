package chart

import (
	"image/color"
	"math"
	"slices"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/workloads/recording"
)

// leastVisible is how strongly a span is drawn that lies wholly in one column: a short burst must not vanish.
const leastVisible = 0.25

// level is one of the heights that states are drawn at.
type level struct {
	top, bottom float32 // relative to the row's middle, in logical pixels
	states      []recording.State
	bits        uint16 // of states
}

// brush draws the columns of one lane as bars. What is at a distance from the lane's middle is the mean of the states
// that are tall enough to reach there, and as strong as the share of time that they take.
type brush struct {
	bars   scene.Bars
	levels []level // the tallest first
	linear [int(recording.Ready) + 1][3]float32
	fills  [int(recording.Ready) + 1]color.NRGBA
	dots   color.NRGBA

	plotX, scale float64
	mid          float32
	full         int // device pixels of full height
}

func newBrush(l *layout, buf scene.Bars) *brush {
	t := l.view.theme()
	b := &brush{bars: buf, plotX: l.plot.X, scale: l.scale, full: l.barHeight(), dots: t.Track}
	for _, s := range recording.States() {
		if int(s) >= len(b.fills) || palette.Height(s) == 0 {
			continue
		}
		c := t.State(s)
		b.fills[s], b.linear[s] = c, [3]float32{toLinear[c.R], toLinear[c.G], toLinear[c.B]}
		top, bottom := b.extent(palette.Height(s))
		i := slices.IndexFunc(b.levels, func(v level) bool { return v.top == top && v.bottom == bottom })
		if i < 0 {
			i = len(b.levels)
			b.levels = append(b.levels, level{top: top, bottom: bottom})
		}
		b.levels[i].states = append(b.levels[i].states, s)
		b.levels[i].bits |= 1 << s
	}
	slices.SortFunc(b.levels, func(a, c level) int { return int(math.Copysign(1, float64(a.top-c.top))) })
	return b
}

// extent is where a state's bar begins and ends, on whole device pixels, so that edges are sharp at every height.
func (b *brush) extent(height float64) (top, bottom float32) {
	h := max(int(math.Round(height*float64(b.full))), 1)
	from := (b.full-h)/2 - b.full/2
	return float32(float64(from) / b.scale), float32(float64(from+h) / b.scale)
}

func (b *brush) x(column int) float32 { return float32(b.plotX + float64(column)/b.scale) }

func (b *brush) run(s recording.State, first, last int) {
	if s == recording.Unknown || int(s) >= len(b.fills) {
		b.unseen(first, last)
		return
	}
	top, bottom := b.extent(palette.Height(s))
	b.bars = append(b.bars, scene.Bar{
		X0: b.x(first), Y0: b.mid + top, X1: b.x(last), Y1: b.mid + bottom, Fill: b.fills[s],
	})
}

// unseen dots the middle of a stretch that nobody saw: the lane lived, and more is not known. The dots stand at fixed
// columns, so that they do not crawl while a live stretch grows.
func (b *brush) unseen(first, last int) {
	dot := max(int(math.Round(2*b.scale)), 1)
	step := 4 * dot
	for c := (first + step - 1) / step * step; c+dot <= last; c += step {
		y := b.mid - float32(dot/2)/float32(b.scale)
		b.bars = append(b.bars, scene.Bar{
			X0: b.x(c), Y0: y, X1: b.x(c + dot), Y1: y + float32(float64(dot)/b.scale), Fill: b.dots,
		})
	}
}

func (b *brush) mixed(column int, m *mixture) {
	var mean [3]float32
	var share float32
	var whole uint16
	var fill color.NRGBA
	top, bottom := float32(0), float32(0)
	x0, x1 := b.x(column), b.x(column+1)
	for i := range b.levels {
		v := &b.levels[i]
		var here float32
		for _, s := range v.states {
			if p := m.share[s]; p > 0 {
				here += p
				for k := range mean {
					mean[k] += p * b.linear[s][k]
				}
			}
		}
		if here == 0 {
			continue
		}
		if share > 0 { // what is outside of this level is done
			b.bars = append(b.bars,
				scene.Bar{X0: x0, Y0: b.mid + top, X1: x1, Y1: b.mid + v.top, Fill: fill},
				scene.Bar{X0: x0, Y0: b.mid + v.bottom, X1: x1, Y1: b.mid + bottom, Fill: fill})
		}
		share += here
		whole |= m.whole & v.bits
		strength := min(share, 1)
		if whole != 0 {
			strength = max(strength, leastVisible)
		}
		fill = color.NRGBA{fromLinear(mean[0] / share), fromLinear(mean[1] / share), fromLinear(mean[2] / share), uint8(strength*255 + 0.5)}
		top, bottom = v.top, v.bottom
	}
	if share > 0 {
		b.bars = append(b.bars, scene.Bar{X0: x0, Y0: b.mid + top, X1: x1, Y1: b.mid + bottom, Fill: fill})
	}
}

// Colours are averaged as light is, not as numbers of sRGB, which would come out too dark.

var toLinear = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(math.Pow(float64(i)/255, 2.2))
	}
	return t
}()

var fromLinearTable = func() (t [4097]uint8) {
	for i := range t {
		t[i] = uint8(math.Round(255 * math.Pow(float64(i)/4096, 1/2.2)))
	}
	return t
}()

func fromLinear(v float32) uint8 {
	return fromLinearTable[int(min(max(v, 0), 1)*4096+0.5)]
}
