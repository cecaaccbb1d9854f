"""A link to an answer: what it asks, and whether the archive still answers as it did."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.schema import Answer, Scope
from rag.question.question import MAX_CHARACTERS
from rag_ui.chat import conversation, link
from rag_ui.chat.card import Cards
from rag_ui.chat.link import MOST, Link
from rag_ui.language.strings import ENGLISH
from tests.ui.answers import ARTICLE, CITATION, answered

CARDS = Cards(ENGLISH)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100)


NAMES = st.lists(TEXTS, max_size=3).map(tuple)


@given(TEXTS, NAMES, NAMES, NAMES)
def test_a_link_asks_what_was_asked_whatever_stands_in_it(
    question: str, sources: tuple[str, ...], authors: tuple[str, ...], sections: tuple[str, ...]
) -> None:
    scope = Scope(since="2024", until="2025-03", sources=sources, authors=authors, sections=sections)
    answer = answered(question=question, scope=scope)
    written = link.write(answer)
    assert written.isascii() and not set(written) & set(" \"<>'")
    assert link.read(written) == Link(question, scope, "1", link.fingerprint(answer))


@pytest.mark.parametrize(
    "change",
    [
        lambda made: "#q=How+many+boats%3F",
        lambda made: "#q=How+many+boats%3F&answer=" + "0" * 16,
        lambda made: "#q=How+many+boats%3F&generation=1&answer=nonsense&sum=nonsense",
        lambda made: made.replace("boats", "ships"),
        lambda made: made.replace("#q=", "#q=So+"),
        lambda made: made + "&source=The+Courier",
        lambda made: made.replace("generation=1", "generation=0"),
        lambda made: made[: made.index("&answer")],
    ],
)
def test_a_link_made_or_changed_by_hand_says_nothing_of_the_archive(change: Callable[[str], str]) -> None:
    made = link.write(answered(question="How many boats?"))
    opened = link.read(change(made))
    assert opened is not None and not opened.tells_answer
    for now in (answered(question="How many boats?"), answered(question="How many boats?", generation=7)):
        _, card = conversation.markup(conversation.Turn(opened.question, now, link=opened), 1, CARDS)
        assert ENGLISH.words.link_same not in card and ENGLISH.words.link_differs not in card


def test_a_follow_up_is_linked_as_it_was_completed() -> None:
    asked = link.read(link.write(answered(question="Who else?", standalone_question="Who else mediated?")))
    assert asked is not None
    assert asked.question == "Who else mediated?"


@pytest.mark.parametrize(
    "fragment", ["", "#", "#top", "#q=", "q=Who", "#q=" + "x" * MOST, "#since=2024", "#q", "?q=Who"]
)
def test_what_is_no_link_asks_nothing(fragment: str) -> None:
    assert link.read(fragment) is None


@pytest.mark.parametrize(
    ("now", "note"),
    [
        (answered(), None),
        (answered(generation=2), ENGLISH.words.link_same),
        (answered(generation=2, citations=(CITATION.model_copy(update={"start": 1}),)), ENGLISH.words.link_differs),
        (answered(short_answer="Badr al-Busaidi"), ENGLISH.words.link_differs),
    ],
)
def test_a_changed_archive_is_told(now: Answer, note: str | None) -> None:
    opened = link.read(link.write(answered()))
    assert opened is not None
    (turn,) = conversation.begin_linked((), opened)
    _, card = conversation.markup(conversation.Turn(turn.question, now, link=turn.link), 1, CARDS)
    assert [said for said in (ENGLISH.words.link_same, ENGLISH.words.link_differs) if said in card] == (
        [note] if note else []
    )
    assert ARTICLE.title in card


def test_the_longest_question_fits_into_a_link() -> None:
    asked = link.read(link.write(answered(question="😀" * MAX_CHARACTERS)))
    assert asked is not None
    assert asked.question == "😀" * MAX_CHARACTERS
