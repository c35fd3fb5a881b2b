package runtimes

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A record stands beside each verified tree. It holds one SHA-256 over the look of every file and folder in the tree at
// the moment it was verified: name, size, mode, inode, owner, change times. Reading 680 looks takes 3 ms where
// reading the contents takes 60 of two cores, and a write, an added, a removed or a replaced file each change a look.

// looks digests the present look of the tree in dir, whatever it holds. id, the manifest's, goes in first: a
// record made under another manifest says nothing.
func looks(dir, id string) (string, error) {
	h := sha256.New()
	h.Write([]byte(id))
	var line []byte
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		line = append(line[:0], 0)
		line = append(line, path[len(dir):]...)
		line = append(line, 0)
		for _, v := range identity(info) {
			line = binary.LittleEndian.AppendUint64(line, v)
		}
		h.Write(line)
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

func recordPath(dir string) string {
	return dir + ".verified"
}

// recorded tells whether the tree looks as it did when it was verified.
func recorded(dir, id string) bool {
	have, err := os.ReadFile(recordPath(dir))
	if err != nil {
		return false
	}
	now, err := looks(dir, id)
	return err == nil && string(have) == now+"\n"
}

// record notes the look of a tree just verified; it is put in place by a rename, so it is never read half-written.
func record(dir, look string) error {
	f, err := os.CreateTemp(filepath.Dir(dir), leftover+"*") // made 0600
	if err != nil {
		return err
	}
	_, err = f.WriteString(look + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), recordPath(dir))
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
