package assets

import (
	"bytes"
	"image"
	"image/gif"
	_ "image/png"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestImagesAreThreeThatGoRound(t *testing.T) {
	for i := range len(images) {
		config, err := gif.DecodeConfig(bytes.NewReader(Image(i)))
		if err != nil {
			t.Fatalf("image %d: %v", i, err)
		}
		if config.Width != 320 || config.Height != 200 {
			t.Errorf("image %d is %d x %d, want 320 x 200", i, config.Width, config.Height)
		}
		if bytes.Equal(Image(i), Image(i+1)) {
			t.Errorf("image %d is the same as the next one", i)
		}
		for _, round := range []int{i + 3, i + 300, i - 3, i - 300} {
			if !bytes.Equal(Image(i), Image(round)) {
				t.Errorf("image %d is not image %d", round, i)
			}
		}
	}
}

func TestIconIsASquare(t *testing.T) {
	config, format, err := image.DecodeConfig(bytes.NewReader(Icon))
	if err != nil {
		t.Fatal(err)
	}
	if format != "png" || config.Width != 512 || config.Height != 512 {
		t.Errorf("the icon is a %s of %d x %d, want a png of 512 x 512", format, config.Width, config.Height)
	}
}

func TestFontsHaveWhatPicturesWrite(t *testing.T) {
	const wanted = "Aaz09.,:;%()[]/–—…·×÷±−≤≥≈∞√∑→←↑↓µμσΔäöüßéñçłő“”‘’°²³½€▲▼■●✓"
	weights := map[string][]byte{"regular": Fonts.Regular, "bold": Fonts.Bold}
	for weight, data := range weights {
		font, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", weight, err)
		}
		var buffer sfnt.Buffer
		for _, character := range wanted {
			glyph, err := font.GlyphIndex(&buffer, character)
			if err != nil || glyph == 0 {
				t.Errorf("%s lacks %c (%v)", weight, character, err)
				continue
			}
			if _, err := font.LoadGlyph(&buffer, glyph, 1000<<6, nil); err != nil {
				t.Errorf("%s cannot draw %c: %v", weight, character, err)
			}
		}
		if len(data) > 150_000 {
			t.Errorf("%s is %d bytes, more than the 150 000 it may add to the binary", weight, len(data))
		}
	}
	if bytes.Equal(Fonts.Regular, Fonts.Bold) {
		t.Error("bold is the same as regular")
	}
}
