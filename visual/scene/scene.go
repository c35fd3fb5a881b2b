// Package scene is a picture as a list of shapes, in the order in which they are drawn. Charts make scenes; painters
// turn them into pixels, and later into SVG and PDF. All lengths are logical pixels, y grows downwards.
package scene

import "image/color"

// Scene is one picture.
type Scene struct {
	Width, Height float64
	Ground        color.NRGBA
	Shapes        []Shape
}

// Add draws shapes on top of what there is.
func (s *Scene) Add(shapes ...Shape) { s.Shapes = append(s.Shapes, shapes...) }

// Shape is one of the shapes of this package.
type Shape interface{ shape() }

// Box is a place and a size.
type Box struct{ X, Y, W, H float64 }

// Right and Bottom are the edges away from the origin.
func (b Box) Right() float64  { return b.X + b.W }
func (b Box) Bottom() float64 { return b.Y + b.H }

// Contains tells whether a point lies in the box, its right and lower edges not included.
func (b Box) Contains(x, y float64) bool {
	return x >= b.X && x < b.Right() && y >= b.Y && y < b.Bottom()
}

// Point is a place.
type Point struct{ X, Y float64 }

// Rect is a filled box, with round corners where Radius is above 0.
type Rect struct {
	Box
	Radius float64
	Fill   color.NRGBA
}

// Bar is a filled box of many. It is kept small, because lanes are made of tens of thousands.
type Bar struct {
	X0, Y0, X1, Y1 float32
	Fill           color.NRGBA
}

// Bars are filled boxes without round corners.
type Bars []Bar

// Line is a straight line, dashed where Dash has the lengths of a dash and of the space after it.
type Line struct {
	From, To Point
	Width    float64
	Color    color.NRGBA
	Dash     [2]float64
}

// Polyline joins points by lines.
type Polyline struct {
	Points []Point
	Width  float64
	Color  color.NRGBA
}

// Polygon is a filled area.
type Polygon struct {
	Points []Point
	Fill   color.NRGBA
}

// Clip shows its shapes only inside of a box.
type Clip struct {
	Box
	Shapes []Shape
}

func (Rect) shape()     {}
func (Bars) shape()     {}
func (Line) shape()     {}
func (Polyline) shape() {}
func (Polygon) shape()  {}
func (Text) shape()     {}
func (*Clip) shape()    {}
