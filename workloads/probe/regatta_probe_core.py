"""Regatta's probe: it writes down what only the program itself knows, and changes nothing else.

It is loaded before the program, in every process of the program's tree, and leaves in a folder who
started when under which name (processes, threads, asyncio tasks) and each step of each task. A
process writes into files `<pid>-<n>.ev` that are mapped into its memory: an event costs no system
call, and what was written survives a `kill -9`. A record is 64 bytes, little endian:

     0  u64  time.perf_counter_ns()         28  u16  length of the text in bytes, at most 255
     8  u64  id                             30       33 bytes of text, UTF-8
    16  u64  arg                            63  u8   kind, written last: 0 means not written yet
    24  u32  the thread's native id

A longer text goes on in the TEXT records behind it, 63 bytes each. A file is read up to its first
kind 0; a process that needs more room goes on in a new file. No record needs one in another file.
The first 8 bytes of a file's last record say since when, by perf_counter_ns(), its thread has been in
a callback that is no task, 0 when it is in none: one that never ends would leave no other trace.

One file of a process is shared, under a lock, by the rare events of all its threads. A thread that
runs an event loop has a file to itself, so nothing is locked there; when it ends, the next such
thread goes on in it. A process that was forked starts files of its own.

Where the probe fails (full disk, vanished folder), it goes silent: the program comes first.

It is one file, long as it is, since each process of the tree loads it by its path, in one step and
without an entry in sys.path or sys.modules that a program could see.
"""

import _thread
import atexit
import os
import sys
from _struct import Struct
from _weakref import ref
from itertools import count
from mmap import mmap
from time import perf_counter_ns, time_ns

# Kinds of record.  (id, arg, text) of each:
PROCESS = 1  # pid, time.time_ns(), name; written again when the name gets known
MAIN = 2  # pid; the program's own code starts, before was start-up; the last one counts
THREAD = 3  # ident, ident of the thread that started it or 0, name
THREAD_END = 4  # ident
TASK = 5  # number of the task, number of its loop, name + "\x1f" + the coroutine's name
READY = 6  # task, ns since when it could have run if what woke it was late itself, else 0
STEP = 7  # task
STEP_END = 8  # task, 1 if it is done now
CALLBACK = 9  # loop, duration in ns, name of a callback that is no task and took long
DROPPED = 10  # -, events lost so far by this file's writers; overwritten in place while it grows
PROCESS_END = 11  # pid
LOOP = 12  # loop; it starts running in this thread
TEXT = 15  # more text of the record before

RECORD = Struct("<QQQIH33sB")
MORE_TEXT = Struct("<63sB")
FIRST_SIZE, NEXT_SIZE = 4096, 256 << 10  # of a file; most processes have less than 64 events
ROOM = 64 << 20  # bytes that one process may fill
LONG_CALLBACK = 1_000_000  # ns
# What makes asyncio's handles that run when there is something to be read, not when they are asked for.
LATER = {"_add_reader", "_add_writer", "add_signal_handler"}

PROBE = os.path.abspath(__file__)
get_ident = _thread.get_ident
get_native_id = getattr(_thread, "get_native_id", get_ident)

folder = ""  # where the files go
pid = 0
name = ""  # of this process
room = 0  # bytes left
files = 0  # number of the last file
lock = None  # held while `shared` is written
shared = None  # writer for the rare events of all threads
local = None  # local.writer: this thread's own
free = []  # writers of threads that ended
alive = []  # what nothing else keeps


class Writer:
    """Appends records to one file after another."""

    __slots__ = ("memory", "position", "end", "tid", "due", "lost", "busy")

    def __init__(self):
        self.begin()

    def begin(self):
        """Begin with a new file."""
        self.memory = None
        self.position = self.end = 0
        self.tid = get_native_id()
        self.due = 0  # while a callback runs: when it was due, in ns
        self.lost = 0
        self.busy = None  # the file's word on the callback that runs

    def write(self, kind, ident, arg=0, text=b""):
        """Append one record."""
        position = self.position
        if len(text) > 33:
            self.write_long(kind, ident, arg, text)
        elif position < self.end or self.grow():
            position = self.position
            self.position = position + 64
            now, size = perf_counter_ns(), len(text)
            RECORD.pack_into(self.memory, position, now, ident, arg, self.tid, size, text, kind)

    def write_long(self, kind, ident, arg, text):
        """Append a record and the rest of its text; the record last, for a reader waits for it."""
        rest = [text[i : i + 63] for i in range(33, len(text), 63)]
        if self.position + 64 * len(rest) >= self.end and not self.grow():
            return
        head = position = self.position
        for part in rest:
            position += 64
            MORE_TEXT.pack_into(self.memory, position, part, TEXT)
        self.position = position + 64
        now, size = perf_counter_ns(), len(text)
        RECORD.pack_into(self.memory, head, now, ident, arg, self.tid, size, text[:33], kind)

    def grow(self):
        """Go on in a new file.  False when there is none to be had: then this event is lost."""
        size = NEXT_SIZE if self.memory else FIRST_SIZE
        memory = None if self.lost else new_file(size)
        since = 0
        if self.busy is not None:
            since, self.busy[0] = self.busy[0], 0
            self.busy = None
        if memory:
            # The last record of a file is kept for DROPPED.
            self.memory, self.position, self.end = memory, 0, size - 64
            self.busy = memoryview(memory)[size - 64 : size - 56].cast("Q")
            self.busy[0] = since
            return True
        self.lost += 1
        self.end = 0
        if self.memory:
            now, lost = perf_counter_ns(), self.lost
            RECORD.pack_into(self.memory, self.position, now, 0, lost, self.tid, 0, b"", DROPPED)
        return False


def new_file(size):
    """A new file of that size, mapped into memory, or None."""
    global files, room
    with lock:  # two threads must not take the same name
        if size > room:
            return None
        files += 1
        room -= size
        path = f"{folder}/{pid}-{files}.ev"
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        fd = os.open(path, flags, 0o600)
        try:
            # Take the room on disk now: a page that finds none later would kill the program.
            try:
                os.posix_fallocate(fd, 0, size)
            except (AttributeError, OSError):
                if os.write(fd, bytes(size)) < size:
                    raise
            if sys.version_info >= (3, 13) and sys.platform != "win32":
                return mmap(fd, size, trackfd=False)
            return mmap(fd, size)  # keeps a file descriptor open
        except BaseException:
            os.unlink(path)
            raise
        finally:
            os.close(fd)
    except Exception:
        return None


def encode(text):
    """Text as it goes into a record."""
    return str(text).encode("utf-8", "replace")[:255]


def write_shared(kind, ident, arg=0, text=b""):
    """Append a record to the file that all threads share."""
    with lock:
        shared.tid = get_native_id()
        shared.write(kind, ident, arg, text)


def own_writer():
    """The writer of this thread alone."""
    try:
        return local.writer
    except AttributeError:
        pass
    try:
        writer = free.pop()
        writer.tid = get_native_id()
    except IndexError:
        writer = Writer()
    local.writer = writer
    return writer


# Processes


def begin_process(process_name, started):
    """Start the files of this process; `started` says that its own code runs from now on."""
    global pid, name, room, files, lock, shared, local, free
    pid, name, room, files = os.getpid(), process_name, ROOM, 0
    lock, shared, local, free = _thread.RLock(), Writer(), _thread._local(), []
    write_shared(PROCESS, pid, time_ns(), encode(name))
    thread = "MainThread"
    if "threading" in sys.modules:
        known = getattr(sys.modules["threading"], "_active", {}).get(get_ident())
        thread = getattr(known, "_name", thread)
    write_shared(THREAD, get_ident(), 0, encode(thread))
    if started:
        write_shared(MAIN, pid)


def forked():
    """In a child, right after the fork: the parent's files are not ours to write into."""
    try:
        # The step that forked writes its end: into a file of the child.
        writer = getattr(local, "writer", None)
        if writer:
            writer.begin()
        # A child of the fork server has yet to read what it shall do.
        begin_process("fork of " + name, started=name != "forkserver")
    except Exception:
        pass


def end_process():
    writer = getattr(local, "writer", None)
    if writer:
        writer.write(PROCESS_END, pid)  # behind the last step of its tasks
    else:
        write_shared(PROCESS_END, pid)


def patch_process(module):
    """multiprocessing.process: a child's name, and where its own code starts."""
    original = module.BaseProcess._bootstrap

    def _bootstrap(self, *args, **kwargs):
        global name
        name = self._name
        write_shared(PROCESS, pid, time_ns(), encode(name))
        write_shared(MAIN, pid)
        try:
            return original(self, *args, **kwargs)
        finally:
            end_process()

    module.BaseProcess._bootstrap = _bootstrap


def prefix(role):
    """One line of Python that loads the probe into a fresh interpreter and leaves no name."""
    load = (
        "try:\n"
        " from _frozen_importlib_external import SourceFileLoader\n"
        f" loader = SourceFileLoader('regatta_probe', {PROBE!r})\n"
        f" child = {{'__name__': 'regatta_probe', '__file__': {PROBE!r}}}\n"
        " exec(loader.get_code('regatta_probe'), child)\n"
        f" child['begin_child']({folder!r}, {role!r})\n"
        "except Exception:\n"
        " pass"
    )
    # On Windows, multiprocessing puts the command line together with plain quotes: there must be none in it.
    return f"exec(bytes.fromhex('{load.encode().hex()}'), {{}})\n"


def with_probe(args):
    """The command line of one of multiprocessing's own processes, with the probe in front."""
    args = list(args)
    at = args.index("-c") + 1
    roles = ("forkserver", "resource_tracker", "spawn")
    role = next(role for role in roles if "multiprocessing." + role in args[at])
    args[at] = prefix(role.replace("_", " ")) + args[at]
    return args


def patch_util(module):
    """multiprocessing.util: on POSIX every fresh interpreter is started by one function."""
    original = module.spawnv_passfds

    def spawnv_passfds(path, args, passfds):
        try:
            args = with_probe(args)
        except Exception:
            pass
        return original(path, args, passfds)

    module.spawnv_passfds = spawnv_passfds


def patch_spawn(module):
    """multiprocessing.spawn: Windows has no spawnv_passfds, but asks here for the command."""
    original = module.get_command_line

    def get_command_line(**kwargs):
        args = original(**kwargs)
        try:
            return with_probe(args)
        except Exception:
            return args

    module.get_command_line = get_command_line


# Subinterpreters

corrections = ""  # Python that makes the sys of a new interpreter what it is without the probe


def correct(path):
    """Set what every new subinterpreter of this process is to be told.

    It gets what Python was started with: sys.path[0], sys.argv and sys.orig_argv as they were before the
    probe put them right.  `path` is Python that does it to sys.path.  One that a subinterpreter
    makes in turn is not told.
    """
    global corrections
    lines = ["import sys", path, f"sys.argv[:] = {sys.argv!r}"]
    if hasattr(sys, "orig_argv"):
        lines.append(f"sys.orig_argv[:] = {sys.orig_argv!r}")
    # In a namespace of its own, for __main__ is there already.
    corrections = f"exec({chr(10).join(lines)!r}, {{}})"


def patch_interpreters(module):
    """_interpreters: every module that makes subinterpreters does so by one function of it."""
    original, run_string = module.create, module.run_string

    def create(*args, **kwargs):
        made = original(*args, **kwargs)
        try:
            run_string(made, corrections)
        except Exception:
            pass
        return made

    module.create = create


# Threads


def patch_threading(module):
    """threading: every Thread starts through one function of _thread."""

    def patch(attribute):
        original = getattr(module, attribute)

        def start(function, *args, **kwargs):
            thread, starter = getattr(function, "__self__", None), get_ident()

            def bootstrap(*args):
                title = encode(getattr(thread, "_name", ""))
                write_shared(THREAD, get_ident(), starter, title)
                try:
                    function(*args)
                finally:
                    writer = getattr(local, "writer", None)
                    if writer:
                        writer.write(THREAD_END, get_ident())
                        free.append(writer)
                    else:
                        write_shared(THREAD_END, get_ident())

            return original(bootstrap, *args, **kwargs)

        setattr(module, attribute, start)

    for attribute in ("_start_joinable_thread", "_start_new_thread"):
        if hasattr(module, attribute):
            patch(attribute)


# asyncio

# A handle that runs a step of a task calls one of these: asyncio's C code, its Python code.
STEPS = {"TaskStepMethWrapper", "TaskWakeupMethWrapper", "task_wakeup", "__step", "__wakeup"}


class Numbers:
    """Numbers objects from 1 on without keeping them alive: number, name by the object's id."""

    def __init__(self):
        self.numbers = count(1)
        self.of = {}

    def add(self, thing):
        """[number, name not yet known, weak reference] for an object seen for the first time."""
        key = id(thing)
        gone = ref(thing, lambda _: self.of.pop(key, None))
        with lock:
            number = next(self.numbers)
        entry = self.of[key] = [number, "", gone]
        return entry


def patch_asyncio(events):
    """asyncio.events: every callback of a loop is a Handle, run by Handle._run.

    Not seen: the first step of an eager task (3.12), and loops that bring handles of their own.
    """
    handle, timer = events.Handle, events.TimerHandle
    init, run, set_running_loop = handle.__init__, handle._run, events._set_running_loop
    tasks, loops = Numbers(), Numbers()
    known = tasks.of
    made = {}  # when a callback was asked for, by its handle's id; each new handle there sets it anew
    timers_share_the_clock = sys.platform == "linux"  # loop.time() is perf_counter()

    def task_of(callback):
        """The task that a callback is a step of, or None."""
        title = getattr(callback, "__name__", None) or type(callback).__name__
        return callback.__self__ if title in STEPS else None

    def loop_number(loop):
        return (loops.of.get(id(loop)) or loops.add(loop))[0]

    def describe(writer, entry, loop, task):
        """Write a task's name, when it is new or has changed."""
        entry[1] = task.get_name()
        coroutine = task.get_coro()
        text = f"{entry[1]}\x1f{getattr(coroutine, '__qualname__', '')}"
        writer.write(TASK, entry[0], loop_number(loop), encode(text))

    def __init__(self, callback, args, loop, context=None):
        init(self, callback, args, loop, context)
        try:
            if self._source_traceback:  # debug mode: this function's own frame
                del self._source_traceback[-1]
            task = task_of(callback)
            if task is not None:
                writer = own_writer()
                entry = known.get(id(task))
                if entry is None:
                    entry = tasks.add(task)
                    describe(writer, entry, loop, task)
                writer.write(READY, entry[0], writer.due)
            elif not isinstance(self, timer) and sys._getframe(1).f_code.co_name not in LATER:
                made[id(self)] = perf_counter_ns()
        except Exception:
            pass

    def _run(self):
        task = entry = None
        try:
            writer = own_writer()
            task = task_of(self._callback)
            if task is None:
                if not isinstance(self, timer):
                    writer.due = made.pop(id(self), 0)
                elif timers_share_the_clock:
                    writer.due = max(0, int(self._when * 1e9))
                begun = perf_counter_ns()
                callback = self._callback
                if writer.busy is not None:
                    writer.busy[0] = begun
            else:
                entry = known.get(id(task)) or tasks.add(task)
                if entry[1] != task.get_name():
                    describe(writer, entry, self._loop, task)
                writer.write(STEP, entry[0])
        except Exception:
            return run(self)
        try:
            return run(self)
        finally:
            if entry is not None:
                writer.write(STEP_END, entry[0], 1 if task.done() else 0)
            elif task is None:
                writer.due = 0
                took = perf_counter_ns() - begun
                if took > LONG_CALLBACK:
                    title = getattr(callback, "__qualname__", None) or type(callback).__name__
                    writer.write(CALLBACK, loop_number(self._loop), took, encode(title))
                if writer.busy is not None:
                    writer.busy[0] = 0
            self = task = callback = None  # no cycle with an exception's traceback

    def _set_running_loop(loop):
        set_running_loop(loop)
        if loop is not None:
            own_writer().write(LOOP, loop_number(loop))

    handle.__init__, handle._run = __init__, _run
    events._set_running_loop = _set_running_loop


# Being there when a module is imported, without importing it

PATCHES = {
    "threading": patch_threading,
    "multiprocessing.process": patch_process,
    "asyncio.events": patch_asyncio,
    "_interpreters": patch_interpreters,
    "_xxsubinterpreters": patch_interpreters,  # its name before 3.13
}
if sys.platform == "win32":
    PATCHES["multiprocessing.spawn"] = patch_spawn
else:
    PATCHES["multiprocessing.util"] = patch_util


class Finder:
    """Finds what the others find, but hands the modules in PATCHES on with a loader of its own."""

    def find_spec(self, module, path=None, target=None):
        if module not in PATCHES:
            return None
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, "find_spec"):
                spec = finder.find_spec(module, path, target)
                if spec is not None:
                    spec.loader = Loader(spec.loader)
                    return spec
        return None


class Loader:
    """Loads a module as its real loader does, then patches it."""

    def __init__(self, loader):
        self.loader = loader

    def __getattr__(self, attribute):
        return getattr(self.loader, attribute)

    def exec_module(self, module):
        module.__loader__ = module.__spec__.loader = self.loader
        self.loader.exec_module(module)
        patch_module(module)


def patch_module(module):
    patch = PATCHES.pop(module.__name__, None)
    try:
        if patch:
            patch(module)
    except Exception:
        pass  # a Python that keeps these things elsewhere


def install(process_name, started):
    """Start watching this process."""
    begin_process(process_name, started)
    atexit.register(end_process)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forked)
    for module in [sys.modules[title] for title in PATCHES if title in sys.modules]:
        patch_module(module)
    sys.meta_path.insert(0, Finder())


def begin_child(events, role):
    """Start watching a fresh interpreter of multiprocessing; its command line had a prefix."""
    global folder
    folder = events
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[:] = [arg.replace(prefix(role), "", 1) for arg in sys.orig_argv]
    correct("")
    install(role, started=role != "spawn")


# Becoming the program


def become(main_globals):
    """Make `python regatta_probe.py EVENTS_DIR PROGRAM.py` look like `python PROGRAM.py`.

    Returns the program's source and the dict of its main module.
    """
    global folder
    folder, path = os.path.abspath(sys.argv[1]), sys.argv[2]
    absolute = path if os.path.isabs(path) else os.path.join(os.getcwd(), path)
    try:
        with open(absolute, "rb") as file:
            source = file.read()
    except OSError as error:
        reason = f"[Errno {error.errno}] {error.strerror}"
        sys.stderr.write(f"{sys.executable}: can't open file {absolute!r}: {reason}\n")
        sys.exit(2)
    if hasattr(sys, "orig_argv"):
        at = len(sys.orig_argv) - len(sys.argv)
        del sys.orig_argv[at : at + 2]
    del sys.argv[:2]
    here = os.path.dirname(os.path.realpath(absolute))
    if sys.flags.isolated:
        sys.path.insert(0, here)  # -I is for the environment, not against the program's own folder
        correct(f"sys.path.insert(0, {here!r})")
    elif not getattr(sys.flags, "safe_path", False):
        correct(f"if sys.path[:1] == {sys.path[:1]!r}: sys.path[0] = {here!r}")  # from 3.12 on
        sys.path[0] = here
    else:
        correct("")
    main = type(sys)("__main__")
    loader = type(main_globals["__loader__"])("__main__", absolute)
    vars(main).clear()
    vars(main).update(main_globals, __doc__=None, __loader__=loader, __file__=absolute)
    sys.modules["__main__"] = main
    install("MainProcess", started=False)
    return source, vars(main)


def begin_main():
    """From here on it is the program's own code that runs."""
    write_shared(MAIN, pid)


def hide_probe(launcher):
    """Leave the probe's own frames out of the traceback that Python is about to print."""
    hook = getattr(sys, "excepthook", None)
    if hook is None:
        return

    def excepthook(kind, value, traceback):
        sys.excepthook = hook
        without_frames(value, {PROBE, launcher}, set())
        hook(kind, value, value.__traceback__)

    sys.excepthook = excepthook
    alive.append(excepthook)  # older Pythons call it through a borrowed reference


def without_frames(error, files, seen):
    """Take the frames of some files out of an exception's traceback and its causes'."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    kept = []
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename not in files:
            kept.append(traceback)
        traceback = traceback.tb_next
    for this, following in zip(kept, kept[1:] + [None]):
        this.tb_next = following
    error.__traceback__ = kept[0] if kept else None
    without_frames(error.__cause__, files, seen)
    without_frames(error.__context__, files, seen)
