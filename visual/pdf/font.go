package pdf

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"regatta/assets"
	"regatta/visual/typeface"
	"regatta/visual/vector"
)

// font is what was used of one of the fonts: a letter's shape, and a rune that it stands for.
type font struct {
	used map[typeface.Glyph]rune
}

// advance is how far a rune moves on, in thousandths of an em.
func advance(r rune, w typeface.Weight) float64 {
	return math.Round(typeface.Width(string(r), 1000, w)*100) / 100
}

// Text writes the letters by their numbers in the font, each at its place.
func (p *page) Text(t vector.Text) {
	f := &p.fonts[min(t.Weight, typeface.Bold)]
	if f.used == nil {
		f.used = map[typeface.Glyph]rune{}
	}
	p.paint(t.Color, "rg")
	fmt.Fprintf(&p.content, "BT /F%d 1 Tf\n", t.Weight)
	p.op("Tm", t.Size, 0, 0, -t.Size, t.X, t.Y)
	p.content.WriteByte('[')
	pen, i := 0.0, 0 // the pen in thousandths of an em
	for _, r := range t.Text {
		l := t.Letters[i]
		if _, known := f.used[l.Glyph]; !known {
			f.used[l.Glyph] = r
		}
		if back := pen - l.X*1000; math.Abs(back) > 0.1 {
			fmt.Fprintf(&p.content, "%.2f", back)
			pen = l.X * 1000
		}
		fmt.Fprintf(&p.content, "<%04x>", uint16(l.Glyph))
		pen += advance(r, t.Weight)
		i++
	}
	p.content.WriteString("]TJ\n")
	p.end("ET", t.Color)
}

// write embeds the font and returns its number. The fonts are small, so they are not cut down to what was used.
func (f *font) write(d *document, w typeface.Weight) int {
	name, data, heavy := "NotoSans-Regular", assets.Fonts.Regular, 80
	if w == typeface.Bold {
		name, data, heavy = "NotoSans-Bold", assets.Fonts.Bold, 140
	}
	var widths strings.Builder
	for _, g := range slices.Sorted(maps.Keys(f.used)) {
		fmt.Fprintf(&widths, "%d[%g]", g, advance(f.used[g], w))
	}
	file := d.stream(fmt.Sprintf("/Length1 %d", len(data)), data)
	descriptor := d.add("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-621 -389 2800 1067]/ItalicAngle 0"+
		"/Ascent 1069/Descent -293/CapHeight 714/StemV %d/FontFile2 %d 0 R>>", name, heavy, file)
	letters := d.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"+
		"/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[%s]>>", name, descriptor, widths.String())
	text := d.stream("", []byte(f.toUnicode()))
	return d.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, letters, text)
}

// toUnicode says which rune a letter stands for, which readers need for searching and copying.
func (f *font) toUnicode() string {
	const most = 100 // entries in a block
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n/CMapName/Text def/CMapType 2 def\n" +
		"1 begincodespacerange<0000><ffff>endcodespacerange\n")
	for block := range slices.Chunk(slices.Sorted(maps.Keys(f.used)), most) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for _, g := range block {
			fmt.Fprintf(&b, "<%04x><", uint16(g))
			for _, unit := range utf16.Encode([]rune{f.used[g]}) {
				fmt.Fprintf(&b, "%04x", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end\n")
	return b.String()
}
