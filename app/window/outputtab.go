//go:build cgo

package window

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// outputTab shows what the program printed: its complaints first, since they say why it failed.
type outputTab struct {
	object *fyne.Container
	grid   *fyne.Container
	copied string // what the button copies
	shown  *content
}

// maxOutput is how much of a stream is shown, bytes. The recording has all of it.
const maxOutput = 200_000

func newOutputTab(clipboard func() fyne.Clipboard) *outputTab {
	o := &outputTab{grid: container.NewStack()}
	button := widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), func() { clipboard().SetContent(o.copied) })
	button.Importance = widget.LowImportance
	top := container.New(inset(12, 8, 12, 0), container.NewHBox(button))
	o.object = container.NewBorder(nil, nil, nil, container.NewVBox(top), container.New(inset(18, 14, 4, 8), o.grid))
	return o
}

// Show shows what a run printed.
func (o *outputTab) Show(c *content) {
	o.shown = c
	o.copied = ""
	if c != nil {
		o.copied = c.stderr + c.stdout
	}
	o.paint()
}

// paint writes it in the colours of the theme.
func (o *outputTab) paint() {
	o.grid.RemoveAll()
	if o.shown == nil {
		return
	}
	p := currentPalette()
	plain, muted := gridStyle(p.Ink, false), gridStyle(p.Muted, false)
	var b gridBuilder
	for _, part := range []struct{ name, text string }{
		{"Standard error", o.shown.stderr}, {"Standard output", o.shown.stdout},
	} {
		if part.text == "" {
			continue
		}
		b.Write(part.name+"\n\n", muted)
		if cut := len(part.text) - maxOutput; cut > 0 {
			b.Write(fmt.Sprintf("(the first %d bytes are only in the recording)\n", cut), muted)
			part.text = strings.ToValidUTF8(part.text[cut:], "")
		}
		b.Write(strings.TrimRight(part.text, "\n")+"\n\n", plain)
	}
	if len(b.rows) == 0 {
		b.Write("The program printed nothing.", muted)
	}
	o.grid.Add(newGrid(b.Rows()))
}
