package manifest

import _ "embed"

//go:embed linux-amd64.txt
var text string
