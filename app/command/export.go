package command

type exportCommand struct{}

// Run is called by kong.
func (c exportCommand) Run(out output) error { return nil }
