"""Notes what an answer was made from, and tells later whether anything of it changed.

An answer follows from the question, the passages found, and the passages that tell the same as its quotes. If a search
in a new generation finds the same as before, word for word and in the same order, the answer is the same, and no
passage has to be read. A search costs a few milliseconds; reading is what takes time.

What the passages hold is compared by hashes. Scores are compared too, because the confidence depends on them. So a new
passage that is found but not read can make a question be asked again; the answer is the same then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rag import __version__
from rag.answering.pipeline import Serving
from rag.core.article import Article, Hit, Passage, Reading
from rag.core.citation import Frozen
from rag.core.ports import PassageSet, Reader
from rag.core.schema import Scope
from rag.question.question import Question
from rag.retrieval.retriever import Retriever
from rag.retrieval.search import Search


class Trace(Frozen):
    """What an answer was made from.

    Attributes:
        state: The generation, as `state_of` names it.
        asker: The hash of the question as it was read, the models and the settings.
        found: The hash of what the search found, up to `depth`.
        depth: Number of passages that mattered; None for all.
        alike: For each sentence with which passages were sought that tell the same: it, and the hash of what was found.
    """

    state: str
    asker: str
    found: str
    depth: int | None
    alike: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _NotingRetriever(Retriever):
    """A retriever that notes what was sought by a sentence, and what was found."""

    noted: dict[str, str] = field(default_factory=dict)

    def alike(self, sentence: str, within: PassageSet | None) -> list[Passage]:
        found = Retriever.alike(self, sentence, within)
        self.noted[sentence] = _hash_of(map(_told_by, found))
        return found


@dataclass(slots=True)
class _NotingReader:
    """A reader that notes the lowest rank of a passage that it read."""

    reader: Reader
    lowest: int = 0

    @property
    def name(self) -> str:
        return self.reader.name

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        self.lowest = max([self.lowest, *(hit.rank for hit in hits)])
        return self.reader.read(question, hits)


class Tracer:
    """Notes what one answer is made from.

    Args:
        serving: The generation that is asked.
        question: The question.
        scope: Which articles may answer; None for all.

    Attributes:
        serving: The same generation, which notes what it is asked.
    """

    def __init__(self, serving: Serving, question: Question, scope: Scope | None) -> None:
        old = serving.retriever
        self._retriever = _NotingRetriever(old.dense, old.lexical, old.load, old.settings)
        self._reader = _NotingReader(serving.reader)
        self._question, self._scope = question, scope
        self.serving = replace(serving, retriever=self._retriever, reader=self._reader)

    def trace(self, found: Search) -> Trace:
        """Returns what the answer was made from.

        Args:
            found: What `Serving.search_all` finds for the question.
        """
        first = self.serving.settings.passages_read
        is_first_alone = 0 < self._reader.lowest <= first < len(found.hits) and self._question.article is None
        depth = first if is_first_alone else None
        return Trace(
            state=state_of(self.serving),
            asker=_asker(self.serving, self._question, self._scope),
            found=_hash_of_search(found, depth),
            depth=depth,
            alike=tuple(sorted(self._retriever.noted.items())),
        )


def state_of(serving: Serving) -> str:
    """Names a generation. The name differs also after a backup was restored or the library was rebuilt."""
    return f"{serving.derived.generation} {serving.derived.token}"


def is_same_state(trace: Trace, serving: Serving, question: Question, scope: Scope | None) -> bool:
    """Returns whether the same question was asked of this very generation."""
    return trace.state == state_of(serving) and trace.asker == _asker(serving, question, scope)


def still_holds(trace: Trace, serving: Serving, question: Question, scope: Scope | None, found: Search) -> bool:
    """Returns whether a question must get the same answer as when it was traced, so that nothing has to be read.

    Args:
        trace: What the answer was made from.
        serving: The generation that would be asked.
        question: The question.
        scope: Which articles may answer; None for all.
        found: What `Serving.search_all` finds for the question.
    """
    if question.count is not None:  # all articles count, and reading takes no time
        return False
    if trace.asker != _asker(serving, question, scope) or trace.found != _hash_of_search(found, trace.depth):
        return False
    within = found.focus.within
    return all(
        _hash_of(map(_told_by, serving.retriever.alike(sentence, within))) == told for sentence, told in trace.alike
    )


def _asker(serving: Serving, question: Question, scope: Scope | None) -> str:
    """Hashes the question as it is read today, the models and the settings."""
    read = (question.text, question.form, question.period, scope)
    models = (__version__, serving.reader.name, serving.embedder.fingerprint, serving.calibration.quotes.threshold)
    return _hash_of([repr(read), repr(models), repr(serving.settings), repr(serving.retriever.settings)])


def _hash_of_search(found: Search, depth: int | None) -> str:
    hits = found.hits[:depth]
    told = (f"{hit.score!r} {hit.similarity!r} {_told_by(hit.passage)}" for hit in hits)
    return _hash_of([found.question.text, repr(found.corrections), *told])


def _told_by(passage: Passage) -> str:
    """All of a passage that an answer may depend on. The id is left out: another library may give it another."""
    return f"{passage.start} {passage.end} {_about(passage.article)}"


def _about(article: Article) -> str:
    stated = (article.title, article.published, article.source, article.url, article.byline, article.language)
    more = (article.section, article.fields, sorted(article.derived), article.speeches, article.group, article.path)
    return repr((article.id, article.content_hash, stated, more))


def _hash_of(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        told = part.encode("utf-8", "replace")
        digest.update(b"%d:" % len(told) + told)
    return digest.hexdigest()
