package pdf

import (
	"bytes"
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/visual/vector"
)

// page is the vector.Sink: the commands that draw, and what they use.
type page struct {
	content bytes.Buffer
	alphas  map[uint8]bool
	fonts   [typeface.Bold + 1]font
	buf     []byte // of numbers
}

// Boxes are one path.
func (p *page) Boxes(boxes []vector.Box, c color.NRGBA) {
	p.paint(c, "rg")
	for _, b := range boxes {
		p.op("re", b.X0, b.Y0, b.X1-b.X0, b.Y1-b.Y0)
	}
	p.end("f", c)
}

// Round is four edges and four quarter circles.
func (p *page) Round(b vector.Box, radius float64, c color.NRGBA) {
	h := radius * (1 - 0.5523) // how far the handles of a quarter circle stay away from the corner
	p.paint(c, "rg")
	p.op("m", b.X0+radius, b.Y0)
	p.op("l", b.X1-radius, b.Y0)
	p.op("c", b.X1-h, b.Y0, b.X1, b.Y0+h, b.X1, b.Y0+radius)
	p.op("l", b.X1, b.Y1-radius)
	p.op("c", b.X1, b.Y1-h, b.X1-h, b.Y1, b.X1-radius, b.Y1)
	p.op("l", b.X0+radius, b.Y1)
	p.op("c", b.X0+h, b.Y1, b.X0, b.Y1-h, b.X0, b.Y1-radius)
	p.op("l", b.X0, b.Y0+radius)
	p.op("c", b.X0, b.Y0+h, b.X0+h, b.Y0, b.X0+radius, b.Y0)
	p.end("f", c)
}

// Polygon is a path.
func (p *page) Polygon(points []scene.Point, c color.NRGBA) {
	p.paint(c, "rg")
	p.path(points)
	p.end("f", c)
}

// Polyline is a path.
func (p *page) Polyline(points []scene.Point, width float64, c color.NRGBA) {
	p.paint(c, "RG")
	p.op("w", width)
	p.op("j", 2) // bevelled joints
	p.path(points)
	p.end("S", c)
}

func (p *page) path(points []scene.Point) {
	p.op("m", points[0].X, points[0].Y)
	for _, q := range points[1:] {
		p.op("l", q.X, q.Y)
	}
}

// Clip keeps the state, to which the clip belongs.
func (p *page) Clip(b vector.Box) {
	p.op("q")
	p.op("re", b.X0, b.Y0, max(b.X1-b.X0, 0), max(b.Y1-b.Y0, 0))
	p.op("W n")
}

// Unclip brings the state back.
func (p *page) Unclip() { p.op("Q") }

// paint chooses a colour, for filling (rg) or for strokes (RG).
func (p *page) paint(c color.NRGBA, operator string) {
	if c.A < 0xff {
		p.op("q")
		p.alphas[c.A] = true
		fmt.Fprintf(&p.content, "/A%d gs\n", c.A)
	}
	p.op(operator, float64(c.R)/0xff, float64(c.G)/0xff, float64(c.B)/0xff)
}

// end draws, and leaves no transparency behind.
func (p *page) end(operator string, c color.NRGBA) {
	p.op(operator)
	if c.A < 0xff {
		p.op("Q")
	}
}

// op writes an operator with its numbers before it.
func (p *page) op(operator string, values ...float64) {
	p.buf = p.buf[:0]
	for _, v := range values {
		p.buf = append(strconv.AppendFloat(p.buf, math.Round(v*1000)/1000, 'f', -1, 64), ' ')
	}
	p.content.Write(p.buf)
	p.content.WriteString(operator + "\n")
}

// resources writes what the commands use and returns the page's dictionary of it.
func (p *page) resources(d *document) string {
	var states, fonts strings.Builder
	for _, a := range slices.Sorted(maps.Keys(p.alphas)) {
		fmt.Fprintf(&states, "/A%d<</ca %.4f/CA %.4f>>", a, float64(a)/0xff, float64(a)/0xff)
	}
	for w := range p.fonts {
		if len(p.fonts[w].used) > 0 {
			fmt.Fprintf(&fonts, "/F%d %d 0 R", w, p.fonts[w].write(d, typeface.Weight(w)))
		}
	}
	return fmt.Sprintf("/ExtGState<<%s>>/Font<<%s>>", states.String(), fonts.String())
}
