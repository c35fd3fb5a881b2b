package clipboard

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32         = windows.NewLazySystemDLL("user32.dll")
	openClipboard  = user32.NewProc("OpenClipboard")
	emptyClipboard = user32.NewProc("EmptyClipboard")
	closeClipboard = user32.NewProc("CloseClipboard")
	setData        = user32.NewProc("SetClipboardData")
	register       = user32.NewProc("RegisterClipboardFormatW")

	kernel32     = windows.NewLazySystemDLL("kernel32.dll")
	globalAlloc  = kernel32.NewProc("GlobalAlloc")
	globalFree   = kernel32.NewProc("GlobalFree")
	globalLock   = kernel32.NewProc("GlobalLock")
	globalUnlock = kernel32.NewProc("GlobalUnlock")
	moveMemory   = kernel32.NewProc("RtlMoveMemory")
)

const (
	formatDIB = 8 // CF_DIB
	moveable  = 2 // GMEM_MOVEABLE, which the clipboard demands
)

// writePNG puts the picture there twice: as CF_DIB, which every program pastes, and as the PNG itself, which browsers
// and office programs prefer.
func writePNG(picture []byte) error {
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return err
	}
	runtime.LockOSThread() // who opened the clipboard is a thread
	defer runtime.UnlockOSThread()
	if err := open(); err != nil {
		return err
	}
	defer closeClipboard.Call()
	if ok, _, err := emptyClipboard.Call(); ok == 0 {
		return fmt.Errorf("empty the clipboard: %w", err)
	}
	if err := put(formatDIB, dib(decoded)); err != nil {
		return err
	}
	name, err := windows.UTF16PtrFromString("PNG")
	if err != nil {
		return err
	}
	format, _, err := register.Call(uintptr(unsafe.Pointer(name)))
	if format == 0 {
		return fmt.Errorf("register the format: %w", err)
	}
	return put(format, picture)
}

// open waits a moment for a program that has the clipboard open.
func open() error {
	for range 20 {
		if ok, _, _ := openClipboard.Call(0); ok != 0 {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("another program holds the clipboard: try again, or save the picture as a file instead")
}

// put hands bytes to the clipboard, to which they belong from then on.
func put(format uintptr, data []byte) error {
	handle, _, err := globalAlloc.Call(moveable, uintptr(len(data)))
	if handle == 0 {
		return fmt.Errorf("no memory for the picture: %w", err)
	}
	place, _, err := globalLock.Call(handle)
	if place == 0 {
		globalFree.Call(handle)
		return fmt.Errorf("no memory for the picture: %w", err)
	}
	moveMemory.Call(place, uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)))
	globalUnlock.Call(handle)
	if ok, _, err := setData.Call(format, handle); ok == 0 {
		globalFree.Call(handle)
		return fmt.Errorf("hand over the picture: %w", err)
	}
	return nil
}
