package paint

import (
	"image/png"
	"io"

	"regatta/visual/scene"
)

// PNG writes a scene as a PNG, scale device pixels for each logical one.
func PNG(w io.Writer, s *scene.Scene, scale float64) error {
	return png.Encode(w, Image(s, scale))
}
