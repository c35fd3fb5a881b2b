// Package svg writes scenes as SVG.
//
// Text is written as the outlines of its letters, with the text itself as a label for screen readers and searches. Our
// fonts in a data URI would add 300 kB to each picture, and only browsers would use them: Inkscape, LibreOffice and
// slides take another font, whose text does not fit. What is drawn as outlines looks the same everywhere.
package svg

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"

	"regatta/visual/paint"
	"regatta/visual/scene"
	"regatta/visual/vector"
)

// Write writes a scene as a picture whose natural size is that of the PNG: scale pixels for each logical one.
func Write(w io.Writer, s *scene.Scene, scale float64) error {
	p := picture{out: bufio.NewWriter(w)}
	size := paint.Size(s, scale)
	fmt.Fprintf(p.out, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d"%[3]s>`+"\n", size.X, size.Y, crisp)
	vector.Draw(s, scale, &p)
	p.out.WriteString("</svg>\n")
	return p.out.Flush() // which also returns the first error of those before
}

// Nearly all of a picture is boxes on whole pixels. They are drawn without smoothing, else enlarged pictures would have
// pale seams between neighbours. All the rest is smooth.
const (
	crisp  = ` shape-rendering="crispEdges"` // of the whole picture
	smooth = ` shape-rendering="auto"`
)

// picture is the vector.Sink.
type picture struct {
	out *bufio.Writer
	buf []byte // of numbers
}

// Boxes are one path.
func (p *picture) Boxes(boxes []vector.Box, c color.NRGBA) {
	p.out.WriteString(`<path`)
	if !whole(boxes) {
		p.out.WriteString(smooth)
	}
	p.paint("fill", c)
	p.out.WriteString(` d="`)
	for _, b := range boxes {
		w := round(b.X1) - round(b.X0)
		p.numbers("M", b.X0, b.Y0)
		p.numbers("h", w)
		p.numbers("v", round(b.Y1)-round(b.Y0))
		p.numbers("h", -w)
		p.out.WriteByte('z')
	}
	p.out.WriteString("\"/>\n")
}

func whole(boxes []vector.Box) bool {
	for _, b := range boxes {
		for _, v := range [...]float64{b.X0, b.Y0, b.X1, b.Y1} {
			if round(v) != math.Round(v) {
				return false
			}
		}
	}
	return true
}

// Round is a rect with rx.
func (p *picture) Round(b vector.Box, radius float64, c color.NRGBA) {
	p.out.WriteString(`<rect` + smooth)
	p.attribute("x", b.X0)
	p.attribute("y", b.Y0)
	p.attribute("width", b.X1-b.X0)
	p.attribute("height", b.Y1-b.Y0)
	p.attribute("rx", radius)
	p.paint("fill", c)
	p.out.WriteString("/>\n")
}

// Polygon is a polygon.
func (p *picture) Polygon(points []scene.Point, c color.NRGBA) {
	p.out.WriteString(`<polygon` + smooth)
	p.paint("fill", c)
	p.points(points)
}

// Polyline is a polyline.
func (p *picture) Polyline(points []scene.Point, width float64, c color.NRGBA) {
	p.out.WriteString(`<polyline fill="none" stroke-linejoin="bevel"` + smooth)
	p.paint("stroke", c)
	p.attribute("stroke-width", width)
	p.points(points)
}

// Clip opens a group. The clip's name holds its place, so that several pictures can stand in one page.
func (p *picture) Clip(b vector.Box) {
	x, y, w, h := b.X0, b.Y0, max(b.X1-b.X0, 0), max(b.Y1-b.Y0, 0)
	id := fmt.Sprintf("clip_%.0f_%.0f_%.0f_%.0f", x, y, w, h)
	fmt.Fprintf(p.out, `<clipPath id="%s"><rect x="%.0f" y="%.0f" width="%.0f" height="%.0f"/></clipPath>`, id, x, y, w, h)
	fmt.Fprintf(p.out, "<g clip-path=\"url(#%s)\">\n", id)
}

// Unclip closes the group.
func (p *picture) Unclip() { p.out.WriteString("</g>\n") }

// paint says with which colour to fill or to stroke.
func (p *picture) paint(how string, c color.NRGBA) {
	fmt.Fprintf(p.out, ` %s="#%02x%02x%02x"`, how, c.R, c.G, c.B)
	if c.A < 0xff {
		fmt.Fprintf(p.out, ` %s-opacity="%.3f"`, how, float64(c.A)/0xff)
	}
}

func (p *picture) points(points []scene.Point) {
	p.out.WriteString(` points="`)
	for i, q := range points {
		if i > 0 {
			p.out.WriteByte(' ')
		}
		p.numbers("", q.X, q.Y)
	}
	p.out.WriteString("\"/>\n")
}

func (p *picture) attribute(name string, v float64) {
	p.out.WriteString(" " + name + `="`)
	p.numbers("", v)
	p.out.WriteByte('"')
}

// label is an attribute with any text. What XML cannot hold becomes a replacement character.
func (p *picture) label(text string) {
	p.out.WriteString(` aria-label="`)
	_ = xml.EscapeText(p.out, []byte(text)) // the first error stays in out
	p.out.WriteByte('"')
}

// numbers writes a command of a path with its numbers.
func (p *picture) numbers(command string, values ...float64) {
	p.buf = append(p.buf[:0], command...)
	for i, v := range values {
		if v = round(v); i > 0 && v >= 0 { // a minus separates too
			p.buf = append(p.buf, ' ')
		}
		p.buf = strconv.AppendFloat(p.buf, v, 'f', -1, 64)
	}
	p.out.Write(p.buf)
}

// round is to a hundredth of a pixel: what the eye cannot see need not be written.
func round(v float64) float64 {
	return math.Round(v*100)/100 + 0 // no negative 0
}
