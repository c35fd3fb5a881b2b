package recording

import (
	"os"
	"testing"
	"time"
)

// What is in a file never makes the reader panic, hang or take much memory, and the lanes it gives hold their promise.
func FuzzFile(f *testing.F) {
	whole, err := os.ReadFile(writeSample(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole[fileHeaderSize:])
	f.Add(whole[fileHeaderSize : len(whole)/2])
	f.Fuzz(func(t *testing.T, content []byte) {
		r := Follow("")
		if used := r.applyAll(content); used > len(content) {
			t.Fatalf("used %d of %d bytes", used, len(content))
		}
		checkTracks(t, r.rec)
	})
}

// FuzzPayload gets past the checksums, which random changes of a file hardly ever do.
func FuzzPayload(f *testing.F) {
	f.Add(byte('S'), encodeSpans(1, []encodedSpan{{Span: Span{Start: 1, End: 5, State: GIL, Blocker: 2}, label: 1}}))
	f.Add(byte('P'), encodePoints(1, []Point{{1, 2}, {3, 4}}))
	f.Add(byte('O'), encodeOutput(Output{Stdout, 3, []byte("x")}))
	f.Add(byte('L'), []byte(`{"id":3,"parent":1}`))
	f.Fuzz(func(t *testing.T, kind byte, payload []byte) {
		r := newRecording()
		r.addLane(Lane{ID: 1, End: StillAlive})
		r.series = append(r.series, &Series{SeriesInfo: SeriesInfo{ID: 1}})
		r.apply(chunk{kind: chunkType(kind), payload: payload})
		checkTracks(t, r)
	})
}

func checkTracks(t *testing.T, r *Recording) {
	for _, track := range r.Tracks() {
		end := time.Duration(-1)
		for i := range track.Len() {
			s := track.Span(i)
			if s.End <= s.Start || i > 0 && s.Start != end {
				t.Fatalf("lane %d, span %d: %+v after an end at %v", track.ID, i, s, end)
			}
			end = s.End
		}
	}
}
