package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"regatta/workloads/recording"
)

// Spans writes a row for each span of each lane, then for each of the cores' lanes. Times are seconds since the run
// started, to the nanosecond; what there is not is empty. The blocker is the lane that held what was waited for; on a
// core, the lane that was on it.
func Spans(w io.Writer, r *recording.Recording, s Stretch) error {
	table := csv.NewWriter(w)
	table.Write([]string{"lane", "parent", "kind", "name", "detail", "pid", "tid", "start_s", "end_s", "state", "blocker", "function"})
	for _, tracks := range [][]*recording.Track{r.Tracks(), r.Cores()} {
		for _, t := range tracks {
			lane := []string{
				number(t.ID), number(t.Parent), text(string(t.Kind)), text(t.Name), text(t.Detail), number(t.PID), number(t.TID),
			}
			row := make([]string, 0, 12)
			s.spans(t, func(span recording.Span) {
				row = append(append(row[:0], lane...),
					seconds(span.Start), seconds(span.End), span.State.String(), number(span.Blocker), text(span.Label))
				table.Write(row)
			})
		}
	}
	table.Flush()
	return table.Error() // the first one
}

// Series writes a row for each point of each series. The use of a core is a mean over the time since the point before;
// memory is what it was at that moment. The value of a sample that was missed is empty.
func Series(w io.Writer, r *recording.Recording, s Stretch) error {
	table := csv.NewWriter(w)
	table.Write([]string{"series", "quantity", "unit", "core", "pid", "name", "at_s", "value"})
	for _, of := range series(r) {
		info := []string{number(of.ID), string(of.Quantity), unit(of.Quantity), "", number(of.PID), text(of.Name)}
		if of.Quantity == recording.CoreUse {
			info[3] = strconv.Itoa(of.Core) // one of them is core 0
		}
		row := make([]string, 0, 8)
		for _, p := range of.Points {
			if !s.contains(p.At) {
				continue
			}
			value := ""
			if !p.Missing() {
				value = strconv.FormatFloat(p.Value, 'g', -1, 64)
			}
			row = append(append(row[:0], info...), seconds(p.At), value)
			table.Write(row)
		}
	}
	table.Flush()
	return table.Error()
}

func unit(q recording.Quantity) string {
	switch q {
	case recording.CoreUse:
		return "share"
	case recording.CoreOurs:
		return "cores"
	}
	return "bytes"
}

// number writes an id, of which 0 is none.
func number[N ~int | ~int32](n N) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

func seconds(at time.Duration) string {
	sign := ""
	if at < 0 {
		sign, at = "-", -at
	}
	return fmt.Sprintf("%s%d.%09d", sign, at/time.Second, at%time.Second)
}

// text is a name that any reader takes: what is no text in it is replaced.
func text(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '\uFFFD'
		}
		return r
	}, s)
}
