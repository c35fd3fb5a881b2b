package interpreter

// ending is how the walk along a thread's frames ended.
type ending int

const (
	underway ending = iota
	atOwn           // at a frame of the user's own code
	atBottom        // below the last frame, with none of the user's own code
	nowhere         // it cannot be told
)

// What a frame belongs to (enum _frameowner): a thread's stack, a generator or a frame object; from ownerShim on it is no
// function's frame but stands for the interpreter's own loop (FRAME_OWNED_BY_CSTACK in 3.13, FRAME_OWNED_BY_INTERPRETER
// and FRAME_OWNED_BY_CSTACK in 3.14).
const (
	ownerShim = 3
	ownerLast = 4
)

// windowSize is how much of a stack is read at once. Frames lie one behind another, a few hundred bytes each, the caller's
// below the called one's.
const windowSize = 1024

// pageSize is the smallest of any system: memory within one page is mapped as a whole.
const pageSize = 4096

// walk goes from a thread's innermost frame to the first one of the user's own code.
type walk struct {
	tid         int
	interpreter int64
	frame       uint64 // the next frame, 0 after the last
	depth       int    // frames behind it
	last        uint64 // the frame before it
	lastShim    bool   // that one was a shim
	end         ending
	code        *code // atOwn: that frame's

	base    uint64 // the shim that the thread's stack is known to end at, 0 while that is not known
	maybe   uint64 // a shim that it ended at once
	maybeIn uint64 // the look in which it did

	window   []byte // a part of the stack
	windowAt uint64 // from where on
	inWindow []byte // the part of its buffer that is in use
	windowOK bool
	asked    bool // the window was just read for this very frame
}

func (w *walk) begin(frame uint64) {
	w.frame, w.depth, w.last, w.lastShim, w.end, w.code = frame, 0, 0, false, underway, nil
	w.inWindow, w.windowOK, w.asked = nil, false, false
}

// followFrames walks along the frames of all threads, in turns: each thread goes on until it needs something of the
// target's memory, which is then read for all of them together.
func (f *Functions) followFrames() error {
	// A turn brings every thread to its next frame's window or over its next code object.
	for range 2*maxFrames + 2 {
		f.pieces, f.asked = f.pieces[:0], f.asked[:0]
		for _, t := range f.threads.order {
			if t.walk.end == underway {
				f.step(&t.walk)
			}
		}
		if len(f.pieces) == 0 {
			return nil
		}
		if err := f.mem.readPieces(f.pieces); err != nil {
			return err
		}
		for _, c := range f.asked {
			f.check(c)
		}
	}
	return nil
}

// step goes on until the walk ends or something must be read first, which it adds to the pieces.
func (f *Functions) step(w *walk) {
	for w.end == underway {
		switch {
		case w.frame == 0:
			w.end = f.bottom(w)
			return
		case w.depth == maxFrames || !plausible(w.frame):
			w.end = nowhere
			return
		}
		frame, ok := f.inWindow(w)
		if !ok {
			if w.asked {
				w.end = nowhere
				return
			}
			f.wantWindow(w)
			return
		}
		// The owner is a single byte.
		owner := byte(f.at.frame.word(frame, f.at.owner))
		switch {
		case owner > ownerLast:
			w.end = nowhere
			return
		case owner < ownerShim:
			// The pointer is tagged in its lowest bits on 3.14.
			c := f.codeAt(f.at.frame.word(frame, f.at.executable) &^ 7)
			switch {
			case c == nil:
				w.end = nowhere
				return
			case c.checked != f.look:
				return // it is being read
			case !c.known:
				w.end = nowhere
				return
			case c.own:
				w.end, w.code = atOwn, c
				return
			}
		}
		w.last, w.lastShim = w.frame, owner >= ownerShim
		w.frame, w.asked = f.at.frame.word(frame, f.at.previous), false
		w.depth++
	}
}

// bottom tells whether a walk that came to a frame without a caller is at the bottom of the stack.
//
// Every stack ends at a shim, so that a generator without a caller was suspended while the stack was read. A shim in the
// middle of a stack lies on the C stack, and has gone with it when that was read too late: what is there then may look
// like the last shim. But the last one stays where it is. So a walk must end at the same shim in two looks that follow one
// another before its end is believed, and from then on at once.
func (f *Functions) bottom(w *walk) ending {
	switch {
	case w.depth == 0: // the thread runs no Python code
		return atBottom
	case !w.lastShim:
		return nowhere
	case w.last == w.base:
		return atBottom
	case w.last == w.maybe && w.maybeIn == f.look-1:
		w.base = w.last
		return atBottom
	}
	w.maybe, w.maybeIn = w.last, f.look
	return nowhere
}

// inWindow returns what was read of the walk's next frame, if it was.
func (f *Functions) inWindow(w *walk) (frame []byte, ok bool) {
	from := w.frame + f.at.frame.from
	if !w.windowOK || from < w.windowAt || from-w.windowAt+f.at.frame.size > uint64(len(w.inWindow)) {
		return nil, false
	}
	at := from - w.windowAt
	return w.inWindow[at : at+f.at.frame.size], true
}

// wantWindow asks for the next frame and what lies below it, down to the start of its page: memory below that may not be
// mapped.
func (f *Functions) wantWindow(w *walk) {
	if w.window == nil {
		w.window = make([]byte, windowSize+f.at.frame.size)
	}
	from := w.frame + f.at.frame.from
	w.windowAt = max(from-windowSize, from/pageSize*pageSize)
	w.inWindow = w.window[:from-w.windowAt+f.at.frame.size]
	w.asked = true
	f.pieces = append(f.pieces, piece{w.windowAt, w.inWindow, &w.windowOK})
}
