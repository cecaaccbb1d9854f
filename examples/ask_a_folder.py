"""Asks a folder of articles a few questions and prints each answer with its place.

python examples/ask_a_folder.py [FOLDER] [QUESTION ...]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rag import Library

ARTICLES = Path(__file__).parent / "articles"
QUESTIONS = ["Who cut the ribbon?", "How many passengers were on the ferry?", "Who won the election?"]


def main() -> None:
    """Builds a library in a temporary folder and asks it questions."""
    folder, *questions = sys.argv[1:] or [str(ARTICLES)]
    with tempfile.TemporaryDirectory() as index, Library.open(index, create=True) as library:
        library.update(folder)
        for question in questions or QUESTIONS:
            print(f"> {question}\n{library.answer(question)}\n")


if __name__ == "__main__":
    main()
