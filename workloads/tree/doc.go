// Package tree starts a program and holds the whole tree of processes that grows from it: it adopts orphans, lists
// descendants, and kills until nothing is left.
//
// To kill a tree is a race against processes that fork, so [Tree.Kill] goes in rounds: stop everything that is found
// with SIGSTOP and look again until nothing new turns up, kill everything, reap it, and start over until there is
// nobody left. Neither can be caught or ignored, and a process with a pending SIGSTOP cannot fork.
//
// # What each system can do
//
// Linux: the process that calls [Start] becomes a child subreaper, so that a descendant whose parent dies becomes its
// child, whatever session or group it moved to. Nothing can leave the tree, and the kernel says when it is empty (wait4
// fails with ECHILD). What can be left alive is a process of another user (started by sudo) when we are not root, and one
// that is stuck in the kernel; Kill gives up on these after [killPatience] and names them. There is one Tree a process, and
// nothing else there may wait for children (no os/exec), because the tree reaps all of them.
//
// macOS: there is no subreaper. The tree is what can be reached from the program by parent ids, by its process group or
// by the tag in its environment. A daemon that forked twice, started a session and cleared its environment escapes.
// The CPU time counts what the program's own processes waited for, not orphans.
//
// Windows: a job object that cannot be left holds the program from before its first instruction; it also knows the
// tree's CPU time. The system ends all of it when the last handle is closed, also when the holder was killed.
package tree
