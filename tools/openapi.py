"""Writes docs/reference/openapi.json, the description of the REST interface.

python -m tools.openapi
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from rag.doors.rest import make_application
from rag.library import Library

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "openapi.json"


def main() -> None:
    """Writes the file."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "index", create=True) as library:
        told = make_application(library).openapi()
    PAGE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
