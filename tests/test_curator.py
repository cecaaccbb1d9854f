"""A withdrawn article answers nothing from then on, and what was answered from it before can still be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.core.errors import ArticleNameError
from rag.library import Library
from tests.libraries import write

QUESTION = "What did the Halton mill cost?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("withdrawn")
    write(home / "news" / "mill.txt", "The Halton mill\n\nThe Halton mill cost 3 million euros. It opened in 1990.\n")
    write(home / "news" / "tram.txt", "The Halton tram\n\nThe Halton tram cost 80 million euros. It came in 2020.\n")
    with Library.open(home / "index", create=True) as library:
        library.update(home / "news")
        yield library


def test_no_new_answer_quotes_a_withdrawn_article_and_older_answers_stay_as_they_were(library: Library) -> None:
    before = library.answer(QUESTION)
    citation = next(citation for citation in before.citations if "3 million" in citation.quote)
    with Library.open(library.status().folder) as other:  # as an open page
        (withdrawn,) = library.withdraw("The Halton mill")
        assert (withdrawn.id, withdrawn.title) == (citation.article_id, "The Halton mill")
        for asked in (library, other):
            after = asked.answer(QUESTION)
            assert withdrawn.id not in after.model_dump_json()
            assert asked.search("mill").articles == 0
    library.verify(before)
    assert library.edition(citation).state == "removed"
    assert library.status().withdrawn == 1
    with pytest.raises(ArticleNameError, match="was withdrawn"):
        library.withdraw(withdrawn.id)
    report = library.take_back(withdrawn.id)
    assert (len(report.added), library.withdrawn(), library.status().withdrawn) == (1, (), 0)
    again = library.answer(QUESTION)
    assert (again.text, again.citations) == (before.text, before.citations)
