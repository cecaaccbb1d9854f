"""Updates a library and shows what changes: the answer, what each source says, and the editions of the article.

python examples/follow_changes.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from rag import Answer, Library

ARTICLES = Path(__file__).parent / "articles"
QUESTION = "How much did the repair of the bridge cost?"


def main() -> None:
    """Asks a question before and after an article is added and another one changed."""
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        shutil.copy(ARTICLES / "bridge.md", articles)
        with Library.open(Path(folder) / "index", create=True) as library:
            library.update(articles)
            before = library.answer(QUESTION)
            print(f"First: {before.short_answer}")

            shutil.copy(ARTICLES / "audit.md", articles)
            bridge = articles / "bridge.md"
            bridge.write_text(bridge.read_text("utf-8").replace("14 million", "15 million"), "utf-8")
            report = library.update()
            print(f"{len(report.added)} article added, {len(report.changed)} changed")

            print("Now:")
            print_sources(library.answer(QUESTION))
            edition = library.edition(before.citations[0])
            print(f"The first answer quotes edition {edition.number} of {edition.count}, which is {edition.state}.")


def print_sources(answer: Answer) -> None:
    """Prints what each source says, and when."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    for citation in (*answer.citations, *others):
        print(f"    {citation.published}  {citation.source}: {citation.short}")


if __name__ == "__main__":
    main()
