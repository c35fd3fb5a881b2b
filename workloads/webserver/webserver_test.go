package webserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/gif"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"regatta/assets"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start opens a server that the test closes, and a client that keeps no connections.
func start(t *testing.T, options Options) (*Server, *http.Client) {
	t.Helper()
	server, err := Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 30 * time.Second}
}

func get(t *testing.T, client *http.Client, url string) (int, []byte) {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, body
}

func TestImagesAreGIFsOfTheExactSize(t *testing.T) {
	const size = 150_000
	server, client := start(t, Options{Size: size})
	seen := map[string]bool{}
	for n := 1; n <= 4; n++ {
		status, body := get(t, client, fmt.Sprintf("%s/image/%d.gif", server.URL(), n))
		if status != http.StatusOK || len(body) != size {
			t.Errorf("image %d: status %d, %d bytes", n, status, len(body))
		}
		if _, err := gif.DecodeAll(bytes.NewReader(body)); err != nil {
			t.Errorf("image %d: %v", n, err)
		}
		seen[string(body)] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d different images, want 3 and then the first again", len(seen))
	}
}

func TestPad(t *testing.T) {
	image := assets.Image(0)
	for missing := range 600 {
		padded := Pad(image, len(image)+missing)
		want := len(image) + missing
		if missing < minimum {
			want = len(image)
		}
		if len(padded) != want {
			t.Errorf("%d bytes more: got %d bytes, want %d", missing, len(padded), want)
		}
		if _, err := gif.DecodeConfig(bytes.NewReader(padded)); err != nil {
			t.Errorf("%d bytes more: %v", missing, err)
		}
		if missing%100 == 0 {
			if _, err := gif.DecodeAll(bytes.NewReader(padded)); err != nil {
				t.Errorf("%d bytes more: %v", missing, err)
			}
		}
	}
	for _, other := range [][]byte{nil, []byte("no picture")} {
		if got := Pad(other, 100); !bytes.Equal(got, other) {
			t.Errorf("Pad(%q) = %q", other, got)
		}
	}
}

func TestTheServerIsAsSlowAsItShall(t *testing.T) {
	const latency, size, bandwidth = 60 * time.Millisecond, 150_000, 1_500_000
	server, client := start(t, Options{Latency: latency, Size: size, Bandwidth: bandwidth, Work: latency})

	begin := time.Now()
	response, err := client.Get(server.URL() + "/image/1.gif")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if took := time.Since(begin); took < latency {
		t.Errorf("the first byte came after %v", took)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Fatal(err)
	}
	if took, least := time.Since(begin), latency+size*time.Second/bandwidth; took < least {
		t.Errorf("the last byte came after %v, should take %v", took, least)
	}

	begin = time.Now()
	get(t, client, server.URL()+"/service/weather")
	if took := time.Since(begin); took < latency {
		t.Errorf("the service answered after %v", took)
	}
}

func TestServicesAnswerTheSame(t *testing.T) {
	server, client := start(t, Options{})
	for _, name := range []string{"weather", "stock", "news", "service-4", "service-64"} {
		_, first := get(t, client, server.URL()+"/service/"+name)
		_, second := get(t, client, server.URL()+"/service/"+name)
		if !bytes.Equal(first, second) {
			t.Errorf("%s answers %s, then %s", name, first, second)
		}
		var answer map[string]any
		if err := json.Unmarshal(first, &answer); err != nil || answer["service"] != name || len(answer) < 2 {
			t.Errorf("%s answers %s (%v)", name, first, err)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	server, client := start(t, Options{})
	for _, path := range []string{"/", "/image/", "/image/0.gif", "/image/-1.gif", "/image/x.gif", "/image/1.png", "/service/"} {
		if status, _ := get(t, client, server.URL()+path); status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, status)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	const size = 100_000
	server, client := start(t, Options{Latency: time.Millisecond, Size: size, Bandwidth: 4_000_000})
	var clients sync.WaitGroup
	for n := range 32 {
		clients.Go(func() {
			response, err := client.Get(fmt.Sprintf("%s/image/%d.gif", server.URL(), n+1))
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			if got, err := io.Copy(io.Discard, response.Body); err != nil || got != size {
				t.Errorf("image %d: %d bytes, %v", n+1, got, err)
			}
		})
	}
	clients.Wait()
}

func TestCloseInTheMiddleOfAnAnswer(t *testing.T) {
	server, client := start(t, Options{Size: 100_000, Bandwidth: 20_000, Work: time.Hour})
	response, err := client.Get(server.URL() + "/image/1.gif")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.ReadFull(response.Body, make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := client.Get(server.URL() + "/service/weather") //nolint:bodyclose // there is none
		ended <- err
	}()
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if err := server.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := io.Copy(io.Discard, response.Body); !errors.Is(err, io.ErrUnexpectedEOF) &&
		(err == nil || !strings.Contains(err.Error(), "reset")) {
		t.Errorf("the answer ended with %v", err)
	}
	if err := <-ended; err == nil {
		t.Error("a closed server answered")
	}
}
