"""What goes wrong in one passage of a question costs that passage; the others answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.answering.confidence import Calibration
from rag.core.article import Hit, Reading
from rag.core.errors import RagError
from rag.ingest.update import update_library
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import write

ANYTHING = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.0, precision=0.0)
QUESTION = "When did the bridge over the Lune open?"


class OddReader(SentenceReader):
    """Fails if one of the passages has the odd word, or two of them are read together."""

    def __init__(self, word: str, together: frozenset[str] = frozenset()) -> None:
        super().__init__(HashingEmbedder())
        self._word = word
        self._together = together

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        texts = [hit.passage.text for hit in hits]
        words = {word for word in self._together if any(word in text for text in texts)}
        if any(self._word in text for text in texts) or len(words) == 2:
            raise IndexError("string index out of range")
        return super().read(question, hits)


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Iterator[Store]:
    for name, day in (("amber", "Monday"), ("basalt", "Tuesday"), ("cobalt", "Friday")):
        write(tmp_path / "news" / f"{name}.txt", f"{name} news\n\nThe {name} bridge over the Lune opened on {day}.\n")
    update_library(store, [tmp_path / "news"], HashingEmbedder())
    yield store


def cited(store: Store, reader: OddReader) -> set[str]:
    with Library(Store.open(store.folder), HashingEmbedder(), reader, ANYTHING) as library:
        answer = library.answer(QUESTION)
        others = [citation for other in answer.other_answers for citation in other.citations]
        return {Path(citation.path).stem for citation in (*answer.citations, *others, *answer.near_misses)}


def test_the_other_passages_answer_and_the_log_names_the_one(filled: Store, caplog: pytest.LogCaptureFixture) -> None:
    assert cited(filled, OddReader("basalt")) == {"amber", "cobalt"}
    (record,) = caplog.records
    assert "a passage of" in record.message
    assert "basalt.txt shows (IndexError: string index out of range in " in record.message
    assert "report this line" in record.message


def test_of_two_passages_that_fail_together_one_answers(filled: Store) -> None:
    assert len(cited(filled, OddReader("nothing", frozenset({"amber", "basalt"})))) == 2


def test_a_fault_in_every_passage_is_one_line_and_no_answer(filled: Store) -> None:
    with pytest.raises(
        RagError, match=r"IndexError: string index out of range in \w+\.py, line \d+\); report this line"
    ):
        cited(filled, OddReader("bridge"))


def test_a_fault_in_correcting_a_question_leaves_it_as_it_was(
    filled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise IndexError("string index out of range")

    monkeypatch.setattr("rag.retrieval.search.unknown_words", broken)
    assert cited(filled, OddReader("nothing"))
    assert "report this line; it is asked as it stands" in caplog.text


def test_an_article_on_which_it_fails_suggests_no_question(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(article: object) -> None:
        raise IndexError("string index out of range")

    monkeypatch.setattr("rag.answering.suggest.make_questions", broken)
    with Library(Store.open(filled.folder), HashingEmbedder(), OddReader("nothing"), ANYTHING) as library:
        assert library.suggestions() == ()
