package manifest

import _ "embed"

//go:embed darwin-amd64.txt
var text string
