"""Made-up news with which drafts are compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.drafts.results import CheckedStatement
from rag.library import Library
from tests.said.archive import build

NEWS: Mapping[str, tuple[str, str, str]] = {
    "bridge": (
        "2024-03-06",
        "Osk Gazette",
        "The council of Osk approved the bridge over the Mell on Monday by 14 votes to 9. It will cost 40 million "
        "crowns and open in June 2026. Mayor Otto Vik defeated Tora Lind in the vote on the toll. “No tree on the bank "
        "will be felled for this bridge,” Vik said. The surveyor Ada Moe warned that the old piers may sink. "
        "Police said that 12 people were injured when the scaffold fell.",
    ),
    "ferry": (
        "2024-05-10",
        "Mell Times",
        "The ferry Runa did not sail on 3 May 2024 because of a storm. Its owner, the Norna Line, employs 85 people in "
        "Mell. Former captain Per Aune allegedly sold two engines. The harbour of Mell is 7 metres deep. Most sailors "
        "of the Norna Line voted for a strike. Ida Berg, the head of the port, denied that the port was closed.",
    ),
    "school": (
        "2023-11-20",
        "Osk Gazette",
        "The school in Hult has 310 pupils. Its roof was mended in 2021 at a cost of 2.4 million crowns. The teacher "
        "Siri Dahl praised the builder Jon Eide. She left Hult in August.",
    ),
}


def make(folder: Path) -> Library:
    """Makes a library of the news."""
    return build(folder, NEWS)


def check(library: Library, draft: str) -> CheckedStatement:
    """Checks a draft of one statement, and every place in what is found."""
    checked = library.check_draft(draft)
    (statement,) = checked.statements
    assert_places(library, checked.draft, statement)
    return statement


def assert_places(library: Library, draft: str, statement: CheckedStatement) -> None:
    """Asserts that all words stand at their places, in the draft and in the articles."""
    assert draft[statement.start : statement.end] == statement.statement
    for citation in statement.citations:
        article = library.article(citation.article_id, citation.content_hash)
        assert article.text[citation.start : citation.end] == citation.quote
    for part in statement.parts:
        assert draft[part.start : part.end] == part.words
        assert statement.start <= part.start < part.end <= statement.end
        if part.stated is not None:
            first = statement.citations[0]
            text = library.article(first.article_id, first.content_hash).text
            assert text[part.stated_start : part.stated_end] == part.stated
            assert first.start <= (part.stated_start or 0) < (part.stated_end or 0) <= first.end


def differences(statement: CheckedStatement) -> list[tuple[str, str, str | None]]:
    """The kind of each part that differs, the words of the draft, and those of the article."""
    return [(part.kind, part.words, part.stated) for part in statement.parts if part.status == "otherwise"]
