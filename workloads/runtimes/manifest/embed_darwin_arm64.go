package manifest

import _ "embed"

//go:embed darwin-arm64.txt
var text string
