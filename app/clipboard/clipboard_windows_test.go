package clipboard

import (
	"bytes"
	"image/png"
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The picture comes back in both formats. What the user had on the clipboard is lost, so this runs only where nobody
// sits.
func TestThroughWindows(t *testing.T) {
	if testing.Short() {
		t.Skip("it replaces what is on the clipboard")
	}
	data, img := picture(t)
	if err := WriteImage(data); err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := open(); err != nil {
		t.Fatal(err)
	}
	defer closeClipboard.Call()
	if got := taken(t, formatDIB); !bytes.HasPrefix(got, dib(img)) {
		t.Errorf("CF_DIB: % x", got)
	}
	name, _ := windows.UTF16PtrFromString("PNG")
	format, _, _ := register.Call(uintptr(unsafe.Pointer(name)))
	if back, err := png.Decode(bytes.NewReader(taken(t, format))); err != nil || back.Bounds() != img.Bounds() {
		t.Errorf("PNG: %v", err)
	}
}

// taken copies what the clipboard has in a format.
func taken(t *testing.T, format uintptr) []byte {
	t.Helper()
	handle, _, err := user32.NewProc("GetClipboardData").Call(format)
	if handle == 0 {
		t.Fatalf("format %d: %v", format, err)
	}
	size, _, _ := kernel32.NewProc("GlobalSize").Call(handle)
	place, _, err := globalLock.Call(handle)
	if place == 0 || size == 0 {
		t.Fatalf("format %d: %d bytes, %v", format, size, err)
	}
	defer globalUnlock.Call(handle)
	data := make([]byte, size)
	moveMemory.Call(uintptr(unsafe.Pointer(&data[0])), place, size)
	return data
}
