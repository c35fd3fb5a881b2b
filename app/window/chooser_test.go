//go:build cgo

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"regatta/workloads/catalog"
)

// A model that the workload is not run under cannot be chosen, by pointer or key, and the panel says why.
func TestRefusedModels(t *testing.T) {
	v, _ := testView(t, &fakeStarter{t: t})
	models := v.panel.models
	why := catalog.Workloads()[0].Refused["asyncio-blocking"]
	if !v.panel.below.Visible() || why == "" || !strings.Contains(v.panel.reasons.Text, "Blocking asyncio: "+why) {
		t.Fatalf("why, it is %q, but said is %q", why, v.panel.reasons.Text)
	}
	models.Choose("asyncio-blocking")
	if models.chosen != "threads" || v.panel.pair.Model.ID != "threads" {
		t.Errorf("chosen is %s, to be run is %s", models.chosen, v.panel.pair.Model.ID)
	}
	models.Choose("asyncio")
	down, up := &fyne.KeyEvent{Name: fyne.KeyDown}, &fyne.KeyEvent{Name: fyne.KeyUp}
	for _, step := range []struct {
		key  *fyne.KeyEvent
		want string
	}{{down, "asyncio-threads"}, {up, "asyncio"}, {down, "asyncio-threads"}, {down, "asyncio-processes"}, {down, "asyncio-processes"}} {
		if models.TypedKey(step.key); v.panel.pair.Model.ID != step.want {
			t.Errorf("%s leads to %s, want %s", step.key.Name, v.panel.pair.Model.ID, step.want)
		}
	}

	v.panel.workloads.Choose("services")
	models.Choose("asyncio-blocking")
	if v.panel.pair.Model.ID != "asyncio-blocking" || v.panel.below.Visible() {
		t.Errorf("with services it is %s, reasons shown: %t", v.panel.pair.Model.ID, v.panel.below.Visible())
	}
	v.panel.workloads.Choose("sum")
	if v.panel.pair.Workload.ID != "sum" || v.panel.pair.Model.ID != models.chosen || models.chosen != "sequential" {
		t.Errorf("back with the sum it is %s under %s, chosen is %s", v.panel.pair.Workload.ID, v.panel.pair.Model.ID, models.chosen)
	}
}
