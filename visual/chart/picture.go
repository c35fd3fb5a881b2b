package chart

import (
	"time"

	"regatta/visual/palette"
	"regatta/visual/scene"
	"regatta/visual/typeface"
	"regatta/workloads/recording"
)

// Number is one of the figures under the headline.
type Number struct {
	Value   string
	Caption string
	Accent  recording.State // the state whose colour the value has; Unknown for none
}

// Options say how a picture of a whole run looks.
type Options struct {
	Width, Height float64 // logical pixels
	Scale         float64 // device pixels in a logical one; 0 is 1
	Theme         *palette.Theme
	From, To      time.Duration // the stretch that is shown; a To of 0 is the end of the whole run
	Title         string        // one sentence, what happened
	Subtitle      string
	Numbers       []Number
	Lecture       bool // everything twice as large, to be read from the last row
}

const (
	margin        = 20.0
	headlineSize  = 24.0
	subtitleSize  = 14.0
	valueSize     = 26.0
	captionSize   = 12.0
	headlineMid   = 38.0
	subtitleMid   = 67.0
	valueMid      = 110.0
	captionMid    = 135.0
	withHeadline  = 52.0  // where the card begins when there is a headline only
	withSubtitle  = 86.0  // with a subtitle too
	withNumbers   = 160.0 // with numbers too
	numberSpacing = 219.0
)

// Picture draws a whole run: the headline, the numbers, and lanes, cores and memory under them.
func Picture(rec *recording.Recording, o Options) *scene.Scene {
	if o.Lecture {
		return lecture(rec, o, View{})
	}
	return picture(rec, o, View{})
}

// Seen draws what a view shows, its stretch of time, its lanes and what is selected in it, with the headline and the
// numbers on top.
func Seen(rec *recording.Recording, v View, o Options) *scene.Scene {
	o.From, o.To, v.Handles = v.From, v.To, false
	if o.Lecture {
		return lecture(rec, o, v)
	}
	return picture(rec, o, v)
}

// lectureSize is how much larger everything is in a lecture.
const lectureSize = 2

func lecture(rec *recording.Recording, o Options, v View) *scene.Scene {
	o.Width, o.Height, o.Scale = o.Width/lectureSize, o.Height/lectureSize, max(o.Scale, 1)*lectureSize
	v.Lecture = true
	s := picture(rec, o, v)
	s.Width, s.Height = s.Width*lectureSize, s.Height*lectureSize
	moved(s.Shapes, lectureSize, 0, 0)
	return s
}

// picture draws a whole run into a view that says what else it is.
func picture(rec *recording.Recording, o Options, v View) *scene.Scene {
	v.Width, v.Height, v.Scale, v.Theme = o.Width, o.Height, o.Scale, o.Theme
	v = v.Whole(rec)
	if o.To > 0 {
		v.To = o.To
	}
	v.From = min(max(o.From, 0), v.To)
	t := v.theme()
	s := &scene.Scene{Width: o.Width, Height: o.Height, Ground: t.Ground}
	left := margin + pad
	room := o.Width - 2*left
	top := margin
	if o.Title != "" {
		top = withHeadline
		s.Add(scene.Text{X: left, Text: o.Title, Size: headlineSize, Weight: typeface.Bold, Color: t.Ink}.CenteredAt(headlineMid).FittedTo(room))
	}
	if o.Subtitle != "" {
		top = withSubtitle
		s.Add(scene.Text{X: left, Text: o.Subtitle, Size: subtitleSize, Color: t.Muted}.CenteredAt(subtitleMid).FittedTo(room))
	}
	if len(o.Numbers) > 0 {
		top = withNumbers
		numbers(s, o.Numbers, left, room, t)
	}
	v.Width, v.Height = max(o.Width-2*margin, 1), max(o.Height-top-margin, 1)
	New(rec).drawAt(s, v, margin, top)
	return s
}

// numbers draws figures beside each other with a rule between them.
func numbers(s *scene.Scene, all []Number, left, room float64, t *palette.Theme) {
	each := min(room/float64(len(all)), numberSpacing*1.3)
	for i, n := range all {
		x := left + float64(i)*each
		if i > 0 {
			s.Add(scene.Rect{Box: scene.Box{X: x - 18, Y: valueMid - 14, W: 1, H: 42}, Fill: t.Rule})
		}
		c := t.Ink
		if n.Accent != recording.Unknown {
			c = t.StateInk(n.Accent)
		}
		s.Add(
			scene.Text{X: x, Text: n.Value, Size: valueSize, Weight: typeface.Bold, Color: c}.CenteredAt(valueMid).FittedTo(each-24),
			scene.Text{X: x, Text: n.Caption, Size: captionSize, Color: t.Muted}.CenteredAt(captionMid).FittedTo(each-24))
	}
}
