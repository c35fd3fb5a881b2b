package catalog

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Parameter is one thing about a run that the user can set. A parameter with Choices takes one of them, one with a Text
// check takes text, any other takes a whole number from Min to Max.
type Parameter struct {
	Name    string             `json:"name"`
	Label   string             `json:"label"`
	Default any                `json:"default"` // int64 or string
	Min     int64              `json:"min"`
	Max     int64              `json:"max"`
	Unit    string             `json:"unit"`
	Help    string             `json:"help"`
	Choices []string           `json:"choices,omitempty"`
	Text    func(string) error `json:"-"`
}

// Parse turns what a user typed into a value, an int64 or a string. The error says what is wrong and what is allowed.
func (p Parameter) Parse(typed string) (any, error) {
	typed = strings.TrimSpace(typed)
	switch {
	case p.Choices != nil:
		if !slices.Contains(p.Choices, typed) {
			return nil, fmt.Errorf("%s is %q, but must be one of %s", p.Name, typed, strings.Join(p.Choices, ", "))
		}
		return typed, nil
	case p.Text != nil:
		if err := p.Text(typed); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		return typed, nil
	}
	// 10 000 000 and 10_000_000 read better than 10000000
	n, err := strconv.ParseInt(strings.NewReplacer(" ", "", "_", "", "\u00a0", "", "\u202f", "").Replace(typed), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%s is %q, but must be a whole number %s", p.Name, typed, p.Allowed())
	}
	if n < p.Min || n > p.Max {
		return nil, fmt.Errorf("%s is %d, but must be %s", p.Name, n, p.Allowed())
	}
	return n, nil
}

// Allowed says which values Parse takes.
func (p Parameter) Allowed() string {
	switch {
	case p.Choices != nil:
		return "one of " + strings.Join(p.Choices, ", ")
	case p.Text != nil:
		return p.Help
	}
	return strings.TrimSpace(fmt.Sprintf("from %d to %d %s", p.Min, p.Max, p.Unit))
}

// checkURLs takes addresses with http or https, separated by blanks or commas.
func checkURLs(typed string) error {
	for _, text := range strings.FieldsFunc(typed, func(r rune) bool { return r == ' ' || r == ',' }) {
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("%q is no address of a file on the web, such as https://example.org/boat.gif", text)
		}
	}
	return nil
}
