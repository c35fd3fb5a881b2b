package recording

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

const (
	magic   = "\x89REGATTA"
	version = 1

	fileHeaderSize = len(magic) + 4
	chunkHeadSize  = 5       // length and type
	chunkTailSize  = 4       // checksum
	maxPayload     = 8 << 20 // a larger length is damage, not data
)

type chunkType uint8

// The types of chunks, as they stand in the file.
const (
	headerChunk chunkType = 'H' // JSON Header
	laneChunk   chunkType = 'L' // JSON Lane; a later one with the same id replaces it
	spansChunk  chunkType = 'S' // consecutive spans of one lane
	labelChunk  chunkType = 'T' // one label; its number is its position among labels, from 1
	seriesChunk chunkType = 'D' // JSON SeriesInfo
	pointsChunk chunkType = 'P' // consecutive points of one series
	outputChunk chunkType = 'O' // a piece of output
	markChunk   chunkType = 'M' // JSON Mark
	blockChunk  chunkType = 'B' // JSON Blocking
	warnChunk   chunkType = 'W' // a warning, UTF-8
	endChunk    chunkType = 'E' // JSON End
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendChunk appends one whole chunk to buf.
func appendChunk(buf []byte, t chunkType, payload []byte) []byte {
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(payload)))
	start := len(buf)
	buf = append(buf, byte(t))
	buf = append(buf, payload...)
	return binary.LittleEndian.AppendUint32(buf, crc32.Checksum(buf[start:], castagnoli))
}

// chunk is one chunk as read, its payload a part of the buffer that was read.
type chunk struct {
	kind    chunkType
	payload []byte
	size    int // bytes of the file that it takes
	sound   bool
}

// nextChunk reads the chunk at the start of buf. ok is false when it is not whole; err is not nil when no chunk can
// start here.
func nextChunk(buf []byte) (c chunk, ok bool, err error) {
	if len(buf) < chunkHeadSize {
		return chunk{}, false, nil
	}
	length := int(binary.LittleEndian.Uint32(buf))
	if length > maxPayload {
		return chunk{}, false, fmt.Errorf("a chunk claims %d bytes, more than any has", length)
	}
	size := chunkHeadSize + length + chunkTailSize
	if len(buf) < size {
		return chunk{}, false, nil
	}
	sum := binary.LittleEndian.Uint32(buf[chunkHeadSize+length:])
	return chunk{
		kind:    chunkType(buf[4]),
		payload: buf[chunkHeadSize : chunkHeadSize+length],
		size:    size,
		sound:   sum == crc32.Checksum(buf[4:chunkHeadSize+length], castagnoli),
	}, true, nil
}
