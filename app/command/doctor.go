package command

type doctorCommand struct{}

// Run is called by kong.
func (c doctorCommand) Run(out output) error { return nil }
