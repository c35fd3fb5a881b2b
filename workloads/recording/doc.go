// Package recording holds what was seen of one run: its lanes and their spans, series over time, output and end.
//
// A recording is one file. The runner appends to it while the run goes on ([Writer]); everything else reads it: a live
// view follows the growing file, and opening an old one is the same code ([Reader]). Times are durations since the run
// started, on the machine's monotonic clock.
//
// # The file
//
// All numbers are little endian. The file starts with 8 bytes of magic and a uint32 version, then come chunks:
//
//	uint32 length of the payload
//	uint8  type, one of the chunk constants
//	       payload
//	uint32 CRC-32C of type and payload
//
// A chunk is written with one call, so a file that was cut anywhere opens up to its last whole chunk. Rare things are
// JSON, spans and points are varints. A reader skips chunk types that it does not know; a new version number is only
// needed when an old reader would misread a file.
package recording
