"""Runs a workload under a concurrency model from the command line.

    python3 sum.py --model threads --set tasks=4 --set size=1000000

A workload (sum.py, download.py, services.py) says what is to be done; a model (model_threads.py,
model_asyncio.py, ...) says how.  Neither knows the other: this file brings them together.

A workload has                            A model has
    PARAMETERS                                PARAMETERS
    items(options)    the tasks               run(workload, items, options)
    work(item)        does one of them                the results, in the order of the items
    work_async(item)  the same, as a coroutine
    combine(results)  all results as one
"""

import argparse
import importlib
import json
import os
import sys
import time


def main(workload):
    """Run `workload` as the command line says; the last line printed is the result as JSON."""
    parser = argparse.ArgumentParser(description=workload.__doc__)
    parser.add_argument("--model", default="sequential", help="sequential, threads, ...")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter"
    )
    parser.add_argument("--server", default="", help="address of Regatta's own web server")
    arguments = parser.parse_args()
    try:
        model = load_model(arguments.model)
        parameters = {**workload.PARAMETERS, **model.PARAMETERS}
        options = read_options(parameters, arguments.set)
        options["server"] = arguments.server.rstrip("/")
        items = workload.items(options)
    except ValueError as error:
        parser.exit(2, f"{parser.prog}: {error}\n")

    start = time.perf_counter_ns()
    results = model.run(workload, items, options)
    end = time.perf_counter_ns()

    answer = {"result": workload.combine(results), "work_start_ns": start, "work_end_ns": end}
    print(json.dumps(answer))


def load_model(name):
    """The module of a model.  Imported before the work starts, so that its imports do not count."""
    files = sorted(os.listdir(os.path.dirname(os.path.abspath(__file__))))
    modules = [file[:-3] for file in files if file.startswith("model_") and file.endswith(".py")]
    models = {module[6:].replace("_", "-"): module for module in modules}  # model_thread_pool.py
    if name not in models:
        raise ValueError(f"there is no model {name!r}, there are: {', '.join(models)}")
    try:
        return importlib.import_module(models[name])
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:3]))
        raise ValueError(f"{name} needs a newer Python than {version}: {error}") from None


def read_options(parameters, settings):
    """Defaults, changed by `NAME=VALUE` settings.  Raises ValueError for what is not allowed."""
    options = {name: parameter["default"] for name, parameter in parameters.items()}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise ValueError(f"--set {setting}: expected NAME=VALUE")
        if name not in parameters:
            raise ValueError(f"no parameter {name!r}, there are: {', '.join(parameters)}")
        options[name] = read_value(name, parameters[name], text)
    return options


def read_value(name, parameter, text):
    """The value of one parameter: of the type of its default and within its limits."""
    if "choices" in parameter and text not in parameter["choices"]:
        raise ValueError(f"{name}={text}: expected one of {', '.join(parameter['choices'])}")
    if isinstance(parameter["default"], str):
        return text
    low, high = parameter["min"], parameter["max"]
    try:
        value = int(text)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        raise ValueError(f"{name}={text}: expected a whole number from {low} to {high}")
    return value
