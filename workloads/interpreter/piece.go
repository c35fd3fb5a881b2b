package interpreter

// piece is a part of the target's memory that is wanted: buf, which is not empty, from an address on. Whether it came is
// written to ok.
type piece struct {
	address uint64
	buf     []byte
	ok      *bool
}

// source is a process whose memory is read. It sets every piece's ok; the error means that the process cannot be read at
// all, or not any more.
type source interface {
	readPieces(pieces []piece) error
}

// plausible tells whether a word can be a pointer to a structure of a program: aligned, and neither near zero nor in the
// kernel's half.
func plausible(address uint64) bool {
	return address%8 == 0 && address >= 4096 && address < 1<<48
}
