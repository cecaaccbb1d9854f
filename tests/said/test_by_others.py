"""What others say about a person: their words name the person, and nobody who may be the person speaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from tests.said.archive import build, quotes

NEWS = {
    "praise": (
        "2024-03-01",
        "Osk Gazette",
        "Mayor Otto Vik opened the bridge. “Vik kept his word,” said Tora Lind, a surveyor. "
        "Lind said the piers were sound. He was pleased, Vik said.",
    ),
    "copy": ("2024-03-02", "Mell Times", "Mayor Otto Vik opened the bridge. “Vik kept his word,” said Tora Lind."),
    "blame": (
        "2024-04-01",
        "Osk Gazette",
        "Aldo Brand told the council that Otto Vik had hidden the cost of the ferry. Jana Mohr, a clerk, said Otto Vik "
        "had asked for two more weeks. A resident said that she had never met him.",
    ),
    "sister": ("2024-05-01", "Osk Gazette", "“Runa Vik runs a fine school,” said Jana Mohr. Otto Vik was not there."),
    "self": ("2024-06-01", "Osk Gazette", "“I, Otto Vik, will not resign,” said Otto Vik."),
}
PRAISE = "“Vik kept his word,” said Tora Lind, a surveyor."
HIDDEN = "Aldo Brand told the council that Otto Vik had hidden the cost of the ferry."
WEEKS = "Jana Mohr, a clerk, said Otto Vik had asked for two more weeks."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("others"), NEWS) as library:
        yield library


def test_others_who_name_the_person_are_listed_by_date_and_copies_once(library: Library) -> None:
    said = library.said("Otto Vik", by_others=True)
    assert said.by_others
    assert quotes(said) == [PRAISE, HIDDEN, WEEKS]
    assert [one.said_by.name for one in said.statements if one.said_by] == ["Tora Lind", "Aldo Brand", "Jana Mohr"]
    assert [one.source for one in said.statements[0].same] == ["Mell Times"]
    for one in said.statements:
        assert library.article(one.article_id, one.content_hash).text[one.start : one.end] == one.quote


def test_the_persons_own_words_and_words_about_another_of_the_name_are_left_out(library: Library) -> None:
    shown = " ".join(quotes(library.said("Otto Vik", by_others=True)))
    assert "will not resign" not in shown
    assert "fine school" not in shown
    assert "never met him" not in shown


def test_a_topic_and_a_filter_narrow_what_others_say(library: Library) -> None:
    about = library.said("Otto Vik", "the ferry's cost", by_others=True)
    assert quotes(about)[:1] == [HIDDEN]
    assert PRAISE not in quotes(about)
    assert quotes(library.said("Otto Vik", by_others=True, until="2024-03")) == [PRAISE]


def test_it_is_told_that_nobody_speaks_of_a_person_who_is_named(library: Library) -> None:
    said = library.said("Aldo Brand", by_others=True)
    assert said.statements == ()
    assert str(said) == "Nobody says anything about Aldo Brand in these articles."
    assert str(library.said("Otto Vik", by_others=True)).startswith("3 statements of others about Otto Vik, by date:")


def test_a_name_that_no_article_has_is_an_error(library: Library) -> None:
    with pytest.raises(QuestionError, match="Nobody named 'Ulla Ferm'"):
        library.said("Ulla Ferm", by_others=True)
