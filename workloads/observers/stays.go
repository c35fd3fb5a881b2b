package observers

import (
	"slices"
	"time"
)

// stay is a stretch of time that was spent at one place: by a thread on a core, or in an interpreter by a thread.
type stay struct {
	start, end time.Duration
	place      int
}

// nowhere is no place.
const nowhere = -1

// stays are the latest ones, as the samples show them.
type stays struct {
	known []stay
	open  bool          // at the sample before, the last stay went on
	at    time.Duration // of that sample
}

// saw notes the place at a sample, or nowhere. As with a lane's states, a change is put in the middle
// between two samples.
func (s *stays) saw(at time.Duration, place int) {
	half := at - (at-s.at)/2
	same := false
	if s.open {
		last := &s.known[len(s.known)-1]
		if same = last.place == place; same {
			last.end = at
		} else {
			last.end = half
		}
	}
	s.open, s.at = place != nowhere, at
	if s.open && !same {
		s.known = append(s.known, stay{half, at, place})
	}
}

// cut takes out a time in which it turned out to be nowhere.
func (s *stays) cut(from, to time.Duration) {
	first := len(s.known)
	for first > 0 && s.known[first-1].end > from {
		first--
	}
	var room [8]stay // mostly enough
	latest := append(room[:0], s.known[first:]...)
	s.known = s.known[:first]
	for i, k := range latest {
		if k.start >= to {
			s.known = append(s.known, k)
			continue
		}
		if k.start < from {
			s.known = append(s.known, stay{k.start, from, k.place})
		}
		// The next sample makes the open one longer, even where nothing is left of it now.
		if k.end > to || s.open && i == len(latest)-1 {
			s.known = append(s.known, stay{min(to, k.end), k.end, k.place})
		}
	}
}

// add adds a stay between two samples that did not see it.
func (s *stays) add(start, end time.Duration, place int) {
	if n := len(s.known); place != nowhere && !s.open && (n == 0 || s.known[n-1].end <= start) {
		s.known = append(s.known, stay{start, end, place})
	}
}

// forget drops what ended before a moment.
func (s *stays) forget(upTo time.Duration) {
	n := len(s.known)
	if s.open {
		n--
	}
	done := 0
	for done < n && s.known[done].end <= upTo {
		done++
	}
	s.known = slices.Delete(s.known, 0, done)
}
