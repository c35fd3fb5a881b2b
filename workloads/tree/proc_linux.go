package tree

import (
	"bytes"
	"os"
	"strconv"
	"sync"
)

// haveChildrenFiles tells whether the kernel lists the children of each thread (CONFIG_PROC_CHILDREN). Without these
// files the parent of every process of the machine must be read.
var haveChildrenFiles = sync.OnceValue(func() bool {
	_, err := os.Stat("/proc/thread-self/children")
	return err == nil
})

// childrenOf lists the children of a process: of all its threads, since a child belongs to the thread that forked it.
func childrenOf(pid int) []int {
	tasks := "/proc/" + strconv.Itoa(pid) + "/task"
	var children []int
	for _, tid := range numbersIn(tasks) {
		text, err := os.ReadFile(tasks + "/" + strconv.Itoa(tid) + "/children")
		if err != nil {
			continue // the thread has ended
		}
		for field := range bytes.FieldsSeq(text) {
			if n, err := strconv.Atoi(string(field)); err == nil {
				children = append(children, n)
			}
		}
	}
	return children
}

// parents maps each process to its children.
type parents map[int][]int

func (p parents) childrenOf(pid int) []int { return p[pid] }

// scanParents reads the parent of every process.
func scanParents() parents {
	p := parents{}
	for _, pid := range numbersIn("/proc") {
		if s, ok := readStat(pid); ok {
			p[s.parent] = append(p[s.parent], pid)
		}
	}
	return p
}

// stat is what is needed of /proc/PID/stat.
type stat struct {
	state  byte
	parent int
}

func readStat(pid int) (stat, bool) {
	line, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return stat{}, false
	}
	return parseStat(line)
}

// parseStat reads "PID (NAME) STATE PARENT ...". The name may hold spaces and parentheses, so the last one counts.
func parseStat(line []byte) (stat, bool) {
	end := bytes.LastIndexByte(line, ')')
	if end < 0 {
		return stat{}, false
	}
	fields := bytes.Fields(line[end+1:])
	if len(fields) < 2 || len(fields[0]) != 1 {
		return stat{}, false
	}
	parent, err := strconv.Atoi(string(fields[1]))
	return stat{fields[0][0], parent}, err == nil
}

// findTagged lists the processes that were started with the tag. Only those of the same user can be read.
func findTagged(tag string) []int {
	entry := []byte(TagVariable + "=" + tag)
	var found []int
	for _, pid := range numbersIn("/proc") {
		env, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/environ")
		if err != nil {
			continue
		}
		for e := range bytes.SplitSeq(env, []byte{0}) {
			if bytes.Equal(e, entry) {
				found = append(found, pid)
				break
			}
		}
	}
	return found
}

// numbersIn lists the entries of a folder that are numbers. A folder that has vanished has none.
func numbersIn(folder string) []int {
	d, err := os.Open(folder)
	if err != nil {
		return nil
	}
	defer d.Close()
	names, _ := d.Readdirnames(-1)
	var numbers []int
	for _, name := range names {
		if n, err := strconv.Atoi(name); err == nil {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
