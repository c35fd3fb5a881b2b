package runner

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"regatta/workloads/clock"
	"regatta/workloads/recording"
)

const (
	// keepBytes of a stream's start and as much of its end are kept, so that a program that prints without end fills
	// neither memory nor disk.
	keepBytes = 256 << 10
	// mergeWithin joins what is printed bit by bit at the end of a flood.
	mergeWithin = 10 * time.Millisecond
	// drainPatience is how long to wait for a pipe's end when the tree is gone: something outside may have got hold of it.
	drainPatience = time.Second
)

// capture records what a program prints on one stream: the start at once, the end when it has ended. A nil one is that of
// a stream that goes elsewhere.
type capture struct {
	stream recording.Stream
	pipe   *os.File
	writer *recording.Writer
	done   chan struct{} // closed when the pipe has been read to its end

	head int                // bytes recorded of the start
	tail []recording.Output // the latest pieces, at least keepBytes once anything was left out
	size int                // bytes in tail
	lost int                // bytes between the two
	last []byte             // the last keepBytes of the whole stream
}

// newCapture returns the end of the pipe for the program, too.
func newCapture(s recording.Stream, w *recording.Writer) (*capture, *os.File, error) {
	in, out, err := os.Pipe()
	if err != nil {
		return nil, nil, fmt.Errorf("make a pipe for the program's output: %w", err)
	}
	return &capture{stream: s, pipe: in, writer: w, done: make(chan struct{})}, out, nil
}

// read takes what comes until the last process that holds the pipe is gone.
func (c *capture) read(start clock.Start) {
	defer close(c.done)
	defer c.pipe.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := c.pipe.Read(buf)
		if n > 0 {
			c.add(start.Now(), buf[:n])
		}
		if err != nil {
			return
		}
	}
}

func (c *capture) add(at time.Duration, text []byte) {
	c.last = append(c.last, text...)
	if len(c.last) > 2*keepBytes {
		c.last = append(c.last[:0], c.last[len(c.last)-keepBytes:]...)
	}
	if n := min(len(text), keepBytes-c.head); n > 0 {
		c.writer.Output(recording.Output{Stream: c.stream, At: at, Text: text[:n]})
		c.head += n
		text = text[n:]
	}
	if len(text) > 0 {
		c.addTail(at, text)
	}
}

func (c *capture) addTail(at time.Duration, text []byte) {
	c.size += len(text)
	if n := len(c.tail); n > 0 && at-c.tail[n-1].At < mergeWithin && len(c.tail[n-1].Text) < keepBytes/8 {
		c.tail[n-1].Text = append(c.tail[n-1].Text, text...)
	} else {
		c.tail = append(c.tail, recording.Output{Stream: c.stream, At: at, Text: bytes.Clone(text)})
	}
	for c.size-len(c.tail[0].Text) >= keepBytes {
		c.size -= len(c.tail[0].Text)
		c.lost += len(c.tail[0].Text)
		c.tail = c.tail[1:]
	}
}

// finish waits for the end of the stream and records what add kept back.
func (c *capture) finish() {
	if c == nil {
		return
	}
	c.pipe.SetReadDeadline(time.Now().Add(drainPatience)) // where the system can; a drained pipe ends at once
	<-c.done
	if c.lost > 0 {
		note := fmt.Sprintf("\n[Regatta left out %d bytes here]\n", c.lost)
		c.writer.Output(recording.Output{Stream: c.stream, At: c.tail[0].At, Text: []byte(note)})
	}
	for _, o := range c.tail {
		c.writer.Output(o)
	}
}

// lastLine is the stream's last line that is not empty, as far as it was kept.
func (c *capture) lastLine() string {
	if c == nil {
		return ""
	}
	text := bytes.TrimRight(c.last, " \t\r\n")
	return string(text[bytes.LastIndexByte(text, '\n')+1:])
}
