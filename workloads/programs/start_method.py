"""How a process comes to life: a parameter of every model that starts processes."""

import multiprocessing

PARAMETER = {
    "default": "default",
    "choices": ["default", *multiprocessing.get_all_start_methods()],
    "help": "How a process comes to life; default is this Python's own choice.",
}


def context(options):
    """multiprocessing as the chosen method does it: Process, Pipe, Pool and so on."""
    method = options["start_method"]
    return multiprocessing.get_context(None if method == "default" else method)
