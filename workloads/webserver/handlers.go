package webserver

import (
	"context"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// step is how often a paced answer goes on: often enough for a steady stream, seldom enough to cost next to nothing.
const step = 10 * time.Millisecond

func (s *Server) image(w http.ResponseWriter, r *http.Request) {
	number, isGIF := strings.CutSuffix(r.PathValue("name"), ".gif")
	n, err := strconv.Atoi(number)
	if !isGIF || err != nil || n < 1 {
		http.NotFound(w, r)
		return
	}
	image := s.padded(n - 1)
	if !wait(r.Context(), s.options.Latency) {
		return
	}
	w.Header().Set("Content-Type", "image/gif")
	w.Header().Set("Content-Length", strconv.Itoa(len(image)))
	s.send(r.Context(), w, image)
}

// send writes body at the server's bandwidth. After t seconds, t times the bandwidth has gone out: a step that comes
// late sends more, so that the whole takes as long as it should.
func (s *Server) send(ctx context.Context, w http.ResponseWriter, body []byte) {
	if s.options.Bandwidth <= 0 {
		_, _ = w.Write(body)
		return
	}
	flusher := http.NewResponseController(w)
	ticker := time.NewTicker(step)
	defer ticker.Stop()
	start := time.Now()
	for sent := 0; sent < len(body); {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		due := int(time.Since(start).Seconds() * float64(s.options.Bandwidth))
		due = min(due, len(body))
		if due <= sent {
			continue
		}
		if _, err := w.Write(body[sent:due]); err != nil {
			return // the client has gone
		}
		if err := flusher.Flush(); err != nil {
			return
		}
		sent = due
	}
}

// answers of the services that have a subject; others answer with a number.
var answers = map[string]map[string]any{
	"weather": {"place": "Kiel", "wind_knots": 14, "direction": "WSW"},
	"stock":   {"symbol": "SAIL", "price": 42.5, "currency": "EUR"},
	"news":    {"headline": "Eight boats at the start, all of them at once", "readers": 1851},
}

func (s *Server) service(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !wait(r.Context(), s.options.Work) {
		return
	}
	answer := map[string]any{"service": name}
	for key, value := range answers[name] {
		answer[key] = value
	}
	if len(answer) == 1 {
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(name))
		answer["value"] = hash.Sum32() % 1000
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

// wait sleeps for d, or until the connection ends: then it is false.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
