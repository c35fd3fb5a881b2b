package observers

// Finding is whether one of the sources that lanes come from can be used on this machine.
type Finding struct {
	Source string `json:"source"`
	Usable bool   `json:"usable"`
	Found  string `json:"found"`
	Advice string `json:"advice,omitempty"` // what to do about it, where it is not usable
}

func usable(source, found string) Finding { return Finding{Source: source, Usable: true, Found: found} }

func unusable(source string, err error, advice string) Finding {
	return Finding{Source: source, Found: err.Error(), Advice: advice}
}
