"""Runs a program with Regatta's probe in it.

    python -I -B regatta_probe.py EVENTS_DIR PROGRAM.py [arguments]

runs PROGRAM.py as `python PROGRAM.py` would.  What the probe writes into EVENTS_DIR is told in
regatta_probe_core.py.  This file is small because Python compiles it anew each time; the core's
bytecode is kept beside it, so that the many processes of a program need not compile it again.
"""

_globals = dict(globals())  # what this Python puts into a main module; must stay first

import sys
from _frozen_importlib_external import SourceFileLoader

_core = {"__name__": "regatta_probe", "__file__": __file__.replace(".py", "_core.py")}
_flag, sys.dont_write_bytecode = sys.dont_write_bytecode, False  # -B is for others' bytecode
_code = SourceFileLoader("regatta_probe", _core["__file__"]).get_code("regatta_probe")
sys.dont_write_bytecode = _flag
exec(_code, _core)

if len(sys.argv) < 3:
    sys.exit("usage: regatta_probe.py EVENTS_DIR PROGRAM.py [arguments]")
_source, _namespace = _core["become"](_globals)
try:
    _code = compile(_source, _namespace["__file__"], "exec", dont_inherit=True)
    _core["begin_main"]()
    exec(_code, _namespace)
except BaseException:
    _core["hide_probe"](__file__)
    raise
