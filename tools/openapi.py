"""Writes docs/reference/openapi.json and openapi-collections.json, the descriptions of the REST interface.

python -m tools.openapi
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from fastapi import FastAPI

from rag.collections.folder import Collections
from rag.doors.collections import make_shared_application
from rag.doors.rest import make_application
from rag.library import Library

FOLDER = Path(__file__).parent.parent / "docs" / "reference"


def main() -> None:
    """Writes the files."""
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder) / "news" / "index", create=True) as library:
            _write("openapi.json", make_application(library))
        with Collections.open(folder) as collections:
            _write("openapi-collections.json", make_shared_application(collections))


def _write(name: str, application: FastAPI) -> None:
    told = json.dumps(application.openapi(), ensure_ascii=False, indent=1)
    (FOLDER / name).write_text(f"{told}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
