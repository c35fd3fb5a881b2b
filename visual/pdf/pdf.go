// Package pdf writes scenes as PDF: one page, shapes as vectors, text as text in our embedded fonts, so that it can be
// searched and copied. No library that is kept and small does this, and it is little: a list of objects and a stream of
// drawing commands. The same scene gives the same bytes.
package pdf

import (
	"fmt"
	"io"

	"regatta/visual/paint"
	"regatta/visual/scene"
	"regatta/visual/vector"
)

// point is how many points a device pixel is: there are 96 pixels and 72 points in an inch.
const point = 72.0 / 96

// Write writes a scene as a page that is as large as the PNG is at 96 pixels an inch: scale pixels for each logical one.
func Write(w io.Writer, s *scene.Scene, scale float64) error {
	size := paint.Size(s, scale)
	width, height := float64(size.X)*point, float64(size.Y)*point
	p := page{alphas: map[uint8]bool{}}
	// PDF counts upwards from the lower edge.
	fmt.Fprintf(&p.content, "%g 0 0 %g 0 %g cm\n", point, -point, height)
	vector.Draw(s, scale, &p)

	var d document
	catalog, pages, sheet := d.reserve(), d.reserve(), d.reserve()
	d.object(catalog, "<</Type/Catalog/Pages %d 0 R>>", pages)
	d.object(pages, "<</Type/Pages/Kids[%d 0 R]/Count 1>>", sheet)
	content := d.stream("", p.content.Bytes())
	resources := p.resources(&d)
	d.object(sheet, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R/Resources<<%s>>"+
		"/Group<</S/Transparency/CS/DeviceRGB>>>>", pages, width, height, content, resources)
	return d.write(w, catalog)
}
