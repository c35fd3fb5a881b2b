// Package clipboard puts pictures on the system's clipboard, which the window's toolkit cannot: it knows text only.
package clipboard

import (
	"bytes"
	"fmt"
	"image/png"
)

// WriteImage puts a PNG on the clipboard, from where other programs paste it. An error says what keeps it from there and
// what to do; the clipboard is as it was then.
func WriteImage(picture []byte) error {
	if _, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil {
		return fmt.Errorf("copy the picture: it is no PNG: %w", err)
	}
	if err := writePNG(picture); err != nil {
		return fmt.Errorf("the picture could not be copied: %w", err)
	}
	return nil
}
