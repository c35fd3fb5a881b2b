//go:build cgo && linux

package window_test

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// askToClose does to a window what a window manager does when its cross is clicked: it sends WM_DELETE_WINDOW. No usual
// tool does so without a window manager, hence the few bytes of X11.
func askToClose(t *testing.T, display string, window uint32) {
	t.Helper()
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	x := x11{t, conn}
	x.send([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}) // little endian, version 11.0, no authority
	head := x.receive(8)
	if head[0] != 1 {
		t.Fatal("the X server refuses us")
	}
	x.receive(4 * int(binary.LittleEndian.Uint16(head[6:])))
	protocols, deleteWindow := x.atom("WM_PROTOCOLS"), x.atom("WM_DELETE_WINDOW")

	message := []byte{25, 0, 11, 0} // SendEvent, 11 words
	message = binary.LittleEndian.AppendUint32(message, window)
	message = binary.LittleEndian.AppendUint32(message, 0)
	message = append(message, 33, 32, 0, 0) // ClientMessage with data of 32 bits
	for _, word := range []uint32{window, protocols, deleteWindow, 0, 0, 0, 0} {
		message = binary.LittleEndian.AppendUint32(message, word)
	}
	x.send(message)
	x.atom("WM_PROTOCOLS") // its answer says that the server has taken the message
}

type x11 struct {
	t    *testing.T
	conn net.Conn
}

func (x x11) send(b []byte) {
	x.t.Helper()
	if _, err := x.conn.Write(b); err != nil {
		x.t.Fatal(err)
	}
}

func (x x11) receive(n int) []byte {
	x.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(x.conn, b); err != nil {
		x.t.Fatal(err)
	}
	return b
}

// atom is the number that the server knows a name by.
func (x x11) atom(name string) uint32 {
	x.t.Helper()
	padded := (len(name) + 3) / 4 * 4
	request := []byte{16, 0, byte(2 + padded/4), 0, byte(len(name)), 0, 0, 0}
	x.send(append(append(request, name...), make([]byte, padded-len(name))...))
	return binary.LittleEndian.Uint32(x.receive(32)[8:])
}
