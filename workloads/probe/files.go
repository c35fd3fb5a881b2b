package probe

// FileName is the name of the file to start.
const FileName = "regatta_probe.py"

// Files are the probe's files by name, for a folder that somebody else writes.
func Files() map[string]string {
	return map[string]string{FileName: string(launcher), "regatta_probe_core.py": string(core)}
}
