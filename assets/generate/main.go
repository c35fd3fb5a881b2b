// Command generate draws the images and the icon that are committed in assets: go run ./assets/generate assets
//
// The drawings are made of integers and fixed frames, so every machine draws the same pixels; a test holds the committed
// files to them.
package main

import (
	"bytes"
	"fmt"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
)

// scenes are the animated images, by file name below assets.
var scenes = map[string]func() *gif.GIF{
	"images/lanes.gif":   lanes,
	"images/sails.gif":   sails,
	"images/harbour.gif": harbour,
}

const iconFile = "icon.png"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./assets/generate FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	if err := os.MkdirAll(filepath.Join(folder, "images"), 0o755); err != nil {
		return err
	}
	for name, draw := range scenes {
		var b bytes.Buffer
		if err := gif.EncodeAll(&b, draw()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, icon()); err != nil {
		return fmt.Errorf("%s: %w", iconFile, err)
	}
	return os.WriteFile(filepath.Join(folder, iconFile), b.Bytes(), 0o644)
}
