package catalog

// Workload is what is to be done.
type Workload struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Tag        string      `json:"tag"`  // what sort of work it is, in two words
	Help       string      `json:"help"` // what it shows, a sentence
	Parameters []Parameter `json:"parameters"`
	Models     []string    `json:"models"`

	// Refused says, by model, why this workload is not run under it, in words that follow the two names and a colon.
	Refused map[string]string `json:"refused,omitempty"`

	// Serve says how Regatta's own server answers this workload, nil where it needs none.
	serve func(Values) Serving
}

// everyModelBut lists the ids of all models that are not refused, in the order in which they are shown.
func everyModelBut(refused map[string]string) []string {
	var ids []string
	for _, m := range models {
		if refused[m.ID] == "" {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// sumRefused is why the sum is not run under some models.
var sumRefused = map[string]string{
	"asyncio-blocking": "nothing here waits, so asyncio alone shows the same: a task that computes keeps the others waiting",
}

var workloads = []Workload{
	{
		ID: "sum", Name: "Sum a range", Tag: "CPU-bound",
		Help: "Adds up numbers in a plain loop. It never waits, so only real parallelism makes it faster.",
		Parameters: []Parameter{
			{Name: "tasks", Label: "Tasks", Default: int64(4), Min: 1, Max: 64, Help: "How many ranges are summed."},
			{Name: "size", Label: "Numbers in each", Default: int64(10_000_000), Min: 1, Max: 1_000_000_000, Help: "How many numbers a range has."},
		},
		Models: everyModelBut(sumRefused), Refused: sumRefused,
	},
	{
		ID: "download", Name: "Download images", Tag: "I/O-bound",
		Help: "Fetches images over HTTP and saves each to a file. It mostly waits for the network, and waits can overlap.",
		Parameters: []Parameter{
			{Name: "images", Label: "Images", Default: int64(3), Min: 1, Max: 64, Help: "How many images are fetched."},
			{Name: "latency_ms", Label: "Latency", Default: int64(300), Min: 0, Max: 10_000, Unit: "ms", Help: "How long the server takes before the first byte."},
			{Name: "size_kb", Label: "Size of each", Default: int64(150), Min: 1, Max: 100_000, Unit: "kB", Help: "How large an image is."},
			{Name: "bandwidth_kbs", Label: "Bandwidth", Default: int64(500), Min: 0, Max: 10_000_000, Unit: "kB/s", Help: "How fast the server sends on each connection; 0 is as fast as it can."},
			{Name: "urls", Label: "Own addresses", Default: "", Text: checkURLs, Help: "Addresses of your own to fetch, separated by blanks; empty for images from Regatta's own server."},
			{Name: "timeout_s", Label: "Give up after", Default: int64(10), Min: 1, Max: 600, Unit: "s", Help: "How long one answer may take."},
		},
		Models: everyModelBut(nil),
		serve: func(v Values) Serving {
			if v.Text("urls") != "" {
				return Serving{}
			}
			return Serving{
				Needed: true, LatencyMS: v.Int("latency_ms"),
				SizeBytes: 1000 * v.Int("size_kb"), BytesPerSecond: 1000 * v.Int("bandwidth_kbs"),
			}
		},
	},
	{
		ID: "services", Name: "Call three services", Tag: "I/O-bound",
		Help: "Asks JSON services that each take a while to answer. Nothing is computed here, so the calls can wait together.",
		Parameters: []Parameter{
			{Name: "services", Label: "Services", Default: int64(3), Min: 1, Max: 64, Help: "How many services are asked."},
			{Name: "work_ms", Label: "Work of each", Default: int64(1000), Min: 0, Max: 60_000, Unit: "ms", Help: "How long a service takes to answer."},
			{Name: "timeout_s", Label: "Give up after", Default: int64(120), Min: 1, Max: 600, Unit: "s", Help: "How long one answer may take."},
		},
		Models: everyModelBut(nil),
		serve:  func(v Values) Serving { return Serving{Needed: true, WorkMS: v.Int("work_ms")} },
	},
}

// Workloads lists what can be done, in the order in which it is shown.
func Workloads() []Workload { return workloads }

// Serving is what a run wants from Regatta's own server.
type Serving struct {
	Needed         bool
	LatencyMS      int64
	SizeBytes      int64
	BytesPerSecond int64 // on each connection, 0 for as fast as it can
	WorkMS         int64
}
