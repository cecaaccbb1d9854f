"""Finds what one person says, or what others say about the person, in the articles of one generation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.asked_speaker import share_of_topic
from rag.answering.citations import cite
from rag.core.article import Article, Passage
from rag.core.errors import QuestionError
from rag.core.passage_set import ListedPassages
from rag.core.plain_text import one_line
from rag.core.ports import Ids
from rag.core.schema import Scope, today_of
from rag.core.search_results import WordPlace
from rag.question.question import check_question, parse_question
from rag.retrieval.focus import Focus
from rag.retrieval.search import search
from rag.said.archive import SpeakerArchive
from rag.said.identity import Person, identify, one_each
from rag.said.names import Name, read_name
from rag.said.results import MOST_STATEMENTS, Said, Statement
from rag.said.statements import Spoken, statements_about, statements_of
from rag.said.twins import Collected, Told
from rag.text.terms import terms

_A_NAME = "give a name: Abbas Araghchi"
_NEAR_TOPIC = 80
"""Passages of the person that are read for a topic."""
_AROUND = 0.5
"""Share of a topic from which a statement itself has words of it, and not only its passage."""
_MEANT, _MEANT_AROUND = 0.3, 0.2
"""Least cosine of a topic and the words of a person that have none of its words, or of which only the passage has them.

They were chosen by reading some 150 statements.
"""


@dataclass(frozen=True, slots=True)
class SaidRequest:
    """What is asked.

    Attributes:
        speaker: The name as it was given.
        name: The name as it was read.
        about: The topic; None for any.
        by_others: Whether it is what others say about the person.
        scope: Which articles are read; None for all.
        limit: Most statements.
    """

    speaker: str
    name: Name
    about: str | None
    by_others: bool
    scope: Scope | None
    limit: int

    def statements(self, article: Article, person: Person) -> Iterator[Spoken]:
        """Yields the statements of an article that are asked for."""
        return statements_about(article, person) if self.by_others else statements_of(article, person)


def read_request(speaker: str, about: str | None, *, by_others: bool, scope: Scope | None, limit: int) -> SaidRequest:
    """Checks what is asked.

    Raises:
        QuestionError: If the speaker is no name, a text is empty or too long, or the limit is not possible.
    """
    if isinstance(speaker, str) and not one_line(speaker):
        raise QuestionError("No speaker is named", "question_empty", remedy=_A_NAME)
    given = check_question(speaker)
    has_no_case = given.islower() or (given.isupper() and " " in given)
    name = read_name(given.title() if has_no_case else given)
    if name is None:
        raise QuestionError(f"'{given}' is no name of a person", "question_empty", remedy=_A_NAME)
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST_STATEMENTS:
        raise QuestionError(
            f"The limit {limit!r} is not possible", remedy=f"give a whole number from 1 to {MOST_STATEMENTS:,}"
        )
    topic = None if about is None else check_question(about)
    return SaidRequest(given, name, topic, by_others, scope, limit)


def find_said(asked: SaidRequest, archive: SpeakerArchive) -> Said:
    """Finds what a person says, or what others say about the person.

    Args:
        asked: What is asked.
        archive: The articles.

    Raises:
        QuestionError: If several people may be meant, or nobody of that name speaks, or is named, in any article.
    """
    every = archive.passages_of(asked.name)
    known = archive.full_names(every, asked.name.family)
    is_named = archive.names(asked.name)
    if not (asked.name.is_bare or is_named or any(name.fits(asked.name) for name in known)):
        raise archive.nobody(asked.name)
    speaking = {name: count for name, count in known.items() if archive.speaks(name)}
    if not speaking and len(one_each(known)) == 1:
        speaking = known  # who is named in full, and speaks under the family name alone
    person = identify(asked.name, speaking)
    if asked.by_others:
        every = archive.passages_naming(asked.name)
    ids = every
    if asked.scope is not None:
        ids = every[archive.serving.passages_in(asked.scope).holds(every)]
    if asked.about is None:
        found = Collected(asked.limit)
        found.take(_newest_first(archive, person, ids, asked))
    else:
        found = _near_topic(archive, person, ids, asked)
    if found.told or (asked.by_others and is_named) or next(_newest_first(archive, person, every, asked), None):
        return _said(asked, person, found, archive.serving.generation)
    raise archive.nobody(asked.name)


def _newest_first(archive: SpeakerArchive, person: Person, ids: Ids, asked: SaidRequest) -> Iterator[Spoken]:
    """The statements in the articles of passages, the newest article first."""
    for passages in archive.by_article(archive.store.newest_first(ids)):
        yield from asked.statements(passages[0].article, person)


def _near_topic(archive: SpeakerArchive, person: Person, ids: Ids, asked: SaidRequest) -> Collected:
    """The statements about a topic, by its words and by its meaning, as the words of an answer are found."""
    topic = asked.about or ""
    sought = f"What did {person.shown} say about {topic}?"
    if asked.by_others:
        sought = f"What is said about {person.shown} and {topic}?"
    question = parse_question(sought, today_of(asked.scope))
    serving = archive.serving
    hits = (
        search(question, serving.embedder, serving.retriever, _NEAR_TOPIC, Focus(within=ListedPassages(ids))).hits
        if len(ids)
        else []
    )
    passages: dict[str, list[Passage]] = {}
    for hit in hits:
        passages.setdefault(hit.passage.article.id, []).append(hit.passage)
    spoken = [
        (one, [passage for passage in group if passage.start < one.end and one.start < passage.end])
        for group in passages.values()
        for one in asked.statements(group[0].article, person)
    ]
    near = [(one, around) for one, around in spoken if around]
    ranked = rank_by_topic(archive, topic, near)
    found = Collected(asked.limit, was_cut=len(hits) == _NEAR_TOPIC)
    found.take(ranked)
    return found


def rank_by_topic(
    archive: SpeakerArchive, topic: str, near: Sequence[tuple[Spoken, Sequence[Passage]]]
) -> list[Spoken]:
    """Ranks statements by a topic, by its words and by its meaning.

    Args:
        archive: The articles.
        topic: The topic.
        near: Statements, each with the passages that it stands in.

    Returns:
        The statements that are about the topic, best first.
    """
    if not near:
        return []
    vectors = archive.serving.vectors
    parts = [(number, words) for number, (one, _) in enumerate(near) for words in one.own_words]
    alike = vectors.likeness(vectors.embed([topic])[0], [words for _, words in parts])
    likest: dict[int, float] = {}
    for (number, _), likeness in zip(parts, alike, strict=True):
        likest[number] = max(likeness, likest.get(number, -1.0))
    sought = frozenset(terms(topic))
    scored = []
    for number, (one, around) in enumerate(near):
        share = max(share_of_topic(sought, passage, one.start, one.end) for passage in around) if sought else 0.0
        least = -1.0 if share > _AROUND else _MEANT_AROUND if share else _MEANT
        if likest[number] >= least:
            scored.append((-(share + likest[number]), number, one))
    return [one for _, _, one in sorted(scored, key=lambda each: each[:2])]


def _said(asked: SaidRequest, person: Person, found: Collected, generation: int) -> Said:
    sure = found.by_date("is")
    unclear = found.by_date("unclear")
    cited = [_cited(told, number) for number, told in enumerate([*sure, *unclear], start=1)]
    return Said(
        speaker=asked.speaker,
        name=person.shown,
        about=asked.about,
        by_others=asked.by_others,
        statements=tuple(cited[: len(sure)]),
        unclear=tuple(cited[len(sure) :]),
        more=found.more,
        others=tuple(one_each(person.others)),
        scope=asked.scope,
        generation=generation,
    )


def _cited(told: Told, number: int) -> Statement:
    spoken = told.spoken
    breaks_off = any(sentence.kind == "fragment" for sentence in spoken.sentences)
    citation = cite(number, spoken.article, spoken.start, spoken.end, breaks_off=breaks_off)
    return Statement(
        **{**dict(citation), "said_by": spoken.said_by},
        direct=spoken.direct,
        words=tuple(WordPlace(start=start, end=end) for start, end in spoken.words),
        same=tuple(told.same),
    )
