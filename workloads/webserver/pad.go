package webserver

import "bytes"

// GIF89a's comment extension: these two bytes, then blocks of a length byte and up to 255 bytes, then an empty block.
const (
	extension = 0x21
	comment   = 0xFE
	trailer   = 0x3B
)

// minimum is the smallest comment with something in it: two bytes, a block of one byte, the empty block.
const minimum = 2 + 2 + 1

// Pad returns the GIF image with a comment before its end that makes it exactly size bytes long, which every viewer
// shows as before. An image that is too large for that, or no GIF, is returned as it is.
func Pad(image []byte, size int) []byte {
	missing := size - len(image)
	if missing < minimum || !bytes.HasSuffix(image, []byte{trailer}) {
		return image
	}
	end := len(image) - 1
	padded := make([]byte, 0, size)
	padded = append(padded, image[:end]...)
	padded = append(padded, extension, comment)
	for left := missing - 3; left > 0; {
		block := min(left-1, 255)
		if left-1-block == 1 {
			block-- // one byte left over would be a length byte without a block
		}
		padded = append(padded, byte(block))
		for range block {
			padded = append(padded, ' ')
		}
		left -= 1 + block
	}
	return append(padded, 0, trailer)
}
