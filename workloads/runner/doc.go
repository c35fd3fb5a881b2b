// Package runner runs one program, watches over its processes and records what was seen of it.
//
// The runner is our own binary started again with a hidden argument. The window or the command line (the front) calls
// [Start], which sends it an [Order] over its standard input, then one byte to go, later one to stop; the runner answers
// with [Event] lines on its standard output. The end of that input means that the front is gone. Whatever happens, nothing of
// the program's tree is left: see package tree for how it is killed.
//
// The phases of a run, each with its event: prepare (folder, files, server, recording), start (t = 0), observe, end of
// the program, reap what it left behind, save.
//
// An Attached order runs a user's own script with the terminal, the standard input and output and the process group of the
// front: attach.go says how.
//
// # When something of ours is killed
//
// Linux: between front and runner stands the keeper, the same binary again, which does nothing but wait. Both keeper and
// runner are child subreapers. When the runner is killed, its processes become the keeper's, which kills them; when the
// keeper is killed, the runner sees it by a pipe and kills them; when the front is killed, the runner sees the end of its
// input and kills them, and if it is killed as well, the keeper does. The front itself adopts nothing, so it
// need not guess which of its children are whose (a browser that the toolkit opened is none of ours). When keeper and
// runner are killed in the same instant, init becomes the parent: the front then finds the processes by the tag in their
// environment and kills them; a program that cleared its environment gets away. When all three are killed in one
// instant, the next start does the same.
//
// macOS: the runner sees the end of its input, and kills by parent ids, process group and tag. When the runner is
// killed, the front kills by group and tag. A daemon that forked twice, started a session and cleared its environment
// gets away; when front and runner are both killed, everything stays until the next start kills what has the tag.
//
// Windows: the front holds a job object with the runner in it, from before the byte to go; the runner holds another for the
// program. The system kills what is in a job when its holder is gone, so all deaths are covered, but when
// the front is killed the runner dies with it and the recording stays incomplete.
//
// A recording that the runner could not end keeps what was written until then: the front gives it its final name, and
// opened it has status Incomplete. When the front is gone too it keeps the name with recording.PartSuffix.
//
// When the disk fills up in the middle, the run is stopped: its product would be missing its end.
package runner
