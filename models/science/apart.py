"""Long arithmetic in a process of its own.

A Python model is a thread of dbt: each step of it waits for the one lock of Python, which the other threads hold in turn, so
that beside another model seconds become minutes.
"""

import importlib
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

MODELS = Path(__file__).resolve().parents[1]
PROGRAM = "from science.apart import answer; answer()"


def run_apart(module: str, function: str, *arguments: Any) -> Any:
    """What the function of a module of `science` gives for the arguments. Both pass by pickle, so a caller that takes
    plain values need not import what the function does. What it raises is raised here."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        input=pickle.dumps((f"science.{module}", function, arguments)),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(MODELS)},
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"The process of {module}.{function} ended with {done.returncode} before it had an answer.")
    error, result = pickle.loads(done.stdout)
    if error is not None:
        raise error
    return result


def answer() -> None:
    """Runs what standard input asks for; writes what it raised and what it gave. What it prints goes to the errors."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    module, function, arguments = pickle.loads(sys.stdin.buffer.read())
    try:
        said = (None, getattr(importlib.import_module(module), function)(*arguments))
    except Exception as error:
        said = (error, None)
    with out:
        out.write(pickle.dumps(said))
