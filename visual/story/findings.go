package story

import (
	"regatta/workloads/analysis"
)

// Finding is a finding in words.
type Finding struct {
	analysis.Finding
	Headline string // one sentence, what happened
	Why      string // what it is made from, a sentence or two; may be empty
}

// Text is the whole of it.
func (f Finding) Text() string {
	if f.Why == "" {
		return f.Headline
	}
	return f.Headline + " " + f.Why
}

// Findings puts what was found into words, the most important first. What this Regatta has no words for is left out.
func Findings(s analysis.Summary) []Finding {
	var list []Finding
	for _, found := range s.Findings {
		if say, known := words[found.ID]; known {
			headline, why := say(teller{found, s})
			list = append(list, Finding{found, headline, why})
		}
	}
	return list
}

// Headline says what happened in one sentence: the most important finding or, where the rules find nothing, how long the
// run took.
func Headline(s analysis.Summary) string {
	if first, ok := first(s); ok {
		return first.Headline
	}
	workload, model := names(s)
	text := knownBy(model, workload) + ": " + Seconds(s.Wall)
	if s.CoresBusy != nil {
		text += ", " + CoresBusy(s) + " cores kept busy"
	}
	return text + "."
}

// Subtitle is the line under the headline: why it is so, and the setting.
func Subtitle(s analysis.Summary) string {
	if first, ok := first(s); ok && first.Why != "" {
		return first.Why + dot + Setting(s)
	}
	return Setting(s)
}

// first is the finding that is the headline.
func first(s analysis.Summary) (f Finding, ok bool) {
	if _, ok := s.Headline(); !ok {
		return f, false
	}
	list := Findings(s)
	if len(list) == 0 || list[0].ID != s.Findings[0].ID {
		return f, false
	}
	return list[0], true
}

// Report is a summary with its findings in words, as scripts read it.
type Report struct {
	analysis.Summary
	Findings []Told `json:"findings"` // in place of the summary's, which have no words
}

// Told is a finding as scripts read it.
type Told struct {
	ID      string             `json:"id"`
	Role    analysis.Role      `json:"role"`
	Text    string             `json:"text"`
	Numbers map[string]float64 `json:"numbers"`
	Names   map[string]string  `json:"names,omitempty"`
}

// Tell makes the report of a summary.
func Tell(s analysis.Summary) Report {
	told := []Told{}
	for _, f := range Findings(s) {
		told = append(told, Told{f.ID, f.Role, f.Text(), f.Numbers, f.Names})
	}
	return Report{s, told}
}
