package chart

import (
	"cmp"
	"math"
	"slices"
	"time"

	"regatta/workloads/recording"
)

// stack is several processes' memory at the same times, so that it can be added up. Each process has samples of its
// own times; between two of them its memory lies on the line that joins them.
type stack struct {
	times  []time.Duration
	values [][]float64 // one row a series; NaN where a sample is missing, 0 where the process does not live
	total  []float64   // NaN where one of the living is missing
}

// stackOf adds up series between from and to. Times nearer to each other than least are one.
func stackOf(rec *recording.Recording, series []*recording.Series, from, to, least time.Duration) stack {
	ends := make([]time.Duration, len(series))
	var st stack
	for i, s := range series {
		ends[i] = lifeEnd(rec, s)
		st.times = appendTimes(st.times, s.Points, ends[i], from, to, least)
	}
	slices.Sort(st.times)
	st.times = slices.Compact(st.times)
	st.times = thinTimes(st.times, least)
	st.total = make([]float64, len(st.times))
	for i, s := range series {
		row := valuesAt(s.Points, ends[i], st.times)
		for k, v := range row {
			st.total[k] += v
		}
		st.values = append(st.values, row)
	}
	return st
}

// appendTimes adds the times at which a series bends or steps, those of its points at least least apart. It looks only at
// points between from and to.
func appendTimes(times []time.Duration, points []recording.Point, end, from, to, least time.Duration) []time.Duration {
	add := func(at time.Duration) {
		if at >= from && at <= to {
			times = append(times, at)
		}
	}
	if len(points) == 0 {
		return times
	}
	add(points[0].At - 1)
	add(end)
	add(end + 1)
	if points[0].At < from && end > from {
		add(from)
	}
	if points[0].At < to && end > to {
		add(to)
	}
	last := from - least
	for i := firstAt(points, from); i < len(points) && points[i].At <= to; i++ {
		// A missing sample makes steps on both of its sides.
		if points[i].At-last >= least || i == len(points)-1 || points[i].Missing() || points[i-1].Missing() || points[i+1].Missing() {
			last = points[i].At
			times = append(times, last)
		}
	}
	return times
}

// firstAt is the index of the first point at or after a time.
func firstAt(points []recording.Point, at time.Duration) int {
	i, _ := slices.BinarySearchFunc(points, at, func(p recording.Point, at time.Duration) int { return cmp.Compare(p.At, at) })
	return i
}

// thinTimes leaves out times that are nearer than least to one that stays, but never the far side of a step.
func thinTimes(times []time.Duration, least time.Duration) []time.Duration {
	if len(times) < 3 {
		return times
	}
	kept := times[:1]
	for i, at := range times[1:] {
		if at-kept[len(kept)-1] >= least || at-times[i] == 1 || i == len(times)-2 {
			kept = append(kept, at)
		}
	}
	return kept
}

// lifeEnd is until when a series' last value holds: the end of its process, or as far as anything was seen.
func lifeEnd(rec *recording.Recording, s *recording.Series) time.Duration {
	if len(s.Points) == 0 {
		return 0
	}
	last := s.Points[len(s.Points)-1].At
	for _, t := range rec.Tracks() {
		if t.Kind == recording.Process && t.PID == s.PID && t.End != recording.StillAlive && t.End >= last {
			return t.End
		}
	}
	if rec.End != nil {
		return max(last, rec.End.Wall)
	}
	return max(last, rec.Seen())
}

// valuesAt is a series' values at times, which are sorted.
func valuesAt(points []recording.Point, end time.Duration, times []time.Duration) []float64 {
	values := make([]float64, len(times))
	next := 0 // the first point after the time
	if len(times) > 0 {
		next = firstAt(points, times[0])
	}
	for k, at := range times {
		for next < len(points) && points[next].At <= at {
			next++
		}
		switch {
		case next == 0 || at > end:
			values[k] = 0
		case next == len(points):
			values[k] = points[next-1].Value
		default:
			values[k] = between(points[next-1], points[next], at)
		}
	}
	return values
}

// between is the value on the line from a to b, NaN where one of them is missing; a itself always counts.
func between(a, b recording.Point, at time.Duration) float64 {
	if at == a.At {
		return a.Value
	}
	return a.Value + (b.Value-a.Value)*float64(at-a.At)/float64(b.At-a.At)
}

// peak is the largest total and where it is, -1 where there is none.
func (st stack) peak() int {
	at := -1
	for i, v := range st.total {
		if !math.IsNaN(v) && (at < 0 || v > st.total[at]) {
			at = i
		}
	}
	return at
}

// stretches calls each with the bounds of every stretch of times without a missing sample.
func (st stack) stretches(each func(first, last int)) {
	for i := 0; i < len(st.total); {
		if math.IsNaN(st.total[i]) {
			i++
			continue
		}
		first := i
		for i < len(st.total) && !math.IsNaN(st.total[i]) {
			i++
		}
		each(first, i)
	}
}
