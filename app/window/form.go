//go:build cgo

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"regatta/visual/story"
	"regatta/workloads/catalog"
)

// form holds the settings of the chosen pair. What was typed for one pair is there again when it comes back.
type form struct {
	object  *fyne.Container
	fields  []*field
	keys    keys
	changed func() // something was typed, or the pair changed
	pair    catalog.Pair
	kept    map[string]string // what was typed, by owner and parameter
}

func newForm(keys keys, changed func()) *form {
	return &form{object: container.New(pile(4)), keys: keys, changed: changed, kept: map[string]string{}}
}

// Show makes the fields for a pair.
func (f *form) Show(pair catalog.Pair) {
	f.pair, f.fields = pair, nil
	f.object.RemoveAll()
	add := func(owner string, params []catalog.Parameter) {
		for _, p := range params {
			key := owner + " " + p.Name
			value, typed := f.kept[key]
			if !typed {
				value = story.Value(p.Default)
			}
			var made *field
			made = newField(p, value, f.keys, func() {
				f.kept[key] = made.typed()
				f.object.Refresh() // a message may have come or gone
				f.changed()
			})
			f.fields = append(f.fields, made)
			f.object.Add(made.object)
		}
	}
	add(pair.Workload.ID, pair.Workload.Parameters)
	add(pair.Model.ID, pair.Model.Parameters)
	f.changed()
}

// Values are the checked settings; ok is false while any of them is wrong.
func (f *form) Values() (values catalog.Values, ok bool) {
	values = catalog.Values{}
	for _, field := range f.fields {
		v, err := field.value()
		if err != nil {
			return nil, false
		}
		values[field.param.Name] = v
	}
	return values, true
}
