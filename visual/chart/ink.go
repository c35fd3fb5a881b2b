package chart

import "regatta/visual/scene"

// ink is what lanes are drawn with: long spans as bars, columns that several spans share as cells. Its memory is used
// again from one picture to the next.
type ink struct {
	bars    scene.Bars
	cells   []scene.Cells // one a row
	ends    []int         // of the rows among columns
	columns []int32
	fills   []scene.Packed
	bands   []scene.Band
}

func (k *ink) reset() {
	k.bars, k.cells, k.ends = k.bars[:0], k.cells[:0], k.ends[:0]
	k.columns, k.fills, k.bands = k.columns[:0], k.fills[:0], k.bands[:0]
}

// endRow closes a row of cells that began at x and were filled in levels around a middle.
func (k *ink) endRow(x, width float64, mid float32, levels []scene.Band) {
	k.cells = append(k.cells, scene.Cells{X: x, Width: width})
	k.ends = append(k.ends, len(k.columns))
	for _, v := range levels {
		k.bands = append(k.bands, scene.Band{Top: mid + v.Top, Bottom: mid + v.Bottom})
	}
}

// addTo adds all rows to a scene. Only now is the memory where it stays.
func (k *ink) addTo(s *scene.Scene) {
	s.Add(k.bars)
	first := 0
	for i := range k.cells {
		c, last := &k.cells[i], k.ends[i]
		if last > first {
			levels := len(k.bands) / len(k.cells)
			c.Bands = k.bands[i*levels : (i+1)*levels]
			c.Columns, c.Fills = k.columns[first:last], k.fills[first*levels:last*levels]
			s.Add(c)
		}
		first = last
	}
}
