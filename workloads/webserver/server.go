// Package webserver is Regatta's own web server: it gives the network workloads images and JSON services over real HTTP
// on 127.0.0.1, as slowly as a real network would, so that a run needs no internet and is the same everywhere.
package webserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"regatta/assets"
)

// Options say how slow the server is and how much it sends.
type Options struct {
	Latency   time.Duration // until the first byte of an image
	Size      int           // of an image in bytes; one that is smaller is padded, see Pad
	Bandwidth int           // of an image's connection in bytes a second; 0 is no limit
	Work      time.Duration // until a service answers
}

// Server answers on a free port of 127.0.0.1 until it is closed:
//
//	/image/1.gif, /image/2.gif, ...   images, which go round when there are no more
//	/service/weather, /service/...    a JSON object, the same for the same name
type Server struct {
	options  Options
	listener net.Listener
	http     http.Server
	serving  sync.WaitGroup // the goroutine that accepts, and one for each connection

	mu     sync.Mutex
	images map[int][]byte // padded, by the number in the path modulo the number of images
}

// Start opens a server. The error says why no port could be had.
func Start(options Options) (*Server, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the web server for the workload: %w", err)
	}
	s := &Server{options: options, listener: listener, images: map[int][]byte{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /image/{name}", s.image)
	mux.HandleFunc("GET /service/{name}", s.service)
	ctx, cancel := context.WithCancel(context.Background())
	s.http = http.Server{
		Handler:           mux,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second,
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				s.serving.Add(1)
			case http.StateClosed, http.StateHijacked:
				s.serving.Done()
			}
		},
	}
	s.serving.Go(func() {
		defer cancel()             // ends answers that wait for a timer
		_ = s.http.Serve(listener) // ends with ErrServerClosed and nothing else to say
	})
	return s, nil
}

// URL is the server's address, as in "http://127.0.0.1:40123".
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close ends the server with all its connections, also in the middle of an answer, and waits until they are gone.
func (s *Server) Close() error {
	err := s.http.Close()
	s.serving.Wait()
	if errors.Is(err, net.ErrClosed) {
		return nil // closed before
	}
	return err
}

// padded returns image n, counted from 0, in the size that was asked for.
func (s *Server) padded(n int) []byte {
	n %= 3
	s.mu.Lock()
	defer s.mu.Unlock()
	image, ok := s.images[n]
	if !ok {
		image = Pad(assets.Image(n), s.options.Size)
		s.images[n] = image
	}
	return image
}
