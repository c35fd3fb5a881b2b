package observers

import "golang.org/x/sys/unix"

func isSelect(call int) bool { return call == unix.SYS_SELECT || call == unix.SYS_PSELECT6 }
