package recording

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrNotRecording is wrapped by errors about files that are no recording at all.
var ErrNotRecording = errors.New("not a Regatta recording")

// Reader reads a recording that may still be growing. It holds no file open between polls, so that the file can be
// renamed under it on every system. It is not safe for concurrent use.
type Reader struct {
	path   string
	offset int64 // of the first byte that was not applied yet
	rec    *Recording
	sane   bool // the file's magic and version were checked
}

// Follow starts reading the recording at path, which need not have all of its header yet.
func Follow(path string) *Reader { return &Reader{path: path, rec: newRecording()} }

// Open reads a whole recording. A file that was cut short opens up to its last whole chunk, with a note in Damage; a
// damaged chunk is left out, with a note.
func Open(path string) (*Recording, error) {
	r := Follow(path)
	if _, err := r.Poll(); err != nil {
		return nil, err
	}
	if !r.sane {
		return nil, r.tooShort()
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if rest := info.Size() - r.offset; rest > 0 && r.rec.End == nil {
		r.rec.Damage = append(r.rec.Damage, fmt.Sprintf("the file was cut off at byte %d, %d bytes are left over", r.offset, rest))
	}
	if r.rec.Header.Created.IsZero() {
		return nil, fmt.Errorf("%s: the recording has no header: it was cut off at its very start", path)
	}
	return r.rec, nil
}

// Recording is what was read so far. It changes with the next Poll.
func (r *Reader) Recording() *Recording { return r.rec }

// SetPath says that the file was renamed.
func (r *Reader) SetPath(path string) { r.path = path }

// Poll reads what the file has gained and tells whether there was anything. An incomplete chunk at the end is left for
// the next poll.
func (r *Reader) Poll() (grown bool, err error) {
	f, err := os.Open(r.path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	if !r.sane {
		if ok, err := r.checkHead(f); !ok {
			return false, err
		}
	}
	for {
		buf, err := readSome(f, r.offset)
		if err != nil {
			return grown, fmt.Errorf("read %s: %w", r.path, err)
		}
		used := r.applyAll(buf)
		r.offset += int64(used)
		if used == 0 {
			return grown, nil
		}
		grown = true
	}
}

// readSome reads enough for at least one whole chunk of any size, less only at the end of the file.
func readSome(f *os.File, offset int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	buf := make([]byte, min(max(info.Size()-offset, 0), 2*maxPayload))
	n, err := f.ReadAt(buf, offset)
	if err == io.EOF {
		err = nil
	}
	return buf[:n], err
}

func (r *Reader) checkHead(f *os.File) (ok bool, err error) {
	head := make([]byte, fileHeaderSize)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return false, fmt.Errorf("read %s: %w", r.path, err)
	}
	if m := min(n, len(magic)); string(head[:m]) != magic[:m] {
		return false, fmt.Errorf("%s is %w", r.path, ErrNotRecording)
	}
	if n < fileHeaderSize {
		return false, nil
	}
	if v := binary.LittleEndian.Uint32(head[len(magic):]); v != version {
		return false, fmt.Errorf("%s has version %d of the recording's format, this Regatta reads version %d: use the Regatta that wrote it, or a newer one", r.path, v, version)
	}
	r.offset, r.sane = int64(fileHeaderSize), true
	return true, nil
}

func (r *Reader) tooShort() error {
	info, err := os.Stat(r.path)
	if err == nil && info.Size() == 0 {
		return fmt.Errorf("%s is empty, so it is %w", r.path, ErrNotRecording)
	}
	return fmt.Errorf("%s is %w: it is too short to be one", r.path, ErrNotRecording)
}

// applyAll applies the whole chunks in buf and returns how many bytes they take.
func (r *Reader) applyAll(buf []byte) (used int) {
	for {
		c, ok, err := nextChunk(buf[used:])
		at := r.offset + int64(used)
		switch {
		case err != nil:
			r.damaged(at, err)
			return len(buf) // nothing after a broken length can be trusted
		case !ok:
			return used
		case !c.sound:
			r.damaged(at, errors.New("its checksum does not match"))
		default:
			if err := r.rec.apply(c); err != nil {
				r.damaged(at, err)
			}
		}
		used += c.size
	}
}

// damaged notes a damaged chunk. A file of nothing but damage must not fill the memory with notes.
func (r *Reader) damaged(at int64, err error) {
	const maxNotes = 100
	if len(r.rec.Damage) < maxNotes {
		r.rec.Damage = append(r.rec.Damage, fmt.Sprintf("the chunk at byte %d is damaged: %v", at, err))
	}
}
