package manifest

import _ "embed"

//go:embed linux-arm64.txt
var text string
