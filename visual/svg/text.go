package svg

import (
	"golang.org/x/image/font/sfnt"

	"regatta/visual/typeface"
	"regatta/visual/vector"
)

// finer is how much larger the outlines are taken than they are drawn: they come in steps of a 64th of a pixel, which
// would show when the picture is enlarged.
const finer = 8

// Text is one path of all its letters.
func (p *picture) Text(t vector.Text) {
	p.out.WriteString(`<path` + smooth)
	p.label(t.Text)
	p.paint("fill", t.Color)
	p.out.WriteString(` d="`)
	for _, l := range t.Letters {
		outline, err := typeface.Outline(l.Glyph, t.Size*finer, t.Weight)
		if err == nil { // a letter that the font cannot draw is left out
			p.letter(outline, t.X+l.X*t.Size, t.Y)
		}
	}
	p.out.WriteString("\"/>\n")
}

// letter writes one outline. All but its beginnings are written relative to the point before, which takes half the room;
// that point is taken as it was written, so that roundings do not add up.
func (p *picture) letter(outline sfnt.Segments, x, y float64) {
	var penX, penY float64
	for i, s := range outline {
		var command string
		points := 1
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			command, penX, penY = "M", 0, 0
			if i > 0 {
				p.out.WriteByte('z')
			}
		case sfnt.SegmentOpLineTo:
			command = "l"
		case sfnt.SegmentOpQuadTo:
			command, points = "q", 2
		case sfnt.SegmentOpCubeTo:
			command, points = "c", 3
		}
		var at [6]float64
		for k, q := range s.Args[:points] {
			at[2*k] = round(x+float64(q.X)/64/finer) - penX
			at[2*k+1] = round(y+float64(q.Y)/64/finer) - penY
		}
		p.numbers(command, at[:2*points]...)
		penX, penY = round(penX+at[2*points-2]), round(penY+at[2*points-1])
	}
	if len(outline) > 0 {
		p.out.WriteByte('z')
	}
}
