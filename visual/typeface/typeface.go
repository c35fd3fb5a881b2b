// Package typeface measures text and gives the outlines of its letters, with the two fonts that the binary carries.
// Pictures look the same on every machine because nothing is taken from the system. All of it may be called from
// several goroutines.
package typeface

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"regatta/assets"
)

// Weight is one of the two fonts.
type Weight uint8

// The weights.
const (
	Regular Weight = iota
	Bold
	numWeights
)

// Glyph names a letter's shape within a font.
type Glyph = sfnt.GlyphIndex

// Shaped is a letter with its place: X in ems, from the start of the text.
type Shaped struct {
	Glyph Glyph
	X     float64
}

// face is a font with what was looked up in it. The maps stay small: there are some hundred letters.
type face struct {
	mu       sync.Mutex
	font     *sfnt.Font
	buf      sfnt.Buffer
	em       float64 // units in an em
	glyphs   map[rune]Glyph
	advances map[Glyph]float64 // in ems
	kerns    map[[2]Glyph]float64
}

var faces = sync.OnceValue(func() (f [numWeights]*face) {
	for w, data := range [numWeights][]byte{assets.Fonts.Regular, assets.Fonts.Bold} {
		parsed, err := sfnt.Parse(data)
		if err != nil {
			panic(fmt.Sprintf("the built-in font %d cannot be read: %v", w, err)) // a broken build
		}
		f[w] = &face{
			font: parsed, em: float64(parsed.UnitsPerEm()),
			glyphs: map[rune]Glyph{}, advances: map[Glyph]float64{}, kerns: map[[2]Glyph]float64{},
		}
	}
	return f
})

func faceOf(w Weight) *face { return faces()[min(w, Bold)] }

// Width is how wide a text is at a size in pixels.
func Width(text string, size float64, w Weight) float64 {
	f := faceOf(w)
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shape(text, nil) * size
}

// Shape appends the letters of a text to buf, with their places.
func Shape(buf []Shaped, text string, w Weight) []Shaped {
	f := faceOf(w)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shape(text, func(s Shaped) { buf = append(buf, s) })
	return buf
}

// Outline returns a letter's shape at a size in pixels, y downwards from the baseline.
func Outline(g Glyph, size float64, w Weight) (sfnt.Segments, error) {
	f := faceOf(w)
	f.mu.Lock()
	defer f.mu.Unlock()
	segments, err := f.font.LoadGlyph(&f.buf, g, fixed.Int26_6(size*64+0.5), nil)
	return append(sfnt.Segments(nil), segments...), err // the original lies in buf
}

// shape walks over the letters and returns the width in ems. The caller holds mu.
func (f *face) shape(text string, each func(Shaped)) float64 {
	x, before, first := 0.0, Glyph(0), true
	for _, r := range text {
		g := f.glyph(r)
		if !first {
			x += f.kern(before, g)
		}
		if each != nil {
			each(Shaped{g, x})
		}
		x += f.advance(g)
		before, first = g, false
	}
	return x
}

// glyph returns a rune's letter; the font's empty box where it has none.
func (f *face) glyph(r rune) Glyph {
	g, known := f.glyphs[r]
	if !known {
		g, _ = f.font.GlyphIndex(&f.buf, r)
		if len(f.glyphs) < 4096 { // text of users may hold any rune
			f.glyphs[r] = g
		}
	}
	return g
}

func (f *face) advance(g Glyph) float64 {
	a, known := f.advances[g]
	if !known {
		units, err := f.font.GlyphAdvance(&f.buf, g, fixed.Int26_6(f.em*64), font.HintingNone)
		if err == nil {
			a = float64(units) / 64 / f.em
		}
		f.advances[g] = a
	}
	return a
}

func (f *face) kern(a, b Glyph) float64 {
	pair := [2]Glyph{a, b}
	k, known := f.kerns[pair]
	if !known {
		units, err := f.font.Kern(&f.buf, a, b, fixed.Int26_6(f.em*64), font.HintingNone)
		if err == nil { // no kerning for the pair is an error there
			k = float64(units) / 64 / f.em
		}
		if len(f.kerns) < 1<<16 {
			f.kerns[pair] = k
		}
	}
	return k
}
