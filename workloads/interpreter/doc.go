// Package interpreter reads who holds the GIL, and which function each thread is in, from the memory of a running CPython,
// from outside and without stopping it.
//
// CPython 3.13 and newer keep a table of offsets at the start of the structure _PyRuntime, made for tools like this one
// (Include/internal/pycore_debug_offsets.h). It leads to the list of interpreters, from each to its GIL and to its thread
// states, from a thread state to the kernel's thread id and to its frames, and from those to functions' names. Where no GIL
// of its own tells who is inside a subinterpreter, as on free-threaded builds and in those that share the main one's,
// frames tell it. Nothing of the target is called, stopped or written: it is read with process_vm_readv, on Windows with
// ReadProcessMemory, which copy or fail and cannot hang. The target goes on meanwhile, so everything read may be torn or
// stale: pointers are followed for a bounded number of steps, and what does not make sense counts as not known. macOS lets
// only root read another process.
package interpreter
