"""Runs in a fresh environment with nothing but the package: updates an index, asks, and verifies each quote.

python -I trial_program.py VERSION ARTICLES INDEX
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import rag

QUESTION = "Who acted as the go-between?"
ANSWER = "Badr bin Hamad al-Busaidi"


def ask(articles: str, index: str) -> int:
    """Updates an index, asks it, and compares each quote with its article.

    Returns:
        The number of quotes.

    Raises:
        ValueError: If the answer is not the right one, or a quote is not verified.
    """
    with rag.Library.open(index, create=True) as library:
        library.update(articles)
        answer = library.answer(QUESTION)
        if answer.status != "answered" or answer.short_answer != ANSWER or not answer.citations:
            raise ValueError(f"not answered with {ANSWER!r}: {answer}")
        for citation, verified in zip(answer.citations, library.verify_quotes(answer.citations), strict=True):
            text = library.article(citation.article_id).text
            if text[citation.start : citation.end] != citation.quote or verified.status != "exact":
                raise ValueError(f"not verified ({verified.status}): {citation.quote!r}")
        return len(answer.citations)


def main() -> None:
    """Prints one line, or fails."""
    version, articles, index = sys.argv[1:]
    command = [str(Path(sys.executable).with_name("rag")), "--version"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    if not Path(rag.__file__).is_relative_to(sys.prefix) or printed != f"rag {version}" or rag.__version__ != version:
        raise ValueError(f"{rag.__file__} has the version {rag.__version__}, the command {printed!r}; not {version}")
    print(f"answered with {ask(articles, index)} verified quotes")


if __name__ == "__main__":
    main()
