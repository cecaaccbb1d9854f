"""The same articles give the same answers, quotes and lists from a folder and from PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Unpack

import pytest

from rag.core.errors import QuestionError
from rag.core.place import Place
from rag.library import Library
from rag.question.scope import Filters
from tests.libraries import assert_intact, write
from tests.places import SEEDS, new_schema
from tests.said.archive import NEWS as SAID
from tests.test_determinism import ASKED, NEWS

pytestmark = pytest.mark.slow

SCOPES: tuple[Filters, ...] = (
    {"sources": ["Osk Gazette"]},
    {"since": "2024-05-01", "until": "2024-08-01"},
    {"since": "2024-06-01", "sources": ["Mell Times"]},
    {"until": "2023-01-01"},
)
SCOPED = ("What did Vik say about the ferry?", "How many articles are about the bridge?", "Who spoke?")
WORDS = ("Vik", '"the ferry" OR bridge', "bridge -ferry", "said")


def fill(library: Library, news: Path) -> None:
    """Makes five generations: articles that come, change, move and go, one that is corrected, one withdrawn."""
    for name, (published, source, text) in SAID.items():
        stated = f"---\ntitle: The {name}\ndate: {published}\nsource: {source}\n---\n" if published else ""
        write(news / f"{name}.md", f"{stated}{text}\n")
    library.update(SEEDS, news)
    for name, text in NEWS.items():
        write(news / name, text)
    write(news / "school.md", (news / "school.md").read_text("utf-8").replace("buckets", "pails"))
    (news / "dinner.md").unlink()
    (news / "short.md").rename(news / "harbour.md")
    library.update()
    library.correct("The pay", title="The pay of nurses", published="2024-09-16")
    library.withdraw("undated.md")
    library.update()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, shared_database: str) -> Iterator[tuple[Library, Library]]:
    """A library in a folder and one in PostgreSQL that saw the same files, in the same states."""
    home = tmp_path_factory.mktemp("both")
    with (
        new_schema(shared_database, home / "two") as place,
        Library.open(home / "one", create=True) as one,
        Library.open(place, create=True) as two,
    ):
        for library in (one, two):
            news = home / "news"
            fill(library, news)
            for file in news.iterdir():
                file.unlink()
        yield one, two
        assert_intact(place)
        assert_intact(Place(home / "one"))


def assert_alike(both: tuple[Library, Library], ask: Callable[[Library], object]) -> None:
    """Asserts that both libraries say the same, and something."""
    one, two = map(ask, both)
    assert one == two
    assert one


def answer(library: Library, question: str, **scope: Unpack[Filters]) -> str:
    """The answer as JSON, or the error if no article is in the scope."""
    try:
        return library.answer(question, **scope).model_dump_json()
    except QuestionError as error:
        return str(error)


def test_answers_are_the_same_byte_for_byte(both: tuple[Library, Library]) -> None:
    def ask(library: Library) -> list[str]:
        return [answer(library, asked["question"], as_of=asked.get("as_of")) for asked in ASKED]

    assert_alike(both, ask)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_scopes_hold_the_same(both: tuple[Library, Library], scope: Filters) -> None:
    def ask(library: Library) -> list[object]:
        answers = [answer(library, question, **scope) for question in SCOPED]
        try:
            found = [(library.search(words, **scope), library.count_by_date(words, **scope)) for words in WORDS]
            return [answers, found, library.most_named(**scope), library.suggestions(**scope)]
        except QuestionError as error:
            return [answers, str(error)]

    assert_alike(both, ask)


def test_what_people_say_dossiers_and_drafts_are_the_same(both: tuple[Library, Library]) -> None:
    assert_alike(both, lambda library: [library.said(name) for name in ("Otto Vik", "Runa Vik", "Tora Lind")])
    assert_alike(both, lambda library: library.dossier("the bridge of Osk"))
    assert_alike(both, lambda library: library.check_draft("The bridge will cost 40 million crowns. It rained."))


def test_lists_and_histories_are_the_same(both: tuple[Library, Library]) -> None:
    def told(library: Library) -> list[object]:
        articles = library.articles()
        ids = [article.id for article in articles]
        editions = [(edition.number, edition.state) for each in ids for edition in library.editions(each)]
        texts = [library.article(each, edition.content_hash) for each in ids for edition in library.editions(each)]
        withdrawn = [(article.id, article.title, article.path) for article in library.withdrawn()]
        corrected = [article.title for article in library.corrections()]
        assert withdrawn
        assert corrected
        assert len(texts) > len(ids)
        return [articles, editions, texts, withdrawn, corrected, library.roots(), library.status().passages]

    assert_alike(both, told)


def test_the_same_passages_are_retrieved_with_the_same_scores(both: tuple[Library, Library]) -> None:
    questions = ("Who mediated the talks?", "What will the bridge cost?", "harbour")
    assert_alike(both, lambda library: [library.retrieve(question, 50) for question in questions])
