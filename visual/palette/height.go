package palette

import "regatta/workloads/recording"

// heights are shares of a lane's full height. Working is full or two thirds, waiting is below half, and the less a wait
// can be blamed on a neighbour the thinner it is.
var heights = [recording.Ready + 1]float64{
	recording.Running: 1,
	recording.Native:  1,
	recording.Start:   2.0 / 3,
	recording.GIL:     0.42,
	recording.Core:    0.42,
	recording.Ready:   0.42,
	recording.Lock:    1.0 / 6,
	recording.IO:      1.0 / 6,
	recording.Sleep:   1.0 / 12,
	recording.Await:   1.0 / 12,
}

// Height is how tall a state is drawn, as a share of the lane's full height. Unknown is not drawn: 0.
func Height(s recording.State) float64 {
	if int(s) >= len(heights) {
		return 0
	}
	return heights[s]
}
