// Package window is Regatta's window: what to run at the side, what happened beside it. It is made of three parts. A
// controller in plain Go runs one run at a time and follows its recording; a bridge tells the window, at most once in
// a frame, that something is new; the widgets show the controller's state and hold none of their own that matters.
//
// Without cgo there is no window, and nothing in this package but this comment.
package window
