"""The clients say what the library says, and raise the errors that it raises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.client import calls
from rag.client.asynchronous import AsyncClient
from rag.client.schemas import ArticleBody
from rag.client.sync import Client
from rag.core.errors import ArticleError, CitationError, QuestionError, RagError
from rag.core.reports import FileStep
from tests.asynchronous import run_to_end
from tests.doors.serving import Served, serving

ASKED = "When will the pier at Osk close?"
LAMP = ArticleBody(title="A lamp for the quay", text="The quay of Osk got a lamp in June 2024.", source="Osk Gazette")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


def test_a_client_reads_what_the_library_holds(served: Served) -> None:
    library = served.library
    with Client(served.url) as client:
        answer = client.answer(ASKED, max_words=60, since=None, sources=())
        assert answer == library.answer(ASKED, max_words=60).model_copy(update={"timings": {}})
        assert client.answer("And what did it cost?", history=[answer]).standalone_question
        assert client.search("pier OR mill", count=1, offset=1) == library.search("pier OR mill", count=1, offset=1)
        assert client.dossier("the pier at Osk") == library.dossier("the pier at Osk")
        assert client.said("Jo Berg", "the pier") == library.said("Jo Berg", "the pier")
        assert client.said("Jo Berg", limit=1, since="2000") == library.said("Jo Berg", limit=1, since="2000")
        with pytest.raises(QuestionError, match="Nobody named 'Jo Bergg'"):
            client.said("Jo Bergg")
        with pytest.raises(QuestionError, match="has the field"):
            client.said("Jo Berg", where={"desk": ["city", "news"]})
        assert client.verify_quotes(answer.citations) == library.verify_quotes(answer.citations)
        followed = client.follow(ASKED, since="2000")
        assert client.standing() == library.standing() and followed in client.standing().questions
        assert client.unfollow(followed.id) == (followed,)
        with pytest.raises(QuestionError, match="No followed question has the id"):
            client.unfollow(followed.id)
        assert client.verify_quotes(["Nothing of the kind."])[0].status == "absent"
        assert client.articles() == library.articles()
        assert client.status() == library.status()
        cited = answer.citations[0]
        assert client.article(cited.article_id, cited.content_hash).text == library.article(cited.article_id).text
        assert client.editions(cited.article_id) == library.editions(cited.article_id)


def test_an_awaiting_client_does_the_same(served: Served) -> None:
    async def work() -> None:
        async with AsyncClient(served.url) as client:
            answer = await client.answer(ASKED)
            assert answer == served.library.answer(ASKED).model_copy(update={"timings": {}})
            assert (await client.verify_quotes(answer.citations))[0].stands
            assert (await client.search("pier")).articles == 1
            followed = await client.follow(ASKED)
            assert (await client.standing()).questions == (followed,)
            assert await client.unfollow(followed.id) == (followed,)
            assert await client.dossier("the pier") == served.library.dossier("the pier")
            assert await client.said("Ida Holm") == served.library.said("Ida Holm")
            assert await client.articles() == served.library.articles()
            assert (await client.article(answer.citations[0].article_id)).title == "The pier at Osk"
            assert len(await client.editions(answer.citations[0].article_id)) == 1
            assert await client.status() == served.library.status()
            with pytest.raises(QuestionError):
                await client.answer(" ")

    run_to_end(work())


@pytest.mark.slow
def test_clients_edit_and_update(tmp_path: Path) -> None:
    with serving(tmp_path) as served, Client(served.url) as client:
        added = client.add(LAMP, key="lamp")
        assert client.add(LAMP, key="lamp") == added
        changed = client.replace(added.article.id, LAMP.model_copy(update={"text": "The quay has three lamps."}))
        assert (changed.article.id, changed.article.text.strip()) == (added.article.id, "The quay has three lamps.")
        assert [each.id for each in client.withdraw(added.article.id)] == [added.article.id]
        assert client.take_back(added.article.id).articles == 4
        assert client.correct(added.article.id, published="2023").published == "2023"
        original = client.article(added.article.id).original
        assert original is not None and original.published is None
        assert client.undo_corrections(added.article.id).published is None
        (tmp_path / "news" / "new.txt").write_text("A new bench\n\nA bench stands on the quay of Osk.\n")
        steps: list[FileStep] = []
        passages: list[tuple[int, int]] = []
        report = client.update(progress=lambda *numbers: passages.append(numbers), on_file=steps.append)
        assert [Path(path).name for path in report.added] == ["new.txt"]
        assert steps and passages[-1] == (1, 1)

        async def work() -> None:
            async with AsyncClient(served.url) as awaiting:
                assert (await awaiting.update()).unchanged == 5
                body = LAMP.model_copy(update={"title": "Another lamp", "text": "A second quay got a lamp too."})
                other = await awaiting.add(body)
                assert (await awaiting.replace(other.article.id, body)).article.id == other.article.id
                assert (await awaiting.correct(other.article.id, title="Lamps")).title == "Lamps"
                assert (await awaiting.undo_corrections(other.article.id)).original is None
                await awaiting.withdraw(other.article.id)
                assert (await awaiting.take_back(other.article.id)).articles == 6

        run_to_end(work())


def test_errors_are_those_of_the_library(served: Served) -> None:
    with Client(served.url) as client:
        for wrong, kind in (
            (lambda: client.answer(" "), QuestionError),
            (lambda: client.answer(ASKED, sources=["Nobody's Gazette"]), QuestionError),
            (lambda: client.verify_quotes(["x" * 6000]), QuestionError),
            (lambda: client.article("0" * 12), CitationError),
            (lambda: client.add(LAMP.model_copy(update={"text": " "})), ArticleError),
        ):
            with pytest.raises(kind) as raised:
                wrong()
            assert raised.value.remedy.told()
        with pytest.raises(QuestionError) as empty:
            client.answer(" ")
        with pytest.raises(QuestionError) as own:
            served.library.answer(" ")
        assert (str(empty.value), empty.value.reason) == (str(own.value), own.value.reason)


def test_a_server_that_is_none_is_told(served: Served) -> None:
    with Client("http://127.0.0.1:9") as client:
        with pytest.raises(RagError, match="can't be reached"):
            client.status()
        with pytest.raises(RagError, match="can't be reached"):
            client.update()
    with Client(f"{served.url}nowhere") as client, pytest.raises(RagError):
        client.status()
    assert str(calls.error_of(502, b"<html>")).startswith("The server answered with status 502")
    assert type(calls.error_of(500, b'{"type": "urn:rag:Literal", "title": "x", "status": 500}')) is RagError


def test_the_client_loads_no_server_and_no_models() -> None:
    code = "import sys, rag.client.sync, rag.client.asynchronous; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(loaded).isdisjoint({"fastapi", "torch", "gradio", "faiss", "tantivy", "mcp"})
