package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
)

// document is a list of numbered objects.
type document struct {
	buf     bytes.Buffer
	offsets []int // where object i+1 begins
}

const head = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" // the second line says that there are bytes in it

// reserve returns the number of an object that is to come.
func (d *document) reserve() int {
	d.offsets = append(d.offsets, 0)
	return len(d.offsets)
}

func (d *document) begin(number int) {
	if d.buf.Len() == 0 {
		d.buf.WriteString(head)
	}
	d.offsets[number-1] = d.buf.Len()
	fmt.Fprintf(&d.buf, "%d 0 obj\n", number)
}

// object writes an object that was reserved.
func (d *document) object(number int, format string, args ...any) {
	d.begin(number)
	fmt.Fprintf(&d.buf, format+"\nendobj\n", args...)
}

// add writes a new object and returns its number.
func (d *document) add(format string, args ...any) int {
	number := d.reserve()
	d.object(number, format, args...)
	return number
}

// stream writes bytes as a new object, compressed, and returns its number. entries are more of its dictionary.
func (d *document) stream(entries string, data []byte) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(data) // memory takes everything
	z.Close()
	number := d.reserve()
	d.begin(number)
	fmt.Fprintf(&d.buf, "<</Filter/FlateDecode/Length %d%s>>stream\n", packed.Len(), entries)
	d.buf.Write(packed.Bytes())
	d.buf.WriteString("\nendstream\nendobj\n")
	return number
}

// write ends the document and writes it. Every object that was reserved is there.
func (d *document) write(w io.Writer, catalog int) error {
	start := d.buf.Len()
	fmt.Fprintf(&d.buf, "xref\n0 %d\n0000000000 65535 f \n", len(d.offsets)+1)
	for _, offset := range d.offsets {
		fmt.Fprintf(&d.buf, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&d.buf, "trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(d.offsets)+1, catalog, start)
	_, err := w.Write(d.buf.Bytes())
	return err
}
