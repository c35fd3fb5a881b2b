package manifest

import _ "embed"

//go:embed windows-amd64.txt
var text string
