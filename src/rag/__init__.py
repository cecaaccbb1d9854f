"""A folder of news articles that answers questions in the articles' own words.

    from rag import Library, answer

    print(answer("Who acted as the go-between?"))

Every answer is a verbatim quote with its place, and nothing is generated: `article.text[start:end] == quote`.
"""

from __future__ import annotations

import ast
import logging
import os
import sys
from importlib import import_module
from importlib.resources import files
from typing import Any

__version__ = "0.2.0"

# Without a handler of its own, Python would print warnings of the package to the error stream.
logging.getLogger(__name__).addHandler(logging.NullHandler())

# From 1.29 on ONNX Runtime reports its use: it writes an id and a database of events to the user's cache folder, and
# sends them to a collector. It reads this variable when it is loaded, and processes that are started inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
if "onnxruntime" in sys.modules:  # It was loaded before, did not see the variable, and reports within seconds.
    sys.modules["onnxruntime"].disable_telemetry_events()

_STUB = ast.parse((files(__name__) / "__init__.pyi").read_text(encoding="utf-8"))
_HOME_OF = {name.name: line.module for line in _STUB.body if isinstance(line, ast.ImportFrom) for name in line.names}
"""The module of each public name, read from the imports in `__init__.pyi`."""

__all__ = list(_HOME_OF)


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `import rag` and `rag --help` cost nothing.
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'rag' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
